import { expect, open, test } from './fixtures'

const shown = '.list > h2'

test('the time range hides and shows', async ({ page, program }) => {
  await open(page, program)
  await expect(page.locator(shown)).toHaveText('14 of 14 events')
  await page.getByLabel('From', { exact: true }).fill('2023-10-01')
  await page.getByLabel('To', { exact: true }).fill('2023-12-31')
  await expect(page.locator(shown)).toHaveText('1 of 14 events')
  await expect(page.locator('.row-title')).toHaveText(['Operation 1027'])
  await expect(page.locator('.mark')).toHaveCount(0)
  expect(page.url()).toContain('datetime=2023-10-01/2023-12-31')
  await page.getByRole('button', { name: 'All time' }).click()
  await expect(page.locator(shown)).toHaveText('14 of 14 events')
  await expect(page.locator('.mark')).toHaveCount(4)
  await page.goBack()
  await expect(page.locator(shown)).toHaveText('1 of 14 events')
})

test('dragging over the timeline chooses whole days', async ({ page, program }) => {
  await open(page, program)
  const box = await page.locator('.chart').boundingBox()
  if (!box) throw new Error('no chart')
  const y = box.y + box.height - 40 // below the bars' names
  await page.mouse.move(box.x + 5, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, y, { steps: 5 })
  await page.mouse.up()
  await expect(page.locator(shown)).toHaveText('2 of 14 events')
  expect(page.url()).toMatch(/datetime=2023-1\d-\d\d\/2024-0\d-\d\d/)
})

test('the types choose what is shown', async ({ page, program }) => {
  await open(page, program)
  await page.locator('.chip', { hasText: 'Bombing raid' }).click()
  await expect(page.locator(shown)).toHaveText('1 of 14 events')
  await page.locator('.chip', { hasText: 'Offensive' }).click()
  await expect(page.locator(shown)).toHaveText('4 of 14 events')
  await page.locator('.chip', { hasText: 'Bombing raid' }).click()
  await page.locator('.chip', { hasText: 'Offensive' }).click()
  await expect(page.locator(shown)).toHaveText('14 of 14 events')
})

test('nothing found is said, with the way back', async ({ page, program }) => {
  await open(page, program, '?datetime=1990-01-01&type=protest')
  await expect(page.locator('.empty')).toContainText('No event matches')
  await page.locator('.empty button').click()
  await expect(page.locator(shown)).toHaveText('14 of 14 events')
})

test('the URL restores the view, and back and forward walk through it', async ({ page, program }) => {
  const query = '?c=23.4000,98.4000,8&datetime=2024-07-01/2024-07-31&type=bombing_raid,offensive&sel=events/report-2024-07:laukkai-raids&lang=my&theme=dark'
  await open(page, program, query)
  await expect(page.locator('.card h2')).toHaveText('Regime bombs Laukkai three times')
  await expect(page.locator('.mark.selected')).toHaveAttribute('data-types', 'bombing_raid')
  await expect(page.locator('.timeline input[type=date]').first()).toHaveValue('2024-07-01')
  await expect(page.locator('.chip[aria-pressed=true]')).toHaveCount(2)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('.leaflet-control-scale-line')).toHaveText('၅၀ ကီလိုမီတာ')
  expect(page.url()).toBe(program + '/' + query)

  await page.locator('.back').click()
  await page.locator('.chip[data-type=offensive]').click()
  await expect(page.locator(shown)).toHaveText('ဖြစ်ရပ် ၁၄ ခုအနက် ၁ ခု')
  await page.goBack()
  await expect(page.locator(shown)).toHaveText('ဖြစ်ရပ် ၁၄ ခုအနက် ၃ ခု')
  await page.goBack()
  await expect(page.locator('.card h2')).toHaveText('Regime bombs Laukkai three times')
  expect(page.url()).toBe(program + '/' + query)
  await page.goForward()
  await expect(page.locator(shown)).toHaveText('ဖြစ်ရပ် ၁၄ ခုအနက် ၃ ခု')
  await page.reload()
  await expect(page.locator(shown)).toHaveText('ဖြစ်ရပ် ၁၄ ခုအနက် ၃ ခု')
})

test('moving the map writes the URL without a step in the history', async ({ page, program }) => {
  await open(page, program)
  const before = await page.evaluate(() => history.length)
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await expect(page).toHaveURL(/\?c=\d/)
  expect(await page.evaluate(() => history.length)).toBe(before)
  await page.getByRole('button', { name: 'Northern Shan State', exact: true }).click()
  await expect(page).toHaveURL(program + '/')
})

test('every event is a tick or a bar of the timeline, and opens its card', async ({ page, program }) => {
  await open(page, program)
  await expect(page.locator('.bar')).toHaveCount(14)
  await expect(page.locator('.bar.tick')).toHaveCount(3) // Kunming, the halt, the ceasefire: known to the day
  await expect(page.locator('.bar.crisp')).toHaveCount(1) // Operation 1027
  await expect(page.locator('.bar.uncertain')).toHaveCount(10)
  await expect(page.locator('.bar .goes-on')).toHaveCount(3)
  await page.locator('.bar[data-event$="ceasefire-2024-01-10"]').click()
  await expect(page.locator('.card h2')).toHaveText('Ceasefire of the Brotherhood Alliance and the regime')
  await expect(page.locator('.card')).toContainText('mediator')
})

test('an answer that fails is said to have failed, and can be asked for again', async ({ page, program, watched }) => {
  await page.route('**/collections/areas/**', (route) => route.fulfill({ status: 500 }))
  await page.goto(program)
  await expect(page.getByRole('alert')).toContainText('not an empty map')
  await page.unroute('**/collections/areas/**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.locator(shown)).toHaveText('14 of 14 events')
  await expect(page.getByRole('alert')).toHaveCount(0)
  watched.complaints.length = 0 // the browser's own word of the failed request
})

test('a link to a record that is not there, or no longer, says so', async ({ page, program, watched }) => {
  await open(page, program, '?sel=events/never')
  await expect(page.locator('.card [role=alert]')).toHaveText('There is no such record.')
  await page.locator('.back').click()
  await expect(page.locator(shown)).toHaveText('14 of 14 events')
  watched.complaints.length = 0 // the browser's own word of the 404
})
