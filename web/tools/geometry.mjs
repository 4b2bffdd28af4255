// Arithmetic on GeoJSON rings for the tools that derive outlines. Positions are [longitude, latitude].

const EARTH_RADIUS_KM = 6371.0088

/** Signed area of a ring on the plane of degrees; positive is counter-clockwise. */
export function windingOf(ring) {
  let sum = 0
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1]
  return sum / 2
}

/** Area of a polygon on the sphere, in km² (Chamberlain and Duquette, 2007). */
export function sphericalArea(polygon) {
  const radians = Math.PI / 180
  const ringArea = (ring) => {
    let sum = 0
    for (let i = 1; i < ring.length; i++) {
      const [lon1, lat1] = ring[i - 1]
      const [lon2, lat2] = ring[i]
      sum += (lon2 - lon1) * radians * (2 + Math.sin(lat1 * radians) + Math.sin(lat2 * radians))
    }
    return Math.abs((sum * EARTH_RADIUS_KM ** 2) / 2)
  }
  return polygon.reduce((total, ring, i) => total + (i === 0 ? ringArea(ring) : -ringArea(ring)), 0)
}

/** The polygon with its exterior counter-clockwise and its holes clockwise (RFC 7946, 3.1.6). */
export function rightHanded(polygon) {
  return polygon.map((ring, i) => (windingOf(ring) > 0 === (i === 0) ? ring : [...ring].reverse()))
}

/** The ring with coordinates rounded and positions that fell together dropped. */
export function rounded(ring, decimals) {
  const factor = 10 ** decimals
  const out = []
  for (const position of ring) {
    const p = position.map((v) => Math.round(v * factor) / factor)
    const last = out[out.length - 1]
    if (!last || last[0] !== p[0] || last[1] !== p[1]) out.push(p)
  }
  return out
}

/** Visvalingam and Whyatt's simplification of one closed ring: drops positions whose triangle is under `area` square degrees. */
export function simplified(ring, area) {
  const points = ring.slice(0, -1).map((position, i) => ({ position, i }))
  const n = points.length
  points.forEach((p, i) => Object.assign(p, { before: points[(i + n - 1) % n], after: points[(i + 1) % n] }))
  const weight = (p) => {
    const [a, b, c] = [p.before.position, p.position, p.after.position]
    return Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
  }
  points.forEach((p) => (p.weight = weight(p)))
  const kept = new Set(points)
  // Quadratic, and run once by hand over a few thousand positions.
  for (;;) {
    let least = null
    for (const p of kept) if (!least || p.weight < least.weight) least = p
    if (least.weight >= area || kept.size <= 4) break
    kept.delete(least)
    least.before.after = least.after
    least.after.before = least.before
    for (const p of [least.before, least.after]) p.weight = Math.max(least.weight, weight(p))
  }
  const out = [...kept].sort((a, b) => a.i - b.i).map((p) => p.position)
  return [...out, out[0]]
}

/** Whether any two edges of the ring cross or a position stands twice: a GIS would call the polygon invalid. */
export function crossesItself(ring) {
  const side = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
  const seen = new Set()
  for (const p of ring.slice(0, -1)) {
    if (seen.has(String(p))) return p
    seen.add(String(p))
  }
  for (let i = 1; i < ring.length; i++) {
    for (let j = i + 2; j < ring.length; j++) {
      if (i === 1 && j === ring.length - 1) continue
      const [a, b, c, d] = [ring[i - 1], ring[i], ring[j - 1], ring[j]]
      if (side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)) return b
    }
  }
  return null
}
