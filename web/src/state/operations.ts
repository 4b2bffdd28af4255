// The operations and campaigns of the data: events that last, and that a reader may want to follow from end to end.
import { computed } from '@preact/signals'
import { getJSON } from '../api/client'
import type { EventRecord, Page } from '../api/types'
import { DAY, spanOf, type Span } from '../time/instant'
import { everything } from './answers'
import { resource } from './resource'

/** The most operations that are offered, and the least time that one takes. */
const MOST = 12
const LEAST = 7 * DAY
const ITEMS = '/collections/events/items?skipGeometry=true'

const load = <T>(key: string, abort: AbortSignal): Promise<T> => getJSON<T>(key, abort)
type Part = { readonly properties: { readonly part_of: string } }

/** Asked for when the rest of the page has what it needs. */
const parts = resource<Page<Part>>(() => everything.value.value && `${ITEMS}&properties=part_of&limit=1000&filter=${encodeURIComponent('part_of IS NOT NULL')}`, load)

const quoted = (id: string): string => `'${id.replaceAll("'", "''")}'`

const found = resource<Page<EventRecord>>(() => {
  const answer = parts.value.value
  if (!answer) return null
  const ids = [...new Set(answer.features.map((f) => f.properties.part_of))].slice(0, 50)
  const named = ids.length > 0 ? ` OR id IN (${ids.map(quoted).join(',')})` : ''
  return `${ITEMS}&properties=type,title,start,end&sortby=-start&limit=100&filter=${encodeURIComponent(`start IS NOT NULL AND (type = 'offensive'${named})`)}`
}, load)

/** What is asked for to know of them. */
export const operationAnswers = [parts, found]

export interface Operation { readonly id: string; readonly title: EventRecord['properties']['title']; readonly span: Span }

/** The latest operations, the newest first. */
export const operations = computed<readonly Operation[]>(() =>
  (found.value.value?.features ?? [])
    .map((e) => ({ id: e.id, title: e.properties.title, span: spanOf(e.properties) }))
    .filter(({ span }) => span.to - span.from >= LEAST)
    .slice(0, MOST))
