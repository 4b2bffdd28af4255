import { describe, expect, it } from 'vitest'
import type { EventProperties } from '../api/types'
import { timeWords } from '../panel/words'
import { formatTime } from './format'

const text = (p: Partial<EventProperties>): string => formatTime({ start: null, end: null, date_precision: 'day', ...p } as EventProperties, 'en', timeWords('en'))

describe('the time of an event in words', () => {
  it.each([
    [{ start: '2024-07-22', end: '2024-07-22' }, '22 Jul 2024'],
    [{ start: '2023-10-27', end: '2024-01-10' }, /^27 Oct 2023\s–\s10 Jan 2024$/],
    [{ start: '2024-07-01', end: '2024-07-24', date_precision: 'month' as const }, /^Within 1\s?–\s?24 Jul 2024$/],
    [{ start: '2024-07-01', end: '2024-07-31', date_precision: 'month' as const }, 'Within July 2024'],
    [{ start: '2024-06-21', end: null, date_precision: 'month' as const }, 'Since 21 Jun 2024 at the earliest, going on when reported'],
    [{ start: '2024-06-21', end: null }, 'Since 21 Jun 2024, going on when reported'],
    [{ end: '2024-06-21' }, 'Until 21 Jun 2024 at the latest'],
    [{ date_precision: 'unknown' as const }, 'Date not known'],
  ])('%j', (p, want) => {
    expect(text(p)).toMatch(want)
  })
})
