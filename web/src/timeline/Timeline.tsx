import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { covered, histogram, timed, timeFrame } from '../state/answers'
import { hovered, lang, range, select, selection, setRange } from '../state/store'
import { DAY, dateOf, firstOf, lastOf, overlaps, spanOf, type Span } from '../time/instant'
import { formatSpan, formatTick, formatTime } from '../time/format'
import { formatCount } from '../locale'
import { pick, say, sentences } from '../text'
import { timeWords } from '../panel/words'
import { bars, type Bar } from './lanes'
import { aired, coverOf, scale, ticks, type Scale } from './scale'
import { FAMILIES, SYMBOLS } from '../symbols'
import { binsOf, count, intervalFor } from './histogram'

const AXIS = 22
/** The least width of a chart, and height of a lane, at which names stand beside the bars; pixels. */
const NAMES_FROM = 700
const NAME_PITCH = 13.5
/** The least height of a lane, in pixels: beyond it, events are counted instead. */
const LEAST_PITCH = 6
const MARGIN = 14

/** Time, the map's equal: every event as a tick (known to the day) or a bar, and the range to choose on it. */
export function Timeline() {
  const box = useRef<HTMLDivElement>(null)
  const size = useSignal({ width: 0, height: 0 })
  const view = useSignal<Span | null>(null) // what part of time is looked at; null: all
  useLayoutEffect(() => {
    const el = box.current
    if (!el) return
    const observer = new ResizeObserver(() => (size.value = { width: el.clientWidth, height: el.clientHeight }))
    observer.observe(el)
    return () => observer.disconnect()
  }, [size])
  const language = lang.value
  const few = timed.value
  const cover = useMemo(() => (few ? coverOf(few) : null), [few]) ?? covered.value
  const whole = cover && aired(cover)
  const span = view.value ?? whole
  useEffect(() => {
    const looked = view.value
    timeFrame.value = looked && { span: looked, interval: intervalFor(looked, size.value.width) }
  }, [view.value, size.value.width])
  return (
    <section class="timeline" aria-label={say(language, 'timeline')}>
      <TimeControls cover={cover} whole={whole} view={span} onView={(next) => (view.value = next)} />
      <div class="timeline-box" ref={box}>
        {span && size.value.width > 0 && <Chart span={span} width={size.value.width} height={size.value.height} />}
      </div>
    </section>
  )
}

function TimeControls({ cover, whole, view, onView }: { readonly cover: Span | null; readonly whole: Span | null; readonly view: Span | null; readonly onView: (s: Span | null) => void }) {
  const language = lang.value
  const { from, to } = range.value
  const chosen = Number.isFinite(from) || Number.isFinite(to)
  const undated = timed.value?.filter((e) => e.properties.start === null && e.properties.end === null).length ?? histogram.value.value?.undated.count ?? 0
  const change = (end: 'from' | 'to', text: string): void => {
    const ms = text ? (end === 'from' ? firstOf(text) : lastOf(text)) : end === 'from' ? -Infinity : Infinity
    if (Number.isNaN(ms)) return
    const next = { from, to, [end]: ms }
    // An end that passes the other takes it along: a range never turns round.
    setRange(next.from <= next.to ? next : { from: end === 'from' ? ms : firstOf(text), to: end === 'to' ? ms : lastOf(text) })
  }
  const zoom = (factor: number): void => {
    if (!view || !whole) return
    // A closer look keeps what is most asked for, the latest, in sight.
    const middle = Number.isFinite(from) && Number.isFinite(to) ? (from + to) / 2 : view.to - (view.to - view.from) * 0.12
    const half = ((view.to - view.from) * factor) / 2
    if (half < 2 * DAY) return
    const next = { from: Math.max(whole.from, middle - half), to: Math.min(whole.to, middle + half) }
    onView(next.from <= whole.from && next.to >= whole.to ? null : next)
  }
  return (
    <div class="timeline-controls">
      <DateInput caption={say(language, 'from')} ms={from} all={cover?.from} onChange={(text) => change('from', text)} />
      <DateInput caption={say(language, 'to')} ms={to} all={cover?.to} onChange={(text) => change('to', text)} />
      <button type="button" disabled={!chosen} onClick={() => setRange({ from: -Infinity, to: Infinity })}>{say(language, 'wholeTime')}</button>
      {undated > 0 && <span class="undated">{say(language, 'undatedCount', undated)}</span>}
      <span class="spring" />
      <button type="button" class="square" aria-label={say(language, 'zoomOut')} title={say(language, 'zoomOut')} onClick={() => zoom(2)}>−</button>
      <button type="button" class="square" aria-label={say(language, 'zoomIn')} title={say(language, 'zoomIn')} onClick={() => zoom(0.5)}>+</button>
    </div>
  )
}

/** One end of the range. Where it is open, the end of all time that there is data for stands there, dimmed. */
function DateInput({ caption, ms, all, onChange }: { readonly caption: string; readonly ms: number; readonly all: number | undefined; readonly onChange: (text: string) => void }) {
  const value = Number.isFinite(ms) ? dateOf(ms) : all === undefined ? '' : dateOf(all)
  return <label><span class="caption">{caption}</span><input type="date" class={Number.isFinite(ms) ? '' : 'open'} value={value} onChange={(e) => onChange(e.currentTarget.value)} /></label>
}

function Chart({ span, width, height }: { readonly span: Span; readonly width: number; readonly height: number }) {
  const axis = scale(span, width - 2 * MARGIN)
  const room = height - AXIS - 8
  const events = timed.value
  const laid = events ? bars(events, axis, width >= NAMES_FROM ? Math.floor(room / NAME_PITCH) : 0, (e) => nameWidth(pick(e.properties.title, lang.value).text)) : { bars: [], lanes: Infinity }
  const most = Math.floor(room / LEAST_PITCH)
  const pitch = Math.max(6, Math.min(18, room / Math.max(1, laid.lanes)))
  const brush = useBrush(axis)
  return (
    <svg class="chart" width={width} height={height} onPointerDown={brush.start} onPointerMove={brush.move} onPointerUp={brush.end} onPointerCancel={brush.end}>
      <Fade />
      <g transform={`translate(${MARGIN} 0)`}>
        {ticks(axis).map((tick) => (
          <g key={tick.at} transform={`translate(${axis.x(tick.at).toFixed(1)} 0)`}>
            <line class="tick-line" y1={0} y2={height - AXIS} />
            <text class="tick-text" y={height - 7} text-anchor={axis.x(tick.at) < 20 ? 'start' : axis.x(tick.at) > axis.width - 20 ? 'end' : 'middle'}>{formatTick(tick.at, tick.unit, lang.value)}</text>
          </g>
        ))}
        <Range axis={axis} height={height - AXIS} span={brush.span ?? range.value} />
        {laid.lanes > most ? <Histogram axis={axis} height={room} /> : (
          <g transform="translate(0 4)">
            {laid.bars.map((bar) => <BarMark key={bar.event.id} bar={bar} pitch={pitch} width={axis.width} />)}
          </g>
        )}
      </g>
    </svg>
  )
}

/** Too many events for a bar each: how many in each stretch of time, by family. */
function Histogram({ axis, height }: { readonly axis: Scale; readonly height: number }) {
  const language = lang.value
  const answer = histogram.value.value
  const few = timed.value
  const bins = useMemo(() => (few ? count(few, axis) : answer ? binsOf(answer) : []), [few, answer, axis.span.from, axis.span.to, axis.width])
  const shown = bins.filter((b) => b.to > axis.span.from && b.from < axis.span.to)
  const most = Math.max(1, ...shown.map((b) => b.total))
  return (
    <g class="histogram" role="img" aria-label={say(language, 'histogram')} transform="translate(0 4)">
      {shown.filter((b) => b.total > 0).map((b) => {
        const width = axis.x(b.to) - axis.x(b.from)
        let y = height
        return (
          <g key={b.from} transform={`translate(${axis.x(b.from).toFixed(1)} 0)`}>
            <title>{say(language, 'bin', formatSpan({ from: b.from, to: b.to - 1 }, language), b.total)}</title>
            {FAMILIES.map((family) => {
              const n = b.counts.get(family) ?? 0
              const h = (n / most) * height
              y -= h
              return n > 0 && <rect key={family} class={`bin family-${family}`} x={0.5} y={y} width={Math.max(1, width - 1)} height={Math.max(0.7, h)} />
            })}
          </g>
        )
      })}
      <text class="tick-text" x={2} y={9}>{formatCount(most, language)}</text>
    </g>
  )
}

/** What lies outside the chosen range, dimmed. */
function Range({ axis, height, span }: { readonly axis: Scale; readonly height: number; readonly span: Span }) {
  if (!Number.isFinite(span.from) && !Number.isFinite(span.to)) return null
  const clamp = (x: number): number => Math.max(-MARGIN, Math.min(axis.width + MARGIN, x))
  const left = Number.isFinite(span.from) ? clamp(axis.x(span.from)) : -MARGIN
  const right = Number.isFinite(span.to) ? clamp(axis.x(span.to)) : axis.width + MARGIN
  return (
    <g class="range" aria-hidden="true">
      <rect class="outside" x={-MARGIN} y={0} width={Math.max(0, left + MARGIN)} height={height} />
      <rect class="outside" x={right} y={0} width={Math.max(0, axis.width + MARGIN - right)} height={height} />
      <rect class="inside" x={left} y={0.5} width={Math.max(1, right - left)} height={height - 1} />
    </g>
  )
}

function BarMark({ bar, pitch, width }: { readonly bar: Bar; readonly pitch: number; readonly width: number }) {
  const { event } = bar
  const language = lang.value
  const p = event.properties
  if (bar.to < -MARGIN || bar.from > width + MARGIN) return null
  const y = bar.lane * pitch
  const h = Math.min(pitch - 2, 11)
  const { text: title, lang: titleLang } = pick(p.title, language)
  const label = sentences(language, [title, say(language, 'together', formatTime(p, language, timeWords(language)), say(language, `date_${p.date_precision}`))])
  const active = selection.value?.id === event.id || hovered.value === event.id
  const open = (): void => select({ kind: 'events', id: event.id })
  const classes = ['bar', `family-${SYMBOLS[p.type].family}`, bar.form, active && 'active', !overlaps(spanOf(p), range.value) && 'out'].filter(Boolean).join(' ')
  return (
    <g class={classes} role="button" tabindex={0} aria-label={label} data-event={event.id} transform={`translate(${bar.from.toFixed(1)} ${y.toFixed(1)})`}
      onClick={open} onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); open() } }}
      onPointerDown={(e) => e.stopPropagation()} onPointerEnter={() => (hovered.value = event.id)} onPointerLeave={() => (hovered.value = null)}>
      <title>{label}</title>
      <rect class="touch" x={-3} y={-1} width={bar.to - bar.from + 6} height={pitch} />
      <Shape bar={bar} height={h} family={SYMBOLS[p.type].family} />
      {bar.name && <text class="bar-name" lang={titleLang} x={bar.name.x - bar.from} y={h / 2 + 4} text-anchor={bar.name.anchor}>{title}</text>}
    </g>
  )
}

function Shape({ bar, height, family }: { readonly bar: Bar; readonly height: number; readonly family: string }) {
  const length = bar.to - bar.from
  if (bar.form === 'tick') return <rect class="shape" x={0} y={-1} width={4} height={height + 2} rx={1} />
  const known = Math.max(0, bar.fade - bar.from)
  const fill = bar.form === 'uncertain' ? { fill: `url(#hatch-${family})` } : {}
  return (
    <>
      {known > 0 && <rect class="shape" x={0} y={0} width={known} height={height} {...fill} />}
      {/* Past the report nothing is known: the bar fades and ends in an open arrow. */}
      {bar.ongoing && <rect class="shape" x={known} y={0} width={length - known} height={height} mask="url(#fade)" {...fill} />}
      {bar.ongoing && <path class="goes-on" d={`M${length + 1} ${height / 2 - 3.5}l4.5 3.5-4.5 3.5`} />}
    </>
  )
}

const context = document.createElement('canvas').getContext('2d')

function nameWidth(text: string): number {
  if (!context) return text.length * 7
  context.font = `11.5px ${getComputedStyle(document.body).fontFamily}`
  return context.measureText(text).width + 4
}

/** What fades the bars of what was going on when last reported. */
function Fade() {
  return (
    <defs>
      <linearGradient id="fade-out"><stop offset="0" stop-color="#fff" /><stop offset="1" stop-color="#fff" stop-opacity="0.12" /></linearGradient>
      <mask id="fade" maskContentUnits="objectBoundingBox"><rect width="1" height="1" fill="url(#fade-out)" /></mask>
    </defs>
  )
}

/** Dragging over the chart chooses a range of whole days; a click on its ground chooses all time. */
function useBrush(axis: Scale): { readonly span: Span | null; readonly start: (e: PointerEvent) => void; readonly move: (e: PointerEvent) => void; readonly end: (e: PointerEvent) => void } {
  const drag = useSignal<{ readonly from: number; readonly to: number } | null>(null)
  const at = (e: PointerEvent): number => axis.t(e.offsetX - MARGIN)
  const spanOfDrag = (d: { readonly from: number; readonly to: number }): Span => ({
    from: firstOf(dateOf(Math.min(d.from, d.to))), to: lastOf(dateOf(Math.max(d.from, d.to))),
  })
  return {
    span: drag.value && spanOfDrag(drag.value),
    start: (e) => {
      if (e.button !== 0 || !(e.currentTarget instanceof SVGElement)) return
      e.currentTarget.setPointerCapture(e.pointerId)
      drag.value = { from: at(e), to: at(e) }
    },
    move: (e) => {
      if (drag.value) drag.value = { from: drag.value.from, to: at(e) }
    },
    end: () => {
      const done = drag.value
      drag.value = null
      if (!done) return
      const pixels = Math.abs(axis.x(done.to) - axis.x(done.from))
      setRange(pixels < 4 ? { from: -Infinity, to: Infinity } : spanOfDrag(done))
    },
  }
}
