package geo

import "slices"

// Mask returns the record without its mentions of records that may not leave, so
// that not even their ids do, and whether there were any. The record itself is
// not changed.
func Mask(r Record, mayLeave func(k Kind, id string) bool) (Record, bool) {
	hidden := make(map[string]bool)
	for _, ref := range r.References() {
		if !slices.ContainsFunc(ref.Kinds, func(k Kind) bool { return mayLeave(k, ref.ID) }) {
			hidden[ref.ID] = true
		}
	}
	if len(hidden) == 0 {
		return r, false
	}
	shown := func(id string) string {
		if hidden[id] {
			return ""
		}
		return id
	}
	switch r := r.(type) {
	case *Event:
		return r.mask(hidden, shown), true
	case *Place:
		masked := *r
		masked.Within = shown(r.Within)
		return &masked, true
	case *Area:
		masked := *r
		masked.Within = shown(r.Within)
		return &masked, true
	case *Actor:
		masked := *r
		masked.MemberOf = slices.DeleteFunc(slices.Clone(r.MemberOf), func(id string) bool { return hidden[id] })
		return &masked, true
	}
	return r, false
}

func (e *Event) mask(hidden map[string]bool, shown func(string) string) *Event {
	masked := *e
	masked.PlaceID, masked.PartOf = shown(e.PlaceID), shown(e.PartOf)
	if masked.PlaceID == "" && masked.Geometry == nil && e.PlaceID != "" {
		masked.PlacePrecision = UnknownPlace
	}
	if e.Route != nil {
		if hidden[e.Route.To] {
			masked.Route = nil
		} else if route := *e.Route; hidden[route.From] {
			route.From, route.Assumed = "", false
			masked.Route = &route
		}
	}
	masked.Participants = slices.DeleteFunc(slices.Clone(e.Participants), func(p Participant) bool { return hidden[p.ActorID] })
	masked.Related = slices.DeleteFunc(slices.Clone(e.Related), func(r Relation) bool { return hidden[r.Event] })
	return &masked
}
