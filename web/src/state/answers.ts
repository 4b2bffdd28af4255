// What the server answers to the reader's choice: each follows the signals that it is made of.
import { computed, signal } from '@preact/signals'
import { getJSON } from '../api/client'
import { isCluster, isEvent, isOutline, type Clusters, type ClusterRecord, type EventRecord, type Facets, type Histogram, type OutlineRecord, type Page } from '../api/types'
import { formatDatetime, firstOf, lastOf, type Span } from '../time/instant'
import { more, range, types } from './store'
import { resource } from './resource'

/** What the map shows of the world, widened so that a small move asks for nothing new. */
export interface Frame { readonly bbox: readonly [number, number, number, number]; readonly zoom: number }
export const frame = signal<Frame | null>(null)

/** The part of time that the timeline asks for, and how long its bins are; null: all time. */
export const timeFrame = signal<{ readonly span: Span; readonly interval: Histogram['interval'] } | null>(null)

/** Up to so many events of a view are drawn each by itself, and on the timeline. */
const SINGLY = 300
export const SINGLY_IN_TIME = 600
/** How many rows of the list are loaded at once. */
const ROWS = 100

/** The reader's filter as parameters, with some of its parts left out. */
export function filter(parts: { readonly time?: boolean; readonly types?: boolean } = {}): URLSearchParams {
  const q = new URLSearchParams(more.value)
  const datetime = formatDatetime(range.value)
  if (datetime && parts.time !== false) q.set('datetime', datetime)
  if (types.value.length > 0 && parts.types !== false) q.set('type', types.value.join(','))
  return q
}

function path(resourcePath: string, parameters: URLSearchParams, own: Readonly<Record<string, string>>): string {
  for (const [name, value] of Object.entries(own)) parameters.set(name, value)
  // Commas, slashes and colons are readable in a query and need no escape there.
  return `${resourcePath}?${parameters.toString().replaceAll('%2C', ',').replaceAll('%2F', '/').replaceAll('%3A', ':')}`
}

const load = <T>(key: string, abort: AbortSignal): Promise<T> => getJSON<T>(key, abort)

/** What the map draws. */
export const overview = resource<Clusters>(() => {
  const view = frame.value
  return view && path('/collections/events/clusters', filter(), { bbox: view.bbox.join(','), zoom: String(view.zoom), events: String(SINGLY) })
}, load)
export const singles = computed<readonly EventRecord[]>(() => overview.value.value?.features.filter(isEvent) ?? [])
export const clusters = computed<readonly ClusterRecord[]>(() => overview.value.value?.features.filter(isCluster) ?? [])
export const outlines = computed<readonly OutlineRecord[]>(() => overview.value.value?.features.filter(isOutline) ?? [])

/** The most visits whose ways are drawn, wherever they lead. */
const VISITS = 200

/** Visits, of which the way may cross the view while both its ends lie outside. */
const visits = resource<Clusters>(() => {
  if (types.value.length > 0 && !types.value.includes('diplomatic_visit')) return null
  const parameters = filter()
  parameters.set('type', 'diplomatic_visit')
  return path('/collections/events/clusters', parameters, { zoom: '0', events: String(VISITS) })
}, load)

/** Visits whose ways the map draws, from and to wherever. */
export const ways = computed<readonly EventRecord[]>(() => visits.value.value?.features.filter(isEvent).filter((e) => e.properties.route) ?? [])

/** The events that the map draws each by itself: those of the view, and visits to elsewhere. Null: not known yet. */
export const drawn = computed<readonly EventRecord[] | null>(() => {
  if (!overview.value.value) return null
  const here = singles.value
  // Where the view has groups, a visit may be counted in one of them already.
  if (clusters.value.length > 0 || outlines.value.length > 0) return here
  const ids = new Set(here.map((e) => e.id))
  return [...here, ...ways.value.filter((e) => !ids.has(e.id))]
})

/** All there is, whatever is chosen: how much, and from when to when. */
export const everything = resource<Histogram>(() => '/collections/events/histogram', load)

/** The events of the filter at any time, each by itself where they are few. */
export const overTime = resource<Clusters>(() => path('/collections/events/clusters', filter({ time: false }), { zoom: '0', events: String(SINGLY_IN_TIME) }), load)
export const timed = computed<readonly EventRecord[] | null>(() => {
  const answer = overTime.value.value
  return answer && answer.numberMatched <= SINGLY_IN_TIME ? answer.features.filter(isEvent) : null
})

/** How many there were over time, where they are many. */
export const histogram = resource<Histogram>(() => {
  if (overTime.value.value === null || timed.value !== null) return null
  const parameters = filter({ time: false })
  const looked = timeFrame.value
  if (looked) {
    parameters.set('interval', looked.interval)
    parameters.set('datetime', formatDatetime(looked.span))
  }
  return path('/collections/events/histogram', parameters, { by: 'type' })
}, load)

/** From when to when there are events of the filter; null where none is dated, or it is not known yet. */
export const covered = computed<Span | null>(() => {
  const bins = everything.value.value?.bins
  const [first, last] = [bins?.[0], bins?.at(-1)]
  return first && last ? { from: firstOf(first.start), to: lastOf(last.end) } : null
})

/** How many there are of each type, actor, dataset and place under the filter, each as if its own choice were not made. */
export const facets = resource<Facets>(() => path('/collections/events/facets', filter(), { limit: '20' }), load)

const LIST = { limit: String(ROWS), skipGeometry: 'true' }

/** The first rows of the list. */
export const list = resource<Page<EventRecord>>(() => path('/collections/events/items', filter(), LIST), load)
const furtherPages = signal<{ readonly of: Page<EventRecord>; readonly pages: readonly Page<EventRecord>[] } | null>(null)

/** All rows of the list that were loaded. */
export const rows = computed<readonly EventRecord[]>(() => {
  const first = list.value.value
  if (!first) return []
  const further = furtherPages.value?.of === first ? furtherPages.value.pages : []
  return [first, ...further].flatMap((page) => page.features)
})

export const nextRows = computed<string | null>(() => {
  const first = list.value.value
  if (!first) return null
  const last = (furtherPages.value?.of === first ? furtherPages.value.pages.at(-1) : undefined) ?? first
  return last.links.find((l) => l.rel === 'next')?.href ?? null
})

/** Loads the next rows of the list. */
export async function loadRows(signal: AbortSignal): Promise<void> {
  const [first, href] = [list.value.peek(), nextRows.peek()]
  if (!first || href === null) return
  const url = new URL(href, location.href)
  const page = await getJSON<Page<EventRecord>>(url.pathname + url.search, signal)
  const before = furtherPages.peek()
  if (list.value.peek() === first) furtherPages.value = { of: first, pages: [...(before?.of === first ? before.pages : []), page] }
}

/** The change that the page's answers know of, and whose work they show. */
export const change = computed(() => Math.max(overview.value.value?.change ?? 0, list.value.value?.change ?? 0))
export const attribution = computed<readonly string[]>(() => [...new Set([...(overview.value.value?.attribution ?? []), ...(list.value.value?.attribution ?? [])])].sort())
