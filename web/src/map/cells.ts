// The cells of the map that clusters are named by: 2^bits a side, counted from the upper left.

export interface Cell { readonly bits: number; readonly x: number; readonly y: number }

/** The cell of a cluster's id; null of another id. */
export function cellOf(id: string): Cell | null {
  const [, bits, x, y] = /^cell:(\d+):(\d+):(\d+)$/.exec(id) ?? []
  return bits === undefined ? null : { bits: Number(bits), x: Number(x), y: Number(y) }
}

/** Whether one of two cells lies in the other. */
export function nested(a: Cell, b: Cell): boolean {
  const [outer, inner] = a.bits <= b.bits ? [a, b] : [b, a]
  const shift = 2 ** (inner.bits - outer.bits)
  return Math.floor(inner.x / shift) === outer.x && Math.floor(inner.y / shift) === outer.y
}
