package geotest

import (
	"math"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

func (r randomness) event(id string) *geo.Event {
	e := &geo.Event{ID: id, Type: oneOf(r, geo.EventTypes()), Subtype: r.maybe(r.line), Title: r.text(1), Summary: r.text(0),
		DatePrecision: oneOf(r, geo.DatePrecisions()), DateText: r.maybe(r.line), PlaceID: r.maybeID(), PlacePrecision: oneOf(r, geo.PlacePrecisions()),
		Route: r.route(), Participants: some(r, 0, r.participant), Incidents: 1 + r.IntN(3), Fatalities: r.fatalities(), PartOf: r.maybeID(),
		Related: some(r, 0, r.relation), Sources: some(r, 1, r.source), Claims: some(r, 0, r.claim), Inferred: r.inferences(),
		Status: oneOf(r, geo.Statuses()), Tags: r.lines(), Extra: r.extra(), DatasetID: "d"}
	switch r.IntN(3) {
	case 0:
		e.Geometry = r.awkward(func(orb.Geometry) bool { return true })
	case 1:
		e.Geometry = r.point()
	}
	if e.Geometry == nil && e.PlaceID == "" {
		e.PlacePrecision = geo.UnknownPlace
	}
	if e.Start, e.End = r.interval(); e.Start.IsZero() && e.End.IsZero() {
		e.DatePrecision = geo.UnknownDate
	}
	return e
}

func (r randomness) route() *geo.Route {
	if r.chance() {
		return nil
	}
	route := &geo.Route{From: r.maybeID(), To: r.id()}
	route.Assumed = route.From != "" && r.chance()
	return route
}

func (r randomness) participant() geo.Participant {
	p := geo.Participant{Role: oneOf(r, geo.Roles())}
	if r.chance() {
		p.ActorID = r.id()
	} else {
		p.Name = r.line()
	}
	return p
}

func (r randomness) fatalities() *geo.Fatalities {
	if r.chance() {
		return nil
	}
	count := func() *int {
		n := oneOf(r, []int{0, 1, 7, 12_345, math.MaxInt32})
		if r.chance() {
			return nil
		}
		return &n
	}
	return &geo.Fatalities{Best: count(), Low: count(), High: count()}
}

func (r randomness) relation() geo.Relation {
	return geo.Relation{Event: r.id(), Relation: oneOf(r, geo.RelationKinds())}
}

func (r randomness) source() geo.Source {
	return geo.Source{Publisher: r.line(), Title: r.maybe(r.line), Date: oneOf(r, []string{"", "2024", "2024-07", "2024-07-22"}), AccordingTo: r.maybe(r.line)}
}

func (r randomness) claim() geo.Claim {
	return geo.Claim{Field: "fatalities.best", Value: r.json(), AccordingTo: r.line()}
}

func (r randomness) extra() geo.Extra {
	extra := make(geo.Extra)
	for range r.IntN(4) {
		extra[r.line()] = r.json()
	}
	if len(extra) == 0 {
		return nil
	}
	extra["sources"] = jsontext.Value(`"twice"`) // the name of a property, one level down
	return extra
}
