import { EVENT_TYPES, type EventType } from '../api/types'
import { inRange, lang, toggleType, types } from '../state/store'
import { say } from '../text'
import { Sign } from './Sign'

/** What the signs mean, how many there are in the range, and which are shown. */
export function Legend() {
  const language = lang.value
  const counts = new Map<EventType, number>()
  for (const e of inRange.value) counts.set(e.properties.type, (counts.get(e.properties.type) ?? 0) + 1)
  const listed = EVENT_TYPES.filter((t) => counts.has(t) || types.value.includes(t))
  return (
    <div class="legend" role="group" aria-label={say(language, 'legend')}>
      {listed.map((type) => (
        <button key={type} type="button" class="chip" aria-pressed={types.value.includes(type)} data-type={type} onClick={() => toggleType(type)}>
          <Sign type={type} size={18} />
          <span>{say(language, `type_${type}`)}</span>
          <span class="count">{counts.get(type) ?? 0}</span>
        </button>
      ))}
    </div>
  )
}
