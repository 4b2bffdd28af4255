import { histogram, timed } from '../state/answers'
import { lang, range, setRange } from '../state/store'
import { cover, look, looked, whole } from '../state/time'
import { ALL_TIME, dateOf, firstOf, lastOf } from '../time/instant'
import { say } from '../text'
import { isOpen } from './choosing'
import { zoomAbout } from './looking'
import { Playback } from './Playback'
import { Presets } from './Presets'

/** The range in dates, what there is without any, ready-made ranges, playing, and how closely to look. */
export function Controls() {
  const language = lang.value
  const { from, to } = range.value
  const undated = timed.value?.filter((e) => e.properties.start === null && e.properties.end === null).length ?? histogram.value.value?.undated.count ?? 0
  const change = (end: 'from' | 'to', text: string): void => {
    const ms = text ? (end === 'from' ? firstOf(text) : lastOf(text)) : end === 'from' ? -Infinity : Infinity
    if (Number.isNaN(ms)) return
    const next = { from, to, [end]: ms }
    // An end that passes the other takes it along: a range never turns round.
    setRange(next.from <= next.to ? next : { from: end === 'from' ? ms : firstOf(text), to: end === 'to' ? ms : lastOf(text) })
  }
  return (
    <div class="timeline-controls">
      <DateInput caption={say(language, 'from')} ms={from} all={cover.value?.from} onChange={(text) => change('from', text)} />
      <DateInput caption={say(language, 'to')} ms={to} all={cover.value?.to} onChange={(text) => change('to', text)} />
      <button type="button" disabled={isOpen(range.value)} onClick={() => setRange(ALL_TIME)}>{say(language, 'wholeTime')}</button>
      <Presets />
      {undated > 0 && <span class="undated">{say(language, 'undatedCount', undated)}</span>}
      <span class="spring" />
      <Playback />
      <span class="zoom">
        <button type="button" class="square" aria-label={say(language, 'zoomOut')} title={say(language, 'zoomOut')} onClick={() => zoom(2)}>−</button>
        <button type="button" class="square" aria-label={say(language, 'zoomIn')} title={say(language, 'zoomIn')} onClick={() => zoom(0.5)}>+</button>
      </span>
    </div>
  )
}

function zoom(factor: number): void {
  const [span, all, { from, to }] = [looked.peek(), whole.peek(), range.peek()]
  if (!span || !all) return
  // A closer look keeps what was chosen in sight, else what is most asked for: the latest.
  const middle = Number.isFinite(from) && Number.isFinite(to) ? (from + to) / 2 : span.to - (span.to - span.from) * 0.12
  const length = span.to - span.from
  const about = middle >= span.from && middle <= span.to ? span : { from: middle - length / 2, to: middle + length / 2 }
  look(zoomAbout(about, middle, factor, all))
}

/** One end of the range. Where it is open, the end of all time that there is data for stands there, dimmed. */
function DateInput({ caption, ms, all, onChange }: { readonly caption: string; readonly ms: number; readonly all: number | undefined; readonly onChange: (text: string) => void }) {
  const value = Number.isFinite(ms) ? dateOf(ms) : all === undefined ? '' : dateOf(all)
  return <label><span class="caption">{caption}</span><input type="date" class={Number.isFinite(ms) ? '' : 'open'} value={value} onChange={(e) => onChange(e.currentTarget.value)} /></label>
}
