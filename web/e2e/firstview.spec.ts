import { FIRST_VIEW } from '../tools/firstview.mjs'
import { expect, open, test } from './fixtures'

test('the first view asks for what its size is measured by, and for no more', async ({ page, program }) => {
  const asked: string[] = []
  page.on('request', (r) => asked.push(r.url().slice(program.length)))
  await open(page, program)
  await page.waitForLoadState('networkidle')
  const data = asked.filter((path) => path.startsWith('/collections') || path.endsWith('.json'))
  expect(data.map(decodeURIComponent).sort()).toEqual(FIRST_VIEW.map(decodeURIComponent).sort())
})
