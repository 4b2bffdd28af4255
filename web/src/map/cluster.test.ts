import { describe, expect, it } from 'vitest'
import { clusters } from './cluster'

const points = [{ x: 10, y: 10, n: 1 }, { x: 30, y: 10, n: 3 }, { x: 130, y: 10, n: 1 }, { x: -5, y: 10, n: 1 }]

describe('clusters', () => {
  it('groups what lies in one cell, stands at the weighted middle, and loses nothing', () => {
    const found = clusters(points, 56, (p) => p, (p) => p.n)
    expect(found.map((c) => [c.key, c.members.length])).toEqual([['0:0', 2], ['2:0', 1], ['-1:0', 1]])
    expect(found[0]?.at).toEqual({ x: 25, y: 10 })
    expect(found.flatMap((c) => c.members)).toHaveLength(points.length)
  })
  it('keeps the name of a cluster when a point is added to another', () => {
    const more = clusters([...points, { x: 300, y: 300, n: 1 }], 56, (p) => p, (p) => p.n)
    expect(more[0]?.key).toBe('0:0')
  })
})
