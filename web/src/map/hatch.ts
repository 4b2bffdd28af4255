// Hatches for areas in which an event happened somewhere. They live in the page once; map paths refer to them by id.
import type { EventType } from '../api/types'
import { FAMILIES, svg, SYMBOLS } from '../symbols'

/** Where several families share an area, the gravest gives the hatch. */
const GRAVITY = ['raid', 'violence', 'offensive', 'diplomacy', 'visit', 'other'] as const

export function hatchOf(types: readonly EventType[]): string {
  const families = new Set(types.map((t) => SYMBOLS[t].family))
  return `hatch-${GRAVITY.find((f) => families.has(f)) ?? 'other'}`
}

export function addHatches(parent: HTMLElement): void {
  const root = svg('svg', { width: 0, height: 0, 'aria-hidden': 'true' })
  root.classList.add('hatches')
  const defs = svg('defs', {})
  for (const family of FAMILIES) {
    // Turned differently, so that two hatches on one another stay two.
    const angle = family === 'offensive' || family === 'raid' || family === 'violence' ? 45 : -45
    const pattern = svg('pattern', { id: `hatch-${family}`, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${angle})` })
    pattern.append(svg('line', { x1: 0, y1: 0, x2: 0, y2: 7, class: `hatch-line family-${family}` }))
    defs.append(pattern)
  }
  root.append(defs)
  parent.append(root)
}
