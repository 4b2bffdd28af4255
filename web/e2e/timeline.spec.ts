// Looking at time and choosing of it by hand, wheel and keys.
import type { Locator, Page } from '@playwright/test'
import { expect, open, test } from './fixtures'

const shown = '.list > h2'
const JULY = '?datetime=2024-07-01/2024-07-31'
const START = 'Start of the range'
const END = 'End of the range'
const LOOKED = 'Time looked at'

const slider = (page: Page, name: string): Locator => page.getByRole('slider', { name })
const looked = async (page: Page): Promise<string> => (await slider(page, LOOKED).getAttribute('aria-valuetext')) ?? ''

/** The middle of what is drawn, in pixels of the page. */
async function middle(what: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await what.boundingBox()
  if (!box) throw new Error('not drawn')
  return { ...box, x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function drag(page: Page, from: { x: number; y: number }, dx: number): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + dx / 2, from.y, { steps: 8 })
  await page.mouse.move(from.x + dx, from.y, { steps: 8 })
  await page.mouse.up()
}

for (const width of [1440, 390]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 844 } })

    test('the ends of the range are dragged', async ({ page, program }) => {
      await open(page, program, JULY)
      await drag(page, await middle(slider(page, START).locator('.grip')), -width / 5)
      await expect(page).toHaveURL(/datetime=2024-0[1-6]-\d\d\/2024-07-31$/)
      const to = await middle(slider(page, END).locator('.grip'))
      await drag(page, to, -20)
      await expect(page).toHaveURL(/datetime=2024-0[1-6]-\d\d\/2024-07-[0-2]\d$/)
      // Beyond all that there is, an end is open.
      const chart = await middle(page.locator('.chart'))
      const end = await middle(slider(page, END).locator('.grip'))
      await drag(page, end, chart.x + chart.width / 2 - 4 - end.x)
      await expect(page).toHaveURL(/datetime=2024-0[1-6]-\d\d\/\.\.$/)
      await expect(slider(page, END)).toHaveAttribute('aria-valuetext', 'up to the last event')
    })

    test('the range is dragged as a whole', async ({ page, program }) => {
      await open(page, program, '?datetime=2024-03-01/2024-05-31')
      const [left, right] = [await middle(slider(page, START).locator('.grip')), await middle(slider(page, END).locator('.grip'))]
      await drag(page, { x: (left.x + right.x) / 2, y: left.y }, -width / 6)
      await expect(page).not.toHaveURL(/2024-03-01/)
      const [from, to] = /datetime=(.*)\/(.*)$/.exec(page.url())?.slice(1).map((d) => Date.parse(d)) ?? []
      expect(((to ?? 0) - (from ?? 0)) / 86_400_000).toBe(91)
    })

    test('a drag asks the server at a pace, and is one step of the history', async ({ page, program }) => {
      await open(page, program, JULY)
      await expect(page.locator(shown)).toBeAttached()
      const before = await page.evaluate(() => history.length)
      const asked: number[] = []
      page.on('request', (r) => { if (/events\/items\?.*datetime/.test(r.url())) asked.push(Date.now()) })
      const from = await middle(slider(page, START).locator('.grip'))
      const began = Date.now()
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      for (let i = 1; i <= 60; i++) {
        await page.mouse.move(from.x - i * 2, from.y)
        await page.waitForTimeout(10)
      }
      const drawn = await middle(slider(page, START).locator('.grip'))
      expect(Math.abs(drawn.x - (from.x - 120)), 'the chart follows at once').toBeLessThan(4)
      await page.mouse.up()
      await expect(page).not.toHaveURL(/2024-07-01\//)
      expect(asked.length).toBeGreaterThan(2) // the map follows while it is dragged
      expect(asked.length).toBeLessThanOrEqual((Date.now() - began) / 150 + 2)
      expect(await page.evaluate(() => history.length)).toBe(before + 1)
      await page.goBack()
      await expect(page).toHaveURL(program + '/' + JULY)
    })

    test('the axis is dragged, and looks closer by wheel, where the page does not scroll', async ({ page, program }) => {
      await open(page, program)
      const all = await looked(page)
      const strip = await middle(page.locator('.strip'))
      await page.mouse.move(strip.x, strip.y)
      await page.mouse.wheel(0, -300)
      await expect.poll(() => looked(page)).not.toBe(all)
      const closer = await looked(page)
      await drag(page, strip, -150)
      await expect.poll(() => looked(page)).not.toBe(closer)
      const moved = await looked(page)
      // Over the chart a plain wheel is the page's, with Ctrl it looks wider, sideways it moves.
      await page.mouse.move(strip.x, strip.y - 50)
      await page.mouse.wheel(0, 300)
      await page.waitForTimeout(300)
      expect(await looked(page)).toBe(moved)
      await page.mouse.wheel(-60, 0)
      await expect.poll(() => looked(page)).not.toBe(moved)
      await page.keyboard.down('Control')
      for (let i = 0; i < 5; i++) await page.mouse.wheel(0, 300)
      await page.keyboard.up('Control')
      await expect.poll(() => looked(page)).toBe(all)
    })

    test('keys move the ends, look closer, and move what is looked at', async ({ page, program }) => {
      await open(page, program, JULY)
      const before = await page.evaluate(() => history.length)
      await slider(page, START).focus()
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowLeft')
      await expect(page).toHaveURL(/datetime=2024-06-(29|17)\/2024-07-31/) // days or weeks, by the room there is
      await page.keyboard.press('Home')
      await expect(page).toHaveURL(/datetime=\.\.\/2024-07-31/)
      await expect(slider(page, START)).toHaveAttribute('aria-valuetext', 'since the first event')
      expect(await page.evaluate(() => history.length), 'keys of one go are one step').toBe(before + 1)
      await slider(page, END).focus()
      await page.keyboard.press('PageDown')
      await expect(page).toHaveURL(/datetime=\.\.\/2024-0[57]-/)
      const all = await looked(page)
      await slider(page, LOOKED).focus()
      await page.keyboard.press('+')
      await page.keyboard.press('+')
      const closer = await looked(page)
      expect(closer).not.toBe(all)
      await page.keyboard.press('ArrowLeft')
      expect(await looked(page)).not.toBe(closer)
      await page.keyboard.press('Home')
      expect((await looked(page)).slice(0, 6)).toBe(all.slice(0, 6))
      for (let i = 0; i < 4; i++) await page.keyboard.press('-')
      expect(await looked(page)).toBe(all)
    })

    test('what a hand takes is large enough for it', async ({ page, program }) => {
      await open(page, program, JULY)
      const least = width < 500 ? 40 : 24
      for (const name of [START, END]) {
        const box = await middle(slider(page, name).locator('.grab'))
        expect(Math.min(box.width, box.height), name).toBeGreaterThanOrEqual(least)
      }
      expect((await middle(page.locator('.strip'))).height).toBeGreaterThanOrEqual(24)
    })

    test('ready-made times: all, the last year, an operation', async ({ page, program }) => {
      await open(page, program, JULY)
      const times = page.getByRole('combobox', { name: 'Ready-made times' })
      await expect(times.locator('option')).toHaveText(['Ready-made times', 'All', 'Last year of the data', 'MNDAA attacks Lashio', 'Brotherhood Alliance\'s offensive resumes', 'Visits of the regime\'s officials to China', 'Operation 1027'])
      await times.selectOption({ label: 'Operation 1027' })
      await expect(page).toHaveURL(/datetime=2023-10-27\/2024-01-10/)
      await expect(page.locator(shown)).toHaveText('2 of 14 events')
      expect(await looked(page), 'twice its length, as far as there is data').toBe('15 Oct 2023 – 15 Mar 2024')
      await times.selectOption({ label: 'Last year of the data' })
      await expect(page).toHaveURL(/datetime=2023-08-01\/2024-07-31/)
      await times.selectOption({ label: 'All' })
      await expect(page).toHaveURL(program + '/')
    })
  })
}

test('what is not dated is counted beside the chart, on a phone too', async ({ page, program }) => {
  await page.route('**/collections/events/clusters?*', async (route) => {
    const response = await route.fetch()
    const answer = (await response.json()) as { features: { id: string; properties: Record<string, unknown> }[] }
    const plenum = answer.features.find((f) => f.id === 'report-2024-07:ccp-plenum')
    if (plenum) Object.assign(plenum.properties, { start: null, end: null, date_precision: 'unknown' })
    await route.fulfill({ response, json: answer })
  })
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 })
    await open(page, program)
    await expect(page.locator('.undated')).toHaveText('1 without a date')
    await expect(page.locator('.undated')).toBeInViewport()
  }
})

test.describe('with two fingers', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('time is looked at more closely, and one finger draws and drags', async ({ page, program }) => {
    await open(page, program)
    const client = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]): Promise<unknown> => client.send('Input.dispatchTouchEvent', { type, touchPoints })
    const chart = await middle(page.locator('.chart'))
    const y = chart.y + chart.height / 2 - 42
    const all = await looked(page)
    await touch('touchStart', { x: 150, y })
    await touch('touchStart', { x: 150, y }, { x: 240, y })
    for (let i = 1; i <= 8; i++) await touch('touchMove', { x: 150 - i * 10, y }, { x: 240 + i * 10, y })
    await touch('touchEnd')
    await expect.poll(() => looked(page)).not.toBe(all)
    await expect(page).toHaveURL(program + '/') // nothing was chosen by it
    const closer = await looked(page)
    await touch('touchStart', { x: 80, y })
    for (let i = 1; i <= 8; i++) await touch('touchMove', { x: 80 + i * 20, y })
    await touch('touchEnd')
    await expect(page).toHaveURL(/datetime=/)
    const chosen = page.url()
    const grip = await middle(slider(page, END).locator('.grab'))
    await touch('touchStart', grip)
    for (let i = 1; i <= 8; i++) await touch('touchMove', { x: grip.x + i * 5, y: grip.y })
    await touch('touchEnd')
    await expect(page).not.toHaveURL(chosen)
    expect(page.url().split('/').at(-2)).toBe(chosen.split('/').at(-2))
    expect(await looked(page)).toBe(closer)
  })
})
