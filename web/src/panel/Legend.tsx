import { EVENT_TYPES, type EventType } from '../api/types'
import { facets } from '../state/answers'
import { lang, toggleType, types } from '../state/store'
import { formatCount } from '../locale'
import { say } from '../text'
import { Sign } from './Sign'

/** The key of the signs, with how many events there are of each, and the choice of types that are shown. */
export function Legend() {
  const language = lang.value
  const counts = new Map<string, number>(facets.value.value?.facets['type']?.values.map((v) => [v.value, v.count]))
  const listed = EVENT_TYPES.filter((t) => counts.has(t) || types.value.includes(t))
  return (
    <div class="legend" role="group" aria-label={say(language, 'legend')}>
      {listed.map((type: EventType) => (
        <button key={type} type="button" class="chip" aria-pressed={types.value.includes(type)} data-type={type} onClick={() => toggleType(type)}>
          <Sign type={type} size={18} />
          <span>{say(language, `type_${type}`)}</span>
          <span class="count">{formatCount(counts.get(type) ?? 0, language)}</span>
        </button>
      ))}
    </div>
  )
}
