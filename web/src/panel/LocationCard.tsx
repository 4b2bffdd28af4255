import { useEffect } from 'preact/hooks'
import { Failure } from '../api/client'
import type { AreaRecord, EventRecord, Page, PlaceRecord } from '../api/types'
import { known, need, needLocations } from '../state/known'
import { lang } from '../state/store'
import type { Selection } from '../state/url'
import { formatNumber } from '../locale'
import { pick, say, word } from '../text'
import { BackButton, Inferences, LocationLink, Missing, Provenance } from './EventCard'
import { Rows } from './List'
import { Sentence } from './Sentence'
import { useAnswer } from './useAnswer'
import { useHeading } from './useHeading'

/** The card of a place or an area: its names, what it is, and the events attached to it. */
export function AreaOrPlaceCard({ selection }: { readonly selection: Selection }) {
  const language = lang.value
  const href = `/collections/${selection.kind}/items/${encodeURIComponent(selection.id)}`
  const record = useAnswer<PlaceRecord | AreaRecord>(`${href}?skipGeometry=true`)
  useEffect(() => {
    if (record === 'loading' || record instanceof Failure) return
    needLocations([record.properties.within])
    need('datasets', [record.properties.dataset_id])
  }, [record])
  useHeading(record === 'loading' || record instanceof Failure ? null : pick(record.properties.names, language).text)
  if (record === 'loading') return <article class="card"><BackButton /><p class="quiet">{say(language, 'loading')}</p></article>
  if (record instanceof Failure) return <Missing id={selection.id} failure={record} />
  const p = record.properties
  const name = pick(p.names, language)
  const summary = pick(p.summary, language)
  const others = [...Object.entries(p.names).filter(([tag]) => tag !== name.lang), ...(p.other_names ?? []).map((n) => ['', n] as const)]
  return (
    <article class="card">
      <BackButton />
      <p class="kind">{word(language, 'kind', p.kind)}</p>
      <h2 tabIndex={-1} lang={name.lang}>{name.text}</h2>
      {others.length > 0 && <p class="other-names">{others.map(([tag, text], i) => <span key={i} lang={tag}>{text}</span>)}</p>}
      {summary.text && <p class="summary" lang={summary.lang}>{summary.text}</p>}
      {p.within && <p class="quiet"><Sentence language={language} text="within"><LocationLink id={p.within} data={known.value} /></Sentence></p>}
      <h3>{say(language, 'eventsHere')} <span class="count">{formatNumber(p.event_count, language)}</span></h3>
      <Attached selection={selection} />
      <Inferences event={p} />
      <Provenance datasetId={p.dataset_id} data={known.value} href={href} />
    </article>
  )
}

/** The most attached events that a card lists. */
const MOST = 200

/** The events attached to it, as the server says: which events those are is its rule, and not repeated here. */
function Attached({ selection }: { readonly selection: Selection }) {
  const parameter = selection.kind === 'places' ? 'place' : 'area'
  const events = useAnswer<Page<EventRecord>>(`/collections/events/items?limit=${MOST}&skipGeometry=true&${parameter}=${encodeURIComponent(selection.id)}`)
  const language = lang.value
  if (events === 'loading') return <p class="quiet">{say(language, 'loading')}</p>
  if (events instanceof Failure) return <p class="warning" role="alert">{say(language, 'failed', events.message)}</p>
  if (events.features.length === 0) return <p class="quiet">{say(language, 'noEvents')}</p>
  return (
    <>
      {events.numberMatched > events.features.length && <p class="warning">{say(language, 'cut', events.features.length, events.numberMatched)}</p>}
      <Rows events={events.features} name="attached" />
    </>
  )
}
