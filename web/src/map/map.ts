// The map: one Leaflet map that follows the state, and tells it what the reader does.
import { effect } from '@preact/signals'
import type { Position } from 'geojson'
import L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import type { Data } from '../api/load'
import type { PageConfig } from '../api/types'
import { centre, data, hovered, lang, select, selection, shown, theme } from '../state/store'
import type { Selection } from '../state/url'
import { pick, say } from '../text'
import { addBaseMap } from './basemap'
import { addHatches, hatchOf } from './hatch'
import { labelPoint } from './geometry'
import { setLabels, type Rect } from './labels'
import { describe, groupEvents, nearRing, spotMarker, tagMarker, visitArc, type AreaGroup } from './marks'

/** Lashio, Laukkai and Kunming, and Naypyitaw from where the visits start. */
const HOME = L.latLngBounds([19.4, 95.4], [25.7, 103.3])
const AREAS = 'areas'
const ARCS = 'arcs'

/** Makes the map in an element. Rejects where the base map cannot be had; the marks stand all the same. */
export async function createMap(element: HTMLElement, config: PageConfig): Promise<void> {
  const map = L.map(element, { zoomControl: false, attributionControl: false, minZoom: 2, maxZoom: 14, zoomSnap: 0.5, worldCopyJump: true, zoomAnimation: !matchMedia('(prefers-reduced-motion: reduce)').matches })
  map.createPane(AREAS).style.zIndex = '350'
  map.createPane(ARCS).style.zIndex = '420'
  const labels = map.createPane('labels')
  labels.style.zIndex = '450'
  addHatches(document.body)
  addControls(map)
  followView(map)
  const restyle = addBaseMap(map, config)
  const overlay = new Overlay(map, labels)
  effect(() => overlay.draw())
  map.on('moveend zoomend resize', () => overlay.place())
  effect(() => {
    void theme.value
    void restyle.then((f) => f(), () => undefined)
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => void restyle.then((f) => f(), () => undefined))
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(element)
  await restyle
}

function addControls(map: L.Map): void {
  const text = lang.peek()
  L.control.zoom({ position: 'topright', zoomInTitle: say(text, 'zoomMapIn'), zoomOutTitle: say(text, 'zoomMapOut') }).addTo(map)
  L.control.scale({ position: 'bottomright', imperial: false, maxWidth: 120 }).addTo(map)
  const Home = L.Control.extend({
    onAdd(): HTMLElement {
      const box = L.DomUtil.create('div', 'leaflet-bar')
      const button = L.DomUtil.create('button', 'home-button', box)
      button.type = 'button'
      button.textContent = '⌂'
      button.title = say(text, 'home')
      button.setAttribute('aria-label', say(text, 'home'))
      L.DomEvent.disableClickPropagation(box)
      button.addEventListener('click', () => map.fitBounds(HOME))
      return box
    },
  })
  new Home({ position: 'topright' }).addTo(map)
}

/** Keeps the map's view and the state's at one. */
function followView(map: L.Map): void {
  let own = false // the state changes because the map moved
  effect(() => {
    const view = centre.value
    if (own) return
    if (view) map.setView([view.lat, view.lon], view.zoom, { animate: false })
    else map.fitBounds(HOME, { animate: false })
  })
  map.on('moveend', () => {
    const { lat, lng } = map.getCenter().wrap()
    own = true
    // The home view has no place in the URL: it differs from screen to screen.
    const home = map.getBoundsZoom(HOME) === map.getZoom() && map.getCenter().distanceTo(homeCentre(map)) < 3000
    centre.value = home ? null : { lat, lon: lng, zoom: map.getZoom() }
    own = false
  })
}

function homeCentre(map: L.Map): L.LatLng {
  const zoom = map.getBoundsZoom(HOME)
  return map.unproject(map.project(HOME.getSouthWest(), zoom).add(map.project(HOME.getNorthEast(), zoom)).divideBy(2), zoom)
}

/** All that events put on the map. */
class Overlay {
  private readonly layers: L.LayerGroup
  private readonly tags: L.LayerGroup
  private areas: readonly AreaGroup[] = []

  constructor(private readonly map: L.Map, private readonly labels: HTMLElement) {
    this.layers = L.layerGroup().addTo(map)
    this.tags = L.layerGroup().addTo(map)
  }

  /** Draws everything anew: the filter, the data, the language or the selection changed. */
  draw(): void {
    const loaded = data.value
    const events = shown.value
    const language = lang.value
    const chosen = selection.value
    if (!loaded) return
    const focus = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined
    this.layers.clearLayers()
    const { spots, areas } = groupEvents(events, loaded)
    this.areas = areas
    for (const area of areas) this.drawArea(area, isSelected(area.selection, area.events.map((e) => e.id), chosen))
    for (const event of events) visitArc(this.map, event, loaded, ARCS)?.addTo(this.layers)
    for (const spot of spots) {
      if (spot.near) nearRing(spot, AREAS).addTo(this.layers)
      const marker = spotMarker(spot, describe(spot, loaded, language), select, isSelected(spot.selection, spot.events.map((e) => e.id), chosen))
      this.watchHover(marker, spot.events[0]?.id ?? null)
      marker.addTo(this.layers)
    }
    this.place()
    this.reach(chosen, loaded)
    if (focus) this.map.getContainer().querySelector<HTMLElement>(`[data-key="${CSS.escape(focus)}"]`)?.focus()
  }

  private drawArea(group: AreaGroup, selected: boolean): void {
    const hatch = hatchOf(group.events.map((e) => e.properties.type))
    L.geoJSON(group.shape, {
      pane: AREAS, interactive: false,
      style: { className: `area ${group.country ? 'area-country' : 'area-region'}${selected ? ' selected' : ''}`, fillColor: `url(#${hatch})`, fillOpacity: 1, weight: selected ? 2.5 : 1.5 },
    } as L.GeoJSONOptions).addTo(this.layers)
  }

  /** Sets what depends on the view: the tags of areas and the names. */
  place(): void {
    const loaded = data.peek()
    if (!loaded || !this.map.getSize().x) return
    const language = lang.peek()
    const chosen = selection.peek()
    this.tags.clearLayers()
    const bounds = this.map.getBounds()
    const view = { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() }
    const taken: Position[] = [...loaded.places.values()].map((p) => p.geometry.coordinates)
    // The small areas first: the large ones have more room to give way.
    const largeLast = [...this.areas].sort((a, b) => Number(a.country) - Number(b.country))
    for (const group of largeLast) {
      const at = labelPoint(group.shape, view, taken)
      if (!at) continue
      taken.push(at, [(at[0] ?? 0) - 0.4, at[1] ?? 0], [(at[0] ?? 0) + 0.4, at[1] ?? 0])
      const name = pick(loaded.areas.get(group.area ?? '')?.properties.names, language)
      const caption = group.country ? say(language, 'notGiven', name.text) : name.text
      const selected = isSelected(group.selection, group.events.map((e) => e.id), chosen)
      tagMarker(group, L.latLng(at[1] ?? 0, at[0] ?? 0), caption, name.lang, describe(group, loaded, language), select, selected).addTo(this.tags)
    }
    const obstacles = [...this.rects(this.tags), ...this.rects(this.layers)]
    setLabels(this.map, this.labels, loaded.places.values(), language, obstacles, (id) => select({ kind: 'places', id }))
  }

  /** The boxes that markers take, in the map's layer points. */
  private rects(group: L.LayerGroup): Rect[] {
    const rects: Rect[] = []
    group.eachLayer((layer) => {
      const el = layer instanceof L.Marker ? layer.getElement() : undefined
      const box = el?.firstElementChild
      if (!el || !box) return
      const frame = this.map.getContainer().getBoundingClientRect()
      const r = box.getBoundingClientRect()
      const origin = this.map.containerPointToLayerPoint([r.left - frame.left, r.top - frame.top])
      rects.push({ left: origin.x - 2, top: origin.y - 2, right: origin.x + r.width + 2, bottom: origin.y + r.height + 2 })
    })
    return rects
  }

  private watchHover(marker: L.Marker, id: string | null): void {
    marker.on('mouseover', () => (hovered.value = id))
    marker.on('mouseout', () => (hovered.value = null))
  }

  private lastReached: Selection | null = null

  /** Brings what was selected elsewhere into view, once. */
  private reach(chosen: Selection | null, loaded: Data): void {
    if (chosen === this.lastReached) return
    this.lastReached = chosen
    const geometry = chosen && (chosen.kind === 'events' ? loaded.byId.get(chosen.id) : chosen.kind === 'places' ? loaded.places.get(chosen.id) : loaded.areas.get(chosen.id))?.geometry
    if (geometry?.type !== 'Point') return
    const at = L.latLng(geometry.coordinates[1] ?? 0, geometry.coordinates[0] ?? 0)
    if (!this.map.getBounds().pad(-0.08).contains(at)) this.map.panTo(at)
  }
}

function isSelected(own: Selection, events: readonly string[], chosen: Selection | null): boolean {
  if (!chosen) return false
  return (chosen.kind === own.kind && chosen.id === own.id) || (chosen.kind === 'events' && events.includes(chosen.id))
}
