import type { EventType } from '../api/types'
import { SYMBOLS } from '../symbols'

/** The sign of a type beside text. */
export function Sign({ type, size = 16 }: { readonly type: EventType; readonly size?: number }) {
  const { family, path } = SYMBOLS[type]
  return (
    <svg class={`symbol family-${family}`} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path class="ink" fill-rule="evenodd" d={path} />
    </svg>
  )
}
