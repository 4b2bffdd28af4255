import { hovered, lang, range, select, selection } from '../state/store'
import { overlaps, spanOf } from '../time/instant'
import { formatTime } from '../time/format'
import { pick, say, sentences } from '../text'
import { timeWords } from '../panel/words'
import { SYMBOLS } from '../symbols'
import type { Bar } from './lanes'

/** How far beyond its axis the chart reaches, in pixels. */
const BEYOND = 14

/** An event as a tick or a bar, `pitch` pixels to a lane; nothing where it is out of sight. */
export function BarMark({ bar, pitch, width }: { readonly bar: Bar; readonly pitch: number; readonly width: number }) {
  const { event } = bar
  const language = lang.value
  const p = event.properties
  if (bar.to < -BEYOND || bar.from > width + BEYOND) return null
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
      onPointerEnter={() => (hovered.value = event.id)} onPointerLeave={() => (hovered.value = null)}>
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

/** The width of a bar's name, in pixels. */
export function nameWidth(text: string): number {
  if (!context) return text.length * 7
  context.font = `11.5px ${getComputedStyle(document.body).fontFamily}`
  return context.measureText(text).width + 4
}

/** What fades the bars of what was going on when last reported. */
export function Fade() {
  return (
    <defs>
      <linearGradient id="fade-out"><stop offset="0" stop-color="#fff" /><stop offset="1" stop-color="#fff" stop-opacity="0.12" /></linearGradient>
      <mask id="fade" maskContentUnits="objectBoundingBox"><rect width="1" height="1" fill="url(#fade-out)" /></mask>
    </defs>
  )
}
