import { describe, expect, it } from 'vitest'
import { arc } from './geometry'
import { maskOf, meets, placeCaption, shareInside } from './placing'

// A frame of 400 × 200 pixels whose left half lies in the area.
const left = maskOf(10, 40, 20, (column) => column < 20)

describe('the mask', () => {
  it('tells the part of a box that lies in the area', () => {
    expect(shareInside(left, { left: 0, top: 0, right: 100, bottom: 50 })).toBe(1)
    expect(shareInside(left, { left: 150, top: 0, right: 250, bottom: 50 })).toBe(0.5)
    expect(shareInside(left, { left: 210, top: 0, right: 300, bottom: 50 })).toBe(0)
    expect(shareInside(left, { left: -100, top: 0, right: 100, bottom: 50 })).toBe(0.5)
  })
})

describe('a caption', () => {
  it('stands in its area and in the frame', () => {
    const spot = placeCaption(80, 30, left, 1000, [], [], null)
    expect(spot && spot.x - 40 >= 0 && spot.x + 40 <= 200 && spot.y - 15 >= 0 && spot.y + 15 <= 200).toBe(true)
  })
  it('keeps off obstacles while there is room', () => {
    const mark = { rect: { left: 0, top: 0, right: 200, bottom: 150 }, cost: 20 }
    const spot = placeCaption(80, 30, left, 1000, [], [mark], null)
    expect(spot && meets(mark.rect, { left: spot.x - 40, right: spot.x + 40, top: spot.y - 15, bottom: spot.y + 15 })).toBe(false)
  })
  it('keeps off other areas', () => {
    const top = maskOf(10, 40, 20, (_, row) => row < 15)
    expect(placeCaption(80, 30, left, 1000, [top], [], null)?.y).toBeGreaterThan(155)
  })
  it('stays where it stood while that is about as good', () => {
    const before = { x: 60, y: 60 }
    const spot = placeCaption(80, 30, left, 1000, [], [], before)
    expect(spot && Math.hypot(spot.x - before.x, spot.y - before.y)).toBeLessThan(15)
  })
  it('stands nowhere where its area does not show', () => {
    expect(placeCaption(80, 30, maskOf(10, 40, 20, () => false), 5, [], [], null)).toBeNull()
  })
  it('never covers what may not be covered', () => {
    const all = { rect: { left: 0, top: 0, right: 400, bottom: 200 }, cost: Infinity }
    expect(placeCaption(80, 30, left, 5, [], [all], null)).toBeNull()
  })
})

describe('an arc', () => {
  it('runs from one point to the other and bows to its left', () => {
    const points = arc([0, 0], [100, 0])
    expect(points[0]).toEqual([0, 0])
    expect(points.at(-1)).toEqual([100, 0])
    expect(points[24]?.[1]).toBeCloseTo(-9)
  })
})
