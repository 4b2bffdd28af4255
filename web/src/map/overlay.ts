// What the events put on the map, drawn anew when the choice changes, and set around one another when the view does.
import L from 'leaflet'
import type { ClusterRecord, EventRecord, OutlineRecord, PlaceRecord } from '../api/types'
import type { ReadonlySignal } from '@preact/signals'
import { known, needLocations, type Known } from '../state/known'
import { hovered, lang, select, selection } from '../state/store'
import { pointOf, type Selection } from '../state/url'
import { pick, say, spoken } from '../text'
import { hatchOf } from './hatch'
import { ringsOf } from './geometry'
import { Labels } from './labels'
import { nearest } from './extent'
import { cellOf, nested } from './cells'
import { clusterMarker, clusterSize, describe, exitMarker, groupEvents, nearRing, outlineGroup, pointGroup, spotMarker, tagMarker, visitArc, type Arc, type AreaGroup, type Group, type SpotGroup } from './marks'
import { maskOf, placeCaption, type Mask, type Obstacle, type Rect } from './placing'

export const AREAS = 'areas'
export const ARCS = 'arcs'

/** What there is to draw; null while nothing is known yet. */
export interface Scene {
  readonly events: ReadonlySignal<readonly EventRecord[] | null>
  readonly ways: ReadonlySignal<readonly EventRecord[]> // visits that are drawn as arcs
  readonly clusters: ReadonlySignal<readonly ClusterRecord[]>
  readonly outlines: ReadonlySignal<readonly OutlineRecord[]>
}

/** All that events put on the map. */
export class Overlay {
  private readonly layers: L.LayerGroup
  private readonly marksLayer: L.LayerGroup
  private readonly captions: L.LayerGroup
  private areas: readonly AreaGroup[] = []
  private spots: readonly SpotGroup[] = []
  private arcs: readonly Arc[] = []
  /** Where the caption of each area stands. */
  private readonly captionAt = new Map<string, L.LatLng>()

  constructor(private readonly map: L.Map, private readonly labels: HTMLElement, private readonly scene: Scene) {
    this.layers = L.layerGroup().addTo(map)
    this.marksLayer = L.layerGroup().addTo(map)
    this.captions = L.layerGroup().addTo(map)
  }

  /** Draws everything anew: the answer, the language or the selection changed. */
  draw(): void {
    const events = this.scene.events.value
    const tied = this.scene.outlines.value
    const ways = this.scene.ways.value
    const chosen = selection.value
    void spoken(lang.value)
    void this.scene.clusters.value
    if (!events) return
    needLocations([...events, ...ways].flatMap((e) => [e.properties.place_id, e.properties.route?.from, e.properties.route?.to]))
    needLocations(tied.map((o) => o.properties.area))
    const records = known.value
    this.keepingFocus(() => {
      this.layers.clearLayers()
      const { spots, areas } = groupEvents(events, records)
      const outlined = tied.map((o) => outlineGroup(o, records)).filter((group) => group !== null)
      // The small areas first: the large ones have more room to give way.
      this.areas = [...areas, ...outlined].sort((a, b) => Number(a.country) - Number(b.country))
      this.arcs = ways.map((e) => visitArc(this.map, e, records, ARCS, chosen?.id === e.id)).filter((arc) => arc !== null)
      for (const area of this.areas) this.drawArea(area, isSelected(area, chosen))
      for (const arc of this.arcs) arc.layer.addTo(this.layers)
      this.spots = spots
    })
    this.arrangeSoon()
  }

  private drawArea(group: AreaGroup, selected: boolean): void {
    const hatch = hatchOf([...group.counts.keys()])
    L.geoJSON(group.shape, {
      pane: AREAS, interactive: false,
      style: { className: `area ${group.country ? 'area-country' : 'area-region'}${selected ? ' selected' : ''}`, fillColor: `url(#${hatch})`, fillOpacity: 1, weight: selected ? 2.5 : 1.5 },
    } as L.GeoJSONOptions).addTo(this.layers)
  }

  private soon = 0

  /** Arranges once all that changed together, the legend among it, stands where it will stand. */
  arrangeSoon(): void {
    cancelAnimationFrame(this.soon)
    this.soon = requestAnimationFrame(() => {
      this.reach()
      this.arrange()
    })
  }

  /** Sets what depends on the view, each around what was set before: exits, names of places, captions of areas, other names. */
  private arrange(): void {
    if (!this.scene.events.peek() || this.map.getSize().x === 0) return
    const loaded = known.peek()
    this.shrunk = this.areas.filter((area) => this.isSmall(area))
    this.keepingFocus(() => {
      this.captions.clearLayers()
      const controls = this.rectsOf(this.map.getContainer().parentElement?.querySelectorAll('.leaflet-control, .chip') ?? [])
      const single = this.setMarks(loaded)
      const marks = this.rectsOf(this.marks())
      const exits = this.setExits(loaded, controls)
      const taken: Rect[] = [...controls, ...marks, ...exits]
      const labels = new Labels(this.map, this.labels, lang.peek(), taken)
      labels.setPlaces(this.named(loaded, single), (id) => select({ kind: 'places', id }))
      const names = taken.slice(controls.length + marks.length + exits.length)
      const costs = (rects: readonly Rect[], cost: number): Obstacle[] => rects.map((rect) => ({ rect, cost }))
      const ways = this.arcs.flatMap((arc) => arc.latlngs.map((at) => this.map.latLngToContainerPoint(at))).map((p) => ({ left: p.x - 8, right: p.x + 8, top: p.y - 8, bottom: p.y + 8 }))
      const obstacles = [...costs(controls, Infinity), ...costs(marks, 20), ...costs(exits, 20), ...costs(names, 12), ...costs(ways, 0.15)]
      taken.push(...this.setCaptions(loaded, obstacles))
      labels.setGround()
    })
  }

  /** Sets the signs of the spots and the clusters. Returns the spots. */
  private setMarks(loaded: Known): readonly SpotGroup[] {
    this.marksLayer.clearLayers()
    const middle = this.map.getCenter().lng
    const before = this.clustersAt
    this.clustersAt = new Map()
    const spots = [...this.spots, ...this.shrunk.map(asSpot)]
    for (const cluster of this.scene.clusters.peek()) {
      const [lon = 0, lat = 0] = cluster.geometry.coordinates
      const at = L.latLng(lat, nearest(lon, middle))
      if (cluster.properties.same_point) {
        spots.push(pointGroup(cluster, at))
        continue
      }
      const { count, coarse } = cluster.properties
      const [west, south, east, north] = cluster.bbox
      const extent = L.latLngBounds([south, nearest(west, at.lng)], [north, nearest(east, at.lng)])
      const look = (): void => void this.map.fitBounds(extent.pad(0.2), { maxZoom: this.map.getZoom() + 4 })
      const drawnAt = this.inCell(cluster, at)
      this.clustersAt.set(cluster.id, drawnAt)
      const marker = clusterMarker(cluster, drawnAt, say(lang.peek(), 'cluster', count, coarse), lang.peek(), look).addTo(this.marksLayer)
      if (!before.has(cluster.id)) this.arrive(marker, originOf(cluster.id, before))
    }
    for (const spot of spots) this.setMark({ ...spot, at: L.latLng(spot.at.lat, nearest(spot.at.lng, middle)) }, loaded)
    return spots
  }

  /** Where the clusters stood that were drawn last. */
  private clustersAt = new Map<string, L.LatLng>()

  /** Lets a cluster come from the one that it was part of, or that was part of it, when the zoom changes. */
  private arrive(marker: L.Marker, from: L.LatLng | null): void {
    const box = marker.getElement()?.firstElementChild
    if (!box || !from || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const way = this.map.latLngToContainerPoint(from).subtract(this.map.latLngToContainerPoint(marker.getLatLng()))
    box.animate([{ transform: `translate(${way.x.toFixed(0)}px, ${way.y.toFixed(0)}px) scale(0.7)`, opacity: 0.3 }, { transform: 'none', opacity: 1 }], { duration: 220, easing: 'ease-out' })
  }

  /** Areas that are too small in this view for a caption. */
  private shrunk: readonly AreaGroup[] = []

  /** Whether an area is smaller in this view than a caption on it would be. */
  private isSmall(group: AreaGroup): boolean {
    const bounds = boundsOf(group.shape)
    const [a, b] = [this.map.latLngToContainerPoint(bounds.getNorthWest()), this.map.latLngToContainerPoint(bounds.getSouthEast())]
    return b.x - a.x < LEAST_AREA && b.y - a.y < LEAST_AREA
  }

  /** Where a cluster is drawn: at its position, or beside it where its mark would leave its cell and could touch another's. */
  private inCell(cluster: ClusterRecord, at: L.LatLng): L.LatLng {
    const cell = cellOf(cluster.id)
    if (!cell) return at
    const zoom = this.map.getZoom()
    const size = (256 * 2 ** zoom) / 2 ** cell.bits
    const margin = Math.min(size / 2, clusterSize(cluster.properties.count) / 2)
    const world = 256 * 2 ** zoom
    const p = this.map.project(at, zoom)
    const turn = Math.floor(p.x / world) * world
    const within = (value: number, index: number): number => Math.max(index * size + margin, Math.min((index + 1) * size - margin, value))
    return this.map.unproject(L.point(turn + within(p.x - turn, cell.x), within(p.y, cell.y)), zoom)
  }

  private setMark(spot: SpotGroup, loaded: Known): void {
    if (spot.near) nearRing(spot, AREAS).addTo(this.marksLayer)
    const marker = spotMarker(spot, describe(spot, loaded, lang.peek()), lang.peek(), () => select(spot.selection), isSelected(spot, selection.peek()))
    marker.on('mouseover', () => (hovered.value = spot.events[0]?.id ?? null))
    marker.on('mouseout', () => (hovered.value = null))
    marker.addTo(this.marksLayer)
  }

  /** The places whose names are set: all where there are few, else those whose sign stands alone. */
  private named(loaded: Known, single: readonly SpotGroup[]): Iterable<PlaceRecord> {
    if (loaded.places.size <= MANY) return loaded.places.values()
    const ids = new Set([...single.map((s) => s.events[0]?.properties.place_id), ...this.arcs.flatMap((a) => [a.to, a.event.properties.route?.from])])
    return [...loaded.places.values()].filter((p) => ids.has(p.id))
  }

  /** Names what lies where an arc leaves the view. Returns the boxes taken. */
  private setExits(loaded: Known, controls: readonly Rect[]): Rect[] {
    const taken: Rect[] = []
    const named = new Set<string>()
    for (const arc of this.arcs) {
      const points = arc.latlngs.map((at) => this.map.latLngToContainerPoint(at))
      const end = points.at(-1)
      if (named.has(arc.to) || !end || this.isInFrame(end, 0)) continue
      const name = pick(loaded.places.get(arc.to)?.properties.names, lang.peek())
      const half = 30 + name.text.length * 4
      const last = points.findLastIndex((p) => this.isInFrame(p, half, 20) && !controls.some((c) => p.x + half > c.left && p.x - half < c.right && p.y + 16 > c.top && p.y - 16 < c.bottom))
      const [at, next, latlng] = [points[last], points[last + 1], arc.latlngs[last]]
      if (!at || !next || !latlng) continue
      named.add(arc.to)
      const degrees = (Math.atan2(next.y - at.y, next.x - at.x) * 180) / Math.PI
      const marker = exitMarker(arc, latlng, degrees, name, say(lang.peek(), 'beyond', name.text), () => select({ kind: 'events', id: arc.event.id })).addTo(this.captions)
      taken.push(...this.rectsOf([marker.getElement()?.firstElementChild]))
    }
    return taken
  }

  /** Sets the captions of areas. Returns the boxes taken. */
  private setCaptions(loaded: Known, obstacles: Obstacle[]): Rect[] {
    const taken: Rect[] = []
    const masks: Mask[] = []
    const language = lang.peek()
    for (const group of this.areas) {
      if (this.shrunk.includes(group)) continue
      const name = pick(loaded.areas.get(group.area ?? '')?.properties.names, language)
      const notGiven = group.events.length > 0 && group.events.every((e) => e.properties.place_precision === 'country')
      const caption = group.country ? say(language, notGiven ? 'notGiven' : 'roughly', name.text) : name.text
      const marker = tagMarker(group, { text: caption, lang: name.lang }, describe(group, loaded, language), language, () => select(group.selection), isSelected(group, selection.peek())).addTo(this.captions)
      const box = marker.getElement()?.firstElementChild?.getBoundingClientRect()
      const before = this.captionAt.get(group.key)
      const mask = this.maskOf(group)
      // A country's caption beside it would name the country that it stands on; a region's line shows what is meant.
      const spot = box && placeCaption(box.width, box.height, mask, group.country ? 1000 : 5, masks, obstacles, before ? this.map.latLngToContainerPoint(before) : null)
      masks.push(mask)
      if (!spot) {
        marker.remove()
        continue
      }
      const at = this.map.containerPointToLatLng([spot.x, spot.y])
      this.captionAt.set(group.key, at)
      marker.setLatLng(at)
      const rect = { left: spot.x - box.width / 2, right: spot.x + box.width / 2, top: spot.y - box.height / 2, bottom: spot.y + box.height / 2 }
      taken.push(rect)
      obstacles.push({ rect, cost: 20 })
    }
    return taken
  }

  /** Pictures which part of the view lies in an area. */
  private maskOf(group: AreaGroup): Mask {
    const { x: width, y: height } = this.map.getSize()
    const canvas = document.createElement('canvas')
    canvas.width = Math.floor(width / CELL)
    canvas.height = Math.floor(height / CELL)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context || canvas.width === 0 || canvas.height === 0) return maskOf(CELL, 0, 0, () => false)
    context.scale(1 / CELL, 1 / CELL)
    context.beginPath()
    for (const ring of ringsOf(group.shape)) {
      for (const [lon = 0, lat = 0] of ring) {
        const p = this.map.latLngToContainerPoint([lat, lon])
        context.lineTo(p.x, p.y)
      }
      context.closePath()
    }
    context.fill('evenodd')
    const { data: pixels } = context.getImageData(0, 0, canvas.width, canvas.height)
    return maskOf(CELL, canvas.width, canvas.height, (column, row) => (pixels[(row * canvas.width + column) * 4 + 3] ?? 0) > 127)
  }

  private isInFrame(p: L.Point, x: number, y = x): boolean {
    const size = this.map.getSize()
    return p.x >= x && p.x <= size.x - x && p.y >= y && p.y <= size.y - y
  }

  /** The boxes of the marks. Those outside of the view are out of the keyboard's way: lists and exits lead to them. */
  private marks(): Element[] {
    const found: Element[] = []
    this.marksLayer.eachLayer((layer) => {
      const el = layer instanceof L.Marker ? layer.getElement() : undefined
      if (!el || !(layer instanceof L.Marker)) return
      el.tabIndex = this.isInFrame(this.map.latLngToContainerPoint(layer.getLatLng()), 0) ? 0 : -1
      if (el.firstElementChild) found.push(el.firstElementChild)
    })
    return found
  }

  /** The boxes that elements take, in pixels of the map's frame. */
  private rectsOf(elements: Iterable<Element | null | undefined>): Rect[] {
    const frame = this.map.getContainer().getBoundingClientRect()
    const rects: Rect[] = []
    for (const el of elements) {
      const r = el?.getBoundingClientRect()
      if (r && r.width > 0) rects.push({ left: r.left - frame.left - 2, top: r.top - frame.top - 2, right: r.right - frame.left + 2, bottom: r.bottom - frame.top + 2 })
    }
    return rects
  }

  /** Runs what replaces elements, and gives the keyboard's focus to the one that stands for the one that had it. */
  private keepingFocus(replace: () => void): void {
    const key = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined
    replace()
    if (key !== undefined) this.map.getContainer().querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true })
  }

  private lastReached: Selection | null = null

  /** Brings what was selected elsewhere into view, once its position is known. */
  private reach(): void {
    const chosen = selection.peek()
    if (chosen === this.lastReached) return
    if (!chosen) {
      this.lastReached = null
      return
    }
    const at = positionOf(chosen, this.scene.events.peek() ?? [])
    if (at === undefined) return // not known yet
    this.lastReached = chosen
    if (at === null) return
    const latlng = L.latLng(at[1], nearest(at[0], this.map.getCenter().lng))
    if (!this.map.getBounds().pad(-0.08).contains(latlng)) this.map.panTo(latlng)
  }
}

/** Where the cluster stood that holds another's cell or lies in it; null where none did. */
function originOf(id: string, before: ReadonlyMap<string, L.LatLng>): L.LatLng | null {
  const cell = cellOf(id)
  for (const [other, at] of before) {
    const was = cellOf(other)
    if (cell && was && nested(cell, was)) return at
  }
  return null
}

/** Where a record is a point; null where it is none, undefined where it is not known. */
function positionOf({ kind, id }: Selection, events: readonly EventRecord[]): readonly [number, number] | null | undefined {
  if (kind === 'spots') return pointOf(id)
  const records = known.peek()
  const event = kind === 'events' ? events.find((e) => e.id === id) : undefined
  if (kind === 'events' && !event) return undefined
  const record = kind === 'places' ? records.places.get(id) : kind === 'areas' ? records.areas.get(id) : event
  if (!record) return undefined
  const geometry = record.geometry ?? (kind === 'events' ? records.places.get(event?.properties.place_id ?? '')?.geometry : null)
  return geometry?.type === 'Point' ? [geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0] : null
}

/** The most places that are all named, whether anything stands there or not. */
const MANY = 60

/** The least width or height, in pixels, of an area that has a caption on the map: below it the area cannot be seen. */
const LEAST_AREA = 24

function boundsOf(shape: AreaGroup['shape']): L.LatLngBounds {
  return L.latLngBounds(ringsOf(shape).flatMap((ring) => ring.map(([lon = 0, lat = 0]) => L.latLng(lat, lon))))
}

/** A small area as a spot: hollow, since where in it is not known. */
const asSpot = (group: AreaGroup): SpotGroup => ({ ...group, at: boundsOf(group.shape).getCenter(), near: false, vague: true })

/** Pixels of a cell in which room for captions is looked for. */
const CELL = 8

function isSelected(group: Group, chosen: Selection | null): boolean {
  if (!chosen) return false
  return (chosen.kind === group.selection.kind && chosen.id === group.selection.id) || (chosen.kind === 'events' && group.events.some((e) => e.id === chosen.id))
}
