import { expect, it } from 'vitest'
import { recordsPath } from './known'

it('asks for several records at once, whatever stands in their ids', () => {
  const url = new URL(recordsPath('places', ["a'b", 'ucdp:place:x&y', 'လားရှိုး']), 'http://localhost')
  expect(url.pathname).toBe('/collections/places/items')
  expect(url.searchParams.get('filter')).toBe("id IN ('a''b','ucdp:place:x&y','လားရှိုး')")
  expect(url.searchParams.get('limit')).toBe('3')
})
