// Time as the API has it: dates and RFC 3339 times, UTC, both ends of an interval inclusive, null for an open end.
// Here an instant is milliseconds since 1970, and ±Infinity stands for an open end.

export const DAY = 86_400_000

export interface Span { readonly from: number; readonly to: number }

const DATE = /^\d{4}-\d{2}-\d{2}$/

/** First millisecond of a date or time; NaN where it is neither. */
export function firstOf(text: string): number {
  const ms = DATE.test(text) ? Date.parse(text + 'T00:00:00Z') : /T.*(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : NaN
  // Date.parse takes 30 February for 1 March; the server refuses it, and so does the page.
  return DATE.test(text) && !Number.isNaN(ms) && dateOf(ms) !== text ? NaN : ms
}

/** Last millisecond of a date (just before midnight) or time; NaN where it is neither. */
export function lastOf(text: string): number {
  const ms = firstOf(text)
  return DATE.test(text) ? ms + DAY - 1 : ms
}

/** The time that an event may cover. An undated event may cover all of it. */
export function spanOf(event: { readonly start: string | null; readonly end: string | null }): Span {
  return { from: event.start === null ? -Infinity : firstOf(event.start), to: event.end === null ? Infinity : lastOf(event.end) }
}

/** Whether two spans share an instant, as the server's datetime parameter asks. */
export const overlaps = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to

export const ALL_TIME: Span = { from: -Infinity, to: Infinity }

/** Reads a datetime parameter; null where it is not one. */
export function parseDatetime(text: string): Span | null {
  const [from, to, more] = text.split('/')
  if (from === undefined || more !== undefined) return null
  if (to === undefined) {
    const span = { from: firstOf(from), to: lastOf(from) }
    return Number.isNaN(span.from) ? null : span
  }
  const open = (end: string): boolean => end === '' || end === '..'
  const span = { from: open(from) ? -Infinity : firstOf(from), to: open(to) ? Infinity : lastOf(to) }
  const usable = !Number.isNaN(span.from) && !Number.isNaN(span.to) && span.from <= span.to && !(open(from) && open(to))
  return usable ? span : null
}

/** Writes a span as a datetime parameter with whole days; '' for all time. */
export function formatDatetime(span: Span): string {
  if (span.from === -Infinity && span.to === Infinity) return ''
  const from = span.from === -Infinity ? '..' : dateOf(span.from)
  const to = span.to === Infinity ? '..' : dateOf(span.to)
  return from === to ? from : `${from}/${to}`
}

/** The UTC date of an instant. */
export const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The span of a source's date, of which only the year or the month may be known; null where there is none. */
export function partialSpan(text: string | undefined): Span | null {
  if (!text) return null
  const [year = '', month, day] = text.split('-')
  const y = Number(year)
  if (day !== undefined) return { from: firstOf(text), to: lastOf(text) }
  if (month !== undefined) return { from: Date.UTC(y, Number(month) - 1, 1), to: Date.UTC(y, Number(month), 1) - 1 }
  return { from: Date.UTC(y, 0, 1), to: Date.UTC(y + 1, 0, 1) - 1 }
}
