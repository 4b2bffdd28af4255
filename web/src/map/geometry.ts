import type { MultiPolygon, Polygon, Position } from 'geojson'

export interface Box { readonly west: number; readonly south: number; readonly east: number; readonly north: number }

type Ring = readonly Position[]

export const ringsOf = (g: Polygon | MultiPolygon): readonly Ring[] => (g.type === 'Polygon' ? g.coordinates : g.coordinates.flat())

/** Whether a position lies in an area, by the even-odd rule over all its rings. */
export function holds(g: Polygon | MultiPolygon, [x = 0, y = 0]: Position): boolean {
  let inside = false
  for (const ring of ringsOf(g)) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi = 0, yi = 0] = ring[i] ?? []
      const [xj = 0, yj = 0] = ring[j] ?? []
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
    }
  }
  return inside
}

const GRID = 22

/**
 * Where in the box the name of an area can stand: the point of a grid that lies in the area and is farthest from the
 * area's edge, from the box's edge and from the points to avoid. Null where the area does not show in the box.
 */
export function labelPoint(g: Polygon | MultiPolygon, box: Box, avoid: readonly Position[]): Position | null {
  const edge = ringsOf(g).flat()
  const width = (box.east - box.west) / GRID
  const height = (box.north - box.south) / GRID
  let best: Position | null = null
  let room = 0
  for (let i = 1; i < GRID; i++) {
    for (let j = 1; j < GRID; j++) {
      const p: Position = [box.west + i * width, box.south + j * height]
      if (!holds(g, p)) continue
      const border = Math.min(i, GRID - i, (j * height) / width, ((GRID - j) * height) / width) * width
      const free = Math.min(border, nearest(p, edge), nearest(p, avoid) * 0.8)
      if (free > room) {
        room = free
        best = p
      }
    }
  }
  return best
}

function nearest([x = 0, y = 0]: Position, points: readonly Position[]): number {
  let least = Infinity
  for (const [px = 0, py = 0] of points) least = Math.min(least, (px - x) ** 2 + (py - y) ** 2)
  return Math.sqrt(least)
}

/** A curve from one point to another in the plane of the screen, bowed to the left by a part of its length, and its last direction. */
export function arc(from: readonly [number, number], to: readonly [number, number], bow = 0.18, steps = 48): { readonly points: readonly (readonly [number, number])[]; readonly angle: number } {
  const [x0, y0] = from
  const [x2, y2] = to
  const x1 = (x0 + x2) / 2 + (y2 - y0) * bow
  const y1 = (y0 + y2) / 2 - (x2 - x0) * bow
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps
    const at = (a: number, b: number, c: number): number => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c
    return [at(x0, x1, x2), at(y0, y1, y2)] as const
  })
  return { points, angle: Math.atan2(y2 - y1, x2 - x1) }
}
