import { expect, test as base } from '@playwright/test'
import { startProgram } from '../tools/program.mjs'
import { watch } from './fixtures'

const TILE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

base('an operator’s tiles are asked for from their host alone, with whom they are owed to', async ({ page }) => {
  const { url, stop } = await startProgram(['--base-map', 'https://tiles.example/{z}/{x}/{y}.png', '--base-map-attribution', '© Tile makers'])
  const seen = watch(page, url)
  await page.route('https://tiles.example/**', (route) => route.fulfill({ contentType: 'image/png', body: TILE }))
  await page.goto(url)
  await expect(page.locator('.mark').first()).toBeVisible()
  await expect(page.locator('.leaflet-tile-loaded').first()).toBeAttached()
  await expect(page.locator('.credits')).toContainText('© Tile makers')
  expect(seen.foreign.length).toBeGreaterThan(0)
  for (const foreign of seen.foreign) expect(foreign).toMatch(/^https:\/\/tiles\.example\/\d+\/\d+\/\d+\.png$/)
  expect(seen.complaints).toEqual([])
  // The page's policy holds against everything else.
  const refused = await page.evaluate(() => fetch('https://elsewhere.example/').then(() => 'let through', () => 'refused'))
  expect(refused).toBe('refused')
  expect(seen.foreign.some((f) => f.includes('elsewhere'))).toBe(false)
  expect(await stop()).toBe(0)
})
