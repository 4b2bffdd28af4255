import { expect, open, test } from './fixtures'

test('every event of the dataset stands on the map, each kind in its own way', async ({ page, program }) => {
  await open(page, program)
  const typesOf = (selector: string): Promise<string[]> => page.locator(selector).evaluateAll((els) => els.map((el) => (el as HTMLElement).dataset['types'] ?? '').sort())
  // In towns: signs. Beijing's lies outside of the first view.
  expect(await typesOf('.mark')).toEqual(['bombing_raid', 'diplomatic_visit', 'diplomatic_visit', 'offensive'])
  // Somewhere in an area: a framed name and hatching, and no point.
  expect(await typesOf('.tag')).toEqual(['diplomatic_visit diplomatic_visit diplomatic_visit diplomatic_visit statement', 'policy', 'statement offensive offensive agreement'])
  await expect(page.locator('path.area-region')).toHaveCount(1)
  await expect(page.locator('path.area-country')).toHaveCount(2)
  // Visits to a known town: arcs, dashed since their start is assumed; the one that leaves the view says where to.
  await expect(page.locator('path.arc.assumed')).toHaveCount(2)
  await expect(page.locator('.exit')).toHaveText('Beijing')
  // The signs differ by shape: no two types share a path.
  const shapes = await page.locator('.chip path').evaluateAll((els) => els.map((el) => el.getAttribute('d')))
  expect(new Set(shapes).size).toBe(6)
  await expect(page.locator('.chip')).toHaveText(['Bombing raid1', 'Offensive3', 'Diplomatic visit6', 'Agreement1', 'Statement2', 'Policy1'])
})

test('a click on Laukkai opens the card of the three raids', async ({ page, program }) => {
  await open(page, program)
  await page.locator('.mark[data-types="bombing_raid"]').click()
  const card = page.locator('.card')
  await expect(card.getByRole('heading', { level: 2 })).toHaveText('Regime bombs Laukkai three times')
  await expect(card).toContainText('3 incidents')
  await expect(card).toContainText(/Within 1\s?–\s?24 Jul 2024/)
  await expect(card).toContainText('single days not given')
  await expect(card.locator('.fact', { hasText: 'According to' })).toContainText('residents')
  await expect(card.locator('.fact', { hasText: 'Who' })).toContainText("Myanmar's military regime initiator")
  await expect(card.locator('.inferred')).toContainText('1 July is the first day that can mean')
  // A tie leads to the event that the raids retaliated for, and that one leads back.
  await card.locator('.ties .row', { hasText: 'MNDAA attacks Lashio' }).click()
  await expect(card.getByRole('heading', { level: 2 })).toHaveText('MNDAA attacks Lashio')
  await expect(card.locator('.ties')).toContainText('Retaliated for by')
  await expect(card.locator('.ties')).toContainText('Part of')
})

test('an area has a card with its events, the newest first', async ({ page, program }) => {
  await open(page, program)
  await page.locator('.tag', { hasText: 'northern Shan State' }).click()
  const card = page.locator('.card')
  await expect(card.getByRole('heading', { level: 2 })).toHaveText('northern Shan State')
  await expect(card.locator('.attached .row-title')).toHaveText([
    'MNDAA says it will halt its offensive until the end of July', 'Regime bombs Laukkai three times ×3', 'MNDAA attacks Lashio',
    'Brotherhood Alliance\'s offensive resumes', 'Ceasefire of the Brotherhood Alliance and the regime', 'Operation 1027',
  ])
})

test('a place has a card, with its names in other languages', async ({ page, program }) => {
  await open(page, program)
  await page.locator('.label-place', { hasText: 'Lashio' }).click()
  const card = page.locator('.card')
  await expect(card.getByRole('heading', { level: 2 })).toHaveText('Lashio')
  await expect(card.locator('.other-names')).toContainText('လားရှိုး')
  await expect(card.locator('.other-names')).toContainText('腊戌')
  await expect(card.locator('.attached .row-title')).toHaveText(['MNDAA attacks Lashio'])
})

test('a visit to a country is no point on the map', async ({ page, program }) => {
  await open(page, program, '?sel=events/report-2024-07:soe-win-china')
  await expect(page.locator('.mark.selected')).toHaveCount(0)
  await expect(page.locator('.tag.selected')).toContainText('China, place not given')
  await expect(page.locator('.card')).toContainText('somewhere in the country')
})

test('the place that an arc leads to is one click away', async ({ page, program }) => {
  await open(page, program)
  await page.locator('.exit').click()
  await expect(page.locator('.card').getByRole('heading', { level: 2 })).toHaveText('Former president Thein Sein in Beijing')
  await expect(page.locator('.mark.selected')).toBeInViewport()
})

test('captions, signs and names do not cover one another', async ({ page, program }) => {
  for (const width of [1440, 1024, 390]) {
    await page.setViewportSize({ width, height: 844 })
    await open(page, program)
    await expect(async () => {
      const boxes = await page.locator('.mark-box, .tag-box, .exit-box, .label-place, .leaflet-control, .chip').evaluateAll((els) =>
        els.map((el) => { const r = el.getBoundingClientRect(); return { name: el.textContent, left: r.left, right: r.right, top: r.top, bottom: r.bottom } }))
      const frame = await page.locator('.map').boundingBox()
      const shown = boxes.filter((b) => frame && b.left < frame.x + frame.width && b.right > frame.x && b.top < frame.y + frame.height && b.bottom > frame.y)
      const clashes = shown.flatMap((a, i) => shown.slice(i + 1).filter((b) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom).map((b) => `${a.name} / ${b.name}`))
      expect(clashes, `at ${width} px`).toEqual([])
    }).toPass({ timeout: 5000 })
  }
})

interface Items { features: { id: string; properties: Record<string, unknown> }[] }

test('an event near a town has a ring and several at one spot have a number', async ({ page, program }) => {
  await page.route('**/collections/events/clusters?*', async (route) => {
    const response = await route.fetch()
    const items = (await response.json()) as Items
    const of = (id: string): Items['features'][number] | undefined => items.features.find((f) => f.id === `report-2024-07:${id}`)
    const [attack, raids] = [of('lashio-attack'), of('laukkai-raids')]
    if (attack) attack.properties['place_precision'] = 'near'
    if (raids) items.features.push({ ...raids, id: 'second', properties: { ...raids.properties, type: 'clash', incidents: 1 } })
    await route.fulfill({ response, json: items })
  })
  await open(page, program)
  await expect(page.locator('path.near-ring')).toHaveCount(1)
  const both = page.locator('.mark[data-types="bombing_raid clash"]')
  await expect(both.locator('.badge')).toHaveText('2')
  await expect(both.locator('.symbol')).toHaveCount(2)
  // The spot opens its place, whose card has each of its events.
  await both.click()
  await expect(page.locator('.card h2')).toHaveText('Laukkai')
})
