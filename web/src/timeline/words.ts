import { formatDay, formatSpan } from '../time/format'
import type { Span } from '../time/instant'
import { say } from '../text'
import type { End } from './choosing'

/** One end of a range in words. */
export function formatEnd(range: Span, end: End, lang: string): string {
  if (Number.isFinite(range[end])) return formatDay(range[end], lang)
  return say(lang, end === 'from' ? 'openFrom' : 'openTo')
}

/** A range in words, open ends too. */
export function formatRange(range: Span, lang: string): string {
  if (Number.isFinite(range.from) && Number.isFinite(range.to)) return formatSpan(range, lang)
  return `${formatEnd(range, 'from', lang)} – ${formatEnd(range, 'to', lang)}`
}
