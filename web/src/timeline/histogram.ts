import type { EventRecord } from '../api/types'
import { SYMBOLS, type Family } from '../symbols'
import { spanOf } from '../time/instant'
import type { Scale } from './scale'

export interface Bin { readonly from: number; readonly to: number; readonly counts: ReadonlyMap<Family, number>; readonly total: number }

/** Counts events in bins of equal width, each once: in the bin in which it began, or ended where only that is known. */
export function histogram(events: readonly EventRecord[], { span, width }: Scale, pixels = 7): readonly Bin[] {
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
