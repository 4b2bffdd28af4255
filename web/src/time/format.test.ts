import { describe, expect, it } from 'vitest'
import type { EventProperties } from '../api/types'
import { timeWords } from '../panel/words'
import { loadTexts } from '../text'
import { formatCount } from '../locale'
import { formatDay, formatSpan, formatTick, formatTime } from './format'

const text = (p: Partial<EventProperties>, lang = 'en'): string => formatTime({ start: null, end: null, date_precision: 'day', ...p } as EventProperties, lang, timeWords(lang))

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

const span = (from: string, to: string): { from: number; to: number } => ({ from: Date.parse(from), to: Date.parse(to) + 86_399_999 })

describe('dates in Burmese and Chinese', () => {
  it.each([
    ['my', '2024-07-22', '၂၀၂၄ ဇူလိုင် ၂၂'],
    ['zh', '2024-07-22', '2024年7月22日'],
  ])('%s: a day', (lang, day, want) => {
    expect(formatDay(Date.parse(day), lang)).toBe(want)
  })
  it.each([
    ['my', '2024-07-01', '2024-07-24', /^၂၀၂၄ ဇူလိုင် ၁\s?–\s?၂၄$/],
    ['my', '2024-07-01', '2024-07-31', /^၂၀၂၄ ဇူလိုင်$/],
    ['zh', '2024-07-01', '2024-07-24', /^2024年7月1日至24日$/],
    ['zh', '2024-06-21', '2024-07-24', /^2024年6月21日至7月24日$/],
    ['zh', '2023-10-27', '2024-01-10', /^2023年10月27日至2024年1月10日$/],
    ['zh', '2024-07-22', '2024-07-22', /^2024年7月22日$/],
    ['zh', '2024-07-01', '2024-07-31', /^2024年7月$/],
  ])('%s: %s to %s', (lang, from, to, want) => {
    expect(formatSpan(span(from, to), lang)).toMatch(want)
  })
  it('the words around them stand where the language has them', async () => {
    await Promise.all([loadTexts('my'), loadTexts('zh')])
    expect(text({ start: '2024-06-21', end: null }, 'zh')).toBe('自2024年6月21日起，报道时仍在持续')
    expect(text({ start: '2024-06-21', end: null }, 'my')).toBe('၂၀၂၄ ဇွန် ၂၁ မှစ၍၊ သတင်းပို့ချိန်တွင် ဆက်ရှိနေဆဲ')
    expect(text({ start: '2024-07-01', end: '2024-07-31', date_precision: 'month' }, 'zh')).toBe('2024年7月期间')
  })
  it.each([[9_999, '၉,၉၉၉'], [12_345, '၁.၂ သောင်း'], [250_000, '၂.၅ သိန်း'], [1_234_567, '၁.၂ သန်း'], [99_499, '၉.၉ သောင်း'], [999_499, '၁၀ သိန်း']])('the count %i in Burmese', (n, want) => {
    expect(formatCount(n, 'my')).toBe(want)
  })
  it('a range over months in Burmese', () => {
    expect(formatSpan(span('2023-10-27', '2024-01-10'), 'my')).toBe('၂၀၂၃ အောက်တိုဘာ ၂၇ – ၂၀၂၄ ဇန်နဝါရီ ၁၀')
    expect(formatSpan(span('2024-06-27', '2024-07-02'), 'my')).toBe('၂၀၂၄ ဇွန် ၂၇ – ဇူလိုင် ၂')
  })
  it('ticks', () => {
    expect([formatTick(Date.parse('2024-01-01'), 'year', 'my'), formatTick(Date.parse('2024-03-01'), 'month', 'zh')]).toEqual(['၂၀၂၄', '3月'])
  })
})
