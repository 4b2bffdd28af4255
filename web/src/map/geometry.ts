import type { MultiPolygon, Polygon, Position } from 'geojson'

type Ring = readonly Position[]

export const ringsOf = (g: Polygon | MultiPolygon): readonly Ring[] => (g.type === 'Polygon' ? g.coordinates : g.coordinates.flat())

/** A curve from one point to another in the plane of the screen, bowed to the left by a part of its length. */
export function arc(from: readonly [number, number], to: readonly [number, number], bow = 0.18, steps = 48): readonly (readonly [number, number])[] {
  const [x0, y0] = from
  const [x2, y2] = to
  const x1 = (x0 + x2) / 2 + (y2 - y0) * bow
  const y1 = (y0 + y2) / 2 - (x2 - x0) * bow
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps
    const at = (a: number, b: number, c: number): number => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c
    return [at(x0, x1, x2), at(y0, y1, y2)] as const
  })
}
