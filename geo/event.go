package geo

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// Event is something that happened at a place or area, or between two places,
// in an interval of time, reported by at least one source. docs/records.md says
// what each field means.
type Event struct {
	ID       string       `json:"-"`
	Geometry orb.Geometry `json:"-"` // its own; nil: that of PlaceID

	Type           EventType      `json:"type"`
	Subtype        string         `json:"subtype,omitzero"` // the source's own label
	Title          Text           `json:"title"`
	Summary        Text           `json:"summary,omitempty"`
	Start          Instant        `json:"start"` // null: not known
	End            Instant        `json:"end"`   // null: going on as last reported
	DatePrecision  DatePrecision  `json:"date_precision"`
	DateText       string         `json:"date_text,omitzero"` // the words of the report
	PlaceID        string         `json:"place_id,omitzero"`  // of a place or an area
	PlacePrecision PlacePrecision `json:"place_precision"`
	Route          *Route         `json:"route,omitzero"`
	Participants   []Participant  `json:"participants,omitempty"`
	Incidents      int            `json:"incidents"` // how many the record stands for, 1 or more
	Fatalities     *Fatalities    `json:"fatalities,omitzero"`
	PartOf         string         `json:"part_of,omitzero"` // id of the operation or campaign
	Related        []Relation     `json:"related,omitempty"`
	Sources        []Source       `json:"sources"`
	Claims         []Claim        `json:"claims,omitempty"`
	Inferred       []Inference    `json:"inferred,omitempty"`
	Status         Status         `json:"status"`
	Tags           []string       `json:"tags,omitempty"`
	Extra          Extra          `json:"extra,omitempty"` // a source's remaining columns
	DatasetID      string         `json:"dataset_id"`
}

// Extra is JSON by name: what a source says beyond our fields.
type Extra map[string]jsontext.Value

// MarshalJSONTo writes the members by name. Imports spend a seventh of their time
// here when reflection does it.
func (x Extra) MarshalJSONTo(e *jsontext.Encoder) error {
	if err := e.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(x)) {
		if err := e.WriteToken(jsontext.String(name)); err != nil {
			return err
		}
		if err := e.WriteValue(x[name]); err != nil {
			return err
		}
	}
	return e.WriteToken(jsontext.EndObject)
}

// Route is the way of a visit. To is a place or an area; From may be unknown.
type Route struct {
	From    string `json:"from,omitzero"`
	To      string `json:"to"`
	Assumed bool   `json:"assumed,omitzero"` // no source says where it began
}

// Participant is one who takes part: an actor on record, or a name.
type Participant struct {
	ActorID string `json:"actor_id,omitzero"`
	Name    string `json:"name,omitzero"`
	Role    Role   `json:"role"`
}

// Fatalities is a count of deaths as a range. Null is not known, and not zero.
type Fatalities struct {
	Best *int `json:"best"`
	Low  *int `json:"low"`
	High *int `json:"high"`
}

// AtLeast returns the number of deaths that the record stands by: its best
// estimate, else its low one. The second result is false where neither is known.
func (f *Fatalities) AtLeast() (int, bool) {
	switch {
	case f == nil:
		return 0, false
	case f.Best != nil:
		return *f.Best, true
	case f.Low != nil:
		return *f.Low, true
	}
	return 0, false
}

// Relation ties an event to another.
type Relation struct {
	Event    string       `json:"event"`
	Relation RelationKind `json:"relation"`
}

// Kind is Events.
func (e *Event) Kind() Kind { return Events }

// Key is the event's id.
func (e *Event) Key() string { return e.ID }

// Shape is the event's own geometry, nil where it has its place's.
func (e *Event) Shape() orb.Geometry { return e.Geometry }

// InDataset is the id of the event's dataset.
func (e *Event) InDataset() string { return e.DatasetID }

// Time is the interval that the event may cover. An undated event may cover all.
func (e *Event) Time() Interval { return Interval{e.Start, e.End} }

// References lists every record that the event mentions.
func (e *Event) References() []Reference {
	var rs references
	rs.add("dataset_id", e.DatasetID, datasets...)
	rs.add("place_id", e.PlaceID, location...)
	if e.Route != nil {
		rs.add("route.from", e.Route.From, location...)
		rs.add("route.to", e.Route.To, location...)
	}
	for i, p := range e.Participants {
		if p.ActorID != "" {
			rs.add("participants["+strconv.Itoa(i)+"].actor_id", p.ActorID, actors...)
		}
	}
	rs.add("part_of", e.PartOf, events...)
	for i, r := range e.Related {
		rs.add("related["+strconv.Itoa(i)+"].event", r.Event, events...)
	}
	return rs
}

func (e *Event) setFeature(id string, g orb.Geometry) { e.ID, e.Geometry = id, g }

func (e *Event) check() (fs faults) {
	if e.Geometry != nil {
		fs = append(fs, checkGeometry(e.Geometry)...)
	}
	fs = append(fs, checkOneOf("type", e.Type, EventTypes())...)
	fs = append(fs, checkText("subtype", e.Subtype, lineLimit, false)...)
	fs = append(fs, e.Title.check("title", true)...)
	fs = append(fs, e.Summary.check("summary", false)...)
	fs = append(fs, e.checkTime()...)
	fs = append(fs, e.checkPlace()...)
	fs = append(fs, checkEach("participants", e.Participants)...)
	fs = append(fs, e.checkCounts()...)
	fs = append(fs, e.checkTies()...)
	if len(e.Sources) == 0 {
		fs.add("sources", "", "is missing: an event rests on at least one source")
	}
	fs = append(fs, checkEach("sources", e.Sources)...)
	fs = append(fs, checkEach("claims", e.Claims)...)
	fs = append(fs, checkEach("inferred", e.Inferred)...)
	fs = append(fs, checkOneOf("status", e.Status, Statuses())...)
	fs = append(fs, checkLines("tags", e.Tags)...)
	return append(fs, checkID("dataset_id", e.DatasetID)...)
}

func (e *Event) checkTime() (fs faults) {
	fs = append(fs, checkOneOf("date_precision", e.DatePrecision, DatePrecisions())...)
	fs = append(fs, checkText("date_text", e.DateText, textLimit, false)...)
	if e.Time().reversed() {
		fs.add("end", e.End.String(), "lies before start %s", e.Start)
	}
	if e.Start.IsZero() && e.End.IsZero() && e.DatePrecision != UnknownDate {
		fs.add("date_precision", string(e.DatePrecision), "must be unknown where neither start nor end is")
	}
	return fs
}

func (e *Event) checkPlace() (fs faults) {
	fs = append(fs, checkRef("place_id", e.PlaceID)...)
	fs = append(fs, checkOneOf("place_precision", e.PlacePrecision, PlacePrecisions())...)
	if e.Geometry == nil && e.PlaceID == "" && e.PlacePrecision != UnknownPlace && e.PlacePrecision != International {
		fs.add("place_precision", string(e.PlacePrecision), "must be unknown or international where there is neither geometry nor place_id")
	}
	if e.Route == nil {
		return fs
	}
	fs = append(fs, checkRef("route.from", e.Route.From)...)
	fs = append(fs, checkID("route.to", e.Route.To)...)
	if e.Route.Assumed && e.Route.From == "" {
		fs.add("route.assumed", "true", "there is no route.from that could be assumed")
	}
	return fs
}

// maxCount is the most incidents or deaths of one record: more are a slip, and could
// not be added up.
const maxCount = math.MaxInt32

func (e *Event) checkCounts() (fs faults) {
	if e.Incidents < 1 || e.Incidents > maxCount {
		fs.add("incidents", strconv.Itoa(e.Incidents), "must be from 1 to %d", maxCount)
	}
	if f := e.Fatalities; f != nil {
		// best > high is kept: sources say so, and it is not ours to repair.
		for _, count := range []struct {
			name string
			n    *int
		}{{"best", f.Best}, {"low", f.Low}, {"high", f.High}} {
			if count.n != nil && (*count.n < 0 || *count.n > maxCount) {
				fs.add("fatalities."+count.name, strconv.Itoa(*count.n), "must be from 0 to %d, or null where it is not known", maxCount)
			}
		}
	}
	return fs
}

func (e *Event) checkTies() (fs faults) {
	fs = append(fs, checkRef("part_of", e.PartOf)...)
	if e.PartOf != "" && e.PartOf == e.ID {
		fs.add("part_of", e.PartOf, "an event cannot be part of itself")
	}
	fs = append(fs, checkEach("related", e.Related)...)
	if i := slices.IndexFunc(e.Related, func(r Relation) bool { return r.Event == e.ID }); i >= 0 {
		fs.add("related["+strconv.Itoa(i)+"].event", e.ID, "an event cannot be related to itself")
	}
	return fs
}

func (p Participant) check(name string) (fs faults) {
	if (p.ActorID == "") == (p.Name == "") {
		fs.add(name, p.ActorID, "give either actor_id or name")
	}
	fs = append(fs, checkRef(name+".actor_id", p.ActorID)...)
	fs = append(fs, checkText(name+".name", p.Name, lineLimit, false)...)
	return append(fs, checkOneOf(name+".role", p.Role, Roles())...)
}

func (r Relation) check(name string) (fs faults) {
	fs = append(fs, checkID(name+".event", r.Event)...)
	return append(fs, checkOneOf(name+".relation", r.Relation, RelationKinds())...)
}
