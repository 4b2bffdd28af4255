// Every text of the page, by language. What a language lacks is shown in English; names of places, areas and actors
// come with the data. Burmese and Chinese texts are work of a later day and want a native reader.
import type { Text } from './api/types'

const en = {
  search: 'Search places, events, actors', found: '{0} found', aPlace: 'place', anArea: 'area', anActor: 'actor', aFilter: 'filter', allWith: 'All {1} events with “{0}”',
  spot: '{0} events at one point of the map', spotAt: 'Latitude {0}, longitude {1}; the point may stand for a wider area',
  chosen: 'Chosen', drop: '{0}: drop this choice',
  skip: 'Skip to the list of events',
  map: 'Map', timeline: 'Timeline', list: 'Events', legend: 'Types of event, to choose from', panel: 'Details',
  language: 'Names in', theme: 'Colours', themeAuto: 'Auto', themeLight: 'Light', themeDark: 'Dark',
  loading: 'Loading the map …',
  failed: 'The events could not be loaded: {0}. This is a failed request, not an empty map.',
  retry: 'Try again',
  noneHere: 'No event matches the types and the time chosen.',
  showAll: 'Show all events',
  shown: '{0} of {1} events', cut: 'The newest {0} of {1} events are shown.',
  placed: '{0} of {1} placed in a known town',
  undatedCount: '{0} without a date',
  from: 'From', to: 'To', wholeTime: 'All time', zoomIn: 'Closer look at time', zoomOut: 'Wider look at time',
  back: 'All events', close: 'Close',
  undated: 'Date not known', until: 'Until {0} at the latest', ongoing: 'Since {0} at the earliest, going on when reported',
  fromDay: 'Since {0}, going on when reported', between: 'Within {0}',
  inWords: 'In the report’s words', precision: 'How sure',
  when: 'When', where: 'Where', who: 'Who', deaths: 'Deaths', deathsUnknown: 'Not known', according: 'According to',
  accordingNone: 'The report names no one', sources: 'Sources', source: 'Source', inferred: 'Inferred, not reported', claims: 'What sources disagree on',
  ties: 'Ties', partOf: 'Part of', parts: 'Its parts', dataset: 'Dataset', licence: 'Licence', status: 'Status',
  incidentsOne: '1 incident', incidents: '{0} incidents reported as one record',
  eventsHere: 'Events here, newest first', noEvents: 'No event is attached to it.', otherNames: 'Also', within: 'In', about: 'About',
  route: 'Way', routeAssumed: 'start assumed', routeTo: 'to {0}', routeFromTo: '{0} to {1}',
  key: 'How to read this map',
  keyMark: 'A full sign stands in the town that is named; the number counts events or incidents there.',
  keyRing: 'A dotted ring: somewhere within about 25 km of the town.',
  keyArea: 'Hatching with a framed name: somewhere in that area or country, where is not known.',
  keyArc: 'An arc runs from where a visit started to where it went; dashed, where its start is assumed.',
  keyBar: 'On the timeline a full tick or bar is known to the day; a hatched bar is the time within which it was; one that fades went on when last reported.',
  cluster: '{0} events close together, {1} of them placed only roughly. Look closer',
  histogram: 'Events over time, each counted once, where it began',
  bin: '{0}: {1} events',
  more: 'Show {0} more',
  missing: 'There is no such record.', gone: 'This record was withdrawn or removed.', unreadable: 'The record could not be loaded. This is a failed request.',
  extra: 'More from the source',
  notGiven: '{0}, place not given', roughly: '{0}, placed roughly', asPage: 'As a page', allData: 'All the data', asData: 'As GeoJSON',
  outlines: 'Outlines: Natural Earth, generalised; no opinion on any border.',
  change: 'Data as of change {0}',
  zoomMapIn: 'Zoom in', zoomMapOut: 'Zoom out', home: 'Northern Shan State',
  beyond: '{0}, outside this view',
  type_bombing_raid: 'Bombing raid', type_shelling: 'Shelling', type_offensive: 'Offensive', type_clash: 'Clash',
  type_explosive: 'Explosive', type_violence_against_civilians: 'Violence against civilians',
  type_territory_change: 'Change of territory', type_diplomatic_visit: 'Diplomatic visit', type_talks: 'Talks',
  type_agreement: 'Agreement', type_statement: 'Statement', type_policy: 'Policy', type_protest: 'Protest', type_other: 'Other',
  place_exact: 'in this town or at this site', place_near: 'within about 25 km of it', place_district: 'somewhere in the district',
  place_region: 'somewhere in the region', place_fuzzy: 'along a line or in a vague area', place_country: 'somewhere in the country, place not given',
  place_international: 'between countries', place_unknown: 'place not known',
  date_day: 'to the day', date_days: 'to some days', date_week: 'to a week', date_month: 'to a month', date_year: 'to a year', date_unknown: 'not dated',
  role_initiator: 'initiator', role_target: 'target', role_visitor: 'visitor', role_host: 'host', role_mediator: 'mediator', role_party: 'party', role_other: 'other role',
  relation_retaliation_for: 'In retaliation for', relation_resumes: 'Resumes', relation_halts: 'Announces a halt of', relation_ends: 'Ends', relation_precedes: 'Comes before', relation_same_as: 'Same as',
  inverse_retaliation_for: 'Retaliated for by', inverse_resumes: 'Resumed by', inverse_halts: 'Halt announced by', inverse_ends: 'Ended by', inverse_precedes: 'Comes after', inverse_same_as: 'Same as',
  status_reported: 'reported', status_corroborated: 'corroborated', status_verified: 'verified', status_disputed: 'disputed', status_withdrawn: 'withdrawn',
} as const

export type TextKey = keyof typeof en
const tables: Readonly<Record<string, Partial<Record<TextKey, string>>>> = { en }

export const LANGUAGES = [
  { tag: 'en', name: 'English' },
  { tag: 'my', name: 'မြန်မာ' },
  { tag: 'zh', name: '中文' },
] as const

/** The text of a key, with {0}, {1} filled in; a hole without a value stays, for who fills it later. */
export function say(lang: string, key: TextKey, ...values: readonly (string | number)[]): string {
  const text = tables[lang]?.[key] ?? en[key]
  return text.replace(/\{(\d)\}/g, (hole, i: string) => {
    const value = values[Number(i)]
    return typeof value === 'number' ? value.toLocaleString([lang, 'en']) : (value ?? hole)
  })
}

/** A text that comes from data, in the reader's language, else English, else whatever there is, with its language tag. */
export function pick(text: Text | undefined, lang: string): { readonly text: string; readonly lang: string } {
  for (const tag of [lang, 'en', ...Object.keys(text ?? {})]) {
    const found = text?.[tag]
    if (found !== undefined) return { text: found, lang: tag }
  }
  return { text: '', lang }
}
