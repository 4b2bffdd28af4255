// Which spots stand so close that their signs would cover one another, and are drawn as one.

export interface Pixel { readonly x: number; readonly y: number }
export interface Cluster<T> { readonly key: string; readonly members: readonly T[]; readonly at: Pixel }

/**
 * Groups points by the cells of a grid, `size` pixels wide, that is fixed to the world and not to the view: a cluster keeps
 * its members and its name while the map is moved at one zoom. `world` gives a point's pixel on the whole map.
 */
export function clusters<T>(items: readonly T[], size: number, world: (item: T) => Pixel, weight: (item: T) => number): Cluster<T>[] {
  const cells = new Map<string, T[]>()
  for (const item of items) {
    const { x, y } = world(item)
    const key = `${Math.floor(x / size)}:${Math.floor(y / size)}`
    const members = cells.get(key)
    if (members) members.push(item)
    else cells.set(key, [item])
  }
  return [...cells].map(([key, members]) => {
    let [x, y, total] = [0, 0, 0]
    for (const m of members) {
      const [p, w] = [world(m), weight(m)]
      x += p.x * w
      y += p.y * w
      total += w
    }
    return { key, members, at: { x: x / total, y: y / total } }
  })
}
