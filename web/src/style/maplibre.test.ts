// Holds the style that the server writes for MapLibre and QGIS to the specification, by its own validator.
import { readFileSync } from 'node:fs'
import { validateStyleMin, type StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import { expect, test } from 'vitest'

/** The server's answer, which its tests hold to this file. */
const style = JSON.parse(readFileSync(new URL('../../../server/testdata/style.json', import.meta.url), 'utf8')) as StyleSpecification

test('the style is one of the MapLibre style specification', () => {
  expect(validateStyleMin(style).map((e) => e.message)).toEqual([])
  expect(style.layers.length).toBeGreaterThan(20)
})

test('no layer needs glyphs, which no host serves', () => {
  for (const layer of style.layers) expect(layer.type === 'symbol' && layer.layout?.['text-field'], layer.id).toBeFalsy()
  expect(style.glyphs).toBeUndefined()
})
