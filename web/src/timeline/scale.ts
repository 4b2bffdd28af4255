// The time axis: a linear scale between two instants, and where its ticks stand.
import { DAY, spanOf, partialSpan, type Span } from '../time/instant'
import type { EventRecord } from '../api/types'

export interface Scale { readonly span: Span; readonly width: number; readonly x: (ms: number) => number; readonly t: (x: number) => number }

export function scale(span: Span, width: number): Scale {
  const length = Math.max(1, span.to - span.from)
  return { span, width, x: (ms) => ((ms - span.from) / length) * width, t: (x) => span.from + (x / Math.max(1, width)) * length }
}

/** The last time that an event's sources speak of, as an interval where they tell only a month; null where none is dated. */
export function lastReport(event: EventRecord): Span | null {
  let last: Span | null = null
  for (const source of event.properties.sources) {
    const span = partialSpan(source.date)
    if (span && (!last || span.to > last.to)) last = span
  }
  return last
}

/** The time that all dated events cover, as far as it is known; null where none is dated. */
export function coverOf(events: readonly EventRecord[]): Span | null {
  let from = Infinity
  let to = -Infinity
  for (const e of events) {
    const span = spanOf(e.properties)
    if (!Number.isFinite(span.from) && !Number.isFinite(span.to)) continue
    const end = Number.isFinite(span.to) ? span.to : (lastReport(e)?.to ?? span.from)
    if (Number.isFinite(span.from)) from = Math.min(from, span.from)
    if (Number.isFinite(end)) {
      to = Math.max(to, end)
      from = Math.min(from, end)
    }
  }
  if (!Number.isFinite(from) || !Number.isFinite(to)) return null
  return { from, to }
}

/** A span with some air at both ends. */
export function aired({ from, to }: Span): Span {
  const air = Math.max(2 * DAY, (to - from) * 0.04)
  return { from: from - air, to: to + air }
}

export type Unit = 'year' | 'month' | 'day'
export interface Tick { readonly at: number; readonly unit: Unit }

/** Round instants, at least `gap` pixels apart. */
export function ticks({ span, width }: Scale, gap = 70): readonly Tick[] {
  const most = Math.max(1, Math.floor(width / gap))
  const days = (span.to - span.from) / DAY
  for (const step of [1, 2, 5, 10]) if (days / step <= most) return dayTicks(span, step)
  for (const step of [1, 2, 3, 6]) if (days / (30.4 * step) <= most) return monthTicks(span, step)
  for (let step = 1; ; step = step * (String(step).startsWith('2') ? 2.5 : 2)) if (days / (365.2 * step) <= most) return monthTicks(span, step * 12)
}

/** Days of the month 1, 1 + step, ..., so that each month starts with its first. */
function dayTicks(span: Span, step: number): Tick[] {
  const out: Tick[] = []
  for (let at = Math.ceil(span.from / DAY) * DAY; at <= span.to; at += DAY) {
    const day = new Date(at).getUTCDate()
    if ((day - 1) % step === 0 && (step === 1 || day <= 31 - step / 2)) out.push({ at, unit: 'day' })
  }
  return out
}

/** First instant of a month, counted from January of the year 0. Date.UTC takes the years 0 to 99 for 1900 to 1999. */
const firstOfMonth = (month: number): number => Date.UTC(1970, month - 1970 * 12)

function monthTicks(span: Span, step: number): Tick[] {
  const first = new Date(span.from)
  const out: Tick[] = []
  let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step
  for (;; month += step) {
    const at = firstOfMonth(month)
    if (at > span.to) return out
    if (at >= span.from) out.push({ at, unit: step >= 12 ? 'year' : 'month' })
  }
}
