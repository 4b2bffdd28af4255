// What the events put on the map, drawn anew when the choice changes, and set around one another when the view does.
import L from 'leaflet'
import type { Data } from '../api/load'
import type { PlaceRecord } from '../api/types'
import { data, hovered, lang, select, selection, shown } from '../state/store'
import type { Selection } from '../state/url'
import { pick, say } from '../text'
import { hatchOf } from './hatch'
import { ringsOf } from './geometry'
import { Labels } from './labels'
import { clusters } from './cluster'
import { clusterMarker, describe, exitMarker, groupEvents, nearRing, spotMarker, tagMarker, visitArc, type Arc, type AreaGroup, type Group, type SpotGroup } from './marks'
import { maskOf, placeCaption, type Mask, type Obstacle, type Rect } from './placing'

export const AREAS = 'areas'
export const ARCS = 'arcs'

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

  constructor(private readonly map: L.Map, private readonly labels: HTMLElement) {
    this.layers = L.layerGroup().addTo(map)
    this.marksLayer = L.layerGroup().addTo(map)
    this.captions = L.layerGroup().addTo(map)
  }

  /** Draws everything anew: the filter, the data, the language or the selection changed. */
  draw(): void {
    const loaded = data.value
    const events = shown.value
    const chosen = selection.value
    void lang.value
    if (!loaded) return
    this.keepingFocus(() => {
      this.layers.clearLayers()
      const { spots, areas } = groupEvents(events, loaded)
      // The small areas first: the large ones have more room to give way.
      this.areas = [...areas].sort((a, b) => Number(a.country) - Number(b.country))
      this.arcs = events.map((e) => visitArc(this.map, e, loaded, ARCS, chosen?.id === e.id)).filter((arc) => arc !== null)
      for (const area of areas) this.drawArea(area, isSelected(area, chosen))
      for (const arc of this.arcs) arc.layer.addTo(this.layers)
      this.spots = spots
    })
    this.arrangeSoon()
  }

  private drawArea(group: AreaGroup, selected: boolean): void {
    const hatch = hatchOf(group.events.map((e) => e.properties.type))
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
    const loaded = data.peek()
    if (!loaded || this.map.getSize().x === 0) return
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

  /** Sets the signs of the spots in and about the view; where there are too many to be told apart, clusters. Returns the single ones. */
  private setMarks(loaded: Data): readonly SpotGroup[] {
    this.marksLayer.clearLayers()
    const bounds = this.map.getBounds().pad(0.1)
    const near = this.spots.filter((s) => bounds.contains(s.at))
    const far = this.spots.length > MANY ? [] : this.spots.filter((s) => !bounds.contains(s.at))
    if (near.length <= MANY) {
      for (const spot of [...near, ...far]) this.setMark(spot, loaded)
      return near
    }
    const zoom = this.map.getZoom()
    // What is chosen stands by itself, however close others are.
    const chosen = selection.peek()
    const single = near.filter((s) => isSelected(s, chosen))
    for (const spot of single) this.setMark(spot, loaded)
    for (const c of clusters(near.filter((s) => !single.includes(s)), CLUSTER, (s) => this.map.project(s.at, zoom), (s) => s.events.length)) {
      const [only] = c.members
      if (only && c.members.length === 1) {
        single.push(only)
        this.setMark(only, loaded)
        continue
      }
      const at = this.map.unproject(L.point(c.at.x, c.at.y), zoom)
      const events = c.members.reduce((n, s) => n + s.events.length, 0)
      const rough = c.members.reduce((n, s) => n + (s.vague ? s.events.length : 0), 0)
      const label = say(lang.peek(), 'cluster', events, c.members.length, rough)
      const all = L.latLngBounds(c.members.map((s) => s.at))
      clusterMarker(at, c.members, label, () => this.map.fitBounds(all.pad(0.3), { maxZoom: this.map.getZoom() + 3 })).addTo(this.marksLayer)
    }
    return single
  }

  private setMark(spot: SpotGroup, loaded: Data): void {
    if (spot.near) nearRing(spot, AREAS).addTo(this.marksLayer)
    const marker = spotMarker(spot, describe(spot, loaded, lang.peek()), select, isSelected(spot, selection.peek()))
    marker.on('mouseover', () => (hovered.value = spot.events[0]?.id ?? null))
    marker.on('mouseout', () => (hovered.value = null))
    marker.addTo(this.marksLayer)
  }

  /** The places whose names are set: all where there are few, else those whose sign stands alone. */
  private named(loaded: Data, single: readonly SpotGroup[]): Iterable<PlaceRecord> {
    if (loaded.places.size <= MANY) return loaded.places.values()
    const ids = new Set([...single.map((s) => s.events[0]?.properties.place_id), ...this.arcs.flatMap((a) => [a.to, a.event.properties.route?.from])])
    return [...loaded.places.values()].filter((p) => ids.has(p.id))
  }

  /** Names what lies where an arc leaves the view. Returns the boxes taken. */
  private setExits(loaded: Data, controls: readonly Rect[]): Rect[] {
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
      const marker = exitMarker(arc, latlng, degrees, name, say(lang.peek(), 'beyond', name.text), select).addTo(this.captions)
      taken.push(...this.rectsOf([marker.getElement()?.firstElementChild]))
    }
    return taken
  }

  /** Sets the captions of areas. Returns the boxes taken. */
  private setCaptions(loaded: Data, obstacles: Obstacle[]): Rect[] {
    const taken: Rect[] = []
    const masks: Mask[] = []
    const language = lang.peek()
    for (const group of this.areas) {
      const name = pick(loaded.areas.get(group.area ?? '')?.properties.names, language)
      const caption = group.country ? say(language, group.events.every((e) => e.properties.place_precision === 'country') ? 'notGiven' : 'roughly', name.text) : name.text
      const marker = tagMarker(group, caption, name.lang, describe(group, loaded, language), select, isSelected(group, selection.peek())).addTo(this.captions)
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

  /** Brings what was selected elsewhere into view, once. */
  private reach(): void {
    const chosen = selection.peek()
    const loaded = data.peek()
    if (chosen === this.lastReached || !loaded) return
    this.lastReached = chosen
    const geometry = chosen && (chosen.kind === 'events' ? loaded.byId.get(chosen.id) : chosen.kind === 'places' ? loaded.places.get(chosen.id) : loaded.areas.get(chosen.id))?.geometry
    if (geometry?.type !== 'Point') return
    const at = L.latLng(geometry.coordinates[1] ?? 0, geometry.coordinates[0] ?? 0)
    if (!this.map.getBounds().pad(-0.08).contains(at)) this.map.panTo(at)
  }
}

/** The most spots in a view that are drawn one by one, and the width of a cluster's cell, in pixels. */
const MANY = 60
const CLUSTER = 56

/** Pixels of a cell in which room for captions is looked for. */
const CELL = 8

function isSelected(group: Group, chosen: Selection | null): boolean {
  if (!chosen) return false
  return (chosen.kind === group.selection.kind && chosen.id === group.selection.id) || (chosen.kind === 'events' && group.events.some((e) => e.id === chosen.id))
}
