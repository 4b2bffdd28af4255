import type { EventProperties } from '../api/types'
import { localeOf } from '../locale'
import { burmeseDate, burmeseRange } from './burmese'
import { DAY, firstOf, lastOf, type Span } from './instant'

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options)
  let found = formatters.get(key)
  if (!found) formatters.set(key, (found = new Intl.DateTimeFormat([...localeOf(lang)], { ...options, timeZone: 'UTC' })))
  return found
}

const DAY_FORMAT: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }

export const formatDay = (ms: number, lang: string): string =>
  lang === 'my' ? burmeseDate(ms, { year: true, month: true, day: true }) : formatter(lang, DAY_FORMAT).format(ms)

/** A date range in the reader's words: "21–30 Jun 2024", and "July 2024" for the whole of a month. */
export function formatSpan(span: Span, lang: string): string {
  if (isWholeMonth(span)) return lang === 'my' ? burmeseDate(span.from, { year: true, month: true }) : formatter(lang, { month: 'long', year: 'numeric' }).format(span.from)
  if (lang === 'my') return burmeseRange(span.from, span.to)
  if (lang === 'zh') return chineseRange(new Date(span.from), new Date(span.to))
  return formatter(lang, DAY_FORMAT).formatRange(span.from, span.to)
}

/** CLDR's ranges are in figures and slashes, 2024/7/1 – 2024/7/24; newspapers write 2024年7月1日至24日. */
function chineseRange(from: Date, to: Date): string {
  const start = formatDay(from.getTime(), 'zh')
  const sameYear = from.getUTCFullYear() === to.getUTCFullYear()
  const sameMonth = sameYear && from.getUTCMonth() === to.getUTCMonth()
  if (sameMonth && from.getUTCDate() === to.getUTCDate()) return start
  const rest: Intl.DateTimeFormatOptions = { day: 'numeric', ...(sameMonth ? {} : { month: 'short' }), ...(sameYear ? {} : { year: 'numeric' }) }
  return `${start}至${formatter('zh', rest).format(to)}`
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
  const january = new Date(ms).getUTCMonth() === 0
  if (lang === 'my') return burmeseDate(ms, { year: unit === 'year' || (unit === 'month' && january), month: unit !== 'year', day: unit === 'day' })
  if (unit === 'year') return formatter(lang, { year: 'numeric' }).format(ms)
  if (unit === 'day') return formatter(lang, { day: 'numeric', month: 'short' }).format(ms)
  return formatter(lang, january ? { month: 'short', year: 'numeric' } : { month: 'short' }).format(ms)
}
