import { describe, expect, it } from 'vitest'
import { frameOf, nearest } from './extent'

const world = 256 * 2 ** 4

describe('the frame', () => {
  it('holds the view, and stays while the view moves a little', () => {
    const a = frameOf({ left: 2700, top: 1700, right: 3000, bottom: 2000 }, 4)
    expect(frameOf({ left: 2690, top: 1690, right: 2990, bottom: 1990 }, 4)).toEqual(a)
    const [west, south, east, north] = a.bbox
    expect(west).toBeCloseTo((2688 / world) * 360 - 180, 5)
    expect(east).toBeCloseTo((3072 / world) * 360 - 180, 5)
    expect(north).toBeGreaterThan(south)
  })
  it('crosses the 180th meridian with west greater than east', () => {
    const { bbox } = frameOf({ left: world - 200, top: 1700, right: world + 200, bottom: 2000 }, 4)
    expect(bbox[0]).toBeGreaterThan(150)
    expect(bbox[2]).toBeLessThan(-150)
    expect(frameOf({ left: -200, top: 1700, right: 200, bottom: 2000 }, 4).bbox).toEqual(bbox)
  })
  it('ends at the meridian and not beyond where the view does', () => {
    expect(frameOf({ left: world - 256, top: 1700, right: world, bottom: 2000 }, 4).bbox[2]).toBe(180)
    expect(frameOf({ left: 0, top: 1700, right: 256, bottom: 2000 }, 4).bbox[0]).toBe(-180)
  })
  it('is the whole world, poles and all, where the view is', () => {
    expect(frameOf({ left: -500, top: -300, right: world + 500, bottom: world + 300 }, 4).bbox).toEqual([-180, -90, 180, 90])
  })
  it('draws a position in the world that the reader looks at', () => {
    expect(nearest(-179, 190)).toBe(181)
    expect(nearest(97, 100)).toBe(97)
  })
})
