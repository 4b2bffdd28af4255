import type { EventRecord, EventType, Histogram } from '../api/types'
import { FAMILIES, SYMBOLS, type Family } from '../symbols'
import { DAY, firstOf, lastOf, spanOf, type Span } from '../time/instant'
import type { Scale } from './scale'

export interface Bin { readonly from: number; readonly to: number; readonly counts: ReadonlyMap<Family, number>; readonly total: number }

/** Counts events in bins of equal width, each once: in the bin in which it began, or ended where only that is known. */
export function count(events: readonly EventRecord[], { span, width }: Scale, pixels = 7): readonly Bin[] {
  const n = Math.max(1, Math.floor(width / pixels))
  const length = (span.to - span.from) / n
  const counts = Array.from({ length: n }, () => new Map<Family, number>())
  for (const e of events) {
    const { from, to } = spanOf(e.properties)
    const at = Number.isFinite(from) ? from : to
    const bin = counts[Math.floor((at - span.from) / length)]
    if (!bin) continue // undated, or outside of what is looked at
    const { family } = SYMBOLS[e.properties.type]
    bin.set(family, (bin.get(family) ?? 0) + 1)
  }
  return counts.map((c, i) => ({ from: span.from + i * length, to: span.from + (i + 1) * length, counts: c, total: [...c.values()].reduce((a, b) => a + b, 0) }))
}

/** The bins of an answer. */
export function binsOf(answer: Histogram): readonly Bin[] {
  return answer.bins.map((bin) => {
    const counts = new Map<Family, number>()
    for (const [type, n] of Object.entries(bin.by ?? {})) {
      const { family } = SYMBOLS[type as EventType]
      counts.set(family, (counts.get(family) ?? 0) + n)
    }
    return { from: firstOf(bin.start), to: lastOf(bin.end) + 1, counts, total: bin.count }
  })
}

const DAYS: readonly (readonly [Histogram['interval'], number])[] = [['day', 1], ['week', 7], ['month', 30.4], ['quarter', 91.3], ['year', 365.2]]

/** The finest interval whose bins are at least some pixels wide. */
export function intervalFor(span: Span, width: number, pixels = 4): Histogram['interval'] {
  const days = (span.to - span.from) / DAY
  return DAYS.find(([, length]) => (length / days) * width >= pixels)?.[0] ?? 'year'
}

/** The bin of an instant. */
export const binAt = (bins: readonly Bin[], at: number): Bin | undefined => bins.find((bin) => bin.from <= at && at < bin.to)

/** The outlines of all bins of a family as one path each, stacked in the order of the families, `most` events as high as the chart. */
export function binPaths(bins: readonly Bin[], axis: Scale, height: number, most: number): ReadonlyMap<Family, string> {
  const parts = new Map<Family, string[]>()
  for (const bin of bins) {
    const left = axis.x(bin.from) + 0.5
    const width = Math.max(1, axis.x(bin.to) - left - 0.5)
    let y = height
    for (const family of FAMILIES) {
      const n = bin.counts.get(family) ?? 0
      if (n === 0) continue
      const tall = (n / most) * height
      y -= tall
      const path = parts.get(family) ?? []
      // What is little beside the rest is still seen.
      path.push(`M${left.toFixed(1)} ${y.toFixed(1)}h${width.toFixed(1)}v${Math.max(0.7, tall).toFixed(1)}h${(-width).toFixed(1)}Z`)
      parts.set(family, path)
    }
  }
  return new Map([...parts].map(([family, path]) => [family, path.join('')]))
}
