import type { EventProperties } from '../api/types'
import type { Known } from '../state/known'
import { pick, say } from '../text'

/** The words that formatTime puts around dates. */
export const timeWords = (lang: string): { undated: string; ongoing: string; until: string; between: string; from: string } => ({
  undated: say(lang, 'undated'), ongoing: say(lang, 'ongoing'), until: say(lang, 'until'), between: say(lang, 'between'), from: say(lang, 'fromDay'),
})

/** The name of a place or area, with its language. */
export function locationName(data: Known, id: string | undefined, lang: string): { readonly text: string; readonly lang: string } {
  const record = id === undefined ? undefined : (data.places.get(id) ?? data.areas.get(id))
  return record ? pick(record.properties.names, lang) : { text: id ?? '', lang }
}

/** Where an event was, in a line for lists: a country's name alone would look like a spot. */
export function whereLine(data: Known, event: EventProperties, lang: string): string {
  const name = locationName(data, event.place_id, lang).text
  if (!name) return say(lang, `place_${event.place_precision}`)
  return event.place_precision === 'country' ? say(lang, 'notGiven', name) : name
}
