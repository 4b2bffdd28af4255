import { describe, expect, it } from 'vitest'
import { DAY, firstOf, formatDatetime, lastOf, parseDatetime, type Span } from '../time/instant'
import { afterKey, daysBetween, rangeMoved, withEnd, type End } from './choosing'
import type { Step } from './steps'

const span = (text: string): Span => parseDatetime(text) ?? { from: -Infinity, to: Infinity }
const all = span('2023-10-01/2024-08-31')
const noon = (day: string): number => firstOf(day) + DAY / 2

describe('choosing by hand', () => {
  it('takes whole days, either way', () => {
    expect(formatDatetime(daysBetween(noon('2024-07-04'), noon('2024-07-01')))).toBe('2024-07-01/2024-07-04')
    expect(formatDatetime(daysBetween(noon('2024-07-04'), noon('2024-07-04')))).toBe('2024-07-04')
  })
  it.each<[string, End, string, string]>([
    ['2024-03-01/2024-04-30', 'from', '2024-03-10', '2024-03-10/2024-04-30'],
    ['2024-03-01/2024-04-30', 'to', '2024-05-10', '2024-03-01/2024-05-10'],
    ['2024-03-01/2024-04-30', 'from', '2024-06-10', '2024-04-30'], // not past the other end
    ['2024-03-01/2024-04-30', 'to', '2024-01-10', '2024-03-01'],
    ['2024-03-01/2024-04-30', 'from', '2023-01-01', '../2024-04-30'], // open, beyond what there is
    ['2024-03-01/2024-04-30', 'to', '2025-01-01', '2024-03-01/..'],
    ['', 'from', '2024-03-10', '2024-03-10/..'],
  ])('%s, its end "%s" at %s', (range, end, at, want) => {
    expect(formatDatetime(withEnd(span(range), end, noon(at), all))).toBe(want)
  })
  it.each([[10, '2024-03-11/2024-03-20'], [10.4, '2024-03-11/2024-03-20'], [-400, '2023-10-01/2023-10-10'], [400, '2024-08-22/2024-08-31']])('moves as a whole by %d days, and stays as long', (days, want) => {
    expect(formatDatetime(rangeMoved(span('2024-03-01/2024-03-10'), days * DAY, all))).toBe(want)
  })
  it('leaves what is wider than its limits where it is', () => {
    expect(formatDatetime(rangeMoved(span('2020-01-01/2030-12-31'), 5 * DAY, all))).toBe('2020-01-01/2030-12-31')
  })
})

describe('choosing by keys', () => {
  const cover = { from: firstOf('2023-10-27'), to: lastOf('2024-07-31') }
  it.each<[string, End, string, Step, string | null]>([
    ['2024-03-01/2024-03-31', 'from', 'ArrowRight', 'day', '2024-03-02/2024-03-31'],
    ['2024-03-01/2024-03-31', 'from', 'ArrowLeft', 'month', '2024-02-01/2024-03-31'],
    ['2024-03-01/2024-03-31', 'to', 'ArrowUp', 'month', '2024-03-01/2024-04-30'],
    ['2024-03-01/2024-03-31', 'to', 'PageDown', 'day', '2024-03-01/2024-03-21'],
    ['2024-03-01/2024-03-31', 'to', 'PageUp', 'month', '2024-03-01/..'],
    ['2024-03-01/2024-03-31', 'from', 'Home', 'day', '../2024-03-31'],
    ['2024-03-01/2024-03-31', 'to', 'End', 'day', '2024-03-01/..'],
    ['2024-03-01/2024-03-31', 'to', 'Home', 'day', '2024-03-01'],
    ['2024-03-01/2024-03-31', 'from', 'End', 'day', '2024-03-31'],
    ['', 'to', 'ArrowLeft', 'day', '../2024-07-30'],
    ['', 'from', 'ArrowRight', 'month', '2023-11-27/..'],
    ['', 'from', 'ArrowLeft', 'month', ''],
    ['', 'from', 'x', 'month', null],
  ])('%s, its end "%s" by %s and %s', (range, end, key, step, want) => {
    const after = afterKey(span(range), end, key, step, cover)
    expect(after && formatDatetime(after)).toBe(want)
  })
})
