// The pages that the server makes of the data (server/html).
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './fixtures'

const EVENTS = '/collections/events/items'
const PAGES = [
  '/collections', '/collections/events', `${EVENTS}?type=offensive,bombing_raid&limit=2`, '/collections/places/items', `${EVENTS}/report-2024-07:kunming-meeting`,
  '/collections/areas/items/northern-shan-state', '/collections/actors/items/mndaa', '/collections/datasets/items/report-2024-07', '/collections/places/schema',
]
const FAULTS = `${EVENTS}?bbox=1,2&datetime=yesterday&type=war&colour=red`

for (const width of [1440, 390]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on the pages at ${width} px, ${colorScheme}`, async ({ page, program, browser }) => {
      test.setTimeout(120_000)
      await page.setViewportSize({ width, height: 844 })
      await page.emulateMedia({ colorScheme })
      for (const path of PAGES) {
        await page.goto(program + path)
        for (const details of await page.locator('details').all()) await details.evaluate((el: HTMLDetailsElement) => (el.open = true))
        // Signs on the map may touch one another: the page lists the same events below.
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).exclude('#map').analyze()
        expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`), path).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width)
      }
      // An answer of 400 is a complaint of the console, which the fixture's page may not have.
      const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme })
      const faulty = await context.newPage()
      for (const path of [FAULTS, `${EVENTS}/none`]) {
        await faulty.goto(program + path)
        const { violations } = await new AxeBuilder({ page: faulty }).analyze()
        expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`), path).toEqual([])
      }
      await context.close()
    })
  }
}

test('the map of a list draws as the map page does: signs where places are known, captions where not', async ({ page, program }) => {
  await page.goto(program + EVENTS)
  const map = page.locator('#map')
  await expect(map.locator('.mark[data-types="bombing_raid"]')).toBeVisible()
  await expect(map.locator('.tag', { hasText: 'northern Shan State' })).toBeVisible()
  await expect(map.locator('.tag', { hasText: 'China, place not given' })).toBeVisible()
  await expect(map.locator('.leaflet-overlay-pane .leaflet-interactive')).toHaveCount(0)
  // Of what is placed in a region or a country there is no sign at any point.
  const signs = await map.locator('.mark').evaluateAll((marks) => marks.flatMap((m) => (m as HTMLElement).dataset['types']?.split(' ') ?? []))
  expect(signs.sort()).toEqual(['bombing_raid', 'diplomatic_visit', 'diplomatic_visit', 'offensive'])
  await map.locator('.mark[data-types="bombing_raid"]').focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('h1')).toHaveText('Regime bombs Laukkai three times')
})

test('the map of a page shows what the page lists, and a visit as its way', async ({ page, program }) => {
  await page.goto(`${program}${EVENTS}?type=bombing_raid`)
  await expect(page.locator('#map .mark')).toHaveCount(1)
  await page.goto(`${program}${EVENTS}/report-2024-07:kunming-meeting`)
  await expect(page.locator('#map path.arc.assumed')).toBeAttached()
  await expect(page.locator('#map .label-place', { hasText: 'Naypyitaw' })).toBeVisible()
  await page.goto(`${program}/collections/areas/items/northern-shan-state`)
  await expect(page.locator('#map path.outline')).toBeVisible()
  await page.goto(`${program}/collections/places/items`)
  await expect(page.locator('#map path.spot')).toHaveCount(5)
})

test('without scripts the pages are whole, and the form chooses', async ({ browser, program }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(program + EVENTS)
  await expect(page.locator('#map')).toBeHidden()
  await expect(page.getByRole('row')).toHaveCount(15)
  await page.getByLabel('Words').fill('lashio')
  await page.locator('summary').click()
  await page.getByLabel('Offensive').check()
  await page.getByLabel('Shelling').check()
  await page.getByLabel('Who took part').selectOption({ label: 'Myanmar National Democratic Alliance Army (3)' })
  await page.getByRole('button', { name: 'Show' }).first().click()
  expect(page.url()).toBe(`${program}${EVENTS}?actor=mndaa&q=lashio&type=shelling%2Coffensive`)
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(page.getByLabel('Words')).toHaveValue('lashio')
  await page.getByRole('rowheader').getByRole('link').click()
  await expect(page.locator('h1')).toHaveText('MNDAA attacks Lashio')
  await page.getByRole('link', { name: 'Lashio', exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Events here 1' })).toBeVisible()
  await context.close()
})

test('what is wrong with the form is said by it', async ({ browser, program }) => {
  const page = await browser.newPage()
  const response = await page.goto(program + FAULTS)
  expect(response?.status()).toBe(400)
  await expect(page.getByRole('alert').getByRole('listitem')).toHaveCount(4)
  await expect(page.getByLabel('When')).toHaveAccessibleDescription(/neither a date/)
  await page.getByRole('alert').getByRole('link', { name: 'datetime' }).click()
  await expect(page.getByLabel('When')).toBeFocused()
  await page.getByLabel('When').fill('2024-07-22')
  await page.getByLabel('Box').fill('')
  await page.getByRole('button', { name: 'Show' }).first().click()
  expect(page.url()).toBe(`${program}${EVENTS}?datetime=2024-07-22`)
  await page.close()
})

test('the keyboard skips to the content', async ({ page, program }) => {
  await page.goto(`${program}${EVENTS}/report-2024-07:operation-1027`)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
})
