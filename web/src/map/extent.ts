// Which part of the world the map shows, as the server is asked for it.
import type { Frame } from '../state/answers'

const TILE = 256

/** Cells of a frame: a view that moves within one of them asks for nothing new. */
const STEP = TILE / 2

/** A view of the whole Web Mercator map in pixels of a zoom, x to the right, y down; x may lie beyond the map's ends. */
export interface PixelView { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/**
 * The box that holds a view, widened to whole steps of a grid that is fixed to the world. `zoom` is a whole number. West is
 * greater than east where the box crosses the 180th meridian.
 */
export function frameOf(view: PixelView, zoom: number): Frame {
  const world = TILE * 2 ** zoom
  const [left, right] = [Math.floor(view.left / STEP) * STEP, Math.ceil(view.right / STEP) * STEP]
  const [top, bottom] = [Math.max(0, Math.floor(view.top / STEP) * STEP), Math.min(world, Math.ceil(view.bottom / STEP) * STEP)]
  const longitude = (x: number): number => (x / world) * 360 - 180
  const latitude = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world))) * 180) / Math.PI
  // What lies beyond the map's upper and lower edge, towards the poles, counts to the edge.
  const [south, north] = [bottom >= world ? -90 : latitude(bottom), top <= 0 ? 90 : latitude(top)]
  if (right - left >= world) return { bbox: [-180, round(south), 180, round(north)], zoom }
  return { bbox: [round(wrap(longitude(left), -180)), round(south), round(wrap(longitude(right), 180)), round(north)], zoom }
}

/** The same longitude from -180 to 180; of the meridian itself the end that is asked for. */
function wrap(longitude: number, end: -180 | 180): number {
  const turned = ((((longitude + 180) % 360) + 360) % 360) - 180
  return turned === -180 ? end : turned
}

/** The longitude by whole turns that lies nearest to another: where a position is drawn on a map that shows several worlds. */
export const nearest = (longitude: number, to: number): number => longitude + 360 * Math.round((to - longitude) / 360)
