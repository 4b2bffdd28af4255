import { signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { histogram, timed } from '../state/answers'
import { lang } from '../state/store'
import { formatSpan } from '../time/format'
import { formatCount } from '../locale'
import { say } from '../text'
import { FAMILIES } from '../symbols'
import { binAt, binPaths, binsOf, count, type Bin } from './histogram'
import type { Scale } from './scale'

/** The instant that the pointer is at; null where it is not over the chart. */
export const pointed = signal<number | null>(null)

/** How many events there are in each stretch of time that can be seen. */
export function useBins(axis: Scale): readonly Bin[] {
  const answer = histogram.value.value
  const few = timed.value
  const all = useMemo(() => (few ? count(few, axis) : answer ? binsOf(answer) : []), few ? [few, axis.span.from, axis.span.to, axis.width] : [answer])
  return all.filter((b) => b.total > 0 && b.to > axis.span.from && b.from < axis.span.to)
}

/** Too many events for a bar each: how many in each stretch of time, by family. */
export function Bins({ axis, bins, height }: { readonly axis: Scale; readonly bins: readonly Bin[]; readonly height: number }) {
  const most = Math.max(1, ...bins.map((b) => b.total))
  const paths = binPaths(bins, axis, height, most)
  return (
    <g class="histogram" role="img" aria-label={say(lang.value, 'histogram')} transform="translate(0 4)">
      {FAMILIES.map((family) => paths.has(family) && <path key={family} class={`bin family-${family}`} d={paths.get(family)} />)}
      <text class="tick-text most" x={2} y={9}>{formatCount(most, lang.value)}</text>
      <Pointed axis={axis} bins={bins} height={height} />
    </g>
  )
}

/** What the bin under the pointer counts. */
function Pointed({ axis, bins, height }: { readonly axis: Scale; readonly bins: readonly Bin[]; readonly height: number }) {
  const bin = pointed.value === null ? undefined : binAt(bins, pointed.value)
  if (!bin) return null
  const [left, right] = [axis.x(bin.from), axis.x(bin.to)]
  const late = (left + right) / 2 > axis.width / 2
  return (
    <g class="pointed" aria-hidden="true">
      <rect x={left} width={Math.max(1, right - left)} y={-4} height={height + 4} />
      <text x={late ? left - 6 : right + 6} y={9} text-anchor={late ? 'end' : 'start'}>{say(lang.value, 'bin', formatSpan({ from: bin.from, to: bin.to - 1 }, lang.value), bin.total)}</text>
    </g>
  )
}
