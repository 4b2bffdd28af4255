import { useSignal } from '@preact/signals'
import type { Data } from '../api/load'
import type { EventRecord } from '../api/types'
import { hovered, lang, select, showAll, shown } from '../state/store'
import { formatTime } from '../time/format'
import { pick, say } from '../text'
import { Sign } from './Sign'
import { timeWords, whereLine } from './words'

/** What is on the map, to be read: the newest first. */
export function List({ data }: { readonly data: Data }) {
  const language = lang.value
  const events = shown.value
  const placed = events.filter((e) => e.properties.place_precision === 'exact').length
  return (
    <div class="list">
      <h2 tabIndex={-1}>{say(language, 'shown', events.length, data.events.length)}</h2>
      <p class="quiet">{say(language, 'placed', placed, events.length)}</p>
      {data.matched > data.events.length && <p class="warning">{say(language, 'cut', data.events.length, data.matched)}</p>}
      {events.length === 0 ? (
        <p class="empty">{say(language, 'noneHere')} <button type="button" onClick={showAll}>{say(language, 'showAll')}</button></p>
      ) : (
        <Rows events={events} data={data} />
      )}
      <Key />
    </div>
  )
}

/** How many rows are set at once: a phone takes seconds for thousands. */
const STEP = 200

/** A list of events, as long as is asked for. */
export function Rows({ events, data, name }: { readonly events: readonly EventRecord[]; readonly data: Data; readonly name?: string }) {
  const most = useSignal(STEP)
  const left = events.length - most.value
  return (
    <>
      <ol {...(name ? { class: name } : {})}>{events.slice(0, most.value).map((e) => <li key={e.id}><EventRow event={e} data={data} /></li>)}</ol>
      {left > 0 && <p class="empty"><button type="button" onClick={() => (most.value += STEP)}>{say(lang.value, 'more', Math.min(STEP, left))}</button></p>}
    </>
  )
}

/** How the map draws what is not known closely. */
function Key() {
  const language = lang.value
  return (
    <details class="key">
      <summary>{say(language, 'key')}</summary>
      <ul>
        <li>{say(language, 'keyMark')}</li>
        <li>{say(language, 'keyRing')}</li>
        <li>{say(language, 'keyArea')}</li>
        <li>{say(language, 'keyArc')}</li>
        <li>{say(language, 'keyBar')}</li>
      </ul>
    </details>
  )
}

/** One event in a list: its sign, title, when and where, and a way to its card. */
export function EventRow({ event, data }: { readonly event: EventRecord; readonly data: Data }) {
  const language = lang.value
  const p = event.properties
  const title = pick(p.title, language)
  return (
    <button type="button" class={`row${hovered.value === event.id ? ' active' : ''}`} data-event={event.id} onClick={() => select({ kind: 'events', id: event.id })}
      onPointerEnter={() => (hovered.value = event.id)} onPointerLeave={() => (hovered.value = null)}>
      <Sign type={p.type} size={20} />
      <span class="row-text">
        <span class="row-title" lang={title.lang}>{title.text}{p.incidents > 1 && <span class="times"> ×{p.incidents}</span>}</span>
        <span class="quiet">{formatTime(p, language, timeWords(language))}</span>
        <span class="quiet">{whereLine(data, p, language)}</span>
      </span>
    </button>
  )
}
