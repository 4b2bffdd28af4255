import type { EventProperties } from '../api/types'
import { DAY, firstOf, lastOf, type Span } from './instant'

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options)
  let found = formatters.get(key)
  // English with the day first: 22 Jul 2024 reads the same to everyone, 7/22/2024 does not.
  if (!found) formatters.set(key, (found = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : [lang, 'en-GB'], { ...options, timeZone: 'UTC' })))
  return found
}

const DAY_FORMAT: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }

export const formatDay = (ms: number, lang: string): string => formatter(lang, DAY_FORMAT).format(ms)

/** A date range in the reader's words: "21–30 Jun 2024", and "July 2024" for the whole of a month. */
export function formatSpan(span: Span, lang: string): string {
  if (isWholeMonth(span)) return formatter(lang, { month: 'long', year: 'numeric' }).format(span.from)
  return formatter(lang, DAY_FORMAT).formatRange(span.from, span.to)
}

function isWholeMonth({ from, to }: Span): boolean {
  const first = new Date(from)
  return first.getUTCDate() === 1 && from % DAY === 0 && to === Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1) - 1
}

/** When an event was: known ends as dates, open and unknown ones in words. */
export function formatTime(event: EventProperties, lang: string, words: { undated: string; ongoing: string; until: string; between: string; from: string }): string {
  const { start, end } = event
  if (start === null && end === null) return words.undated
  if (start === null) return words.until.replace('{0}', formatDay(lastOf(end ?? ''), lang))
  if (end === null) return (event.date_precision === 'day' ? words.from : words.ongoing).replace('{0}', formatDay(firstOf(start), lang))
  if (start === end) return formatDay(firstOf(start), lang)
  const range = formatSpan({ from: firstOf(start), to: lastOf(end) }, lang)
  return event.date_precision === 'day' ? range : words.between.replace('{0}', range)
}

/** A tick's label on the time axis. */
export function formatTick(ms: number, unit: 'year' | 'month' | 'day', lang: string): string {
  if (unit === 'year') return formatter(lang, { year: 'numeric' }).format(ms)
  if (unit === 'day') return formatter(lang, { day: 'numeric', month: 'short' }).format(ms)
  const january = new Date(ms).getUTCMonth() === 0
  return formatter(lang, january ? { month: 'short', year: 'numeric' } : { month: 'short' }).format(ms)
}

const counts = new Map<string, Intl.NumberFormat>()

/** A count in the reader's numerals: 9,999 as it is, 12K beyond. */
export function formatCount(n: number, lang: string): string {
  const key = `${lang}${n > 9_999 ? '' : '!'}`
  let found = counts.get(key)
  if (!found) counts.set(key, (found = new Intl.NumberFormat([lang, 'en'], n > 9_999 ? { notation: 'compact', maximumFractionDigits: 1 } : {})))
  return found.format(n)
}
