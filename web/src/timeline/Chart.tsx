import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { EventRecord } from '../api/types'
import { timed } from '../state/answers'
import { lang, range, setRange } from '../state/store'
import { whole } from '../state/time'
import { ALL_TIME, type Span } from '../time/instant'
import { formatTick } from '../time/format'
import { pick } from '../text'
import { BarMark, Fade, nameWidth } from './Bars'
import { Bins, pointed, useBins } from './Bins'
import { daysBetween } from './choosing'
import { followHands, type Ground } from './gestures'
import { Handles, Range, Strip, Veil } from './Handles'
import { binAt, type Bin } from './histogram'
import { bars, type Lanes } from './lanes'
import { scale, ticks, type Scale } from './scale'

/** The least width of a chart, and height of a lane, at which names stand beside the bars; pixels. */
const NAMES_FROM = 700
const NAME_PITCH = 13.5
/** The least height of a lane, in pixels: beyond it, events are counted instead. */
const LEAST_PITCH = 6
const MARGIN = 14
const NO_LANES: Lanes = { bars: [], lanes: Infinity }

/** How high the axis is, and how large what a hand takes, in pixels. */
const FINE = { axis: 26, touch: 24 }
const COARSE = { axis: 32, touch: 44 }
const coarse = matchMedia('(pointer: coarse), (max-width: 760px)')

export function Chart({ span, width, height }: { readonly span: Span; readonly width: number; readonly height: number }) {
  const svg = useRef<SVGSVGElement>(null)
  const sizes = coarse.matches ? COARSE : FINE
  const axis = scale(span, width - 2 * MARGIN)
  const bottom = height - sizes.axis
  const room = bottom - 8
  const events = timed.value
  const language = lang.value
  const widthOf = useMemo(() => nameWidths(language), [language])
  const laid = useMemo(
    () => (events ? bars(events, axis, width >= NAMES_FROM ? Math.floor(room / NAME_PITCH) : 0, widthOf) : NO_LANES),
    [events, span.from, span.to, width, room, widthOf],
  )
  const many = laid.lanes > Math.floor(room / LEAST_PITCH)
  const bins = useBins(axis)
  useHands(svg, { axis, left: MARGIN, bottom, limits: whole.value ?? span, click: (at) => choose(many ? binAt(bins, at) : undefined) })
  const place = { axis, bottom, margin: MARGIN, touch: sizes.touch }
  const point = (e: PointerEvent): void => {
    pointed.value = many && e.pointerType === 'mouse' && e.buttons === 0 ? axis.t(e.clientX - (svg.current?.getBoundingClientRect().left ?? 0) - MARGIN) : null
  }
  return (
    <svg class="chart" ref={svg} width={width} height={height} onPointerMove={point} onPointerLeave={() => (pointed.value = null)}>
      <Fade />
      <g transform={`translate(${MARGIN} 0)`}>
        <Strip place={place} height={sizes.axis} />
        <Ticks axis={axis} bottom={bottom} height={height} />
        <Range place={place} />
        {many ? <Bins axis={axis} bins={bins} height={room} /> : (
          <g transform="translate(0 4)">
            {laid.bars.map((bar) => <BarMark key={bar.event.id} bar={bar} pitch={Math.max(6, Math.min(18, room / Math.max(1, laid.lanes)))} width={axis.width} />)}
          </g>
        )}
        {many && <Veil place={place} />}
        <Handles place={place} />
      </g>
    </svg>
  )
}

/** Measures the names of events, each once: they are laid out anew at each frame of a move. */
function nameWidths(language: string): (event: EventRecord) => number {
  const known = new WeakMap<EventRecord, number>()
  return (event) => {
    const width = known.get(event) ?? nameWidth(pick(event.properties.title, language).text)
    known.set(event, width)
    return width
  }
}

function Ticks({ axis, bottom, height }: { readonly axis: Scale; readonly bottom: number; readonly height: number }) {
  return (
    <g class="ticks">
      {ticks(axis).map((tick) => (
        <g key={tick.at} transform={`translate(${axis.x(tick.at).toFixed(1)} 0)`}>
          <line class="tick-line" y1={0} y2={bottom} />
          <text class="tick-text" y={(bottom + height) / 2 + 4} text-anchor={axis.x(tick.at) < 20 ? 'start' : axis.x(tick.at) > axis.width - 20 ? 'end' : 'middle'}>{formatTick(tick.at, tick.unit, lang.value)}</text>
        </g>
      ))}
    </g>
  )
}

/** A click on a bin chooses it; on the ground, or on the bin that is chosen, all time. */
function choose(bin: Bin | undefined): void {
  const now = range.peek()
  const next = bin ? daysBetween(bin.from, bin.to - 1) : ALL_TIME
  setRange(next.from === now.from && next.to === now.to ? ALL_TIME : next)
}

/** Follows the hands on the chart, as it is at each moment. */
function useHands(svg: { readonly current: SVGSVGElement | null }, ground: Ground): void {
  const now = useRef(ground)
  now.current = ground
  useEffect(() => (svg.current ? followHands(svg.current, () => now.current) : undefined), [svg])
}
