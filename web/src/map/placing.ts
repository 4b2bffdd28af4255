// Where captions can stand so that they hide nothing that matters. Pixels of the map's frame, x to the right, y down.

export interface Rect { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** Something that a caption should keep off: Infinity never covers it, else the cost of covering it whole. */
export interface Obstacle { readonly rect: Rect; readonly cost: number }

export const meets = (a: Rect, b: Rect): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** A coarse picture of an area: which cells of the frame lie in it, as sums over everything left of and above a cell. */
export interface Mask { readonly cell: number; readonly columns: number; readonly rows: number; readonly sums: Uint32Array }

/** Makes a mask from one truth value per cell, row by row. */
export function maskOf(cell: number, columns: number, rows: number, inside: (column: number, row: number) => boolean): Mask {
  const sums = new Uint32Array((columns + 1) * (rows + 1))
  const at = (column: number, row: number): number => row * (columns + 1) + column
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      sums[at(column + 1, row + 1)] = (inside(column, row) ? 1 : 0) + (sums[at(column, row + 1)] ?? 0) + (sums[at(column + 1, row)] ?? 0) - (sums[at(column, row)] ?? 0)
    }
  }
  return { cell, columns, rows, sums }
}

/** The part of a rectangle that lies in the mask's area, 0 to 1, to the precision of a cell. */
export function shareInside(mask: Mask, rect: Rect): number {
  const clamp = (pixels: number, most: number): number => Math.max(0, Math.min(most, Math.round(pixels / mask.cell)))
  const [left, right] = [clamp(rect.left, mask.columns), clamp(rect.right, mask.columns)]
  const [top, bottom] = [clamp(rect.top, mask.rows), clamp(rect.bottom, mask.rows)]
  const sum = (column: number, row: number): number => mask.sums[row * (mask.columns + 1) + column] ?? 0
  const cells = sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top)
  return cells / Math.max(1, Math.round((rect.right - rect.left) / mask.cell) * Math.round((rect.bottom - rect.top) / mask.cell))
}

export interface Spot { readonly x: number; readonly y: number }

/** How much nearer to where it stood is worth, so that a caption does not leap about while the map moves. */
const STAY = 0.25
/** The least part of a caption that counts as lying in its area. */
const LEAST_INSIDE = 0.6

/**
 * The middle of the best place for a caption of an area: as much of it in the area as can be, off the obstacles and the
 * other areas, inside the frame, and where it stood before if that is about as good. `besideCost` is what standing for
 * the most part outside of its area costs. Null where the area shows nowhere in the frame.
 */
export function placeCaption(width: number, height: number, mask: Mask, besideCost: number, others: readonly Mask[], obstacles: readonly Obstacle[], before: Spot | null): Spot | null {
  const frame = { width: mask.columns * mask.cell, height: mask.rows * mask.cell }
  let best: Spot | null = null
  let most = -Infinity
  for (let y = height / 2 + 2; y <= frame.height - height / 2 - 2; y += mask.cell) {
    for (let x = width / 2 + 2; x <= frame.width - width / 2 - 2; x += mask.cell) {
      const rect = { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 }
      const share = shareInside(mask, rect)
      if (share === 0) continue
      // A little for room around it, so that of two places wholly inside the one in the middle of the area wins.
      const room = shareInside(mask, { left: rect.left - width / 2, right: rect.right + width / 2, top: rect.top - height, bottom: rect.bottom + height })
      const stay = before && Math.hypot(before.x - x, before.y - y) <= mask.cell ? STAY : 0
      const foreign = others.reduce((sum, other) => sum + shareInside(other, rect), 0)
      const beside = share < LEAST_INSIDE ? besideCost : 0
      const worth = 4 * share - beside - 3 * foreign + 0.5 * room + stay - costOf(rect, obstacles)
      if (worth > most) {
        most = worth
        best = { x, y }
      }
    }
  }
  return best
}

function costOf(rect: Rect, obstacles: readonly Obstacle[]): number {
  let cost = 0
  for (const o of obstacles) {
    if (!meets(rect, o.rect)) continue
    if (o.cost === Infinity) return Infinity
    const width = Math.min(rect.right, o.rect.right) - Math.max(rect.left, o.rect.left)
    const height = Math.min(rect.bottom, o.rect.bottom) - Math.max(rect.top, o.rect.top)
    // Most of it for touching it at all: a half-covered word is as bad as a covered one.
    cost += o.cost * (0.9 + (0.1 * (width * height)) / ((o.rect.right - o.rect.left) * (o.rect.bottom - o.rect.top)))
  }
  return cost
}
