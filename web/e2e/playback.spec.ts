import { expect, open, test } from './fixtures'

const ranges = (): string[] => (window as unknown as { ranges: string[] }).ranges

for (const width of [1440, 390]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 844 } })

    test('time plays in a moving window, and pauses', async ({ page, program }) => {
      await page.addInitScript(() => {
        const seen: string[] = []
        Object.assign(window, { ranges: seen })
        const replace = history.replaceState.bind(history)
        history.replaceState = (...args: Parameters<typeof replace>) => {
          if (args[2]) seen.push(String(args[2]))
          replace(...args)
        }
      })
      await open(page, program)
      const before = await page.evaluate(() => history.length)
      await page.getByRole('button', { name: 'Play', exact: true }).click()
      // What is played is read from what was noted: the page does not wait for the test.
      await expect.poll(async () => (await page.evaluate(ranges)).length).toBeGreaterThanOrEqual(2)
      await page.getByRole('button', { name: 'Pause' }).click()
      const at = page.url()
      await page.waitForTimeout(1500)
      expect(page.url()).toBe(at)
      expect(await page.evaluate(() => history.length), 'one step of the history').toBe(before + 1)
      expect((await page.evaluate(ranges)).slice(0, 2)).toEqual(['?datetime=2023-11-01/2023-11-30', '?datetime=2023-12-01/2023-12-31'])
      // It goes on from where it is, and ends with the data.
      await page.getByLabel('Speed').selectOption('4')
      await page.getByRole('button', { name: 'Play', exact: true }).click()
      await expect(page).toHaveURL(/datetime=2024-07-01\/2024-07-31/, { timeout: 15_000 })
      await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
      await expect(page.locator('.playback-said')).toHaveText(/^July 2024: \d+ events$/)
    })

    test('steps by day, week and month, in a window or keeping what came before', async ({ page, program }) => {
      await open(page, program, '?datetime=2024-07-01/2024-07-07')
      const [on, back, length] = [page.getByRole('button', { name: 'One step on' }), page.getByRole('button', { name: 'One step back' }), page.getByLabel('Length of a step')]
      await length.selectOption('week')
      await on.click()
      await expect(page).toHaveURL(/datetime=2024-07-08\/2024-07-14/)
      await length.selectOption('day')
      await back.click()
      await expect(page).toHaveURL(/datetime=2024-07-07\/2024-07-13/)
      const keeping = page.getByRole('button', { name: 'Keep what came before' })
      await keeping.click()
      await expect(keeping).toHaveAttribute('aria-pressed', 'true')
      await on.click()
      await expect(page).toHaveURL(/datetime=2024-07-07\/2024-07-14/)
      await length.selectOption('month')
      await back.click()
      await expect(page).toHaveURL(/datetime=2024-07-07\/2024-07-14/) // the end would come before the start
    })

    test('the playback stops when the reader turns to anything else', async ({ page, program }) => {
      for (const touch of [
        () => page.locator('.map').dispatchEvent('pointerdown'),
        () => page.locator('.map').dispatchEvent('wheel'),
        () => page.keyboard.press('ArrowDown'),
        () => page.evaluate(() => document.querySelector('.row')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }))),
        () => page.goBack(),
      ]) {
        await open(page, program)
        await page.getByLabel('Speed').selectOption('2')
        await page.getByRole('button', { name: 'Play', exact: true }).click()
        await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
        await expect(page).toHaveURL(/datetime=2023-11-01/)
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
        await touch()
        await expect(page.getByRole('button', { name: 'Play', exact: true }), touch.toString()).toBeVisible()
      }
    })

    test('who wants nothing to move has steps alone', async ({ page, program }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await open(page, program)
      await expect(page.getByRole('button', { name: 'One step on' })).toBeVisible()
      await expect(page.getByRole('button', { name: 'Play', exact: true })).toHaveCount(0)
      await page.getByRole('button', { name: 'One step on' }).click()
      await expect(page).toHaveURL(/datetime=2023-10-01\/2023-10-31/)
      await page.waitForTimeout(1500)
      await expect(page).toHaveURL(/datetime=2023-10-01\/2023-10-31/)
    })
  })
}

test('a playback says where it is once a second at most', async ({ page, program }) => {
  await open(page, program, '?datetime=2024-01-01/2024-01-07')
  await page.getByLabel('Length of a step').selectOption('day')
  await page.getByLabel('Speed').selectOption('4')
  await page.evaluate(() => {
    const times: number[] = []
    Object.assign(window, { times })
    const status = document.querySelector('.playback-said')
    let said = ''
    const note = (): void => {
      if (status?.textContent === said) return
      said = status?.textContent ?? ''
      times.push(performance.now())
    }
    if (status) new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true })
  })
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.waitForTimeout(4200)
  const times = await page.evaluate(() => (window as unknown as { times: number[] }).times)
  expect(times.length).toBeGreaterThan(2)
  for (const [i, t] of times.slice(1).entries()) expect(t - (times[i] ?? 0)).toBeGreaterThan(900)
  // The list's own word is silent meanwhile.
  await expect(page.locator('.panel > [role=status]')).toHaveText('')
})

test('a slow line shows each frame', async ({ page, program }) => {
  await open(page, program)
  const frames: string[] = []
  await page.route(/\/events\/clusters\?/, async (route) => {
    frames.push(new URL(route.request().url()).searchParams.get('datetime') ?? '')
    await new Promise((resolve) => setTimeout(resolve, 900))
    await route.continue().catch(() => undefined) // it may have been dropped
  })
  const failed: string[] = []
  page.on('requestfailed', (r) => { if (r.url().includes('bbox=')) failed.push(r.url()) })
  await page.getByLabel('Speed').selectOption('4')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.waitForTimeout(4000)
  await page.getByRole('button', { name: 'Pause' }).click()
  expect(new Set(frames).size).toBeLessThanOrEqual(5)
  expect(failed).toEqual([])
})
