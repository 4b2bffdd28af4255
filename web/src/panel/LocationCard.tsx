import { useEffect } from 'preact/hooks'
import { useSignal } from '@preact/signals'
import type { Data } from '../api/load'
import type { EventRecord } from '../api/types'
import { lang } from '../state/store'
import type { Selection } from '../state/url'
import { pick, say } from '../text'
import { BackButton, Inferences, LocationLink, Missing, Provenance } from './EventCard'
import { Rows } from './List'

/** The card of a place or an area: its names, what it is, and the events attached to it. */
export function AreaOrPlaceCard({ selection, data }: { readonly selection: Selection; readonly data: Data }) {
  const language = lang.value
  const record = selection.kind === 'places' ? data.places.get(selection.id) : data.areas.get(selection.id)
  if (!record) return <Missing id={selection.id} />
  const p = record.properties
  const name = pick(p.names, language)
  const summary = pick(p.summary, language)
  const others = [...Object.entries(p.names).filter(([tag]) => tag !== name.lang), ...(p.other_names ?? []).map((n) => ['', n] as const)]
  return (
    <article class="card">
      <BackButton />
      <p class="kind">{p.kind.replaceAll('_', ' ')}</p>
      <h2 tabIndex={-1} lang={name.lang}>{name.text}</h2>
      {others.length > 0 && <p class="other-names">{others.map(([tag, text], i) => <span key={i} {...(tag ? { lang: tag } : {})}>{text}</span>)}</p>}
      {summary.text && <p class="summary" lang={summary.lang}>{summary.text}</p>}
      {p.within && <p class="quiet">{say(language, 'within')} <LocationLink id={p.within} data={data} /></p>}
      <h3>{say(language, 'eventsHere')} <span class="count">{p.event_count}</span></h3>
      <Attached selection={selection} data={data} />
      <Inferences event={p} />
      <Provenance datasetId={p.dataset_id} data={data} href={`/collections/${selection.kind}/items/${encodeURIComponent(record.id)}`} />
    </article>
  )
}

/** The most attached events that a card lists. */
const MOST = 1000

/** The events attached to it, as the server says: which events those are is its rule, and not repeated here. */
function Attached({ selection, data }: { readonly selection: Selection; readonly data: Data }) {
  const events = useSignal<readonly EventRecord[] | null>(null)
  const failed = useSignal(false)
  useEffect(() => {
    const control = new AbortController()
    events.value = null
    failed.value = false
    const parameter = selection.kind === 'places' ? 'place' : 'area'
    fetch(`/collections/events/items?limit=${MOST}&${parameter}=${encodeURIComponent(selection.id)}`, { signal: control.signal })
      .then(async (response) => {
        if (!response.ok) throw new Error(String(response.status))
        events.value = ((await response.json()) as { features: EventRecord[] }).features
      })
      .catch(() => (failed.value = !control.signal.aborted))
    return () => control.abort()
  }, [selection.kind, selection.id])
  const language = lang.value
  if (failed.value) return <p class="warning" role="alert">{say(language, 'failed', selection.id)}</p>
  if (!events.value) return <p class="quiet">{say(language, 'loading')}</p>
  if (events.value.length === 0) return <p class="quiet">{say(language, 'noEvents')}</p>
  const all = (selection.kind === 'places' ? data.places : data.areas).get(selection.id)?.properties.event_count ?? 0
  return (
    <>
      {all > events.value.length && <p class="warning">{say(language, 'cut', events.value.length, all)}</p>}
      <Rows events={events.value} data={data} name="attached" />
    </>
  )
}
