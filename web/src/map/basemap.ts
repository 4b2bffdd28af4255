// The ground of the map: the page's own outlines, or the operator's tiles.
import L from 'leaflet'
import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import type { PageConfig } from '../api/types'

const PANE = 'base'

/** Draws the base map and returns what redraws it in the colours of a changed theme. */
export async function addBaseMap(map: L.Map, config: PageConfig): Promise<() => void> {
  map.createPane(PANE).style.zIndex = '150'
  if (config.base_map) {
    L.tileLayer(config.base_map.url, { pane: PANE, maxZoom: 19 }).addTo(map)
    return () => undefined
  }
  const response = await fetch('/basemap.json')
  if (!response.ok) throw new Error(`base map: the server answered ${response.status}`)
  const topology = (await response.json()) as Topology
  const renderer = L.canvas({ pane: PANE, padding: 0.4 })
  const layers = LAYERS.map(({ object, style }) => {
    const source = topology.objects[object]
    if (!source) throw new Error(`base map: it has no layer ${object}`)
    const options = { renderer, pane: PANE, interactive: false, smoothFactor: 0.7 } as L.GeoJSONOptions & { smoothFactor: number }
    const layer = L.geoJSON(feature(topology, source), { ...options, style: () => style(colour) }).addTo(map)
    return () => layer.setStyle(style(colour))
  })
  return () => layers.forEach((restyle) => restyle())
}

type Colour = (name: string) => string
const colour: Colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

// From the ground up.
const LAYERS: readonly { readonly object: string; readonly style: (c: Colour) => L.PathOptions }[] = [
  { object: 'countries', style: (c) => ({ fillColor: c('land'), fillOpacity: 1, color: c('border'), weight: 1.4 }) },
  { object: 'states', style: (c) => ({ fill: false, color: c('border-inner'), weight: 0.8, dashArray: '3 3' }) },
  { object: 'lakes', style: (c) => ({ fillColor: c('water'), fillOpacity: 1, stroke: false }) },
  { object: 'rivers', style: (c) => ({ fill: false, color: c('river'), weight: 1.2 }) },
]
