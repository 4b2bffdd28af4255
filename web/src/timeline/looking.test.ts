import { describe, expect, it } from 'vitest'
import { askedFor, CLOSEST, inSight, movedBy, pinched, within, zoomAbout } from './looking'
import { DAY, type Span } from '../time/instant'

const days = (from: number, to: number): Span => ({ from: from * DAY, to: to * DAY })
const all = days(0, 1000)

describe('looking closer and wider', () => {
  it('keeps the instant it looks at in its place', () => {
    const closer = zoomAbout(days(100, 300), 150 * DAY, 0.5, all)
    expect(closer).toEqual(days(125, 225)) // a quarter of the way before and after
    expect(zoomAbout(closer, 150 * DAY, 2, all)).toEqual(days(100, 300))
  })
  it.each([
    [days(100, 300), 200, 100, days(0, 1000)], // no wider than all
    [days(0, 100), 100, 2, days(0, 200)], // not beyond the first day
    [days(500, 510), 505, 0.001, { from: 505 * DAY - CLOSEST / 2, to: 505 * DAY + CLOSEST / 2 }], // no closer than some days
  ])('holds to its limits: %j about day %d by %d', (span, at, factor, want) => {
    expect(zoomAbout(span, at * DAY, factor, all)).toEqual(want)
  })
  it('looks at all of what is shorter than the closest look', () => {
    expect(zoomAbout(days(0, 1), 0, 0.5, days(0, 1))).toEqual(days(0, 1))
  })
})

describe('moving', () => {
  it.each([[100, days(200, 400)], [-500, days(0, 200)], [5000, days(800, 1000)]])('by %d days', (by, want) => {
    expect(movedBy(days(100, 300), by * DAY, all)).toEqual(want)
  })
  it('brings what is longer than its limits to them', () => {
    expect(within(days(-50, 3000), all)).toEqual(all)
  })
  it('brings an instant into sight, and leaves what is in sight', () => {
    expect(inSight(days(100, 300), 250 * DAY, all)).toEqual(days(100, 300))
    expect(inSight(days(100, 300), 350 * DAY, all)).toEqual(days(300, 500))
  })
})

describe('pinching', () => {
  it('keeps under each finger what it held', () => {
    const span = pinched({ t: 110 * DAY, x: 20 }, { t: 120 * DAY, x: 120 }, 200, all)
    expect(span).toEqual(days(108, 128))
  })
  it('tells nothing of fingers that meet or pass', () => {
    expect(pinched({ t: 110 * DAY, x: 20 }, { t: 120 * DAY, x: 24 }, 200, all)).toBeNull()
    expect(pinched({ t: 110 * DAY, x: 80 }, { t: 120 * DAY, x: 20 }, 200, all)).toBeNull()
  })
})

describe('what is asked for', () => {
  it('reaches beyond both ends by the length of the look', () => {
    expect(askedFor(days(400, 500), 'day', null)).toEqual({ interval: 'day', span: days(300, 600) })
  })
  it('stays as long as the look lies in it, and its edges out of sight', () => {
    const asked = askedFor(days(400, 500), 'week', null)
    expect(askedFor(days(310, 410), 'week', asked)).toBe(asked)
    expect(askedFor(days(305, 405), 'week', asked)).not.toBe(asked) // the bin at the edge would be seen
    expect(askedFor(days(495, 595), 'week', asked)).not.toBe(asked)
    expect(askedFor(days(310, 410), 'day', asked).interval).toBe('day')
  })
  it('names no year that has no name', () => {
    const far = { from: Date.parse('0002-01-01T00:00:00Z'), to: Date.parse('9999-01-01T00:00:00Z') }
    const asked = askedFor(far, 'year', null)
    expect([asked.span.from, asked.span.to].map((ms) => new Date(ms).toISOString().slice(0, 10))).toEqual(['0001-01-01', '9999-12-31'])
    expect(askedFor(far, 'year', asked)).toBe(asked)
  })
})
