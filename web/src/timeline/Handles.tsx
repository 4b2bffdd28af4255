import { lang } from '../state/store'
import { cover, look, nudgeRange, shownRange, whole } from '../state/time'
import { DAY } from '../time/instant'
import { formatSpan } from '../time/format'
import { say } from '../text'
import { afterKey, isOpen, type End } from './choosing'
import { handleAt } from './gestures'
import { intervalFor } from './histogram'
import { movedBy, zoomAbout } from './looking'
import type { Scale } from './scale'
import { formatEnd } from './words'

const ENDS: readonly End[] = ['from', 'to']

interface Place { readonly axis: Scale; readonly bottom: number; readonly margin: number; readonly touch: number }

/** What of a handle's target lies inside of the range, in pixels: the most of it lies outside. */
const INSIDE = 6

/** Where the target of a handle begins. It does not reach out of the chart. */
function grabAt(end: End, { axis, margin, touch }: Place): number {
  const range = shownRange.value
  const at = handleAt(range, end, axis)
  const inside = Math.min(INSIDE, (handleAt(range, 'to', axis) - handleAt(range, 'from', axis)) / 2)
  return end === 'from' ? Math.max(-margin, at - touch + inside) : Math.min(axis.width + margin - touch, at - inside)
}

/** What lies outside the chosen range, dimmed, and where its ends can be taken. Beneath the bars, which can be clicked. */
export function Range({ place }: { readonly place: Place }) {
  const { axis, bottom, margin, touch } = place
  const span = shownRange.value
  if (isOpen(span)) return null
  const clamp = (x: number): number => Math.max(-margin, Math.min(axis.width + margin, x))
  const left = Number.isFinite(span.from) ? clamp(axis.x(span.from)) : -margin
  const right = Number.isFinite(span.to) ? clamp(axis.x(span.to)) : axis.width + margin
  return (
    <g class="range" aria-hidden="true">
      <rect class="outside" x={-margin} y={0} width={left + margin} height={bottom} />
      <rect class="outside" x={right} y={0} width={axis.width + margin - right} height={bottom} />
      <rect class="inside" x={left} y={0.5} width={Math.max(1, right - left)} height={bottom - 1} />
      {ENDS.map((end) => <rect key={end} class="grab" data-grip={end} x={grabAt(end, place)} y={0} width={touch} height={bottom} />)}
    </g>
  )
}

/** The bins outside of the chosen range, dimmed. */
export function Veil({ place: { axis, bottom, margin } }: { readonly place: Place }) {
  const span = shownRange.value
  const [left, right] = ENDS.map((end) => Math.max(-margin, Math.min(axis.width + margin, axis.x(span[end]))))
  return (
    <g class="veil" aria-hidden="true">
      <rect x={-margin} y={0} width={(left ?? 0) + margin} height={bottom} />
      <rect x={right} y={0} width={axis.width + margin - (right ?? 0)} height={bottom} />
    </g>
  )
}

/** The ends of the range, to be dragged or moved with keys. While all time is chosen they show with the focus alone. */
export function Handles({ place }: { readonly place: Place }) {
  return <g class={isOpen(shownRange.value) ? 'handles idle' : 'handles'}>{ENDS.map((end) => <Handle key={end} end={end} place={place} />)}</g>
}

const GRIP = 22 // pixels high

function Handle({ end, place }: { readonly end: End; readonly place: Place }) {
  const { axis, bottom, touch } = place
  const language = lang.value
  const range = shownRange.value
  const covered = cover.value
  if (!covered) return null
  const x = handleAt(range, end, axis)
  const dayOf = (ms: number): number => Math.floor(ms / DAY)
  const beyond = axis.x(range[end]) < 0 || axis.x(range[end]) > axis.width
  const at = Math.max(covered.from, Math.min(covered.to, range[end]))
  const press = (e: KeyboardEvent): void => {
    const limits = whole.peek()
    const next = afterKey(shownRange.peek(), end, e.key, intervalFor(axis.span, axis.width), covered)
    if (next) nudgeRange(next)
    else if (!limits || !zoomByKey(e.key, axis, axis.t(x), limits)) return
    e.preventDefault()
  }
  return (
    <g class={beyond ? 'handle beyond' : 'handle'} role="slider" tabindex={0} data-grip={end} aria-label={say(language, end === 'from' ? 'rangeFrom' : 'rangeTo')}
      aria-valuemin={dayOf(covered.from)} aria-valuemax={dayOf(covered.to)} aria-valuenow={dayOf(at)} aria-valuetext={formatEnd(range, end, language)} onKeyDown={press}>
      <rect class="grab" x={grabAt(end, place)} y={bottom - touch} width={touch} height={touch} />
      <line class="end" x1={x} x2={x} y1={0} y2={bottom} />
      <rect class="grip" x={x - 4.5} y={bottom - GRIP - 4} width={9} height={GRIP} rx={4.5} />
    </g>
  )
}

/** A closer or wider look by + and -; false for any other key. */
function zoomByKey(key: string, axis: Scale, at: number, limits: { readonly from: number; readonly to: number }): boolean {
  const factor = key === '+' || key === '=' ? 0.5 : key === '-' ? 2 : null
  if (factor !== null) look(zoomAbout(axis.span, at, factor, limits))
  return factor !== null
}

const MOVES: Readonly<Record<string, number>> = { ArrowLeft: -0.125, ArrowDown: -0.125, ArrowRight: 0.125, ArrowUp: 0.125, PageDown: -1, PageUp: 1, Home: -Infinity, End: Infinity }

/** The strip of the axis: dragged, or moved with keys, it shows another part of time. */
export function Strip({ place, height }: { readonly place: Place; readonly height: number }) {
  const { axis, bottom, margin } = place
  const language = lang.value
  const limits = whole.value
  if (!limits) return null
  const { from, to } = axis.span
  const day = (ms: number): number => Math.floor(ms / DAY)
  const press = (e: KeyboardEvent): void => {
    const share = MOVES[e.key]
    if (share !== undefined) look(movedBy(axis.span, Number.isFinite(share) ? share * (to - from) : share < 0 ? limits.from - from : limits.to - to, limits))
    else if (!zoomByKey(e.key, axis, (from + to) / 2, limits)) return
    e.preventDefault()
  }
  return (
    <rect class="strip" role="slider" tabindex={0} data-grip="pan" aria-label={say(language, 'timeLooked')} aria-valuemin={day(limits.from)} aria-valuemax={day(limits.to)}
      aria-valuenow={day((from + to) / 2)} aria-valuetext={formatSpan({ from, to }, language)} x={-margin + 2} y={bottom + 1} width={axis.width + 2 * margin - 4} height={height - 2} rx={3} onKeyDown={press} />
  )
}
