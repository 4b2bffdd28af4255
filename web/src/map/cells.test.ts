import { expect, it } from 'vitest'
import { cellOf, nested } from './cells'

it('reads the cell of a cluster, and of nothing else', () => {
  expect(cellOf('cell:10:5:1023')).toEqual({ bits: 10, x: 5, y: 1023 })
  for (const id of ['area:shan', 'cell:1:2', 'xcell:1:2:3', 'cell:a:b:c']) expect(cellOf(id)).toBeNull()
})

it('knows which cells lie in one another, by whatever zoom', () => {
  const outer = { bits: 4, x: 3, y: 9 }
  for (const inner of [{ bits: 4, x: 3, y: 9 }, { bits: 5, x: 6, y: 19 }, { bits: 34, x: 3 * 2 ** 30 + 1, y: 9 * 2 ** 30 + 7 }]) {
    expect(nested(outer, inner)).toBe(true)
    expect(nested(inner, outer)).toBe(true)
  }
  expect(nested(outer, { bits: 5, x: 8, y: 19 })).toBe(false)
  expect(nested(outer, { bits: 4, x: 3, y: 8 })).toBe(false)
})
