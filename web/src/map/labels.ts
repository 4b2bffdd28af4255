// Names on the map, set by the browser so that every script is shaped right, each where it does not touch another.
import L from 'leaflet'
import ground from '../basemap/labels.json'
import type { PlaceRecord, Text } from '../api/types'
import { pick } from '../text'

export interface Rect { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

interface Label {
  readonly name: Text
  readonly at: L.LatLng
  readonly kind: string // country, state, river, town, place
  readonly place?: string // id, where it opens a card
}

const GROUND: readonly (Label & { readonly from: number; readonly to: number })[] = ground.map((l) => ({
  name: l.name as Text, at: L.latLng(l.at[1] ?? 0, l.at[0] ?? 0), kind: l.kind, from: l.from, to: l.to ?? 20,
}))

const SIZE: Readonly<Record<string, number>> = { country: 15, state: 12, river: 11, town: 11.5, place: 13.5 }

/** Sets the labels of the present view, the more important first, around what stands on the map already. */
export function setLabels(map: L.Map, pane: HTMLElement, places: Iterable<PlaceRecord>, lang: string, obstacles: readonly Rect[], open: (id: string) => void): void {
  pane.replaceChildren()
  const zoom = map.getZoom()
  const own: Label[] = [...places].map((p) => ({ name: p.properties.names, at: L.latLng(p.geometry.coordinates[1] ?? 0, p.geometry.coordinates[0] ?? 0), kind: 'place', place: p.id }))
  const taken: Rect[] = [...obstacles]
  const bounds = map.getBounds().pad(0.1)
  for (const label of [...own, ...GROUND.filter((l) => l.from <= zoom + 0.25 && l.to >= zoom)]) {
    if (!bounds.contains(label.at)) continue
    setLabel(map, pane, label, lang, taken, open)
  }
}

function setLabel(map: L.Map, pane: HTMLElement, label: Label, lang: string, taken: Rect[], open: (id: string) => void): void {
  const name = pick(label.name, lang)
  const point = map.latLngToLayerPoint(label.at)
  const size = SIZE[label.kind] ?? 12
  const { width, height } = measure(name.text, size, label.kind)
  for (const [dx, dy] of offsets(label.kind, width, height)) {
    const rect = { left: point.x + dx, top: point.y + dy, right: point.x + dx + width, bottom: point.y + dy + height }
    // A place's own name is never left out: where all sides are taken it stands on its first.
    if (taken.some((t) => meets(t, rect))) continue
    taken.push(rect)
    if (label.kind === 'town' || label.kind === 'place') pane.append(dot(point, label.kind))
    pane.append(element(label, name, rect, open))
    return
  }
}

/** Where the text may stand about its point: beside a town, right over the others. */
function offsets(kind: string, width: number, height: number): readonly (readonly [number, number])[] {
  if (kind !== 'town' && kind !== 'place') return [[-width / 2, -height / 2]]
  const beside = kind === 'place' ? 19 : 6
  const above = kind === 'place' ? 17 : 5
  return [[beside, -height / 2], [-width - beside, -height / 2], [-width / 2, above], [-width / 2, -above - height]]
}

const meets = (a: Rect, b: Rect): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const context = document.createElement('canvas').getContext('2d')

function measure(text: string, size: number, kind: string): { readonly width: number; readonly height: number } {
  if (context) context.font = `${kind === 'place' ? 600 : 400} ${size}px ${getComputedStyle(document.body).fontFamily}`
  const spacing = kind === 'country' || kind === 'state' ? text.length * size * 0.14 : 0
  return { width: (context?.measureText(text).width ?? text.length * size * 0.6) + spacing + 6, height: size * 1.5 }
}

function element(label: Label, name: { readonly text: string; readonly lang: string }, rect: Rect, open: (id: string) => void): HTMLElement {
  const id = label.place
  const el = document.createElement(id === undefined ? 'span' : 'button')
  el.className = `label label-${label.kind}`
  el.textContent = name.text
  el.lang = name.lang
  if (id !== undefined) {
    el.dataset['place'] = id
    el.addEventListener('click', (event) => {
      event.stopPropagation()
      open(id)
    })
    L.DomEvent.disableClickPropagation(el)
  } else el.setAttribute('aria-hidden', 'true')
  L.DomUtil.setPosition(el, L.point(rect.left + 3, rect.top))
  return el
}

function dot(at: L.Point, kind: string): HTMLElement {
  const el = document.createElement('span')
  el.className = `dot dot-${kind}`
  L.DomUtil.setPosition(el, at)
  return el
}
