// Every text of the page. English stands here, the other languages in text/, each loaded when a reader chooses it; what
// one lacks is shown in English. Names of places, areas and actors come with the data. Texts are whole sentences with
// holes, in a part of ICU's message format: {0}, and {0, plural, one {# event} other {# events}}. docs/languages.md
import { signal } from '@preact/signals'
import type { Text } from './api/types'
import { formatNumber, pluralOf } from './locale'

const en = {
  title: 'Conflict map of northern Shan State', titled: '{0} – {1}',
  search: 'Search places, events, actors', found: '{0} found', aPlace: 'place', anArea: 'area', anActor: 'actor', aFilter: 'filter', allWith: '{1, plural, one {The one event} other {All # events}} with “{0}”', quoted: '“{0}”', together: '{0}, {1}',
  spot: '{0, plural, one {# event} other {# events}} at one point of the map', spotAt: 'Latitude {0}, longitude {1}; the point may stand for a wider area',
  chosen: 'Chosen', drop: '{0}: drop this choice',
  skip: 'Skip to the list of events',
  map: 'Map', timeline: 'Timeline', list: 'Events', legend: 'Types of event, to choose from', panel: 'Details',
  language: 'Language', theme: 'Colours', themeAuto: 'Auto', themeLight: 'Light', themeDark: 'Dark',
  loading: 'Loading the map …',
  failed: 'The events could not be loaded: {0}. This is a failed request, not an empty map.',
  textsFailed: 'The page’s texts in this language could not be loaded: {0}. They are shown in English.',
  retry: 'Try again',
  noneHere: 'No event matches the types and the time chosen.',
  showAll: 'Show all events',
  shown: '{0} of {1, plural, one {# event} other {# events}}', cut: 'The newest {0} of {1} events are shown.',
  placed: '{0} of {1} placed in a known town',
  undatedCount: '{0} without a date',
  from: 'From', to: 'To', wholeTime: 'All time', zoomIn: 'Closer look at time', zoomOut: 'Wider look at time',
  back: 'All events',
  undated: 'Date not known', until: 'Until {0} at the latest', ongoing: 'Since {0} at the earliest, going on when reported',
  fromDay: 'Since {0}, going on when reported', between: 'Within {0}',
  inWords: 'In the report’s words: {0}',
  when: 'When', where: 'Where', who: 'Who', deaths: 'Deaths', deathsUnknown: 'Not known', deathsRange: '{0} ({1} – {2})', according: 'According to',
  accordingNone: 'The report names no one', sources: 'Sources', source: 'Source', inferred: 'Inferred, not reported', claims: 'What sources disagree on',
  ties: 'Ties', partOf: 'Part of', parts: 'Its parts', provenance: 'Dataset: {0}. {1}. Licence: {2}.',
  incidents: '{0, plural, one {# incident} other {# incidents}} reported as one record',
  eventsHere: 'Events here, newest first', noEvents: 'No event is attached to it.', within: 'In {0}',
  route: 'Way', routeAssumed: 'start assumed',
  key: 'How to read this map',
  keyMark: 'A full sign stands in the town that is named; the number counts events or incidents there.',
  keyRing: 'A dotted ring: somewhere within about 25 km of the town.',
  keyArea: 'Hatching with a framed name: somewhere in that area or country, where is not known.',
  keyArc: 'An arc runs from where a visit started to where it went; dashed, where its start is assumed.',
  keyBar: 'On the timeline a full tick or bar is known to the day; a hatched bar is the time within which it was; one that fades went on when last reported.',
  cluster: '{0, plural, one {# event} other {# events}} close together, {1} of them placed only roughly. Look closer',
  histogram: 'Events over time, each counted once, where it began',
  bin: '{0}: {1, plural, one {# event} other {# events}}', typed: '{0}: {1}', typedAs: '{0} ({1})', sentences: '{0}. {1}',
  more: 'Show {0} more',
  missing: 'There is no such record.', gone: 'This record was withdrawn or removed.', unreadable: 'The record could not be loaded. This is a failed request.',
  extra: 'More from the source', tags: 'Tags',
  notGiven: '{0}, place not given', roughly: '{0}, placed roughly', asPage: 'As a page', allData: 'All the data', asData: 'As GeoJSON',
  outlines: 'Outlines: Natural Earth, generalised; no opinion on any border.',
  change: 'Data as of change {0}.',
  zoomMapIn: 'Zoom in', zoomMapOut: 'Zoom out', home: 'Northern Shan State', kilometres: '{0} km', metres: '{0} m',
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
  kind_city: 'City', kind_town: 'Town', kind_village: 'Village', kind_camp: 'Camp', kind_border_gate: 'Border gate', kind_base: 'Military base',
  kind_country: 'Country', kind_state: 'State or province', kind_region: 'Region', kind_district: 'District', kind_township: 'Township', kind_zone: 'Zone of control', kind_other: 'Other',
  field_type: 'type', field_title: 'title', field_summary: 'summary', field_start: 'start', field_end: 'end', field_date_precision: 'precision of the date', field_date_text: 'date in words',
  field_place_id: 'place', field_place_precision: 'precision of the place', field_geometry: 'position', field_route: 'way', field_route_from: 'start of the way', field_route_to: 'goal of the way',
  field_participants: 'participants', field_incidents: 'incidents', field_fatalities: 'deaths', field_fatalities_best: 'deaths, best estimate', field_fatalities_low: 'deaths, low estimate', field_fatalities_high: 'deaths, high estimate',
  field_part_of: 'operation', field_related: 'ties', field_status: 'status', field_names: 'names', field_kind: 'kind', field_within: 'area around it',
  status_reported: 'reported', status_corroborated: 'corroborated', status_verified: 'verified', status_disputed: 'disputed', status_withdrawn: 'withdrawn',
  presets: 'Ready-made times', presetAll: 'All', lastYear: 'Last year of the data', playback: 'Playback', play: 'Play', pause: 'Pause', stepBack: 'One step back', stepOn: 'One step on', stepLength: 'Length of a step', step_day: 'By day', step_week: 'By week', step_month: 'By month', cumulative: 'Keep what came before', speed: 'Speed', speedOf: '{0}×', rangeFrom: 'Start of the range', rangeTo: 'End of the range', openFrom: 'since the first event', openTo: 'up to the last event', timeLooked: 'Time looked at',
} as const

export type TextKey = keyof typeof en
export const TEXT_KEYS = Object.keys(en) as readonly TextKey[]
export type Texts = Readonly<Partial<Record<TextKey, string>>>

/** The texts that are loaded. */
const tables = signal<Readonly<Record<string, Texts>>>({ en })
const LOADERS: Readonly<Record<string, () => Promise<Texts>>> = {
  my: async () => (await Promise.all([import('./text/my'), import('./style/burmese.css')]))[0].default,
  zh: async () => (await import('./text/zh')).default,
}

/** Loads the texts of a language, and the font that it needs. Rejects where they cannot be had. */
export async function loadTexts(lang: string): Promise<void> {
  const load = LOADERS[lang]
  if (!load || tables.peek()[lang]) return
  const table = await load()
  tables.value = { ...tables.peek(), [lang]: table }
}

/** The language that texts are shown in for a reader who chose one: English, as long as its own are not there. */
export const spoken = (lang: string): string => (tables.value[lang] ? lang : 'en')

const HOLE = /\{(\d)(?:, plural,((?: \w+ \{[^{}]*\})+))?\}/g

/** The text of a key, with its holes filled in; a hole without a value stays, for who fills it later. */
export function say(lang: string, key: TextKey, ...values: readonly (string | number)[]): string {
  const text = tables.value[lang]?.[key]
  // What is shown in English is counted as English does.
  return fill(text ?? en[key], text === undefined ? 'en' : lang, values)
}

function fill(text: string, lang: string, values: readonly (string | number)[]): string {
  return text.replace(HOLE, (hole, i: string, forms: string | undefined) => {
    const value = values[Number(i)]
    if (value === undefined) return hole
    const shown = typeof value === 'number' ? formatNumber(value, lang) : value
    return forms === undefined ? shown : formOf(forms, typeof value === 'number' ? pluralOf(value, lang) : 'other').replaceAll('#', () => shown)
  })
}

/** One of the plural forms of a hole. */
function formOf(forms: string, form: Intl.LDMLPluralRule): string {
  const found = Object.fromEntries([...forms.matchAll(/(\w+) \{([^{}]*)\}/g)].map(([, name = '', text = '']) => [name, text]))
  return found[form] ?? found['other'] ?? ''
}

/** A text in pieces, for holes that are filled with more than text: the words between them, and the numbers of the holes. */
export function pieces(lang: string, key: TextKey): readonly (string | number)[] {
  return say(lang, key).split(/(\{\d\})/).filter((piece) => piece !== '').map((piece) => (/^\{\d\}$/.test(piece) ? Number(piece[1]) : piece))
}

/** The word for a code of the data, such as a kind of place; the code itself where there is none. */
export function word(lang: string, list: 'kind' | 'role' | 'relation' | 'inverse' | 'status' | 'field', code: string): string {
  const key = `${list}_${code.replaceAll('.', '_')}`
  return key in en ? say(lang, key as TextKey) : code
}

/** Several statements as one text, for those to whom a mark is read out. */
export const sentences = (lang: string, statements: readonly string[]): string =>
  statements.filter(Boolean).reduce((before, next) => (before === '' ? next : say(lang, 'sentences', before, next)), '')

/** A text that comes from data, in the reader's language, else English, else whatever there is, with its language tag. */
export function pick(text: Text | undefined, lang: string): { readonly text: string; readonly lang: string } {
  for (const tag of [lang, 'en', ...Object.keys(text ?? {})]) {
    const found = text?.[tag]
    if (found !== undefined) return { text: found, lang: tag }
  }
  return { text: '', lang }
}
