import AxeBuilder from '@axe-core/playwright'
import { expect, open, test } from './fixtures'

test('the keyboard reaches everything', async ({ page, program }) => {
  await open(page, program)
  await expect(page.locator('.exit')).toBeVisible()
  const wanted = await page.locator('.mark[tabindex="0"], .tag, .exit, .chip, .row, .bar, .label-place, button, select, input, a[href], summary').evaluateAll((els) =>
    els.filter((el) => !el.hasAttribute('disabled') && el.getAttribute('aria-disabled') !== 'true').map((el) => `${el.tagName} ${el.getAttribute('class')?.split(' ')[0] ?? ''} ${el.getAttribute('aria-label') ?? el.textContent}`))
  expect(wanted.length).toBeGreaterThan(50)
  const reached = new Set<string>()
  for (let i = 0; i < wanted.length + 40; i++) {
    await page.keyboard.press('Tab')
    reached.add(await page.evaluate(() => {
      const el = document.activeElement
      return `${el?.tagName} ${el?.getAttribute('class')?.split(' ')[0] ?? ''} ${el?.getAttribute('aria-label') ?? el?.textContent}`
    }))
  }
  const missed = wanted.filter((w) => !reached.has(w))
  expect(missed).toEqual([])
})

test('Enter opens what has the focus, Escape closes it, and the focus is not lost', async ({ page, program }) => {
  await open(page, program)
  await page.locator('.mark[data-types="bombing_raid"]').focus()
  await page.keyboard.press('Enter')
  const heading = page.locator('.card h2')
  await expect(heading).toHaveText('Regime bombs Laukkai three times')
  await expect(heading).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.locator('.list')).toBeVisible()
  await page.locator('.tag', { hasText: 'China' }).focus()
  await page.keyboard.press('Space')
  await expect(page.locator('.card h2')).toHaveText('China')
})

for (const width of [1440, 390]) {
  for (const theme of ['light', 'dark']) {
    test(`axe finds nothing serious at ${width} px, ${theme}`, async ({ page, program }) => {
      await page.setViewportSize({ width, height: 844 })
      for (const selection of ['', '&sel=events/report-2024-07:kunming-meeting', '&sel=areas/northern-shan-state', '&datetime=2024-07-01/2024-07-31']) {
        await open(page, program, `?theme=${theme}${selection}`)
        if (selection.startsWith('&sel')) await expect(page.locator('.card h2')).toBeVisible()
        const { violations } = await new AxeBuilder({ page }).analyze()
        const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
        expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`), selection).toEqual([])
      }
    })
  }
}

test('a phone shows all of it without scrolling sideways', async ({ page, program }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open(page, program)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.locator('.mark[data-types="bombing_raid"]').click()
  await expect(page.locator('.card h2')).toBeInViewport()
  await expect(page.locator('.mark.selected')).toBeInViewport()
  await page.locator('.back').click()
  await expect(page.locator('.timeline')).toBeVisible()
})

test('Burmese and Chinese names are set in fonts that have their letters', async ({ page, program }) => {
  const session = await page.context().newCDPSession(page)
  await session.send('DOM.enable')
  await session.send('CSS.enable')
  for (const [lang, name] of [['my', 'လားရှိုး'], ['zh', '腊戌']] as const) {
    await open(page, program, `?lang=${lang}`)
    const label = page.locator('.label-place', { hasText: name })
    await expect(label).toBeVisible()
    await expect(label).toHaveAttribute('lang', lang)
    const { root } = await session.send('DOM.getDocument', { depth: 0 })
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '.label-place[data-place=lashio]' })
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
    const glyphs = fonts.reduce((n, f) => n + f.glyphCount, 0)
    expect(glyphs).toBeGreaterThan(0)
    // A font that lacks the letters draws boxes: DejaVu, Chromium's last resort here, has neither script.
    expect(fonts.map((f) => f.familyName).join(' ')).not.toMatch(/DejaVu|Last ?Resort/)
  }
})

test('names follow the language that the browser asks for', async ({ browser, program }) => {
  const context = await browser.newContext({ locale: 'my-MM' })
  const page = await context.newPage()
  await open(page, program)
  await expect(page.locator('.label-place', { hasText: 'လောက်ကိုင်' })).toBeVisible()
  expect(page.url()).toBe(program + '/')
  await context.close()
})
