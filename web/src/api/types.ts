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

export interface Page<F> {
  readonly change: number
  readonly numberMatched: number
  readonly numberReturned: number
  readonly attribution: readonly string[]
  readonly features: readonly F[]
}

export interface PageConfig {
  readonly title: string
  readonly version: string
  readonly base_map: { readonly url: string; readonly attribution: string } | null
}
