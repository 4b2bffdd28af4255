// Names on the map, set by the browser so that every script is shaped right, each where it does not touch another.
import L from 'leaflet'
import ground from '../basemap/labels.json'
import type { PlaceRecord, Text } from '../api/types'
import { pick } from '../text'
import { meets, type Rect } from './placing'

interface Label {
  readonly name: Text
  readonly at: L.LatLng
  readonly kind: string // country, state, river, town, place
  readonly place?: string // id, where it opens a card
}

const GROUND: readonly (Label & { readonly from: number; readonly to: number })[] = ground.map((l) => ({
  name: l.name, at: L.latLng(l.at[1] ?? 0, l.at[0] ?? 0), kind: l.kind, from: l.from, to: l.to ?? 20,
}))

const SIZE: Readonly<Record<string, number>> = { country: 15, state: 12, river: 11, town: 11.5, place: 13.5 }

/** Writes names into a pane, each where it touches nothing that is there already. `taken` grows with each name. */
export class Labels {
  constructor(private readonly map: L.Map, private readonly pane: HTMLElement, private readonly lang: string, private readonly taken: Rect[]) {
    pane.replaceChildren()
  }

  /** Sets the names of the catalog's places, which open their cards. */
  setPlaces(places: Iterable<PlaceRecord>, open: (id: string) => void): void {
    for (const p of places) {
      const [lon = 0, lat = 0] = p.geometry.coordinates
      this.set({ name: p.properties.names, at: L.latLng(lat, lon), kind: 'place', place: p.id }, open)
    }
  }

  /** Sets the names of the base map that belong to the present zoom, the more important first. */
  setGround(): void {
    const zoom = this.map.getZoom()
    for (const label of GROUND) if (label.from <= zoom + 0.25 && label.to >= zoom) this.set(label, () => undefined)
  }

  private set(label: Label, open: (id: string) => void): void {
    const name = pick(label.name, this.lang)
    const point = this.map.latLngToContainerPoint(label.at)
    const frame = this.map.getSize()
    if (point.x < 0 || point.y < 0 || point.x > frame.x || point.y > frame.y) return
    const { width, height } = measure(name.text, SIZE[label.kind] ?? 12, label.kind)
    const origin = this.map.containerPointToLayerPoint([0, 0])
    for (const [dx, dy] of offsets(label.kind, width, height)) {
      const rect = { left: point.x + dx, top: point.y + dy, right: point.x + dx + width, bottom: point.y + dy + height }
      // A name cut off by the map's edge is no name.
      if (rect.left < 0 || rect.top < 0 || rect.right > frame.x || rect.bottom > frame.y || this.taken.some((t) => meets(t, rect))) continue
      this.taken.push(rect)
      if (label.kind === 'town' || label.kind === 'place') this.pane.append(dot(point.add(origin), label.kind))
      this.pane.append(element(label, name, origin.add([rect.left + 3, rect.top]), open))
      return
    }
  }
}

/** Letters that are set without spaces between them: Myanmar ones join, Chinese ones stand in squares. */
const JOINED = /[\u1000-\u109f\u4e00-\u9fff]/

/** Where the text may stand about its point: beside a town, right over the others. */
function offsets(kind: string, width: number, height: number): readonly (readonly [number, number])[] {
  if (kind !== 'town' && kind !== 'place') return [[-width / 2, -height / 2]]
  const beside = kind === 'place' ? 20 : 6
  const above = kind === 'place' ? 20 : 5
  return [[beside, -height / 2], [-width - beside, -height / 2], [-width / 2, above], [-width / 2, -above - height]]
}

const context = document.createElement('canvas').getContext('2d')

function measure(text: string, size: number, kind: string): { readonly width: number; readonly height: number } {
  if (context) context.font = `${kind === 'place' ? 600 : 400} ${size}px ${getComputedStyle(document.body).fontFamily}`
  const spacing = (kind === 'country' || kind === 'state') && !JOINED.test(text) ? text.length * size * 0.14 : 0
  return { width: (context?.measureText(text).width ?? text.length * size * 0.6) + spacing + 6, height: size * 1.5 }
}

function element(label: Label, name: { readonly text: string; readonly lang: string }, at: L.Point, open: (id: string) => void): HTMLElement {
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
  L.DomUtil.setPosition(el, at)
  return el
}

function dot(at: L.Point, kind: string): HTMLElement {
  const el = document.createElement('span')
  el.className = `dot dot-${kind}`
  L.DomUtil.setPosition(el, at)
  return el
}
