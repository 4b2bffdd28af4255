// What hands do on the chart: draw a range, drag it or one of its ends, drag the axis, pinch, turn the wheel, click.
import { dragRange, dropRange, look, shownRange, undoDrag } from '../state/time'
import type { Span } from '../time/instant'
import { daysBetween, rangeMoved, withEnd, type End } from './choosing'
import { movedBy, pinched, zoomAbout, type Finger } from './looking'
import type { Scale } from './scale'

/** The chart as the hands find it. Pixels are those of the axis. */
export interface Ground {
  readonly axis: Scale
  readonly left: number // of the axis in the chart
  readonly bottom: number // of the bars and bins, where the axis begins
  readonly limits: Span
  readonly click: (at: number) => void
}

type Grip = 'draw' | 'whole' | 'pan' | End
interface Drag { readonly grip: Grip; readonly onBar: boolean; readonly x: number; readonly offset: number; readonly axis: Scale; readonly range: Span; moved: boolean }

/** So far a pointer may move in a click. */
const CLICK = 4

/** Where the handle of an end stands: at the edge, where the end lies beyond or is open. */
export const handleAt = (range: Span, end: End, axis: Scale): number => Math.max(0, Math.min(axis.width, axis.x(range[end])))

function gripOf(target: Element | null, x: number, { axis }: Ground): Grip {
  const held = target?.closest('[data-grip]')?.getAttribute('data-grip')
  if (held === 'from' || held === 'to' || held === 'pan') return held
  const { from, to } = shownRange.peek()
  const at = axis.t(x)
  // Inside of a range of which no end is in sight, there is nothing that one would mean to drag.
  const inside = at >= from && at <= to && Number.isFinite(from) && Number.isFinite(to) && (from > axis.span.from || to < axis.span.to)
  return inside ? 'whole' : 'draw'
}

function follow({ grip, x: began, offset, axis, range }: Drag, x: number, limits: Span): void {
  const [then, now] = [axis.t(began), axis.t(x)]
  if (grip === 'pan') look(movedBy(axis.span, then - now, limits))
  else if (grip === 'whole') dragRange(rangeMoved(range, now - then, limits))
  else if (grip === 'draw') dragRange(daysBetween(then, now))
  else dragRange(withEnd(range, grip, axis.t(x + offset), limits))
}

/** Follows the hands until what it returns is called. */
export function followHands(svg: SVGSVGElement, ground: () => Ground): () => void {
  const held = new Map<number, number>() // each pointer that is down, and where
  let drag: Drag | null = null
  let fingers: readonly [number, Finger][] = []
  const place = (e: MouseEvent): number => e.clientX - svg.getBoundingClientRect().left - ground().left

  const down = (e: PointerEvent): void => {
    if (e.pointerType === 'mouse' && e.button !== 0) return
    const x = place(e)
    held.set(e.pointerId, x)
    const { axis } = ground()
    if (held.size > 1) {
      if (drag?.moved && drag.grip !== 'pan') undoDrag()
      drag = null
      fingers = [...held].slice(0, 2).map(([id, at]) => [id, { t: axis.t(at), x: at }])
      return
    }
    const target = e.target instanceof Element ? e.target : null
    const grip = gripOf(target, x, ground())
    const range = shownRange.peek()
    drag = { grip, onBar: target?.closest('.bar') !== null, x, offset: grip === 'from' || grip === 'to' ? handleAt(range, grip, axis) - x : 0, axis, range, moved: false }
  }
  const move = (e: PointerEvent): void => {
    if (!held.has(e.pointerId)) return
    const x = place(e)
    held.set(e.pointerId, x)
    const { axis, limits } = ground()
    const [a, b] = fingers.map(([id, finger]) => ({ t: finger.t, x: held.get(id) ?? finger.x }))
    if (a && b) {
      const span = pinched(a, b, axis.width, limits)
      if (span) look(span)
    } else if (drag && (drag.moved || Math.abs(x - drag.x) >= CLICK)) {
      // Only now: a bar that is clicked is to get its click itself.
      if (!drag.moved) svg.setPointerCapture(e.pointerId)
      drag.moved = true
      follow(drag, x, limits)
    }
  }
  const up = (e: PointerEvent): void => {
    if (!held.delete(e.pointerId)) return
    const done = drag
    drag = null
    if (held.size < 2) fingers = []
    if (!done) return
    if (e.type === 'pointercancel') undoDrag()
    else if (done.moved) dropRange()
    else if (!done.onBar && (done.grip === 'draw' || done.grip === 'whole')) ground().click(done.axis.t(done.x))
  }
  const wheel = (e: WheelEvent): void => turn(e, place(e), e.clientY - svg.getBoundingClientRect().top, ground())

  svg.addEventListener('pointerdown', down)
  svg.addEventListener('pointermove', move)
  svg.addEventListener('wheel', wheel, { passive: false })
  // A finger may be lifted anywhere, and its bar may be gone by then.
  for (const kind of ['pointerup', 'pointercancel'] as const) addEventListener(kind, up)
  return () => {
    svg.removeEventListener('pointerdown', down)
    svg.removeEventListener('pointermove', move)
    svg.removeEventListener('wheel', wheel)
    for (const kind of ['pointerup', 'pointercancel'] as const) removeEventListener(kind, up)
  }
}

/** Pixels that a wheel's unit is worth: pixels, lines, pages. */
const UNITS = [1, 33, 400]

/** Sideways the wheel moves time; over the axis, or with Ctrl as a touchpad's pinch has it, it looks closer. Else the page scrolls. */
function turn(e: WheelEvent, x: number, y: number, { axis, bottom, limits }: Ground): void {
  const unit = UNITS[e.deltaMode] ?? 1
  const closely = e.ctrlKey || e.metaKey
  if (!closely && (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY))) {
    const pixels = (e.deltaX || e.deltaY) * unit
    look(movedBy(axis.span, axis.t(pixels) - axis.t(0), limits))
  } else if (closely || y >= bottom) {
    const turned = e.deltaY * unit
    // A touchpad's pinch comes in small numbers.
    const power = closely ? Math.max(-50, Math.min(50, turned)) * 0.02 : Math.max(-300, Math.min(300, turned)) * 0.004
    look(zoomAbout(axis.span, axis.t(x), 2 ** power, limits))
  } else return
  e.preventDefault()
}
