package geo

// EventType is what happened.
type EventType string

// The event types: violence, territory, diplomacy, the rest.
const (
	BombingRaid              EventType = "bombing_raid"
	Shelling                 EventType = "shelling"
	Offensive                EventType = "offensive"
	Clash                    EventType = "clash"
	Explosive                EventType = "explosive"
	ViolenceAgainstCivilians EventType = "violence_against_civilians"
	TerritoryChange          EventType = "territory_change"
	DiplomaticVisit          EventType = "diplomatic_visit"
	Talks                    EventType = "talks"
	Agreement                EventType = "agreement"
	Statement                EventType = "statement"
	Policy                   EventType = "policy"
	Protest                  EventType = "protest"
	OtherEvent               EventType = "other"
)

// EventTypes lists them in the order in which they are shown.
func EventTypes() []EventType {
	return []EventType{BombingRaid, Shelling, Offensive, Clash, Explosive, ViolenceAgainstCivilians,
		TerritoryChange, DiplomaticVisit, Talks, Agreement, Statement, Policy, Protest, OtherEvent}
}

// DatePrecision says how closely a start and an end are known.
type DatePrecision string

// UnknownDate is the precision of an undated event.
const UnknownDate DatePrecision = "unknown"

// DatePrecisions lists them, the closest first: the day; two to six days; a week;
// 8 to 30 days or a month; up to a year.
func DatePrecisions() []DatePrecision {
	return []DatePrecision{"day", "days", "week", "month", "year", UnknownDate}
}

// PlacePrecision says how closely it is known where an event happened.
type PlacePrecision string

// The place precisions.
const (
	Exact         PlacePrecision = "exact"         // the town or site is known
	Near          PlacePrecision = "near"          // the point is a named place within about 25 km
	DistrictWide  PlacePrecision = "district"      // second-order unit only
	RegionWide    PlacePrecision = "region"        // first-order unit only
	Fuzzy         PlacePrecision = "fuzzy"         // a line or a vague area
	CountryWide   PlacePrecision = "country"       // the country only
	International PlacePrecision = "international" // at sea, in the air, between countries
	UnknownPlace  PlacePrecision = "unknown"
)

// PlacePrecisions lists them, the closest first.
func PlacePrecisions() []PlacePrecision {
	return []PlacePrecision{Exact, Near, DistrictWide, RegionWide, Fuzzy, CountryWide, International, UnknownPlace}
}

// Role is what a participant did. Where a source does not say who attacked whom,
// both are a Party.
type Role string

// Roles lists them.
func Roles() []Role {
	return []Role{"initiator", "target", "visitor", "host", "mediator", "party", "other"}
}

// RelationKind is how one event bears on another.
type RelationKind string

// RelationKinds lists them.
func RelationKinds() []RelationKind {
	return []RelationKind{"retaliation_for", "resumes", "halts", "ends", "precedes", "same_as"}
}

// Status is how far a record can be relied on.
type Status string

// Withdrawn marks an event that no longer stands. It leaves by no output.
const Withdrawn Status = "withdrawn"

// Statuses lists them.
func Statuses() []Status {
	return []Status{"reported", "corroborated", "verified", "disputed", Withdrawn}
}
