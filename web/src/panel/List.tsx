import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Failure } from '../api/client'
import type { EventRecord } from '../api/types'
import { everything, facets, list, loadRows, nextRows, rows } from '../state/answers'
import { known, needLocations } from '../state/known'
import { hovered, lang, select, showAll } from '../state/store'
import { formatTime } from '../time/format'
import { formatNumber } from '../locale'
import { pick, say } from '../text'
import { Chosen } from './Chosen'
import { Sign } from './Sign'
import { timeWords, whereLine } from './words'

/** What the filter matches, to be read: the newest first. */
export function List() {
  const language = lang.value
  const answer = list.value.value
  const matched = answer?.numberMatched ?? 0
  const exact = facets.value.value?.facets['place_precision']?.values.find((v) => v.value === 'exact')?.count ?? 0
  if (!answer) return <div class="list" />
  return (
    <div class="list">
      <h2 tabIndex={-1}>{say(language, 'shown', matched, everything.value.value?.numberMatched ?? matched)}</h2>
      <p class="quiet">{say(language, 'placed', exact, matched)}</p>
      <Chosen />
      {matched === 0 ? (
        <p class="empty">{say(language, 'noneHere')} <button type="button" onClick={showAll}>{say(language, 'showAll')}</button></p>
      ) : (
        <>
          <Rows events={rows.value} />
          <Further left={matched - rows.value.length} />
        </>
      )}
      <Key />
    </div>
  )
}

/** The way to the rows that were not loaded yet. */
function Further({ left }: { readonly left: number }) {
  const language = lang.value
  const state = useSignal<'idle' | 'loading' | Failure>('idle')
  if (nextRows.value === null) return null
  const load = (): void => {
    state.value = 'loading'
    loadRows(new AbortController().signal).then(
      () => (state.value = 'idle'),
      (error: unknown) => (state.value = error instanceof Failure ? error : new Failure(0, String(error))),
    )
  }
  return (
    <p class="empty">
      <button type="button" disabled={state.value === 'loading'} onClick={load}>{say(language, 'more', Math.min(100, left))}</button>
      {state.value instanceof Failure && <span role="alert"> {say(language, 'failed', state.value.message)}</span>}
    </p>
  )
}

/** A list of events. */
export function Rows({ events, name }: { readonly events: readonly EventRecord[]; readonly name?: string }) {
  return <ol {...(name ? { class: name } : {})}>{events.map((e) => <li key={e.id}><EventRow event={e} /></li>)}</ol>
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
export function EventRow({ event }: { readonly event: EventRecord }) {
  const language = lang.value
  const p = event.properties
  const title = pick(p.title, language)
  useEffect(() => needLocations([p.place_id]), [p.place_id])
  return (
    <button type="button" class={`row${hovered.value === event.id ? ' active' : ''}`} data-event={event.id} onClick={() => select({ kind: 'events', id: event.id })}
      onPointerEnter={() => (hovered.value = event.id)} onPointerLeave={() => (hovered.value = null)}>
      <Sign type={p.type} size={20} />
      <span class="row-text">
        <span class="row-title" lang={title.lang}>{title.text}{p.incidents > 1 && <span class="times"> ×{formatNumber(p.incidents, language)}</span>}</span>
        <span class="quiet">{formatTime(p, language, timeWords(language))}</span>
        <span class="quiet">{whereLine(known.value, p, language)}</span>
      </span>
    </button>
  )
}
