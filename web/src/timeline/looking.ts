// What part of time is looked at: closer, wider and moved, within all there is.
import type { Histogram } from '../api/types'
import { DAY, type Span } from '../time/instant'

/** The closest look, in milliseconds. */
export const CLOSEST = 3 * DAY

/** A span moved to lie within limits; the limits themselves where it is longer. */
export function within(span: Span, limits: Span): Span {
  const length = Math.min(span.to - span.from, limits.to - limits.from)
  const from = Math.min(Math.max(span.from, limits.from), limits.to - length)
  return { from, to: from + length }
}

const lengthWithin = (length: number, limits: Span): number => Math.max(Math.min(CLOSEST, limits.to - limits.from), Math.min(length, limits.to - limits.from))

/** A span `factor` times as long, in which the instant `at` keeps its place as far as the limits let it. */
export function zoomAbout(span: Span, at: number, factor: number, limits: Span): Span {
  const length = lengthWithin((span.to - span.from) * factor, limits)
  const share = (at - span.from) / (span.to - span.from)
  return within({ from: at - share * length, to: at + (1 - share) * length }, limits)
}

export const movedBy = (span: Span, ms: number, limits: Span): Span => within({ from: span.from + ms, to: span.to + ms }, limits)

/** An instant and the pixel of the axis that a finger holds it at. */
export interface Finger { readonly t: number; readonly x: number }

/** The span for which both fingers hold what they hold; null where they are too close to tell, or changed sides. */
export function pinched(a: Finger, b: Finger, width: number, limits: Span): Span | null {
  const perPixel = (b.t - a.t) / (b.x - a.x)
  if (Math.abs(b.x - a.x) < 8 || !(perPixel > 0)) return null
  const length = lengthWithin(perPixel * width, limits)
  const from = (a.t + b.t) / 2 - ((a.x + b.x) / 2 / width) * length
  return within({ from, to: from + length }, limits)
}

/** A span moved so that an instant is in sight, with some of what follows it. */
export function inSight(span: Span, at: number, limits: Span): Span {
  if (at >= span.from && at <= span.to) return span
  return movedBy(span, at - (span.from + (span.to - span.from) * 0.25), limits)
}

/** The days of the calendar's most far-off years that the API can name. */
const NAMED: Span = { from: Date.parse('0001-01-01T00:00:00Z'), to: Date.parse('9999-12-31T23:59:59.999Z') }
const DAYS: Readonly<Record<Histogram['interval'], number>> = { day: 1, week: 7, month: 31, quarter: 92, year: 366 }

/** What the server is asked for. */
export interface Asked { readonly span: Span; readonly interval: Histogram['interval'] }

/**
 * What to ask for a look: its length beyond each end too, so that moving shows something at once. As long as a look lies
 * in what was asked before, a bin from its edges at least, that stays: bins at edges hold what reaches in from outside.
 */
export function askedFor(look: Span, interval: Histogram['interval'], before: Asked | null): Asked {
  const bin = DAYS[interval] * DAY
  const edge = (end: 'from' | 'to', reach: number): boolean => before?.span[end] === NAMED[end] || (before !== null && (end === 'from' ? before.span.from <= look.from - reach : before.span.to >= look.to + reach))
  if (before?.interval === interval && edge('from', bin) && edge('to', bin)) return before
  const beyond = Math.max(look.to - look.from, 2 * bin)
  return { interval, span: { from: Math.max(NAMED.from, look.from - beyond), to: Math.min(NAMED.to, look.to + beyond) } }
}
