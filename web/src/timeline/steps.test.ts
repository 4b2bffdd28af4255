import { describe, expect, it } from 'vitest'
import { DAY, firstOf, formatDatetime, parseDatetime, type Span } from '../time/instant'
import { firstFrame, frameAfter, isFrame, later, startOf, type Step } from './steps'

const span = (text: string): Span => parseDatetime(text) ?? { from: -Infinity, to: Infinity }
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
const cover = span('2023-10-27/2024-07-31')

describe('steps by the calendar', () => {
  it.each<[string, Step, number, string]>([
    ['2024-02-28', 'day', 2, '2024-03-01'], ['2024-02-28', 'week', -1, '2024-02-21'], ['2024-01-31', 'month', 1, '2024-02-29'],
    ['2023-01-31', 'month', 1, '2023-02-28'], ['2024-01-31', 'month', 2, '2024-03-31'], ['2024-01-15', 'month', -1, '2023-12-15'],
    ['2024-11-30', 'quarter', 1, '2025-02-28'], ['2024-02-29', 'year', 1, '2025-02-28'], ['0050-03-01', 'month', -3, '0049-12-01'], ['1969-12-31', 'month', -1, '1969-11-30'],
  ])('%s, %s by %d', (from, step, n, want) => {
    expect(iso(later(firstOf(from), step, n))).toBe(want)
  })
  it('keeps the time of day', () => {
    expect(new Date(later(Date.parse('2024-01-31T06:30:00Z'), 'month', 1)).toISOString()).toBe('2024-02-29T06:30:00.000Z')
  })
  it.each<[string, Step, string]>([
    ['2024-07-24', 'day', '2024-07-24'], ['2024-07-24', 'week', '2024-07-22'], ['2024-07-22', 'week', '2024-07-22'], ['1969-12-30', 'week', '1969-12-29'],
    ['2024-07-24', 'month', '2024-07-01'], ['2024-09-24', 'quarter', '2024-07-01'], ['2024-07-24', 'year', '2024-01-01'],
  ])('%s begins its %s on %s', (day, step, want) => {
    expect(iso(startOf(firstOf(day) + DAY / 2, step))).toBe(want)
  })
})

describe('the frames of a playback', () => {
  const window = { step: 'month', cumulative: false } as const
  const growing = { step: 'month', cumulative: true } as const
  const frames = (first: Span, way: typeof window | typeof growing, n: number): string[] => Array.from({ length: n }, (_, i) => formatDatetime(frameAfter(first, way, i)))

  it('move as a window of whole months', () => {
    expect(frames(span('2023-12-01/2023-12-31'), window, 4)).toEqual(['2023-12-01/2023-12-31', '2024-01-01/2024-01-31', '2024-02-01/2024-02-29', '2024-03-01/2024-03-31'])
  })
  it('or keep what came before', () => {
    expect(frames(span('../2023-12-31'), growing, 3)).toEqual(['../2023-12-31', '../2024-01-31', '../2024-02-29'])
    expect(frames(span('2023-11-05/2023-12-31'), growing, 2)).toEqual(['2023-11-05/2023-12-31', '2023-11-05/2024-01-31'])
  })
  it('begin with the data, or with what is chosen', () => {
    expect(formatDatetime(firstFrame(span(''), cover, window))).toBe('2023-10-01/2023-10-31')
    expect(formatDatetime(firstFrame(span('2024-03-05/..'), cover, window))).toBe('2024-03-01/2024-03-31')
    expect(formatDatetime(firstFrame(span(''), cover, { step: 'week', cumulative: false }))).toBe('2023-10-23/2023-10-29')
    expect(formatDatetime(firstFrame(span(''), cover, growing))).toBe('../2023-10-31')
    expect(formatDatetime(firstFrame(span('2024-03-05/..'), cover, growing))).toBe('2024-03-05/2024-03-31')
  })
  it('begin anew with the window that was chosen, a step long where it was all', () => {
    expect(formatDatetime(firstFrame(span('2024-06-01/2024-07-31'), cover, window))).toBe('2023-10-01/2023-11-30')
    expect(formatDatetime(firstFrame(span('2023-01-01/2024-12-31'), cover, window))).toBe('2023-10-01/2023-10-31')
  })
  it('need the ends that move', () => {
    expect([span(''), span('../2024-01-01'), span('2024-01-01/..'), span('2024-01-01')].map((s) => isFrame(s, window))).toEqual([false, false, false, true])
    expect([span(''), span('../2024-01-01'), span('2024-01-01/..')].map((s) => isFrame(s, growing))).toEqual([false, true, false])
  })
})
