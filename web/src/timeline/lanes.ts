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
}

const LEAST = 7 // pixels: something to point at

/** Lays events out in lanes so that none covers another, the earliest first; the undated are left to their count. */
export function bars(events: readonly EventRecord[], scale: Scale): { readonly bars: readonly Bar[]; readonly lanes: number; readonly undated: number } {
  const dated = events.filter((e) => e.properties.start !== null || e.properties.end !== null)
  const free: number[] = [] // x from which each lane is empty
  const out = [...dated].sort((a, b) => spanOf(a.properties).from - spanOf(b.properties).from).map((event) => {
    const extent = extentOf(event, scale)
    let lane = free.findIndex((x) => x + 3 <= extent.from)
    if (lane < 0) lane = free.length
    free[lane] = extent.to + (extent.ongoing ? 10 : 0)
    return { event, lane, ...extent }
  })
  return { bars: out, lanes: free.length, undated: events.length - dated.length }
}

function extentOf(event: EventRecord, scale: Scale): Omit<Bar, 'event' | 'lane'> {
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
