// The map: one Leaflet map that follows the state, and tells it what the reader does.
import { effect } from '@preact/signals'
import L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import type { PageConfig } from '../api/types'
import { centre, lang, theme } from '../state/store'
import { say, spoken } from '../text'
import { addBaseMap } from './basemap'
import { addOverlay, newMap } from './frame'
import { clusters, drawn, frame, outlines, ways } from '../state/answers'
import { frameOf } from './extent'

/** Lashio, Laukkai and Kunming, and Naypyitaw from where the visits start. */
const HOME = L.latLngBounds([19.4, 95.4], [25.7, 103.3])

/** Makes the map in an element. Rejects where the base map cannot be had; the marks stand all the same. */
export async function createMap(element: HTMLElement, config: PageConfig): Promise<void> {
  const map = newMap(element)
  addControls(map)
  followView(map)
  const restyle = addBaseMap(map, config)
  followFrame(map)
  addOverlay(map, { events: drawn, ways, clusters, outlines })
  map.on('resize', () => {
    if (!centre.peek()) goHome(map, false)
  })
  effect(() => {
    void theme.value
    void restyle.then((f) => f(), () => undefined)
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => void restyle.then((f) => f(), () => undefined))
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(element)
  await restyle
}

/** Asks the server for what the map shows. */
function followFrame(map: L.Map): void {
  const follow = (): void => {
    const zoom = Math.floor(map.getZoom())
    const { x, y } = map.getSize()
    if (x === 0 || y === 0) return
    const corner = (px: number, py: number): L.Point => map.project(map.containerPointToLatLng([px, py]), zoom)
    const [min, max] = [corner(0, 0), corner(x, y)]
    const next = frameOf({ left: min.x, top: min.y, right: max.x, bottom: max.y }, zoom)
    if (JSON.stringify(next) !== JSON.stringify(frame.peek())) frame.value = next
  }
  map.on('moveend resize', follow)
  follow()
}

/** Sets the controls, and sets them anew for another language. */
function addControls(map: L.Map): void {
  let set: readonly L.Control[] = []
  const scale = (): void => sayScale(map)
  effect(() => {
    const language = spoken(lang.value)
    for (const control of set) control.remove()
    set = [
      L.control.zoom({ position: 'topright', zoomInTitle: say(language, 'zoomMapIn'), zoomOutTitle: say(language, 'zoomMapOut') }),
      L.control.scale({ position: 'bottomright', imperial: false, maxWidth: 120 }),
      homeControl(map, say(language, 'home')),
    ]
    for (const control of set) control.addTo(map)
    // After the scale's own listener.
    map.off('move', scale).on('move', scale).whenReady(scale)
  })
}

/** Says the scale, which Leaflet writes in English figures, in the reader's words. */
function sayScale(map: L.Map): void {
  const line = map.getContainer().querySelector('.leaflet-control-scale-line')
  const [, figure, unit] = /^([\d.]+) (km|m)$/.exec(line?.textContent ?? '') ?? []
  if (line && figure !== undefined) line.textContent = say(lang.peek(), unit === 'km' ? 'kilometres' : 'metres', Number(figure))
}

function homeControl(map: L.Map, name: string): L.Control {
  const Home = L.Control.extend({
    onAdd(): HTMLElement {
      const box = L.DomUtil.create('div', 'leaflet-bar')
      const button = L.DomUtil.create('button', 'home-button', box)
      button.type = 'button'
      button.textContent = '⌂'
      button.title = name
      button.setAttribute('aria-label', name)
      L.DomEvent.disableClickPropagation(box)
      button.addEventListener('click', () => goHome(map, true))
      return box
    },
  })
  return new Home({ position: 'topright' })
}

/** Keeps the map's view and the state's at one. */
function followView(map: L.Map): void {
  let following: 'map' | 'state' | null = null // who moved first: the other only follows
  effect(() => {
    const view = centre.value
    if (following === 'map') return
    following = 'state'
    if (view) map.setView([view.lat, view.lon], view.zoom, { animate: false })
    else goHome(map, false)
    following = null
  })
  map.on('moveend', () => {
    if (following === 'state') return
    following = 'map'
    const { lat, lng } = map.getCenter().wrap()
    // The home view has no place in the URL: it differs from screen to screen.
    const home = homeOf(map)
    const atHome = home.zoom === map.getZoom() && map.latLngToContainerPoint(home.centre).distanceTo(map.getSize().divideBy(2)) < 2
    centre.value = atHome ? null : { lat, lon: lng, zoom: map.getZoom() }
    following = null
  })
}

/** What the legend and the controls take of a narrow map, which lies above and below the home view. */
const NARROW = 760
const STRIP = 46

function homeOf(map: L.Map): { readonly centre: L.LatLng; readonly zoom: number } {
  const strip = map.getSize().x <= NARROW ? STRIP : 0
  const zoom = map.getBoundsZoom(HOME, false, L.point(0, 2 * strip))
  const middle = map.project(HOME.getSouthWest(), zoom).add(map.project(HOME.getNorthEast(), zoom)).divideBy(2)
  return { centre: map.unproject(middle, zoom), zoom }
}

function goHome(map: L.Map, animate: boolean): void {
  const { centre: middle, zoom } = homeOf(map)
  map.setView(middle, zoom, { animate })
}
