// Steps by the calendar, in UTC, and the frames of a playback. Spans include both ends, to the millisecond.
import type { Histogram } from '../api/types'
import { DAY, type Span } from '../time/instant'

export type Step = Histogram['interval']

const MONTHS: Readonly<Partial<Record<Step, number>>> = { month: 1, quarter: 3, year: 12 }

/** First instant of a month, counted from January of the year 0. Date.UTC takes the years 0 to 99 for 1900 to 1999. */
const firstOfMonth = (month: number): number => Date.UTC(1970, month - 1970 * 12)
const monthOf = (ms: number): number => new Date(ms).getUTCFullYear() * 12 + new Date(ms).getUTCMonth()

/** The instant `n` steps later. By months and more the day of the month stays; where a month lacks it, it is its last. */
export function later(ms: number, step: Step, n: number): number {
  const months = MONTHS[step]
  if (months === undefined) return ms + n * DAY * (step === 'week' ? 7 : 1)
  const into = ms - firstOfMonth(monthOf(ms))
  const target = monthOf(ms) + n * months
  const lastDay = firstOfMonth(target + 1) - firstOfMonth(target) - DAY
  return firstOfMonth(target) + Math.min(Math.floor(into / DAY) * DAY, lastDay) + (into % DAY)
}

/** The first instant of the day, the week (from Monday), the month, ... of an instant. */
export function startOf(ms: number, step: Step): number {
  const months = MONTHS[step]
  if (months !== undefined) return firstOfMonth(Math.floor(monthOf(ms) / months) * months)
  const day = Math.floor(ms / DAY)
  // 1 January 1970 was a Thursday.
  return (step === 'week' ? Math.floor((day + 3) / 7) * 7 - 3 : day) * DAY
}

/** What a playback goes by: steps of a length; a window that moves, or one that grows from its start on. */
export interface Way { readonly step: Step; readonly cumulative: boolean }

/** The frame `n` steps after one. */
export function frameAfter(frame: Span, { step, cumulative }: Way, n: number): Span {
  return { from: cumulative ? frame.from : later(frame.from, step, n), to: later(frame.to + 1, step, n) - 1 }
}

/** Whether a range can be a frame: it has the ends that move. */
export const isFrame = (range: Span, { cumulative }: Way): boolean => Number.isFinite(range.to) && (cumulative || Number.isFinite(range.from))

/** The first frame of a playback of what a range chooses: a step long, or as long as the window that the reader chose. */
export function firstFrame(range: Span, cover: Span, way: Way): Span {
  const { step, cumulative } = way
  const window = isFrame(range, way) && !(range.from <= cover.from && range.to >= cover.to)
  // A window that was chosen begins anew where the data does; what is open on one side, where it is closed.
  const given = (cumulative || !window) && range.from < cover.to ? range.from : -Infinity
  const from = startOf(Math.max(given, cover.from), step)
  if (cumulative) return { from: range.from, to: later(from, step, 1) - 1 }
  return { from, to: window ? from + (range.to - range.from) : later(from, step, 1) - 1 }
}
