import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { Failure } from '../api/client'
import type { EventProperties, EventRecord, Page, Source } from '../api/types'
import { rows, singles, timed } from '../state/answers'
import { known, need, needLocations, type Known } from '../state/known'
import { lang, select } from '../state/store'
import { formatTime } from '../time/format'
import { formatNumber } from '../locale'
import { pick, say, word, type TextKey } from '../text'
import { EventRow } from './List'
import { Sentence } from './Sentence'
import { Sign } from './Sign'
import { useAnswer } from './useAnswer'
import { useHeading } from './useHeading'
import { locationName, timeWords } from './words'

export function EventCard({ id }: { readonly id: string }) {
  const held = rows.value.find((e) => e.id === id) ?? singles.value.find((e) => e.id === id) ?? timed.value?.find((e) => e.id === id)
  return held ? <Card key={id} event={held} /> : <Fetched key={id} id={id} />
}

/** The card of an event that is not among those that the page holds. */
function Fetched({ id }: { readonly id: string }) {
  const answer = useAnswer<EventRecord>(`/collections/events/items/${encodeURIComponent(id)}`)
  const language = lang.value
  if (answer === 'loading') return <article class="card"><BackButton /><p class="quiet">{say(language, 'loading')}</p></article>
  if (answer instanceof Failure) return <Missing id={id} failure={answer} />
  return <Card event={answer} />
}

/** What the card of a record shows that could not be had, and why. */
export function Missing({ id, failure }: { readonly id: string; readonly failure: Failure }) {
  const what: TextKey = failure.status === 404 ? 'missing' : failure.status === 410 ? 'gone' : 'unreadable'
  return <article class="card"><BackButton /><h2 tabIndex={-1} lang="">{id}</h2><p role="alert">{say(lang.value, what)}</p></article>
}

function Card({ event }: { readonly event: EventRecord }) {
  const language = lang.value
  const p = event.properties
  useEffect(() => {
    needLocations([p.place_id, p.route?.from, p.route?.to])
    need('actors', (p.participants ?? []).map((who) => who.actor_id))
    need('datasets', [p.dataset_id])
  }, [p])
  const data = known.value
  const title = pick(p.title, language)
  const summary = pick(p.summary, language)
  useHeading(title.text)
  return (
    <article class="card">
      <BackButton />
      <p class="kind"><Sign type={p.type} size={20} /> {say(language, `type_${p.type}`)}{p.subtype && <span lang=""> · {p.subtype}</span>}<span class="status">{word(language, 'status', p.status)}</span></p>
      <h2 tabIndex={-1} lang={title.lang}>{title.text}</h2>
      {p.incidents > 1 && <p class="incidents">{say(language, 'incidents', p.incidents)}</p>}
      {summary.text && <p class="summary" lang={summary.lang}>{summary.text}</p>}
      <dl>
        <When event={p} />
        <Where event={p} data={data} />
        <Who event={p} data={data} />
        {p.fatalities && <Deaths event={p} />}
        <Sources sources={p.sources} />
      </dl>
      <Inferences event={p} />
      <Claims event={p} />
      <Ties event={event} />
      <Extra event={p} />
      <Provenance datasetId={p.dataset_id} data={data} href={`/collections/events/items/${encodeURIComponent(event.id)}`} />
    </article>
  )
}

/** What the source says beyond our fields, as it stands there. */
function Extra({ event }: { readonly event: EventProperties }) {
  const extra = Object.entries(event.extra ?? {})
  if (extra.length === 0 && !event.tags?.length) return null
  return (
    <details class="extra">
      <summary>{say(lang.value, 'extra')}</summary>
      <dl>
        {event.tags?.length ? <div class="fact"><dt>{say(lang.value, 'tags')}</dt><dd lang="">{event.tags.join(', ')}</dd></div> : null}
        {extra.map(([name, value]) => <div class="fact" lang="" key={name}><dt>{name}</dt><dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd></div>)}
      </dl>
    </details>
  )
}

export function BackButton() {
  return <button type="button" class="back" onClick={() => select(null)}>← {say(lang.value, 'back')}</button>
}

function Row({ term, children }: { readonly term: string; readonly children: ComponentChildren }) {
  return <div class="fact"><dt>{term}</dt><dd>{children}</dd></div>
}

function When({ event }: { readonly event: EventProperties }) {
  const language = lang.value
  return (
    <Row term={say(language, 'when')}>
      {formatTime(event, language, timeWords(language))}
      <span class="quiet"> · {say(language, `date_${event.date_precision}`)}</span>
      {event.date_text && <span class="quiet line"><Sentence language={language} text="inWords"><q lang="">{event.date_text}</q></Sentence></span>}
    </Row>
  )
}

/** A place's or an area's name that opens its card. */
export function LocationLink({ id, data }: { readonly id: string; readonly data: Known }) {
  const name = locationName(data, id, lang.value)
  const kind = data.places.has(id) ? 'places' : data.areas.has(id) ? 'areas' : null
  if (!kind) return <span>{name.text}</span>
  return <button type="button" class="link" lang={name.lang} onClick={() => select({ kind, id })}>{name.text}</button>
}

function Where({ event, data }: { readonly event: EventProperties; readonly data: Known }) {
  const language = lang.value
  const route = event.route
  return (
    <>
      <Row term={say(language, 'where')}>
        {event.place_id && <LocationLink id={event.place_id} data={data} />}
        <span class="quiet"> · {say(language, `place_${event.place_precision}`)}</span>
      </Row>
      {route && (
        <Row term={say(language, 'route')}>
          {route.from && <><LocationLink id={route.from} data={data} /> → </>}<LocationLink id={route.to} data={data} />
          {route.assumed && <span class="quiet"> · {say(language, 'routeAssumed')}</span>}
        </Row>
      )}
    </>
  )
}

function Who({ event, data }: { readonly event: EventProperties; readonly data: Known }) {
  const language = lang.value
  if (!event.participants?.length) return null
  return (
    <Row term={say(language, 'who')}>
      <ul class="plain">
        {event.participants.map((who, i) => {
          const actor = who.actor_id ? data.actors.get(who.actor_id) : undefined
          const name = actor ? pick(actor.properties.names, language) : { text: who.name ?? who.actor_id ?? '', lang: '' }
          const summary = pick(actor?.properties.summary, language)
          return <li key={i}><span lang={summary.lang} title={summary.text}><span lang={name.lang}>{name.text}</span></span> <span class="quiet">{word(language, 'role', who.role)}</span></li>
        })}
      </ul>
    </Row>
  )
}

function Deaths({ event }: { readonly event: EventProperties }) {
  const language = lang.value
  const unknown = say(language, 'deathsUnknown')
  const { best, low, high } = event.fatalities ?? { best: null, low: null, high: null }
  const number = (n: number | null): string => (n === null ? unknown : formatNumber(n, language))
  return <Row term={say(language, 'deaths')}>{low === null && high === null ? number(best) : say(language, 'deathsRange', number(best), number(low), number(high))}</Row>
}

function Sources({ sources }: { readonly sources: readonly Source[] }) {
  const language = lang.value
  return (
    <>
      <Row term={say(language, 'according')}>
        {sources.some((s) => s.according_to) ? <span lang="">{sources.map((s) => s.according_to).filter(Boolean).join('; ')}</span> : <span class="quiet">{say(language, 'accordingNone')}</span>}
      </Row>
      <Row term={say(language, sources.length > 1 ? 'sources' : 'source')}>
        <ul class="plain">
          {sources.map((s, i) => {
            const text = [s.title ?? s.publisher, s.title && s.publisher !== 'Not known' ? s.publisher : null].filter(Boolean).join(', ')
            return <li key={i} lang="">{s.link ? <a href={s.link} rel="noopener noreferrer">{text}</a> : text}{s.date && !text.includes(s.date) && <span class="quiet"> · {s.date}</span>}</li>
          })}
        </ul>
      </Row>
    </>
  )
}

export function Inferences({ event }: { readonly event: { readonly inferred?: EventProperties['inferred'] } }) {
  if (!event.inferred?.length) return null
  return (
    <section class="inferred">
      <h3>{say(lang.value, 'inferred')}</h3>
      <ul>{event.inferred.map((i, n) => <li key={n}><Field of={i.field} /> <span lang="">{i.from}</span></li>)}</ul>
    </section>
  )
}

/** The word for a property of a record. */
const Field = ({ of }: { readonly of: string }) => <b class="field">{word(lang.value, 'field', of)}</b>

/** What is claimed of a field: a number and what is not known in the reader's words, all else as it stands there. */
function Claimed({ value }: { readonly value: unknown }) {
  const language = lang.value
  if (value === null) return <>{say(language, 'deathsUnknown')}</>
  if (typeof value === 'number') return <>{formatNumber(value, language)}</>
  return <span lang="">{typeof value === 'string' ? value : JSON.stringify(value)}</span>
}

function Claims({ event }: { readonly event: EventProperties }) {
  if (!event.claims?.length) return null
  return (
    <section>
      <h3>{say(lang.value, 'claims')}</h3>
      <ul>{event.claims.map((c, n) => <li key={n}><Field of={c.field} /> <Claimed value={c.value} /> <span class="quiet" lang="">{c.according_to}</span></li>)}</ul>
    </section>
  )
}

/** What this event has to do with others, told from its side, whichever record says so. */
function Ties({ event }: { readonly event: EventRecord }) {
  const language = lang.value
  const p = event.properties
  const mentioned = [p.part_of, ...(p.related ?? []).map((r) => r.event)].filter((id) => id !== undefined)
  const others = useAnswer<Page<EventRecord>>(tiesPath(event.id, mentioned))
  if (others === 'loading') return null
  if (others instanceof Failure) return <p class="warning" role="alert">{say(language, 'failed', others.message)}</p>
  const ties: { readonly term: string; readonly other: EventRecord }[] = []
  const add = (term: string, found: readonly EventRecord[]): void => {
    for (const other of found) ties.push({ term, other })
  }
  const byId = (id: string | undefined): EventRecord[] => others.features.filter((e) => e.id === id)
  add(say(language, 'partOf'), byId(p.part_of))
  for (const r of p.related ?? []) add(word(language, 'relation', r.relation), byId(r.event))
  for (const other of others.features) for (const r of other.properties.related ?? []) if (r.event === event.id) add(word(language, 'inverse', r.relation), [other])
  add(say(language, 'parts'), others.features.filter((e) => e.properties.part_of === event.id))
  if (ties.length === 0) return null
  return (
    <section class="ties">
      <h3>{say(language, 'ties')}</h3>
      <dl>{ties.map(({ term, other }, i) => <div key={i}><dt>{ties[i - 1]?.term === term ? '' : term}</dt><dd><EventRow event={other} /></dd></div>)}</dl>
      {others.numberMatched > others.features.length && <p class="quiet">{say(language, 'cut', others.features.length, others.numberMatched)}</p>}
    </section>
  )
}

/** The events that an event mentions, or that mention it. */
export function tiesPath(id: string, mentioned: readonly string[]): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`
  const parts = [`part_of = ${quote(id)}`, `A_CONTAINS(related, (${quote(id)}))`]
  if (mentioned.length > 0) parts.unshift(`id IN (${mentioned.map(quote).join(',')})`)
  return `/collections/events/items?${new URLSearchParams({ limit: '100', skipGeometry: 'true', filter: parts.join(' OR ') }).toString()}`
}

export function Provenance({ datasetId, data, href }: { readonly datasetId: string; readonly data: Known; readonly href: string }) {
  const language = lang.value
  const p = data.datasets.get(datasetId)?.properties
  const title = p && pick(p.title, language)
  return (
    <p class="provenance">
      {p && title && (
        <><Sentence language={language} text="provenance">
          {p.link ? <a href={p.link} rel="noopener noreferrer" lang={title.lang}>{title.text}</a> : <span lang={title.lang}>{title.text}</span>}
          <span lang="">{p.attribution}</span>
          <span lang="">{p.licence}</span>
        </Sentence>{' '}</>
      )}
      <a href={href}>{say(language, 'asPage')}</a> · <a href={`${href}?f=geojson`}>{say(language, 'asData')}</a>
    </p>
  )
}
