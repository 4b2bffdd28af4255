import { test as base, expect, type Page } from '@playwright/test'
import { startProgram } from '../tools/program.mjs'

interface Worker { readonly program: string }
interface Watch { readonly foreign: string[]; readonly complaints: string[] }

/** Notes each request to another host and each word of the console that is no good sign. */
export function watch(page: Page, own: string): Watch {
  const seen: Watch = { foreign: [], complaints: [] }
  page.on('request', (r) => {
    if (!r.url().startsWith(own) && !r.url().startsWith('data:') && !r.url().startsWith('blob:')) seen.foreign.push(r.url())
  })
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') seen.complaints.push(m.text())
  })
  page.on('pageerror', (e) => seen.complaints.push(e.message))
  return seen
}

/** Opens the map with a query and waits until it stands. */
export async function open(page: Page, program: string, query = ''): Promise<void> {
  await page.goto(`${program}/${query}`)
  await expect(page.locator('.mark, .tag, .empty').first()).toBeVisible()
  await expect(page.locator('.label').first()).toBeAttached()
}

/** A test with the real program, in which no page may load from another host or complain in the console. */
export const test = base.extend<{ watched: Watch }, Worker>({
  program: [
    async ({}, use) => {
      const { url, stop } = await startProgram()
      await use(url)
      expect(await stop(), 'the program ends well').toBe(0)
    },
    { scope: 'worker' },
  ],
  watched: [
    async ({ page, program }, use) => {
      const seen = watch(page, program)
      await use(seen)
      expect(seen.foreign, 'requests to other hosts').toEqual([])
      expect(seen.complaints, 'console').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
