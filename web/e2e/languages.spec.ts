import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, open, test } from './fixtures'

const CARD = 'sel=events/report-2024-07:laukkai-raids'
const PLACE = 'sel=places/lashio'
const AREA = 'sel=areas/northern-shan-state'

/** What stands there in Latin letters, or is read out so, outside of what comes with the data in a language of its own. */
const latin = async (page: Page, program: string): Promise<string[]> => {
  const english: string[] = []
  for (const collection of ['events', 'actors', 'places', 'areas']) {
    const answer = (await (await page.request.get(`${program}/collections/${collection}/items?skipGeometry=true&limit=1000`)).json()) as { features: { properties: { title?: { en?: string }; names?: { en?: string } } }[] }
    for (const { properties } of answer.features) english.push(properties.title?.en ?? properties.names?.en ?? '')
  }
  return latinBut(page, english)
}

/** The same, given what the data says in English. */
const latinBut = (page: Page, english: readonly string[]): Promise<string[]> => page.evaluate((told) => {
  const ours = document.documentElement.lang
  const spoken = (el: Element | null | undefined): boolean => el?.closest('[lang]')?.getAttribute('lang') === ours
  // Names of fields and formats, of the data's makers, and the switch's own names of languages.
  const known = /GeoJSON|Natural Earth|English/g
  const data = [...told, ...[...document.querySelectorAll('[lang=en]')].map((el) => el.textContent.replace(/ ×.*$/, ''))].filter((text) => text.length > 2).sort((a, b) => b.length - a.length)
  const bare = (text: string): string => data.reduce((rest, title) => rest.replaceAll(title, ''), text.replace(known, ''))
  const found: string[] = []
  const check = (where: string, text: string | null | undefined): void => {
    if (text && /[A-Za-z]{2}/.test(bare(text))) found.push(`${where}: ${text.trim()}`)
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent && !parent.closest('script, style, noscript') && spoken(parent)) check(parent.tagName, node.textContent)
  }
  for (const el of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    if (spoken(el)) for (const name of ['aria-label', 'title', 'placeholder']) check(`${el.tagName} ${name}`, el.getAttribute(name))
  }
  return found
}, english)

for (const [lang, title, one] of [['my', 'ရှမ်းပြည်နယ်မြောက်ပိုင်း ပဋိပက္ခမြေပုံ', 'ဖြစ်ရပ် ၁၄ ခုအနက် ၁၄ ခု'], ['zh', '掸邦北部冲突地图', '共14起事件，显示14起']] as const) {
  const attribute = lang === 'zh' ? 'zh-Hans' : lang
  test(`no English word of ours is left in ${lang}`, async ({ page, program }) => {
    test.slow()
    for (const selection of ['', `&${CARD}`, `&${PLACE}`, `&${AREA}`, '&type=protest', '&sel=events/report-2024-07:kunming-meeting', '&actor=mndaa']) {
      await open(page, program, `?lang=${lang}${selection}`)
      if (selection.startsWith('&sel')) await expect(page.locator('.card .provenance')).toContainText(lang === 'my' ? 'အသုံးပြုခွင့်' : '许可')
      await expect(page.locator('html')).toHaveAttribute('lang', attribute)
      await expect(page.locator('h1')).toHaveText(title)
      await page.locator('details').evaluateAll((all) => all.forEach((el) => el.setAttribute('open', '')))
      await expect(async () => expect(await latin(page, program), selection).toEqual([])).toPass({ timeout: 5000 })
    }
  })

  for (const width of [1440, 390]) {
    for (const theme of ['light', 'dark']) {
      test(`axe finds nothing in ${lang} at ${width} px, ${theme}`, async ({ page, program }) => {
        test.slow()
        await page.setViewportSize({ width, height: 844 })
        for (const selection of ['', `&${CARD}`, `&${AREA}`]) {
          await open(page, program, `?lang=${lang}&theme=${theme}${selection}`)
          if (selection) await expect(page.locator('.card h2')).toBeVisible()
          await page.evaluate(() => document.fonts.ready)
          const { violations } = await new AxeBuilder({ page }).analyze()
          expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`), selection).toEqual([])
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        }
      })
    }
  }

  test(`the switch turns the page to ${lang}, and back`, async ({ page, program }) => {
    await open(page, program)
    await expect(page).toHaveTitle('Conflict map of northern Shan State')
    await page.getByLabel('Language').selectOption(lang)
    await expect(page.locator('.list > h2')).toHaveText(one)
    await expect(page).toHaveTitle(title)
    await expect(page.locator('.leaflet-control-zoom-in')).toHaveAttribute('title', lang === 'my' ? 'ချဲ့ကြည့်ရန်' : '放大')
    await expect(page.locator('.leaflet-control-scale-line')).toHaveText(lang === 'my' ? /^[၀-၉]+ ကီလိုမီတာ$/ : /^\d+公里$/)
    await page.goBack()
    await expect(page.locator('.list > h2')).toHaveText('14 of 14 events')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  })
}

test('the title says what the card is about', async ({ page, program }) => {
  await open(page, program, `?${PLACE}`)
  await expect(page).toHaveTitle('Lashio – Conflict map of northern Shan State')
  await page.locator('.back').click()
  await expect(page).toHaveTitle('Conflict map of northern Shan State')
})

test('English loads no other texts and no font; Burmese loads its own', async ({ page, program }) => {
  const asked: string[] = []
  page.on('request', (r) => asked.push(new URL(r.url()).pathname))
  await open(page, program, `?${PLACE}`)
  await page.evaluate(() => document.fonts.ready)
  expect(asked.filter((path) => /woff|\/(my|zh|burmese)-/.test(path))).toEqual([])
  await page.getByLabel('Language').selectOption('my')
  await expect(page.locator('.card .kind')).toHaveText('မြို့')
  await expect.poll(() => asked.filter((path) => path.endsWith('.woff2')).length).toBeGreaterThan(0)
  expect(asked.filter((path) => /\/zh-/.test(path))).toEqual([])
})

test('texts that cannot be loaded are said to be missing, and can be asked for again', async ({ page, program, watched }) => {
  await page.route('**/assets/zh-*', (route) => route.abort())
  await open(page, program, '?lang=zh')
  await expect(page.getByRole('alert')).toContainText('texts in this language could not be loaded')
  await expect(page.locator('.list > h2')).toHaveText('14 of 14 events')
  await page.unroute('**/assets/zh-*')
  await page.reload()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.locator('.list > h2')).toHaveText('共14起事件，显示14起')
  watched.complaints.length = 0 // the browser's own word of the failed request
})

test('Burmese lines break between syllables and nothing is cut', async ({ page, program }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open(page, program, '?lang=my')
  await page.locator('.key').evaluate((el) => el.setAttribute('open', ''))
  await page.evaluate(() => document.fonts.ready)
  const starts = await page.locator('.key li').last().evaluate((el) => {
    const node = el.firstChild
    if (!node?.textContent) return []
    const found: string[] = []
    let top = -Infinity
    for (let i = 0; i < node.textContent.length; i++) {
      const range = document.createRange()
      range.setStart(node, i)
      range.setEnd(node, i + 1)
      const box = range.getBoundingClientRect()
      if (box.width > 0 && box.top > top + 8) {
        found.push(node.textContent.slice(i, i + 4))
        top = box.top
      }
    }
    return found
  })
  expect(starts.length).toBeGreaterThan(3)
  // A line begins with a letter that has its own vowel: with no mark, and with none that the killer ် takes to the line before.
  for (const start of starts) expect(start).toMatch(/^[က-အဿ၀-၉ဣ-ဧဩဪ](?![ါ-ူဲ-း]*်)/)
  const cut = await page.locator('.panel *, .header *, .timeline-controls *').evaluateAll((els) => els.filter((el) => el instanceof HTMLElement && el.children.length === 0 && el.scrollWidth > el.clientWidth + 1 && getComputedStyle(el).overflowX === 'hidden' && !el.closest('.visually-hidden, .caption')).map((el) => `${el.tagName} ${el.getAttribute('class')} ${el.textContent.slice(0, 60)}`))
  expect(cut).toEqual([])
})
