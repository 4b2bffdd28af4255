import { describe, expect, it } from 'vitest'
import type { EventRecord } from '../api/types'
import { bars } from './lanes'
import { binAt, binPaths, binsOf, count, intervalFor } from './histogram'
import { aired, coverOf, scale, ticks } from './scale'

const at = (text: string): number => Date.parse(text + 'T00:00:00Z')
const event = (id: string, start: string | null, end: string | null, precision = 'day'): EventRecord =>
  ({ type: 'Feature', id, geometry: null, properties: { type: 'clash', title: { en: id }, start, end, date_precision: precision, place_precision: 'exact', incidents: 1, sources: [{ publisher: 'P', date: '2024-07' }], status: 'reported', dataset_id: 'd' } }) as unknown as EventRecord

const axis = scale({ from: at('2024-06-01'), to: at('2024-08-01') }, 610) // ten pixels a day

describe('bars', () => {
  it('draws a tick only for one known day, hatches what is not known to the day, and fades what goes on', () => {
    const laid = bars([event('a', '2024-06-10', '2024-06-10'), event('b', '2024-06-10', '2024-06-20'), event('c', '2024-06-10', '2024-06-10', 'month'), event('d', '2024-06-10', null)], axis)
    expect(laid.bars.map((b) => [b.event.id, b.form, b.ongoing])).toEqual([['a', 'tick', false], ['b', 'crisp', false], ['c', 'uncertain', false], ['d', 'crisp', true]])
    const ongoing = laid.bars[3]
    expect(ongoing?.fade).toBeCloseTo(axis.x(at('2024-07-01'))) // from where the report's own date is vague
    expect(ongoing?.to).toBeCloseTo(axis.x(at('2024-08-01')), 0)
  })
  it('lets no bar cover another', () => {
    const events = Array.from({ length: 60 }, (_, i) => event(`e${i}`, `2024-06-${String(1 + (i % 28)).padStart(2, '0')}`, `2024-07-${String(1 + ((i * 7) % 30)).padStart(2, '0')}`))
    const laid = bars(events, axis)
    expect(laid.bars).toHaveLength(60)
    for (const a of laid.bars) for (const b of laid.bars) if (a !== b && a.lane === b.lane) expect(a.to < b.from || b.to < a.from, `${a.event.id} on ${b.event.id}`).toBe(true)
  })
  it('leaves the undated out', () => {
    expect(bars([event('a', null, null, 'unknown')], axis).bars).toHaveLength(0)
  })
  it('names the bars where there is room, beside them and inside the chart', () => {
    const events = [event('early', '2024-06-02', '2024-06-03'), event('late', '2024-07-30', '2024-07-31')]
    const [early, late] = bars(events, axis, 5, () => 100).bars
    expect(early?.name).toMatchObject({ anchor: 'start' })
    expect(late?.name).toMatchObject({ anchor: 'end' })
    expect(late && late.name && late.name.x < late.from).toBe(true)
    expect(bars([...events, event('b', '2024-06-02', '2024-07-30')], axis, 1, () => 100).bars.every((b) => b.name === null)).toBe(true)
  })
})

describe('the axis', () => {
  it('covers what is dated, open ends up to the report', () => {
    expect(coverOf([event('a', '2024-06-10', null), event('b', null, null)])).toEqual({ from: at('2024-06-10'), to: at('2024-08-01') - 1 })
    expect(coverOf([event('b', null, null)])).toBeNull()
    const span = aired({ from: 0, to: 100 * 86_400_000 })
    expect([span.from, span.to]).toEqual([-4 * 86_400_000, 104 * 86_400_000])
  })
  it.each([
    ['2023-10-15', '2024-08-12', 1300, 'month', 10],
    ['2024-07-01', '2024-07-08', 700, 'day', 7],
    ['1990-01-01', '2024-01-01', 800, 'year', 7],
    ['0001-01-01', '9999-12-31', 800, 'year', 10],
  ])('has round ticks from %s to %s', (from, to, width, unit, about) => {
    const found = ticks(scale({ from: at(from), to: at(to) }, width))
    expect(new Set(found.map((t) => t.unit))).toEqual(new Set([unit]))
    expect(Math.abs(found.length - about)).toBeLessThanOrEqual(2)
    for (const t of found) expect(unit === 'day' || new Date(t.at).getUTCDate() === 1).toBe(true)
  })
})

describe('the histogram', () => {
  it('counts each dated event once, where it began', () => {
    const events = [event('a', '2024-06-10', '2024-07-20'), event('b', '2024-06-10', null), event('c', null, '2024-07-31'), event('d', null, null, 'unknown'), event('e', '2030-01-01', null)]
    const bins = count(events, axis, 61)
    expect(bins).toHaveLength(10)
    expect(bins.reduce((n, b) => n + b.total, 0)).toBe(3)
    expect(bins[1]?.total).toBe(2) // the days 7 to 13
    expect(bins[9]?.total).toBe(1)
    expect(bins[1]?.counts.get('violence')).toBe(2)
  })
  it('takes the bins of an answer, by family', () => {
    const [bin] = binsOf({ interval: 'month', numberMatched: 3, change: 1, changed: '', undated: { count: 0 }, bins: [{ start: '2024-06-01', end: '2024-06-30', count: 3, by: { clash: 1, violence_against_civilians: 1, talks: 1 } }] })
    expect(bin).toMatchObject({ from: at('2024-06-01'), to: at('2024-07-01'), total: 3 })
    expect(bin?.counts.get('violence')).toBe(2)
  })
  it.each([[7, 700, 'day'], [365, 700, 'week'], [3650, 700, 'month'], [36_500, 700, 'year']])('has bins of some pixels for %d days on %d pixels', (days, width, interval) => {
    expect(intervalFor({ from: 0, to: days * 86_400_000 }, width)).toBe(interval)
  })
  it('stacks the families of a bin, each family one path, and finds the bin of an instant', () => {
    const bins = binsOf({ interval: 'month', numberMatched: 3, change: 1, changed: '', undated: { count: 0 }, bins: [
      { start: '2024-06-01', end: '2024-06-30', count: 3, by: { clash: 1, talks: 2 } }, { start: '2024-07-01', end: '2024-07-31', count: 1, by: { clash: 1 } },
    ] })
    const paths = binPaths(bins, axis, 90, 3)
    expect(paths.get('violence')).toBe('M0.5 60.0h299.0v30.0h-299.0ZM300.5 60.0h309.0v30.0h-309.0Z')
    expect(paths.get('visit')).toBe('M0.5 0.0h299.0v60.0h-299.0Z')
    expect(binAt(bins, at('2024-07-01'))?.total).toBe(1)
    expect(binAt(bins, at('2024-08-01'))).toBeUndefined()
  })
})
