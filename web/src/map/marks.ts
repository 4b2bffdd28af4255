// What stands on the map for events: marks at known places, tags at areas, arcs for visits.
import type { MultiPolygon, Polygon } from 'geojson'
import L from 'leaflet'
import type { Data } from '../api/load'
import type { EventRecord } from '../api/types'
import type { Selection } from '../state/url'
import { svg, symbolElement, SYMBOLS, type Family } from '../symbols'
import { pick, say } from '../text'
import { arc } from './geometry'

/** Events that stand at one spot or in one area of the map. */
export interface Group {
  readonly key: string
  readonly events: readonly EventRecord[]
  readonly selection: Selection // what a click opens
}
export interface SpotGroup extends Group { readonly at: L.LatLng; readonly near: boolean; readonly vague: boolean }
export interface AreaGroup extends Group { readonly shape: Polygon | MultiPolygon; readonly area: string | null; readonly country: boolean }

const VAGUE = new Set(['district', 'region', 'fuzzy', 'country', 'international', 'unknown'])
const NEAR_METRES = 25_000

/** Sorts events into the spots and the areas where they are drawn; those that are nowhere are in neither. */
export function groupEvents(events: readonly EventRecord[], data: Data): { readonly spots: readonly SpotGroup[]; readonly areas: readonly AreaGroup[] } {
  const byKey = new Map<string, EventRecord[]>()
  for (const e of events) {
    if (!e.geometry) continue
    const { place_id: place, place_precision: precision } = e.properties
    // All that is somewhere in an area stands at the area's one caption, however roughly each is placed.
    const how = areaOf(e, data) ? 'area' : VAGUE.has(precision) ? precision : precision === 'near'
    const key = `${place ?? JSON.stringify(e.geometry)}|${how}`
    const there = byKey.get(key)
    if (there) there.push(e)
    else byKey.set(key, [e])
  }
  const spots: SpotGroup[] = []
  const areas: AreaGroup[] = []
  for (const [key, list] of byKey) {
    const first = list[0]
    if (!first?.geometry) continue
    const place = first.properties.place_id
    const known = place === undefined ? null : data.places.has(place) ? 'places' : data.areas.has(place) ? 'areas' : null
    const location: Selection | null = known === null || place === undefined ? null : { kind: known, id: place }
    const selection: Selection = list.length > 1 && location ? location : { kind: 'events', id: first.id }
    const group = { key, events: list, selection }
    const shape = areaOf(first, data)
    if (shape) {
      areas.push({ ...group, selection: location ?? selection, shape, area: known === 'areas' ? (place ?? null) : null, country: known === 'areas' ? data.areas.get(place ?? '')?.properties.kind === 'country' : first.properties.place_precision === 'country' })
    } else {
      const precision = first.properties.place_precision
      spots.push({ ...group, at: centreOf(first.geometry), near: precision === 'near', vague: VAGUE.has(precision) })
    }
  }
  return { spots, areas }
}

/** The outline in which an event is somewhere: its own, or that of the area it is tied to. A point of such a row is a centroid. */
function areaOf(event: EventRecord, data: Data): Polygon | MultiPolygon | null {
  const { geometry, properties } = event
  if (geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon') return geometry
  if (!VAGUE.has(properties.place_precision)) return null
  return data.areas.get(properties.place_id ?? '')?.geometry ?? null
}

function centreOf(geometry: NonNullable<EventRecord['geometry']>): L.LatLng {
  if (geometry.type === 'Point') return L.latLng((geometry).coordinates[1] ?? 0, (geometry).coordinates[0] ?? 0)
  return L.geoJSON(geometry).getBounds().getCenter()
}

/** How many incidents the events stand for. */
export const incidentsOf = (events: readonly EventRecord[]): number => events.reduce((n, e) => n + e.properties.incidents, 0)

/** The name of a mark for those who do not see it. */
export function describe(group: Group, data: Data, lang: string): string {
  const place = group.events[0]?.properties.place_id ?? ''
  const name = pick(data.places.get(place)?.properties.names ?? data.areas.get(place)?.properties.names, lang).text
  const titles = group.events.map((e) => `${say(lang, `type_${e.properties.type}`)}: ${pick(e.properties.title, lang).text}` + (e.properties.incidents > 1 ? ` (${say(lang, 'incidents', e.properties.incidents)})` : ''))
  return [name, ...titles].filter(Boolean).join('. ')
}

/** Makes the marker of a spot: the signs of its events, a number where it stands for several. */
export function spotMarker(group: SpotGroup, label: string, open: (s: Selection) => void, selected: boolean): L.Marker {
  const box = document.createElement('div')
  box.className = 'mark-box'
  const kinds = [...new Set(group.events.map((e) => e.properties.type))].slice(0, 3)
  for (const type of kinds) box.append(symbolElement(type, 34, group.vague))
  const count = group.events.length > 1 ? group.events.length : incidentsOf(group.events)
  if (count > 1) box.append(badge(count))
  const width = 34 + (kinds.length - 1) * 20
  const icon = L.divIcon({ html: box, className: `mark${selected ? ' selected' : ''}`, iconSize: [width, 34], iconAnchor: [width / 2, 17] })
  return button(L.marker(group.at, { icon, riseOnHover: true, autoPanOnFocus: false }), label, group, open)
}

export const nearRing = (group: SpotGroup, pane: string): L.Circle =>
  L.circle(group.at, { radius: NEAR_METRES, pane, interactive: false, className: 'near-ring', fill: false })

/** Makes the tag of an area: a caption that is plainly a name and no spot, with the signs of what happened there. */
export function tagMarker(group: AreaGroup, caption: string, lang: string, label: string, open: (s: Selection) => void, selected: boolean): L.Marker {
  const box = document.createElement('div')
  box.className = 'tag-box'
  const name = document.createElement('span')
  name.className = 'tag-name'
  name.textContent = caption
  name.lang = lang
  const signs = document.createElement('span')
  signs.className = 'tag-signs'
  const counts = new Map<EventRecord['properties']['type'], number>()
  for (const e of group.events) counts.set(e.properties.type, (counts.get(e.properties.type) ?? 0) + 1)
  for (const [type, n] of counts) {
    signs.append(symbolElement(type, 19, true))
    if (n > 1) signs.append(document.createTextNode(String(n)))
  }
  box.append(name, signs)
  const icon = L.divIcon({ html: box, className: `tag${selected ? ' selected' : ''}`, iconSize: undefined })
  return button(L.marker([0, 0], { icon, zIndexOffset: -500, autoPanOnFocus: false }), label, group, open)
}

/** Makes the mark where an arc leaves the view: the name of the place that lies beyond, and the way there. */
export function exitMarker(arc: Arc, at: L.LatLng, degrees: number, name: { readonly text: string; readonly lang: string }, label: string, open: (s: Selection) => void): L.Marker {
  const box = document.createElement('div')
  box.className = 'exit-box'
  const text = document.createElement('span')
  text.textContent = name.text
  text.lang = name.lang
  const arrow = svg('svg', { viewBox: '-8 -8 16 16', width: 13, height: 13, 'aria-hidden': 'true' })
  arrow.append(svg('path', { d: 'M-6-5.5 6 0-6 5.5-3 0Z', transform: `rotate(${degrees.toFixed(0)})` }))
  box.append(text, arrow)
  const icon = L.divIcon({ html: box, className: 'exit', iconSize: undefined })
  return button(L.marker(at, { icon, autoPanOnFocus: false }), label, { key: `exit|${arc.to}`, events: [], selection: { kind: 'events', id: arc.event.id } }, open)
}

/** Makes the mark of many spots that stand too close to be told apart: how many events, of what sort most; a click looks closer. */
export function clusterMarker(at: L.LatLng, groups: readonly SpotGroup[], label: string, look: () => void): L.Marker {
  const events = groups.flatMap((g) => g.events)
  const families = new Map<Family, number>()
  for (const e of events) families.set(SYMBOLS[e.properties.type].family, (families.get(SYMBOLS[e.properties.type].family) ?? 0) + 1)
  const most = [...families].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'other'
  const rough = groups.reduce((n, g) => n + (g.vague ? g.events.length : 0), 0)
  const size = Math.round(Math.min(46, 24 + 5 * Math.log10(events.length) * 1.6))
  const box = document.createElement('div')
  box.className = `cluster-box family-${most}${rough * 2 > events.length ? ' rough' : ''}`
  box.textContent = String(events.length)
  const icon = L.divIcon({ html: box, className: 'cluster', iconSize: [size, size] })
  const marker = L.marker(at, { icon, autoPanOnFocus: false })
  marker.on('click', look)
  marker.on('add', () => {
    const el = marker.getElement()
    if (!el) return
    el.setAttribute('aria-label', label)
    el.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      look()
    })
  })
  return marker
}

function badge(n: number): HTMLElement {
  const el = document.createElement('span')
  el.className = 'badge'
  el.textContent = String(n)
  return el
}

/** Makes a marker work as a button: with a name, by mouse, touch and keyboard. */
function button(marker: L.Marker, label: string, group: Group, open: (s: Selection) => void): L.Marker {
  marker.on('click', () => open(group.selection))
  marker.on('add', () => {
    const el = marker.getElement()
    if (!el) return
    el.setAttribute('aria-label', label)
    el.dataset['key'] = group.key
    el.dataset['types'] = group.events.map((e) => e.properties.type).join(' ')
    el.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      open(group.selection)
    })
  })
  return marker
}

/** The zoom at which arcs are bent; the projection keeps angles, so that any would do. */
const ARC_ZOOM = 8

/** A visit's way on the map. */
export interface Arc { readonly event: EventRecord; readonly to: string; readonly layer: L.LayerGroup; readonly latlngs: readonly L.LatLng[] }

/** Draws a visit's way from one place to another, where both are points; null where it has no such way. */
export function visitArc(map: L.Map, event: EventRecord, data: Data, pane: string, selected: boolean): Arc | null {
  const route = event.properties.route
  const from = data.places.get(route?.from ?? '')
  const to = data.places.get(route?.to ?? '')
  if (!route || !from || !to) return null
  const project = (p: typeof from): [number, number] => {
    const at = map.project(L.latLng(p.geometry.coordinates[1] ?? 0, p.geometry.coordinates[0] ?? 0), ARC_ZOOM)
    return [at.x, at.y]
  }
  const points = arc(project(from), project(to))
  const latlngs = points.map(([x, y]) => map.unproject(L.point(x, y), ARC_ZOOM))
  const className = `arc${route.assumed ? ' assumed' : ''}${selected ? ' selected' : ''}`
  const line = L.polyline(latlngs, { pane, interactive: false, className, weight: selected ? 3.6 : 2.2, fill: false, smoothFactor: 0 })
  const heads = [0.3, 0.72].map((part) => arrowHead(points, part, latlngs, pane))
  return { event, to: route.to, layer: L.layerGroup([line, ...heads]), latlngs }
}

function arrowHead(points: readonly (readonly [number, number])[], part: number, latlngs: readonly L.LatLng[], pane: string): L.Marker {
  const i = Math.round(part * (points.length - 1))
  const [a, b] = [points[i - 1] ?? [0, 0], points[i + 1] ?? [0, 0]]
  const degrees = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI
  const root = svg('svg', { viewBox: '-8 -8 16 16', width: 16, height: 16, 'aria-hidden': 'true' })
  root.append(svg('path', { d: 'M-5-5.5 6 0-5 5.5-2 0Z', class: 'arrow', transform: `rotate(${degrees.toFixed(1)})` }))
  const icon = L.divIcon({ html: wrap(root), className: 'arrow-box', iconSize: [16, 16] })
  return L.marker(latlngs[i] ?? [0, 0], { icon, interactive: false, keyboard: false, pane })
}

/** Leaflet takes HTML elements alone. */
function wrap(child: SVGElement): HTMLElement {
  const el = document.createElement('div')
  el.append(child)
  return el
}
