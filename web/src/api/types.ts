// The records as the API serves them. docs/records.md says what each field means.
import type { Geometry, Point, Polygon, MultiPolygon } from 'geojson'

/** A text by language tag: {"en": "Lashio"}. */
export type Text = Readonly<Record<string, string>>

export const EVENT_TYPES = [
  'bombing_raid', 'shelling', 'offensive', 'clash', 'explosive', 'violence_against_civilians', 'territory_change',
  'diplomatic_visit', 'talks', 'agreement', 'statement', 'policy', 'protest', 'other',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

export type DatePrecision = 'day' | 'days' | 'week' | 'month' | 'year' | 'unknown'
export type PlacePrecision = 'exact' | 'near' | 'district' | 'region' | 'fuzzy' | 'country' | 'international' | 'unknown'

export interface Inference { readonly field: string; readonly from: string }
export interface Source {
  readonly publisher: string
  readonly title?: string
  readonly date?: string
  readonly link?: string
  readonly according_to?: string
}
export interface Participant { readonly actor_id?: string; readonly name?: string; readonly role: string }
export interface Fatalities { readonly best: number | null; readonly low: number | null; readonly high: number | null }
export interface Claim { readonly field: string; readonly value: unknown; readonly according_to: string }

export interface EventProperties {
  readonly type: EventType
  readonly subtype?: string
  readonly title: Text
  readonly summary?: Text
  readonly start: string | null
  readonly end: string | null
  readonly date_precision: DatePrecision
  readonly date_text?: string
  readonly place_id?: string
  readonly place_precision: PlacePrecision
  readonly route?: { readonly from?: string; readonly to: string; readonly assumed?: boolean }
  readonly participants?: readonly Participant[]
  readonly incidents: number
  readonly fatalities?: Fatalities
  readonly part_of?: string
  readonly related?: readonly { readonly event: string; readonly relation: string }[]
  readonly sources: readonly Source[]
  readonly claims?: readonly Claim[]
  readonly inferred?: readonly Inference[]
  readonly status: string
  readonly tags?: readonly string[]
  readonly extra?: Readonly<Record<string, unknown>>
  readonly dataset_id: string
}

interface Named {
  readonly names: Text
  readonly other_names?: readonly string[]
  readonly kind: string
  readonly summary?: Text
  readonly inferred?: readonly Inference[]
  readonly dataset_id: string
}
export interface LocationProperties extends Named {
  readonly pcode?: string
  readonly within?: string
  readonly event_count: number
}
export interface ActorProperties extends Named { readonly member_of?: readonly string[] }
export interface DatasetProperties {
  readonly title: Text
  readonly publisher: string
  readonly licence: string
  readonly attribution: string
  readonly link?: string
  readonly summary?: Text
}

export interface Feature<G extends Geometry | null, P> {
  readonly type: 'Feature'
  readonly id: string
  readonly geometry: G
  readonly properties: P
}
export type EventRecord = Feature<Geometry | null, EventProperties>
export type PlaceRecord = Feature<Point, LocationProperties>
export type AreaRecord = Feature<Polygon | MultiPolygon, LocationProperties>
export type ActorRecord = Feature<null, ActorProperties>
export type DatasetRecord = Feature<null, DatasetProperties>

/** Counts over events. Sums are of what is known, null where nothing is. */
export interface Tally {
  readonly count: number
  readonly types: Readonly<Partial<Record<EventType, number>>>
  readonly incidents: number
  readonly fatalities: { readonly best: number | null; readonly low: number | null; readonly high: number | null; readonly unknown: number }
  readonly coarse: number // placed worse than near
}
export interface ClusterProperties extends Tally { readonly cluster: true; readonly same_point: boolean }
/** The events of one cell of the map, at their mean. */
export type ClusterRecord = Feature<Point, ClusterProperties> & { readonly bbox: readonly [number, number, number, number] }
/** The events that are tied to an area's outline, which stands with the area. */
export type OutlineRecord = Feature<null, Tally & { readonly area: string; readonly href: string }>

/** What every answer about events begins with. */
interface Answer {
  readonly change: number
  readonly changed: string
  readonly numberMatched: number
}
export interface Clusters extends Answer {
  readonly numberReturned: number
  readonly nowhere: Tally
  readonly attribution: readonly string[]
  readonly features: readonly (EventRecord | ClusterRecord | OutlineRecord)[]
}
export const isCluster = (f: Clusters['features'][number]): f is ClusterRecord => 'cluster' in f.properties
export const isOutline = (f: Clusters['features'][number]): f is OutlineRecord => 'area' in f.properties
export const isEvent = (f: Clusters['features'][number]): f is EventRecord => !isCluster(f) && !isOutline(f)

export interface Bin { readonly count: number; readonly by?: Readonly<Partial<Record<EventType, number>>> }
export interface Histogram extends Answer {
  readonly interval: 'day' | 'week' | 'month' | 'quarter' | 'year'
  readonly bins: readonly (Bin & { readonly start: string; readonly end: string })[]
  readonly undated: Bin
}

export interface FacetValue { readonly value: string; readonly count: number; readonly names?: Text }
export interface Facets extends Answer { readonly facets: Readonly<Record<string, { readonly values: readonly FacetValue[]; readonly more: number }>> }

export interface Page<F> extends Answer {
  readonly numberReturned: number
  readonly attribution: readonly string[]
  readonly features: readonly F[]
  readonly links: readonly { readonly href: string; readonly rel: string }[]
}

export interface PageConfig {
  readonly title: string
  readonly version: string
  readonly base_map: { readonly url: string; readonly attribution: string } | null
}
