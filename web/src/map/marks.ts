// What stands on the map for events: marks at known places, tags at areas, arcs for visits.
import type { MultiPolygon, Polygon } from 'geojson'
import L from 'leaflet'
import { EVENT_TYPES, type ClusterRecord, type EventRecord, type EventType, type OutlineRecord, type Tally } from '../api/types'
import type { Known } from '../state/known'
import type { Selection } from '../state/url'
import { FAMILIES, svg, symbolElement, SYMBOLS, type Family } from '../symbols'
import { formatCount } from '../locale'
import { pick, say, sentences } from '../text'
import { arc } from './geometry'

/** What stands at one spot or in one area of the map. */
export interface Group {
  readonly key: string
  readonly counts: ReadonlyMap<EventType, number>
  readonly total: number // events
  readonly incidents: number
  readonly events: readonly EventRecord[] // those of them that are known one by one
  readonly selection: Selection // what a click opens
}
export interface SpotGroup extends Group { readonly at: L.LatLng; readonly near: boolean; readonly vague: boolean }
export interface AreaGroup extends Group { readonly shape: Polygon | MultiPolygon; readonly area: string | null; readonly country: boolean }

const VAGUE = new Set(['district', 'region', 'fuzzy', 'country', 'international', 'unknown'])
const NEAR_METRES = 25_000

/** Sorts events into the spots and the areas where they are drawn; those that are nowhere are in neither. */
export function groupEvents(events: readonly EventRecord[], known: Known): { readonly spots: readonly SpotGroup[]; readonly areas: readonly AreaGroup[] } {
  const byKey = new Map<string, EventRecord[]>()
  for (const e of events) {
    const { place_id: place, place_precision: precision } = e.properties
    const area = areaOf(e, known)
    if (!e.geometry && !area) continue
    // All that is somewhere in an area stands at the area's one caption, however roughly each is placed.
    const how = area ? 'area' : VAGUE.has(precision) ? precision : precision === 'near'
    const key = `${place ?? JSON.stringify(e.geometry)}|${how}`
    const there = byKey.get(key)
    if (there) there.push(e)
    else byKey.set(key, [e])
  }
  const spots: SpotGroup[] = []
  const areas: AreaGroup[] = []
  for (const [key, list] of byKey) {
    const first = list[0]
    if (!first) continue
    const place = first.properties.place_id
    const kind = place === undefined ? null : known.places.has(place) ? 'places' : known.areas.has(place) ? 'areas' : null
    const location: Selection | null = kind === null || place === undefined ? null : { kind, id: place }
    const selection: Selection = list.length > 1 && location ? location : { kind: 'events', id: first.id }
    const group = { key, events: list, counts: countTypes(list), total: list.length, incidents: incidentsOf(list), selection }
    const shape = areaOf(first, known)
    if (shape) {
      areas.push({ ...group, selection: location ?? selection, shape, area: kind === 'areas' ? (place ?? null) : null, country: kind === 'areas' ? known.areas.get(place ?? '')?.properties.kind === 'country' : first.properties.place_precision === 'country' })
    } else if (first.geometry) {
      const precision = first.properties.place_precision
      spots.push({ ...group, at: centreOf(first.geometry), near: precision === 'near', vague: VAGUE.has(precision) })
    }
  }
  return { spots, areas }
}

function countTypes(events: readonly EventRecord[]): ReadonlyMap<EventType, number> {
  const counts = new Map<EventType, number>()
  for (const e of events) counts.set(e.properties.type, (counts.get(e.properties.type) ?? 0) + 1)
  return counts
}

/** The counts of an answer by type, the most frequent first. */
const countsOf = (tally: Tally): ReadonlyMap<EventType, number> => new Map(EVENT_TYPES.flatMap((t): [EventType, number][] => (tally.types[t] ? [[t, tally.types[t]]] : [])).sort((a, b) => b[1] - a[1]))

/** The events that are tied to an area's outline, where the outline is known. */
export function outlineGroup(outline: OutlineRecord, known: Known): AreaGroup | null {
  const { area, count, incidents } = outline.properties
  const record = known.areas.get(area)
  if (!record) return null
  return { key: `${area}|area`, events: [], counts: countsOf(outline.properties), total: count, incidents, selection: { kind: 'areas', id: area }, shape: record.geometry, area, country: record.properties.kind === 'country' }
}

/** Many events at one point. */
export function pointGroup(cluster: ClusterRecord, at: L.LatLng): SpotGroup {
  const { count, coarse, incidents } = cluster.properties
  const [lon = 0, lat = 0] = cluster.geometry.coordinates
  return { key: cluster.id, events: [], counts: countsOf(cluster.properties), total: count, incidents, selection: { kind: 'spots', id: `${lon},${lat}` }, at, near: false, vague: coarse * 2 > count }
}

/** The outline in which an event is somewhere: its own, or that of the area it is tied to. A point of such a row is a centroid. */
function areaOf(event: EventRecord, known: Known): Polygon | MultiPolygon | null {
  const { geometry, properties } = event
  if (geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon') return geometry
  if (!VAGUE.has(properties.place_precision)) return null
  return known.areas.get(properties.place_id ?? '')?.geometry ?? null
}

function centreOf(geometry: NonNullable<EventRecord['geometry']>): L.LatLng {
  if (geometry.type === 'Point') return L.latLng((geometry).coordinates[1] ?? 0, (geometry).coordinates[0] ?? 0)
  return L.geoJSON(geometry).getBounds().getCenter()
}

/** How many incidents the events stand for. */
export const incidentsOf = (events: readonly EventRecord[]): number => events.reduce((n, e) => n + e.properties.incidents, 0)

/** The name of a mark for those who do not see it. */
export function describe(group: Group, known: Known, lang: string): string {
  const place = group.selection.kind === 'areas' ? group.selection.id : (group.events[0]?.properties.place_id ?? '')
  const name = pick(known.places.get(place)?.properties.names ?? known.areas.get(place)?.properties.names, lang).text
  if (group.events.length === 0) return sentences(lang, [name, ...[...group.counts].map(([type, n]) => say(lang, 'typed', say(lang, `type_${type}`), n))])
  const titles = group.events.map(({ properties: p }) => {
    const title = say(lang, 'typed', say(lang, `type_${p.type}`), pick(p.title, lang).text)
    return p.incidents > 1 ? say(lang, 'typedAs', title, say(lang, 'incidents', p.incidents)) : title
  })
  return sentences(lang, [name, ...titles])
}

/** Makes the marker of a spot: the signs of its events, a number where it stands for several. */
export function spotMarker(group: SpotGroup, label: string, lang: string, open: () => void, selected: boolean): L.Marker {
  const box = document.createElement('div')
  box.className = 'mark-box'
  const kinds = [...group.counts.keys()].slice(0, 3)
  for (const type of kinds) box.append(symbolElement(type, 34, group.vague))
  const count = group.total > 1 ? group.total : group.incidents
  if (count > 1) box.append(badge(formatCount(count, lang)))
  const width = 34 + (kinds.length - 1) * 20
  const icon = L.divIcon({ html: box, className: `mark${selected ? ' selected' : ''}`, iconSize: [width, 34], iconAnchor: [width / 2, 17] })
  return button(L.marker(group.at, { icon, riseOnHover: true, autoPanOnFocus: false }), label, group, open)
}

export const nearRing = (group: SpotGroup, pane: string): L.Circle =>
  L.circle(group.at, { radius: NEAR_METRES, pane, interactive: false, className: 'near-ring', fill: false })

/** The most signs that a tag has room for. */
const MOST_SIGNS = 4

/** Makes the tag of an area: a caption that is plainly a name and no spot, with the signs of what happened there. */
export function tagMarker(group: AreaGroup, caption: { readonly text: string; readonly lang: string }, label: string, lang: string, open: () => void, selected: boolean): L.Marker {
  const box = document.createElement('div')
  box.className = 'tag-box'
  const name = document.createElement('span')
  name.className = 'tag-name'
  name.textContent = caption.text
  name.lang = caption.lang
  const signs = document.createElement('span')
  signs.className = 'tag-signs'
  for (const [type, n] of [...group.counts].slice(0, MOST_SIGNS)) {
    signs.append(symbolElement(type, 19, true))
    if (n > 1) signs.append(document.createTextNode(formatCount(n, lang)))
  }
  box.append(name, signs)
  const icon = L.divIcon({ html: box, className: `tag${selected ? ' selected' : ''}`, iconSize: undefined })
  return button(L.marker([0, 0], { icon, zIndexOffset: -500, autoPanOnFocus: false }), label, group, open)
}

/** Makes the mark where an arc leaves the view: the name of the place that lies beyond, and the way there. */
export function exitMarker(arc: Arc, at: L.LatLng, degrees: number, name: { readonly text: string; readonly lang: string }, label: string, open: () => void): L.Marker {
  const box = document.createElement('div')
  box.className = 'exit-box'
  const text = document.createElement('span')
  text.textContent = name.text
  text.lang = name.lang
  const arrow = svg('svg', { viewBox: '-8 -8 16 16', width: 13, height: 13, 'aria-hidden': 'true' })
  arrow.append(svg('path', { d: 'M-6-5.5 6 0-6 5.5-3 0Z', transform: `rotate(${degrees.toFixed(0)})` }))
  box.append(text, arrow)
  const icon = L.divIcon({ html: box, className: 'exit', iconSize: undefined })
  return button(L.marker(at, { icon, autoPanOnFocus: false }), label, { key: `exit|${arc.to}`, counts: new Map() }, open)
}

const RING = 5 // pixels

/** The width of a cluster's mark in pixels: less than its cell's. */
export const clusterSize = (count: number): number => Math.round(Math.min(56, 28 + 7 * Math.log10(count)))

/** Makes the mark of a cluster: how many events, a ring of what families they are, dashed for the part placed only roughly. */
export function clusterMarker(cluster: ClusterRecord, at: L.LatLng, label: string, lang: string, look: () => void): L.Marker {
  const { count, coarse } = cluster.properties
  const size = clusterSize(count)
  const counts = countsOf(cluster.properties)
  const box = document.createElement('div')
  box.className = `cluster-box${coarse * 2 > count ? ' rough' : ''}`
  const text = document.createElement('span')
  text.textContent = formatCount(count, lang)
  box.append(ring(counts, count, size, coarse * 2 > count), text)
  const icon = L.divIcon({ html: box, className: 'cluster', iconSize: [size, size] })
  return button(L.marker(at, { icon, autoPanOnFocus: false }), label, { key: cluster.id, counts }, look)
}

/** A ring whose arcs are the shares of the families; cut where most is placed only roughly. */
function ring(counts: ReadonlyMap<EventType, number>, total: number, size: number, rough: boolean): SVGSVGElement {
  const shares = new Map<Family, number>()
  for (const [type, n] of counts) shares.set(SYMBOLS[type].family, (shares.get(SYMBOLS[type].family) ?? 0) + n)
  const root = svg('svg', { viewBox: `0 0 ${size} ${size}`, width: size, height: size, 'aria-hidden': 'true' })
  const r = (size - RING) / 2
  const length = 2 * Math.PI * r
  root.append(svg('circle', { cx: size / 2, cy: size / 2, r: size / 2, class: 'cluster-ground' }))
  let from = 0
  for (const family of FAMILIES) {
    const part = ((shares.get(family) ?? 0) / total) * length
    if (part === 0) continue
    root.append(svg('circle', {
      cx: size / 2, cy: size / 2, r, class: `cluster-ring family-${family}`, 'stroke-width': RING, 'stroke-dasharray': `${part.toFixed(2)} ${(length - part).toFixed(2)}`,
      'stroke-dashoffset': (-from).toFixed(2), transform: `rotate(-90 ${size / 2} ${size / 2})`,
    }))
    from += part
  }
  if (rough) root.append(svg('circle', { cx: size / 2, cy: size / 2, r, class: 'cluster-cut', 'stroke-width': RING + 1, 'stroke-dasharray': '4 6' }))
  return root
}

function badge(text: string): HTMLElement {
  const el = document.createElement('span')
  el.className = 'badge'
  el.textContent = text
  return el
}

/** Makes a marker work as a button: with a name, by mouse, touch and keyboard. */
function button(marker: L.Marker, label: string, group: Pick<Group, 'key' | 'counts'>, press: () => void): L.Marker {
  marker.on('click', press)
  marker.on('add', () => {
    const el = marker.getElement()
    if (!el) return
    el.setAttribute('aria-label', label)
    el.dataset['key'] = group.key
    el.dataset['types'] = [...group.counts].flatMap(([type, n]) => Array<string>(Math.min(n, 9)).fill(type)).join(' ')
    el.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      press()
    })
  })
  return marker
}

/** The zoom at which arcs are bent; the projection keeps angles, so that any would do. */
const ARC_ZOOM = 8

/** A visit's way on the map. */
export interface Arc { readonly event: EventRecord; readonly to: string; readonly layer: L.LayerGroup; readonly latlngs: readonly L.LatLng[] }

/** Draws a visit's way from one place to another, where both are points; null where it has no such way. */
export function visitArc(map: L.Map, event: EventRecord, known: Known, pane: string, selected: boolean): Arc | null {
  const route = event.properties.route
  const from = known.places.get(route?.from ?? '')
  const to = known.places.get(route?.to ?? '')
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
