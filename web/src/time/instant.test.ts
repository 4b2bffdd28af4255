import { describe, expect, it } from 'vitest'
import { ALL_TIME, dateOf, DAY, firstOf, formatDatetime, lastOf, overlaps, parseDatetime, partialSpan, spanOf } from './instant'

const day = (text: string): number => Date.parse(text + 'T00:00:00Z')

describe('instants', () => {
  it('reads dates and times with a zone, and nothing else', () => {
    expect(firstOf('2024-07-22')).toBe(day('2024-07-22'))
    expect(firstOf('2024-07-22T06:30:00+06:30')).toBe(day('2024-07-22'))
    for (const text of ['2024-02-30', '2024-7-1', '2024-07-22T10:00:00', 'yesterday', '']) expect(firstOf(text), text).toBeNaN()
  })
  it('takes a date for the whole of its day, and a time for itself', () => {
    expect(lastOf('2024-07-22')).toBe(day('2024-07-23') - 1)
    expect(lastOf('2024-07-22T10:00:00Z')).toBe(day('2024-07-22') + 10 * 3_600_000)
    expect(dateOf(lastOf('2024-07-22'))).toBe('2024-07-22')
  })
  it('reads sources that tell only a year or a month', () => {
    expect(partialSpan('2024')).toEqual({ from: day('2024-01-01'), to: day('2025-01-01') - 1 })
    expect(partialSpan('2024-12')).toEqual({ from: day('2024-12-01'), to: day('2025-01-01') - 1 })
    expect(partialSpan('2024-12-31')).toEqual({ from: day('2024-12-31'), to: day('2025-01-01') - 1 })
    expect(partialSpan(undefined)).toBeNull()
  })
})

describe('spans', () => {
  it('lets open ends and missing dates reach as far as is asked', () => {
    const july = { from: day('2024-07-01'), to: day('2024-08-01') - 1 }
    expect(overlaps(spanOf({ start: '2024-06-21', end: null }), july)).toBe(true)
    expect(overlaps(spanOf({ start: null, end: '2024-06-30' }), july)).toBe(false)
    expect(overlaps(spanOf({ start: null, end: null }), july)).toBe(true)
    expect(overlaps(spanOf({ start: '2024-07-31', end: '2024-07-31' }), july)).toBe(true)
    expect(overlaps(spanOf({ start: '2024-08-01', end: '2024-08-01' }), july)).toBe(false)
  })
  it('counts both ends', () => {
    expect(overlaps({ from: 1, to: 2 }, { from: 2, to: 3 })).toBe(true)
    expect(overlaps({ from: 2, to: 3 }, { from: 1, to: 2 })).toBe(true)
  })
  it.each(['2024-07-22', '2024-07-01/2024-07-22', '../2024-07-22', '2024-07-01/..'])('writes %s as it reads it', (text) => {
    const span = parseDatetime(text)
    expect(span && formatDatetime(span)).toBe(text)
  })
  it.each(['', '../..', '2024-07-22/2024-07-01', '2024-07-01/2024-07-02/x', 'x/..'])('refuses %j', (text) => {
    expect(parseDatetime(text)).toBeNull()
  })
  it('leaves all time out', () => {
    expect(formatDatetime(ALL_TIME)).toBe('')
    expect(parseDatetime('2024-07-22')).toEqual({ from: day('2024-07-22'), to: day('2024-07-22') + DAY - 1 })
  })
})
