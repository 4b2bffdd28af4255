// Time as the timeline shows it: all there is, what of it is looked at, and the range while a hand is on it.
import { computed, signal } from '@preact/signals'
import type { Span } from '../time/instant'
import { atMostEvery } from '../timeline/rate'
import { aired, coverOf } from '../timeline/scale'
import { within } from '../timeline/looking'
import { covered, timed } from './answers'
import { range, setRange } from './store'

/** The time that the events of the filter cover, whatever range is chosen; null where none is dated. */
export const cover = computed<Span | null>(() => (timed.value && coverOf(timed.value)) ?? covered.value)
/** As far as one can look. */
export const whole = computed<Span | null>(() => cover.value && aired(cover.value))

const SECOND = 1000
const closer = signal<Span | null>(null) // null: all
/** The part of time that is looked at. */
export const looked = computed<Span | null>(() => whole.value && (closer.value ? within(closer.value, whole.value) : whole.value))
/** Whether less than all is looked at. */
export const isCloser = computed(() => closer.value !== null)

/** Looks at a part of time; from a second of all on, at all. */
export function look(span: Span): void {
  const all = whole.peek()
  closer.value = all && span.from <= all.from + SECOND && span.to >= all.to - SECOND ? null : span
}

const draft = signal<Span | null>(null)
/** The range as the chart shows it: ahead of the chosen one while it is being dragged. */
export const shownRange = computed(() => draft.value ?? range.value)

/** The least time between two choices of one drag, in milliseconds: each asks the server. */
const PACE = 150

let start: Span | null = null // the range before the drag
let passed = false // whether the drag has an entry of the history already
const pass = atMostEvery(PACE, (next: Span) => {
  setRange(next, passed)
  passed = true
})

/** Shows a range at once, and has the page follow it at a pace. */
export function dragRange(next: Span): void {
  start ??= range.peek()
  draft.value = next
  pass.call(next)
}

/** How long keys that move a range may rest and still be one choice, in milliseconds. */
const REST = 600
let resting = 0

/** Moves a range as keys do, press by press: all of one go are one choice. */
export function nudgeRange(next: Span): void {
  dragRange(next)
  clearTimeout(resting)
  resting = window.setTimeout(dropRange, REST)
}

/** Chooses the range that was dragged last. */
export function dropRange(): void {
  const last = draft.peek()
  if (last) end(last)
}

/** Leaves the range as it was before the drag. */
export function undoDrag(): void {
  if (start) end(start)
}

function end(chosen: Span): void {
  clearTimeout(resting)
  pass.cancel()
  const now = range.peek()
  if (chosen.from !== now.from || chosen.to !== now.to) setRange(chosen, passed)
  start = null
  passed = false
  draft.value = null
}
