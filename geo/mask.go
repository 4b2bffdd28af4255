package geo

import "slices"

// Mask returns the record without its mentions of records that may not leave, so
// that not even their ids do, and whether there were any. The record itself is
// not changed.
func Mask(r Record, mayLeave func(k Kind, id string) bool) (Record, bool) {
	m := masker(mayLeave)
	if !slices.ContainsFunc(r.References(), func(ref Reference) bool { return m.hides(ref.ID, ref.Kinds...) }) {
		return r, false
	}
	switch r := r.(type) {
	case *Event:
		return m.event(r), true
	case *Place:
		masked := *r
		masked.Within = m.shown(r.Within, Areas)
		return &masked, true
	case *Area:
		masked := *r
		masked.Within = m.shown(r.Within, Areas)
		return &masked, true
	case *Actor:
		masked := *r
		masked.MemberOf = slices.DeleteFunc(slices.Clone(r.MemberOf), func(id string) bool { return m.hides(id, Actors) })
		return &masked, true
	}
	return r, false
}

type masker func(k Kind, id string) bool

// hides says whether a mention must go: of what has that id, and may be of one of
// the kinds, nothing may leave.
func (m masker) hides(id string, kinds ...Kind) bool {
	return id != "" && !slices.ContainsFunc(kinds, func(k Kind) bool { return m(k, id) })
}

func (m masker) shown(id string, kinds ...Kind) string {
	if m.hides(id, kinds...) {
		return ""
	}
	return id
}

func (m masker) event(e *Event) *Event {
	masked := *e
	masked.PlaceID, masked.PartOf = m.shown(e.PlaceID, location...), m.shown(e.PartOf, Events)
	if masked.PlaceID == "" && masked.Geometry == nil && e.PlaceID != "" {
		masked.PlacePrecision = UnknownPlace
	}
	if e.Route != nil {
		if m.hides(e.Route.To, location...) {
			masked.Route = nil
		} else if route := *e.Route; m.hides(route.From, location...) {
			route.From, route.Assumed = "", false
			masked.Route = &route
		}
	}
	masked.Participants = slices.DeleteFunc(slices.Clone(e.Participants), func(p Participant) bool { return m.hides(p.ActorID, Actors) })
	masked.Related = slices.DeleteFunc(slices.Clone(e.Related), func(r Relation) bool { return m.hides(r.Event, Events) })
	return &masked
}
