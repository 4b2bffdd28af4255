import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { startProgram } from '../tools/program.mjs'
import { open, watch } from './fixtures'

const PROGRAM = fileURLToPath(new URL('../../bin/conflictmap', import.meta.url))

test('thousands of imported events are clusters and a histogram, and each can be reached', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'conflictmap-many-'))
  const db = join(folder, 'map.db')
  const file = join(folder, 'ged.csv')
  writeFileSync(file, execFileSync(PROGRAM, ['generate', '--events', '3000'], { maxBuffer: 1e9 }))
  execFileSync(PROGRAM, ['import', '--db', db, file])
  const { url, stop } = await startProgram(['--db', db])
  const seen = watch(page, url)
  await open(page, url, '?c=15.0000,60.0000,3')
  await expect(page.locator('.list > h2')).toHaveText('3,014 of 3,014 events')
  await expect(page.locator('.cluster').first()).toBeVisible()
  await expect(page.locator('.histogram')).toBeVisible()
  await expect(page.locator('.credits')).toContainText('UCDP GED, Uppsala Conflict Data Program')
  await expect(page.locator('.row')).toHaveCount(100)
  await page.getByRole('button', { name: 'Show 100 more' }).click()
  await expect(page.locator('.row')).toHaveCount(200)
  // Looking closer takes a cluster apart.
  const label = await page.locator('.cluster').first().getAttribute('aria-label')
  await page.locator('.cluster').first().click()
  await expect(page).toHaveURL(/\?c=/)
  expect(label).toMatch(/^\d+ events close together, \d+ of them placed only roughly/)
  await expect(page.locator(`.cluster[aria-label="${label}"]`)).toHaveCount(0)
  // Many events at one point: each is in the list of the point.
  const answer = (await (await page.request.get(`${url}/collections/events/clusters?zoom=8`)).json()) as { features: { geometry: { coordinates: number[] } | null; properties: { same_point?: boolean; count?: number } }[] }
  const point = answer.features.filter((f) => f.properties.same_point).sort((a, b) => (b.properties.count ?? 0) - (a.properties.count ?? 0))[0]
  const [lon = 0, lat = 0] = point?.geometry?.coordinates ?? []
  await page.goto(`${url}/?sel=spots/${lon},${lat}`)
  await expect(page.locator('.card h2')).toHaveText(`${point?.properties.count ?? 0} events at one point of the map`)
  await page.locator('.attached .row').first().click()
  await expect(page.locator('.card h2')).toContainText('violence')
  // A card says what the source says, beyond our fields too.
  await page.goto(`${url}/?sel=events/ucdp:7`)
  await expect(page.locator('.card h2')).toContainText('violence')
  await page.locator('.extra summary').click()
  await expect(page.locator('.extra')).toContainText('priogrid_gid')
  await page.locator('.back').click()
  // A year of the timeline leaves few enough to be bars again.
  await page.getByLabel('From', { exact: true }).fill('2024-06-01')
  await expect(page.locator('.row').first()).toBeVisible()
  expect(seen.foreign).toEqual([])
  expect(seen.complaints).toEqual([])
  expect(await stop()).toBe(0)
  rmSync(folder, { recursive: true })
})
