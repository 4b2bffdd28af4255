// What a hand or a key does to the chosen range: always whole days, and never turned round.
import { DAY, dateOf, firstOf, lastOf, type Span } from '../time/instant'
import { later, type Step } from './steps'

export type End = 'from' | 'to'

export const isOpen = ({ from, to }: Span): boolean => !Number.isFinite(from) && !Number.isFinite(to)

/** The whole days between two instants, whichever comes first. */
export const daysBetween = (a: number, b: number): Span => ({ from: firstOf(dateOf(Math.min(a, b))), to: lastOf(dateOf(Math.max(a, b))) })

/** A range with one end moved to the day of an instant, no further than to the other's; open beyond the limits. */
export function withEnd(range: Span, end: End, ms: number, limits: Span): Span {
  if (end === 'from') return { from: ms <= limits.from ? -Infinity : dayOf(Math.min(ms, range.to, limits.to)).from, to: range.to }
  return { from: range.from, to: ms >= limits.to ? Infinity : dayOf(Math.max(ms, range.from, limits.from)).to }
}

const dayOf = (ms: number): Span => daysBetween(ms, ms)

/** A range moved by whole days, as far as the limits let it. */
export function rangeMoved(range: Span, ms: number, limits: Span): Span {
  const days = Math.round(ms / DAY)
  const back = Math.min(0, Math.ceil((limits.from - range.from) / DAY))
  const on = Math.max(0, Math.floor((limits.to - range.to) / DAY))
  const by = Math.max(back, Math.min(on, days)) * DAY
  return { from: range.from + by, to: range.to + by }
}

const KEYS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }

/**
 * A range after a key on the slider of one of its ends: arrows move it by a step, the page keys by ten, Home and End to
 * where the data begins and ends. Null for any other key. An open end stands where the data ends.
 */
export function afterKey(range: Span, end: End, key: string, step: Step, cover: Span): Span | null {
  const limits = { from: cover.from - 1, to: cover.to + 1 }
  if (key === 'Home') return withEnd(range, end, end === 'from' ? -Infinity : cover.from, limits)
  if (key === 'End') return withEnd(range, end, end === 'to' ? Infinity : cover.to, limits)
  const n = KEYS[key]
  if (n === undefined) return null
  const at = Number.isFinite(range[end]) ? range[end] : dayOf(cover[end])[end]
  // The last instant of a range is a millisecond before a day: months are counted from the day.
  const next = end === 'from' ? later(at, step, n) : later(at + 1, step, n) - 1
  return withEnd(range, end, next, limits)
}
