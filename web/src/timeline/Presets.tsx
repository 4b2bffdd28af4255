import { operations } from '../state/operations'
import { lang, range, setRange } from '../state/store'
import { cover, whole, look } from '../state/time'
import { ALL_TIME, dateOf, lastOf, type Span } from '../time/instant'
import { pick, say } from '../text'
import { isOpen } from './choosing'
import { CLOSEST, within } from './looking'
import { later } from './steps'

const LAST_YEAR = 'last-year'
const ALL = 'all'

/** The year that ends with the last day that there is data for. */
export function lastYearOf(covered: Span): Span {
  const end = lastOf(dateOf(covered.to))
  return { from: later(end + 1, 'year', -1), to: end }
}

/** A range with half its length before and after it, to be seen among what was around it. */
function around(span: Span, limits: Span): Span {
  const [from, to] = [Math.max(span.from, limits.from), Math.min(span.to, limits.to)]
  const air = Math.max(CLOSEST, to - from) / 2
  return within({ from: from - air, to: to + air }, limits)
}

const same = (a: Span, b: Span): boolean => a.from === b.from && a.to === b.to

/** Ranges that are often asked for. A select: every phone has a good way to choose from one. */
export function Presets() {
  const language = lang.value
  const all = cover.value
  const year = all && lastYearOf(all)
  // With all time chosen the select says what it is for.
  const chosen = isOpen(range.value) ? '' : year && same(range.value, year) ? LAST_YEAR : (operations.value.find(({ span }) => same(span, range.value))?.id ?? '')
  const choose = (value: string): void => {
    const span = value === ALL ? ALL_TIME : value === LAST_YEAR ? year : operations.value.find((o) => o.id === value)?.span
    if (!span) return
    setRange(span)
    const limits = whole.peek()
    if (limits) look(around(span, limits))
  }
  return (
    <select class="presets" aria-label={say(language, 'presets')} value={chosen} onChange={(e) => choose(e.currentTarget.value)}>
      <option value="" disabled hidden>{say(language, 'presets')}</option>
      <option value={ALL}>{say(language, 'presetAll')}</option>
      {year && <option value={LAST_YEAR}>{say(language, 'lastYear')}</option>}
      {operations.value.map((o) => {
        const title = pick(o.title, language)
        return <option key={o.id} value={o.id} lang={title.lang}>{title.text}</option>
      })}
    </select>
  )
}
