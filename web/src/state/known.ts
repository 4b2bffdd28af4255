// The records that events mention, loaded as they are needed and kept.
import { signal } from '@preact/signals'
import { Failure, getJSON } from '../api/client'
import type { ActorRecord, AreaRecord, DatasetRecord, Page, PlaceRecord } from '../api/types'

/** What is known of the records that events mention. A record that is asked for and that nobody may see is in none. */
export interface Known {
  readonly places: ReadonlyMap<string, PlaceRecord>
  readonly areas: ReadonlyMap<string, AreaRecord>
  readonly actors: ReadonlyMap<string, ActorRecord>
  readonly datasets: ReadonlyMap<string, DatasetRecord>
}
export type Mentioned = keyof Known
type AnyRecord = PlaceRecord | AreaRecord | ActorRecord | DatasetRecord

export const known = signal<Known>({ places: new Map(), areas: new Map(), actors: new Map(), datasets: new Map() })
/** What could not be loaded: names are missing from the page, and it says so. */
export const knownFailure = signal<Failure | null>(null)

const asked: Readonly<Record<Mentioned, Set<string>>> = { places: new Set(), areas: new Set(), actors: new Set(), datasets: new Set() }
const wanted: Readonly<Record<Mentioned, Set<string>>> = { places: new Set(), areas: new Set(), actors: new Set(), datasets: new Set() }
let soon = false

/** Loads records that are not known yet, with all that others need in this moment. */
export function need(kind: Mentioned, ids: Iterable<string | undefined>): void {
  for (const id of ids) {
    if (id === undefined || asked[kind].has(id)) continue
    asked[kind].add(id)
    wanted[kind].add(id)
    if (!soon) {
      soon = true
      queueMicrotask(() => {
        soon = false
        void loadWanted()
      })
    }
  }
}

/** Loads places or areas: an event's place_id may be either. */
export function needLocations(ids: Iterable<string | undefined>): void {
  const list = [...ids]
  need('places', list)
  need('areas', list)
}

/** Takes places and areas as asked for: who calls it sets `known` itself. */
export function holdLocations(ids: Iterable<string | undefined>): void {
  for (const id of ids) {
    if (id === undefined) continue
    asked.places.add(id)
    asked.areas.add(id)
  }
}

/** Asks again for what failed. */
export function retryKnown(): void {
  knownFailure.value = null
  void loadWanted()
}

/** The most ids in one request: a URL has at most 16 KiB, and ids 200 bytes. */
const MOST_IDS = 60

async function loadWanted(): Promise<void> {
  const requests: Promise<void>[] = []
  for (const kind of ['places', 'areas', 'actors', 'datasets'] as const) {
    const ids = [...wanted[kind]]
    wanted[kind].clear()
    for (let i = 0; i < ids.length; i += MOST_IDS) requests.push(loadSome(kind, ids.slice(i, i + MOST_IDS)))
  }
  await Promise.all(requests)
}

async function loadSome(kind: Mentioned, ids: readonly string[]): Promise<void> {
  try {
    const page = await getJSON<Page<AnyRecord>>(recordsPath(kind, ids), new AbortController().signal)
    const grown = new Map<string, AnyRecord>(known.peek()[kind])
    for (const record of page.features) grown.set(record.id, record)
    known.value = { ...known.peek(), [kind]: grown }
  } catch (error) {
    for (const id of ids) wanted[kind].add(id)
    knownFailure.value = error instanceof Failure ? error : new Failure(0, String(error))
  }
}

/** The path of the records with these ids. */
export function recordsPath(kind: Mentioned, ids: readonly string[]): string {
  const list = ids.map((id) => `'${id.replaceAll("'", "''")}'`).join(',')
  return `/collections/${kind}/items?${new URLSearchParams({ limit: String(ids.length), filter: `id IN (${list})` }).toString()}`
}
