import type { EventRecord, EventType, Histogram } from '../api/types'
import { SYMBOLS, type Family } from '../symbols'
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
