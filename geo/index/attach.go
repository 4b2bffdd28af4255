package index

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// place works out in which areas each row lies, and which events are attached to
// which place and area.
func (s *Snapshot) place() {
	s.there = make(map[string][]*Row)
	for _, k := range []geo.Kind{geo.Places, geo.Areas} {
		for _, r := range s.rows[k] {
			r.areas = s.areasOf(r, geo.Exact, geo.Interval{})
		}
	}
	for _, r := range s.rows[geo.Events] {
		event := r.record.(*geo.Event)
		r.at = namedBy(event)
		r.areas = s.areasOf(r, event.PlacePrecision, event.Time())
		for _, id := range r.at {
			if at := s.location(id); at != nil {
				r.areas = append(r.areas, s.standingIn(at.areas, event.Time())...)
				if at.Kind == geo.Areas {
					r.areas = append(r.areas, id)
				}
			}
		}
		slices.Sort(r.areas)
		r.areas = slices.Compact(r.areas)
		for _, id := range attachedTo(r) {
			s.there[id] = append(s.there[id], r)
		}
	}
}

// namedBy lists the places and areas that an event names as where it happened.
// An assumed start of a journey is not one of them.
func namedBy(e *geo.Event) (ids []string) {
	if e.PlaceID != "" {
		ids = append(ids, e.PlaceID)
	}
	if r := e.Route; r != nil {
		if !slices.Contains(ids, r.To) {
			ids = append(ids, r.To)
		}
		if r.From != "" && !r.Assumed && !slices.Contains(ids, r.From) {
			ids = append(ids, r.From)
		}
	}
	return ids
}

// standingIn keeps of the areas those that were valid at some instant of the time.
func (s *Snapshot) standingIn(ids []string, during geo.Interval) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		row := s.Find(geo.Areas, id)
		return row == nil || !row.record.(*geo.Area).Valid().Overlaps(during)
	})
}

func attachedTo(r *Row) []string {
	ids := append(slices.Clone(r.at), r.areas...)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// areasOf lists the areas in which a row lies: those its record names, upwards,
// and those whose polygon holds it, where it is placed closely enough to tell.
func (s *Snapshot) areasOf(r *Row, precision geo.PlacePrecision, during geo.Interval) (ids []string) {
	switch record := r.record.(type) {
	case *geo.Place:
		ids = s.upwards(record.Within)
	case *geo.Area:
		// That one outline lies in another is said by within alone: outlines of
		// different makers overlap at their edges.
		return s.upwards(record.Within)
	}
	for _, row := range s.rows[geo.Areas] {
		area := row.record.(*geo.Area)
		if !precision.CanBeIn(area.AreaKind) || slices.Contains(ids, row.ID) || !area.Valid().Overlaps(during) {
			continue
		}
		if r.ownsShape() && geo.Inside(r.shape, area.Geometry) {
			ids = append(ids, row.ID)
		}
	}
	return ids
}

// ownsShape says whether the geometry tells where the row is. The outline of the
// area that an event is tied to does not: the event is somewhere in it.
func (r *Row) ownsShape() bool {
	if r.shape == nil {
		return false
	}
	_, isPoint := r.shape.(orb.Point)
	return r.ShapeSeq == r.Seq || isPoint
}

// upwards lists an area and all that it lies within.
func (s *Snapshot) upwards(id string) (ids []string) {
	for id != "" && !slices.Contains(ids, id) {
		row := s.Find(geo.Areas, id)
		if row == nil {
			break
		}
		area := row.record.(*geo.Area)
		ids = append(ids, id)
		id = area.Within
	}
	return ids
}
