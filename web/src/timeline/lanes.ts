import type { EventRecord } from '../api/types'
import { DAY, spanOf } from '../time/instant'
import { lastReport, type Scale } from './scale'

/** How an event stands on the timeline. */
export interface Bar {
  readonly event: EventRecord
  readonly lane: number
  readonly from: number // x in pixels
  readonly to: number
  readonly fade: number // x from where it is not known whether it goes on; equal to `to` where the end is known
  readonly form: 'tick' | 'crisp' | 'uncertain'
  readonly ongoing: boolean
  readonly name: { readonly x: number; readonly anchor: 'start' | 'end'; readonly width: number } | null
}

const LEAST = 7 // pixels: something to point at

/** Room between two things on a lane, in pixels. */
const GAP = 8

export interface Lanes { readonly bars: readonly Bar[]; readonly lanes: number }

/**
 * Lays events out in lanes so that none covers another, the earliest first; the undated are left out. Each gets its
 * name beside it, `widthOf(event)` pixels wide, where that takes no more than `most` lanes; else none does.
 */
export function bars(events: readonly EventRecord[], scale: Scale, most = 0, widthOf: (event: EventRecord) => number = () => 0): Lanes {
  const dated = events.filter((e) => e.properties.start !== null || e.properties.end !== null)
  const sorted = [...dated].sort((a, b) => spanOf(a.properties).from - spanOf(b.properties).from)
  if (sorted.length <= most * 8) {
    const named = inLanes(sorted.map((event) => withName(event, scale, widthOf(event))))
    if (named.lanes <= most) return named
  }
  return inLanes(sorted.map((event) => ({ event, name: null, ...extentOf(event, scale) })))
}

type Loose = Omit<Bar, 'lane'>

function withName(event: EventRecord, scale: Scale, width: number): Loose {
  const extent = extentOf(event, scale)
  const after = extent.to + (extent.ongoing ? ARROW : 0) + GAP
  if (after + width <= scale.width) return { event, name: { x: after, anchor: 'start', width }, ...extent }
  if (extent.from - GAP - width >= 0) return { event, name: { x: extent.from - GAP, anchor: 'end', width }, ...extent }
  return { event, name: null, ...extent }
}

const ARROW = 10

function inLanes(loose: readonly Loose[]): Lanes {
  const taken: [number, number][][] = [] // what each lane holds already
  const placed = loose.map((bar) => {
    const left = Math.min(bar.from, bar.name?.anchor === 'end' ? bar.name.x - bar.name.width : Infinity)
    const right = Math.max(bar.to + (bar.ongoing ? ARROW : 0), bar.name?.anchor === 'start' ? bar.name.x + bar.name.width : -Infinity)
    let lane = taken.findIndex((held) => held.every(([from, to]) => right + 3 <= from || to + 3 <= left))
    if (lane < 0) lane = taken.push([]) - 1
    taken[lane]?.push([left, right])
    return { ...bar, lane }
  })
  return { bars: placed, lanes: taken.length }
}

function extentOf(event: EventRecord, scale: Scale): Omit<Bar, 'event' | 'lane' | 'name'> {
  const p = event.properties
  const span = spanOf(p)
  const day = p.date_precision === 'day'
  const report = lastReport(event)
  const ongoing = p.end === null
  const known = Number.isFinite(span.from) ? span.from : span.to - 30 * DAY
  // Going on when last reported: drawn up to the report and fading from where the report's own date begins to be vague.
  const last = ongoing ? Math.max(report?.to ?? known + DAY, known) : span.to
  const fadeAt = ongoing ? Math.max(report?.from ?? known, known) : last
  const from = scale.x(known)
  const to = Math.max(scale.x(last), from + LEAST)
  const single = day && !ongoing && p.start === p.end
  return { from, to, fade: Math.min(to, Math.max(from, scale.x(fadeAt))), ongoing, form: single ? 'tick' : day ? 'crisp' : 'uncertain' }
}
