import type { ActorRecord, AreaRecord, DatasetRecord, EventRecord, Page, PageConfig, PlaceRecord } from './types'

/** Everything that the page shows, of one state of the catalog. */
export interface Data {
  readonly change: number
  readonly matched: number
  readonly events: readonly EventRecord[]
  readonly byId: ReadonlyMap<string, EventRecord>
  readonly places: ReadonlyMap<string, PlaceRecord>
  readonly areas: ReadonlyMap<string, AreaRecord>
  readonly actors: ReadonlyMap<string, ActorRecord>
  readonly datasets: ReadonlyMap<string, DatasetRecord>
  readonly attribution: readonly string[]
}

/** The most records that one answer holds. What is beyond is said, not hidden. */
const LIMIT = 10_000

async function fetchPage<F>(collection: string, signal: AbortSignal): Promise<Page<F>> {
  const response = await fetch(`/collections/${collection}/items?limit=${LIMIT}`, { signal, headers: { Accept: 'application/geo+json' } })
  if (!response.ok) throw new Error(`${collection}: the server answered ${response.status}`)
  return (await response.json()) as Page<F>
}

const keyed = <F extends { readonly id: string }>(page: Page<F>): Map<string, F> => new Map(page.features.map((f) => [f.id, f]))

/** Loads all collections. Rejects where any of them fails: half a map would look like a whole one. */
export async function loadData(signal: AbortSignal): Promise<Data> {
  const [events, places, areas, actors, datasets] = await Promise.all([
    fetchPage<EventRecord>('events', signal), fetchPage<PlaceRecord>('places', signal), fetchPage<AreaRecord>('areas', signal),
    fetchPage<ActorRecord>('actors', signal), fetchPage<DatasetRecord>('datasets', signal),
  ])
  const attribution = [...new Set([...events.attribution, ...areas.attribution, ...places.attribution])]
  return {
    change: events.change, matched: events.numberMatched, events: events.features, byId: keyed(events),
    places: keyed(places), areas: keyed(areas), actors: keyed(actors), datasets: keyed(datasets), attribution,
  }
}

/** The operator's settings, which the server writes into the page. */
export function readConfig(doc: Document): PageConfig {
  const content = doc.querySelector('meta[name=conflictmap]')?.getAttribute('content')
  if (!content) return { title: doc.title, version: 'dev', base_map: null }
  return JSON.parse(content) as PageConfig
}
