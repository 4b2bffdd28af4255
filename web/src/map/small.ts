// The map of a page that the server makes of the data (server/html): what the page's own GeoJSON says, drawn as on the
// map page. The page is whole without it.
import { effect, signal } from '@preact/signals'
import type { MultiPolygon, Point, Polygon } from 'geojson'
import L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import { getJSON } from '../api/client'
import { readConfig } from '../api/config'
import type { AreaRecord, EventRecord, PlaceRecord, Text } from '../api/types'
import { holdLocations, known, type Known } from '../state/known'
import { lang, selection, showAll } from '../state/store'
import '../style/colours.css'
import '../style/map.css'
import { pick, say } from '../text'
import { addBaseMap } from './basemap'
import { addOverlay, newMap } from './frame'
import '../style/small.css'

type Located = PlaceRecord | AreaRecord
interface Mention { readonly kind: 'places' | 'areas'; readonly name: Text }

/** Draws the map in an element. Rejects where the page's GeoJSON or the base map cannot be had. */
async function draw(element: HTMLElement): Promise<void> {
  const config = readConfig(document)
  const features = await load(document.querySelector<HTMLLinkElement>('link[rel=alternate][type="application/geo+json"]')?.href ?? '')
  // A wheel and a finger that pass over the map move the page.
  const map = newMap(element, { scrollWheelZoom: false, dragging: !L.Browser.mobile })
  L.control.zoom({ position: 'topright', zoomInTitle: say('en', 'zoomMapIn'), zoomOutTitle: say('en', 'zoomMapOut') }).addTo(map)
  lang.value = 'en' // as the page
  showAll() // the page is what was chosen
  const kind = location.pathname.split('/')[2]
  const events = kind === 'events' ? (features as EventRecord[]) : []
  // The page's GeoJSON and its links say all that is needed: nothing further is asked for.
  holdLocations(events.flatMap((e) => [e.properties.place_id, e.properties.route?.from, e.properties.route?.to]))
  const mentioned = kind === 'events' ? await mentionedBy(events) : { ...nothing, places: keyed(kind === 'places' ? (features as PlaceRecord[]) : []) }
  known.value = mentioned
  map.fitBounds(kind === 'events' ? boundsOf(events, mentioned) : L.geoJSON([...features] as GeoJSON.Feature[]).getBounds(), { maxZoom: 7.5, padding: [30, 30] })
  const restyle = addBaseMap(map, config)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => void restyle.then((f) => f(), () => undefined))
  if (kind !== 'events') drawLocations(map, kind ?? '', features as Located[])
  addOverlay(map, { events: signal(events), ways: signal(events), clusters: signal([]), outlines: signal([]) })
  effect(() => {
    if (selection.value) location.assign(addressOf(selection.value.kind, selection.value.id))
  })
  await restyle
}

const nothing: Known = { places: new Map(), areas: new Map(), actors: new Map(), datasets: new Map() }

const keyed = <F extends { readonly id: string }>(list: readonly F[]): Map<string, F> => new Map(list.map((f) => [f.id, f]))
const addressOf = (kind: string, id: string): string => `/collections/${kind}/items/${encodeURIComponent(id)}`

/** Loads the features of an address, of which the path counts: behind a proxy the host may be another's. */
async function load(href: string): Promise<readonly (EventRecord | Located)[]> {
  const { pathname, search } = new URL(href, location.href)
  const answer = await getJSON<EventRecord | Located | { readonly features: readonly (EventRecord | Located)[] }>(pathname + search, new AbortController().signal)
  return 'features' in answer ? answer.features : [answer]
}

/** The names of places and areas that the page links to, by id. */
function mentions(): ReadonlyMap<string, Mention> {
  const found = new Map<string, Mention>()
  for (const a of document.querySelectorAll<HTMLAnchorElement>('main a[href^="/collections/"]')) {
    const [, , kind, , id] = a.pathname.split('/')
    if ((kind === 'places' || kind === 'areas') && id) found.set(decodeURIComponent(id), { kind, name: { [a.lang || 'en']: a.textContent } })
  }
  return found
}

/** What the overlay needs to know of events: where the places and the areas that they name are, and what those are called. */
async function mentionedBy(events: readonly EventRecord[]): Promise<Known> {
  const named = mentions()
  const places = new Map<string, PlaceRecord>()
  const areas = new Map<string, AreaRecord>()
  const add = (id: string, geometry: Point | Polygon | MultiPolygon, country: boolean): void => {
    const { kind, name } = named.get(id) ?? {}
    const properties = { names: name ?? { en: id }, kind: country ? 'country' : 'other', event_count: 0, dataset_id: '' }
    if (geometry.type === 'Point' && kind !== 'areas') places.set(id, { type: 'Feature', id, geometry, properties })
    else if (geometry.type !== 'Point' && kind !== 'places') areas.set(id, { type: 'Feature', id, geometry, properties })
  }
  for (const { geometry, properties: { place_id: id, place_precision: precision } } of events) {
    if (id !== undefined && (geometry?.type === 'Point' || geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon')) add(id, geometry, precision === 'country')
  }
  // On its own page a visit is an arc, which needs both its ends.
  const route = events.length === 1 ? events[0]?.properties.route : undefined
  for (const id of route ? [route.from, route.to] : []) {
    if (id === undefined || places.has(id) || named.get(id)?.kind !== 'places') continue
    const [place] = await load(addressOf('places', id))
    if (place?.geometry?.type === 'Point') add(id, place.geometry, false)
  }
  return { ...nothing, places, areas }
}

/** The box around the events and their places; whole countries count where there is nothing closer. */
function boundsOf(events: readonly EventRecord[], { places }: Known): L.LatLngBounds {
  const placed = events.filter((e) => e.geometry)
  const close = placed.filter((e) => e.properties.place_precision !== 'country')
  return L.geoJSON([...(close.length > 0 ? close : placed), ...places.values()] as GeoJSON.Feature[]).getBounds()
}

/** Draws places as points and areas as outlines, each of which opens its page. */
function drawLocations(map: L.Map, kind: string, features: readonly Located[]): void {
  L.geoJSON([...features] as GeoJSON.Feature[], {
    style: (feature) => ({ className: feature?.geometry.type === 'Point' ? 'spot' : 'outline', weight: 1.5 }),
    pointToLayer: (_, at) => L.circleMarker(at, { radius: 4 }),
    onEachFeature: (feature, layer) => {
      const name = document.createElement('span')
      name.textContent = pick((feature.properties as Located['properties']).names, 'en').text
      layer.bindTooltip(name)
      layer.on('click', () => location.assign(addressOf(kind, String(feature.id))))
    },
  }).addTo(map)
}

const element = document.getElementById('map')
if (element) {
  draw(element).catch((error: unknown) => {
    element.textContent = `The map could not be drawn: ${error instanceof Error ? error.message : String(error)}.`
    element.classList.add('failed')
  })
}
