// What every map of ours begins with: a Leaflet map, and the events on it.
import { effect } from '@preact/signals'
import L from 'leaflet'
import { addHatches } from './hatch'
import { ARCS, AREAS, Overlay, type Scene } from './overlay'

/** Makes a Leaflet map without any controls. */
export function newMap(element: HTMLElement, options: L.MapOptions = {}): L.Map {
  return L.map(element, { zoomControl: false, attributionControl: false, minZoom: 2, maxZoom: 14, zoomSnap: 0.25, worldCopyJump: true, zoomAnimation: !matchMedia('(prefers-reduced-motion: reduce)').matches, ...options })
}

/** Draws a scene on a map, now and whenever it changes. */
export function addOverlay(map: L.Map, scene: Scene): void {
  map.createPane(AREAS).style.zIndex = '350'
  map.createPane(ARCS).style.zIndex = '420'
  const labels = map.createPane('labels')
  labels.style.zIndex = '450'
  addHatches(document.body)
  const overlay = new Overlay(map, labels, scene)
  effect(() => overlay.draw())
  map.on('moveend resize', () => overlay.arrangeSoon())
  // Names are as wide as their font makes them.
  document.fonts.addEventListener('loadingdone', () => overlay.arrangeSoon())
}
