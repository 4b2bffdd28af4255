package geo

import (
	"cmp"

	"github.com/conflictmap/conflictmap/geo/cql2"
)

// queryables is the one list of what a filter can name. The index and the
// documents are made from it.
var queryables = map[Kind][]Queryable{
	Places: {
		idOf(), shapeOf(),
		languages("names", func(p *Place) Text { return p.Names }),
		list("other_names", func(p *Place) []string { return p.OtherNames }),
		text("kind", func(p *Place) string { return string(p.PlaceKind) }),
		text("pcode", func(p *Place) string { return p.PCode }),
		text("within", func(p *Place) string { return p.Within }),
		languages("summary", func(p *Place) Text { return p.Summary }),
		list("inferred", func(p *Place) []string { return fieldsOf(p.Inferred) }),
		text("dataset_id", func(p *Place) string { return p.DatasetID }),
	},
	Areas: {
		idOf(), shapeOf(),
		languages("names", func(a *Area) Text { return a.Names }),
		list("other_names", func(a *Area) []string { return a.OtherNames }),
		text("kind", func(a *Area) string { return string(a.AreaKind) }),
		text("pcode", func(a *Area) string { return a.PCode }),
		text("within", func(a *Area) string { return a.Within }),
		queryable(cql2.InstantType, "start", func(a *Area) any { return first(a.Start) }),
		queryable(cql2.InstantType, "end", func(a *Area) any { return last(a.End) }),
		datetime(func(a *Area) any { return a.Valid() }),
		languages("summary", func(a *Area) Text { return a.Summary }),
		list("inferred", func(a *Area) []string { return fieldsOf(a.Inferred) }),
		text("dataset_id", func(a *Area) string { return a.DatasetID }),
	},
	Events: eventQueryables,
	Actors: {
		idOf(),
		languages("names", func(a *Actor) Text { return a.Names }),
		list("other_names", func(a *Actor) []string { return a.OtherNames }),
		text("kind", func(a *Actor) string { return string(a.ActorKind) }),
		list("member_of", func(a *Actor) []string { return a.MemberOf }),
		languages("summary", func(a *Actor) Text { return a.Summary }),
		text("dataset_id", func(a *Actor) string { return a.DatasetID }),
	},
	Datasets: {
		idOf(),
		languages("title", func(d *Dataset) Text { return d.Title }),
		text("publisher", func(d *Dataset) string { return d.Publisher }),
		text("licence", func(d *Dataset) string { return d.Licence }),
		text("attribution", func(d *Dataset) string { return d.Attribution }),
		text("link", func(d *Dataset) string { return d.Link }),
		text("redistribution", func(d *Dataset) string { return string(d.Redistribution) }),
		languages("summary", func(d *Dataset) Text { return d.Summary }),
	},
}

var eventQueryables = []Queryable{
	idOf(), shapeOf(),
	text("type", func(e *Event) string { return string(e.Type) }),
	text("subtype", func(e *Event) string { return e.Subtype }),
	languages("title", func(e *Event) Text { return e.Title }),
	languages("summary", func(e *Event) Text { return e.Summary }),
	queryable(cql2.InstantType, "start", func(e *Event) any { return first(e.Start) }),
	queryable(cql2.InstantType, "end", func(e *Event) any { return last(e.End) }),
	datetime(func(e *Event) any {
		if e.Time().IsZero() {
			return nil
		}
		return e.Time()
	}),
	text("date_precision", func(e *Event) string { return string(e.DatePrecision) }),
	text("date_text", func(e *Event) string { return e.DateText }),
	text("place_id", func(e *Event) string { return e.PlaceID }),
	text("place_precision", func(e *Event) string { return string(e.PlacePrecision) }),
	text("route.from", func(e *Event) string { return e.route().From }),
	text("route.to", func(e *Event) string { return e.route().To }),
	queryable(cql2.TruthType, "route.assumed", func(e *Event) any {
		if e.Route == nil {
			return nil
		}
		return e.Route.Assumed
	}),
	list("participants", func(e *Event) []string {
		return each(e.Participants, func(p Participant) string { return cmp.Or(p.ActorID, p.Name) })
	}),
	queryable(cql2.NumberType, "incidents", func(e *Event) any { return float64(e.Incidents) }),
	deaths("best", func(f *Fatalities) *int { return f.Best }),
	deaths("low", func(f *Fatalities) *int { return f.Low }),
	deaths("high", func(f *Fatalities) *int { return f.High }),
	text("part_of", func(e *Event) string { return e.PartOf }),
	list("related", func(e *Event) []string { return each(e.Related, func(r Relation) string { return r.Event }) }),
	list("sources.publisher", func(e *Event) []string { return each(e.Sources, func(s Source) string { return s.Publisher }) }),
	list("sources.according_to", func(e *Event) []string { return each(e.Sources, func(s Source) string { return s.AccordingTo }) }),
	list("inferred", func(e *Event) []string { return fieldsOf(e.Inferred) }),
	text("status", func(e *Event) string { return string(e.Status) }),
	list("tags", func(e *Event) []string { return e.Tags }),
	text("dataset_id", func(e *Event) string { return e.DatasetID }),
}

func (e *Event) route() Route {
	if e.Route == nil {
		return Route{}
	}
	return *e.Route
}

func deaths(name string, of func(f *Fatalities) *int) Queryable {
	return queryable(cql2.NumberType, "fatalities."+name, func(e *Event) any {
		if e.Fatalities == nil || of(e.Fatalities) == nil {
			return nil
		}
		return float64(*of(e.Fatalities))
	})
}

// datetime is the queryable of the time from a record's start to its end.
func datetime[R Record](value func(r R) any) Queryable {
	q := queryable(cql2.IntervalType, "datetime", value)
	q.members = []string{"start", "end"}
	return q
}

func fieldsOf(inferred []Inference) []string {
	return each(inferred, func(i Inference) string { return i.Field })
}
