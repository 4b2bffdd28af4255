// The sign of each type of event: a shape of its own, so that no one depends on its colour, within a 24 × 24 box.
// Families share a hue (violence warm, diplomacy cool, the rest grey); style/colours.css has the hues.
import type { EventType } from './api/types'

export const FAMILIES = ['raid', 'violence', 'offensive', 'visit', 'diplomacy', 'other'] as const
export type Family = (typeof FAMILIES)[number]
export interface Symbol { readonly family: Family; readonly path: string }

const burst = (points: number, outer: number, inner: number): string => {
  const corners = Array.from({ length: points * 2 }, (_, i) => {
    const angle = (i * Math.PI) / points - Math.PI / 2
    const r = i % 2 === 0 ? outer : inner
    return `${(12 + r * Math.cos(angle)).toFixed(2)} ${(12 + r * Math.sin(angle)).toFixed(2)}`
  })
  return `M${corners.join('L')}Z`
}

export const SYMBOLS: Readonly<Record<EventType, Symbol>> = {
  bombing_raid: { family: 'raid', path: burst(8, 11, 5.6) },
  shelling: { family: 'raid', path: burst(5, 11, 4.6) },
  explosive: { family: 'raid', path: burst(4, 11, 4) },
  offensive: { family: 'offensive', path: 'M3 12 12 2l9 10h-5.500v9.500h-7V12Z' },
  clash: { family: 'violence', path: 'M5.5 2 12 8.5 18.5 2 22 5.5 15.5 12 22 18.5 18.5 22 12 15.5 5.5 22 2 18.5 8.5 12 2 5.500Z' },
  violence_against_civilians: { family: 'violence', path: 'M1.5 3.500h21L12 22Z' },
  territory_change: { family: 'offensive', path: 'M4 1.500h2.500v1.500H21l-4 5 4 5H6.500v9.500H4Z' },
  diplomatic_visit: { family: 'visit', path: 'M12 1.500a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21ZM6 10.400v3.200h6.500v3.700L18.5 12l-6-5.300v3.700Z' },
  talks: { family: 'visit', path: 'M8.5 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm7 0a7 7 0 1 1 0 14 7 7 0 0 1-3.5-.94A8.8 8.8 0 0 0 12 5.94 7 7 0 0 1 15.5 5Z' },
  agreement: { family: 'diplomacy', path: 'M12 1 23 12 12 23 1 12ZM7 11.800l3.8 4 6.4-6.8-1.7-1.6-4.7 5-2.1-2.200Z' },
  statement: { family: 'diplomacy', path: 'M2 3.500h20v13.500H12.500L7 22v-5H2ZM6 7.500v1.800h12V7.500Zm0 4v1.800h8.500v-1.800Z' },
  policy: { family: 'other', path: 'M4 1.500h16v21H4ZM7.5 6v1.900h9V6Zm0 4.500v1.900h9v-1.900Zm0 4.500v1.900H13V15Z' },
  protest: { family: 'other', path: 'M12 1.5 22.5 9.2 18.5 21.500h-13L1.5 9.200Z' },
  other: { family: 'other', path: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm0 4a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z' },
}

const SVG = 'http://www.w3.org/2000/svg'

/** An SVG element with attributes. */
export function svg<K extends keyof SVGElementTagNameMap>(name: K, attributes: Readonly<Record<string, string | number>>): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}

/** The sign as an SVG element for the map. `hollow`: where it happened is not known closely. */
export function symbolElement(type: EventType, size: number, hollow = false): SVGSVGElement {
  const { family, path } = SYMBOLS[type]
  const root = svg('svg', { viewBox: '-2 -2 28 28', width: size, height: size, 'aria-hidden': 'true' })
  root.classList.add('symbol', `family-${family}`)
  if (hollow) root.classList.add('hollow')
  root.append(svg('path', { d: path, 'fill-rule': 'evenodd', class: 'halo' }), svg('path', { d: path, 'fill-rule': 'evenodd', class: 'ink' }))
  return root
}
