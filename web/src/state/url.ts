import { EVENT_TYPES, type EventType } from '../api/types'
import { LANGUAGES } from '../locale'
import { ALL_TIME, formatDatetime, parseDatetime, type Span } from '../time/instant'

/** What the reader has chosen, all of it in the URL, in the API's words where it has them. */
export interface View {
  readonly centre: { readonly lat: number; readonly lon: number; readonly zoom: number } | null // null: the home view
  readonly range: Span
  readonly types: readonly EventType[] // shown; empty: all
  readonly more: More
  readonly selection: Selection | null
  readonly lang: string
  readonly theme: 'auto' | 'light' | 'dark'
}

/** What a card is open of. A spot is a point of the map where many events are: its id is longitude,latitude. */
export interface Selection { readonly kind: 'events' | 'places' | 'areas' | 'spots'; readonly id: string }

/** The filter's further parameters, in the API's words. */
export type More = Readonly<Record<string, string>>
const MORE = ['q', 'place', 'area', 'actor', 'dataset', 'part_of', 'status', 'min_fatalities'] as const

/** The language for a reader whose browser asks for these, the dearest first. */
export function languageFor(wanted: readonly string[]): string {
  for (const tag of wanted) {
    const found = LANGUAGES.find((l) => l.tag === tag.split('-')[0])
    if (found) return found.tag
  }
  return 'en'
}

/** Reads a view from a query string. What it cannot use it leaves at the default; the page shows what it shows. */
export function parseView(search: string, browserLanguage: string): View {
  const q = new URLSearchParams(search)
  const theme = q.get('theme')
  return {
    centre: parseCentre(q.get('c')),
    range: parseDatetime(q.get('datetime') ?? '') ?? ALL_TIME,
    types: EVENT_TYPES.filter((t) => q.get('type')?.split(',').includes(t)),
    more: Object.fromEntries(MORE.flatMap((name) => { const value = q.get(name); return value ? [[name, value]] : [] })),
    selection: parseSelection(q.get('sel')),
    lang: LANGUAGES.find((l) => l.tag === q.get('lang'))?.tag ?? browserLanguage,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  }
}

function parseCentre(text: string | null): View['centre'] {
  const [lat, lon, zoom] = (text ?? '').split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  if (lat === undefined || lon === undefined || zoom === undefined) return null
  const usable = Math.abs(lat) <= 90 && Math.abs(lon) <= 360 && zoom >= 1 && zoom <= 18
  return usable ? { lat, lon, zoom } : null
}

function parseSelection(text: string | null): Selection | null {
  const [kind, ...rest] = (text ?? '').split('/')
  const id = rest.join('/')
  if (kind === 'spots') return pointOf(id) && { kind, id }
  return (kind === 'events' || kind === 'places' || kind === 'areas') && id ? { kind, id } : null
}

/** The longitude and latitude of a spot's id; null where it is none. */
export function pointOf(id: string): readonly [number, number] | null {
  const [, lon, lat] = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(id) ?? []
  const point = [Number(lon), Number(lat)] as const
  return lon !== undefined && Math.abs(point[0]) <= 180 && Math.abs(point[1]) <= 90 ? point : null
}

/** Writes a view as a query string, defaults left out, always in the same order. */
export function formatView(view: View, browserLanguage: string): string {
  const q = new URLSearchParams()
  if (view.centre) q.set('c', `${view.centre.lat.toFixed(4)},${view.centre.lon.toFixed(4)},${view.centre.zoom}`)
  const datetime = formatDatetime(view.range)
  if (datetime) q.set('datetime', datetime)
  if (view.types.length > 0) q.set('type', view.types.join(','))
  for (const name of MORE) if (view.more[name]) q.set(name, view.more[name])
  if (view.selection) q.set('sel', `${view.selection.kind}/${view.selection.id}`)
  if (view.lang !== browserLanguage) q.set('lang', view.lang)
  if (view.theme !== 'auto') q.set('theme', view.theme)
  // Commas, slashes and colons are readable in a query and need no escape there.
  const text = q.toString().replaceAll('%2C', ',').replaceAll('%2F', '/').replaceAll('%3A', ':')
  return text && '?' + text
}
