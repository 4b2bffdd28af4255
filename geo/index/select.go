package index

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// Position is a place in the order of a collection's rows: just after the row of
// that order and id, whether the row is still there or not.
type Position struct {
	Order int64
	ID    string
}

// Position returns the position just after the row.
func (r *Row) Position() Position { return Position{r.order, r.ID} }

// Selection is what a filter found, in order.
type Selection struct{ rows []*Row }

// Len is the number of rows that the filter matches.
func (s Selection) Len() int { return len(s.rows) }

// Page returns up to limit rows after the position (from the start: nil), and
// whether there are more.
func (s Selection) Page(after *Position, limit int) (rows []*Row, more bool) {
	from := 0
	if after != nil {
		target := &Row{ID: after.ID, order: after.Order}
		i, found := slices.BinarySearchFunc(s.rows, target, compareRows)
		if from = i; found {
			from++
		}
	}
	to := min(from+limit, len(s.rows))
	return s.rows[from:to], to < len(s.rows)
}

// Select returns the rows of a collection that the filter matches. An id in the
// filter that no record has is an Invalid error: an empty answer would look as if
// nothing had happened there.
func (s *Snapshot) Select(k geo.Kind, f geo.Filter) (Selection, error) {
	if err := s.checkIDs(f); err != nil {
		return Selection{}, err
	}
	matches := s.matcher(f)
	var found []*Row
	for _, r := range s.rows[k] {
		if matches(r) {
			found = append(found, r)
		}
	}
	return Selection{found}, nil
}

// Attached returns the events attached to a place or an area, the newest first,
// that the part of the filter matches that speaks of events (geo.Filter.Attached).
func (s *Snapshot) Attached(id string, f geo.Filter) Selection {
	matches := s.matcher(f.Attached())
	var found []*Row
	for _, r := range s.there[id] {
		if matches(r) {
			found = append(found, r)
		}
	}
	return Selection{found}
}

func (s *Snapshot) checkIDs(f geo.Filter) error {
	var faults []geo.Fault
	check := func(name string, ids []string, kinds ...geo.Kind) {
		for _, id := range ids {
			if !slices.ContainsFunc(kinds, func(k geo.Kind) bool { return s.Find(k, id) != nil }) {
				faults = append(faults, geo.Fault{Name: name, Value: id, Detail: "there is no such record"})
			}
		}
	}
	check("actor", f.Actors, geo.Actors)
	check("place", f.Places, geo.Places, geo.Areas)
	check("area", f.Areas, geo.Areas)
	check("dataset", f.Datasets, geo.Datasets)
	check("part_of", f.PartOf, geo.Events)
	return geo.Reject("the filter names what is not there", faults)
}

// matcher makes the test that a row must pass.
func (s *Snapshot) matcher(f geo.Filter) func(*Row) bool {
	query := geo.NewQuery(f.Words)
	actors := s.withMembers(f.Actors)
	return func(r *Row) bool {
		if f.Box != nil && r.shape != nil && !geo.Intersects(r.shape, *f.Box) {
			return false
		}
		if len(f.Datasets) > 0 && !slices.Contains(f.Datasets, r.Dataset) {
			return false
		}
		if len(query) > 0 && !query.Match(r.texts...) {
			return false
		}
		if len(f.Areas) > 0 && !overlap(f.Areas, r.areas) {
			return false
		}
		switch record := r.record.(type) {
		case *geo.Event:
			return s.matchesEvent(f, r, record, actors)
		case *geo.Area:
			return record.Valid().Overlaps(f.Time) && (len(f.Places) == 0 || slices.Contains(f.Places, r.ID))
		case *geo.Place:
			return len(f.Places) == 0 || slices.Contains(f.Places, r.ID)
		}
		return true
	}
}

func (s *Snapshot) matchesEvent(f geo.Filter, r *Row, e *geo.Event, actors []string) bool {
	switch {
	case len(f.Types) > 0 && !slices.Contains(f.Types, e.Type):
	case len(f.Statuses) > 0 && !slices.Contains(f.Statuses, e.Status):
	case !e.Time().Overlaps(f.Time):
	case len(f.Places) > 0 && !overlap(f.Places, r.at):
	case len(f.Actors) > 0 && !slices.ContainsFunc(e.Participants, func(p geo.Participant) bool { return p.ActorID != "" && slices.Contains(actors, p.ActorID) }):
	case len(f.PartOf) > 0 && !s.isPartOf(e, f.PartOf):
	case f.MinFatalities > 0 && !knownAtLeast(e.Fatalities, f.MinFatalities):
	default:
		return true
	}
	return false
}

func knownAtLeast(f *geo.Fatalities, n int) bool {
	deaths, known := f.AtLeast()
	return known && deaths >= n
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(id string) bool { return slices.Contains(b, id) })
}

// isPartOf says whether the event belongs to one of the operations, directly or not.
func (s *Snapshot) isPartOf(e *geo.Event, operations []string) bool {
	for steps := 0; e != nil && e.PartOf != "" && steps < len(s.rows[geo.Events]); steps++ {
		if slices.Contains(operations, e.PartOf) {
			return true
		}
		next := s.Find(geo.Events, e.PartOf)
		if next == nil {
			return false
		}
		e, _ = next.record.(*geo.Event)
	}
	return false
}

// withMembers adds to the actors all that are members of them, directly or not.
func (s *Snapshot) withMembers(ids []string) []string {
	all := slices.Clone(ids)
	for i := 0; i < len(all); i++ {
		for _, r := range s.rows[geo.Actors] {
			if slices.Contains(r.record.(*geo.Actor).MemberOf, all[i]) && !slices.Contains(all, r.ID) {
				all = append(all, r.ID)
			}
		}
	}
	return all
}

// Extent returns the box around the rows of a kind, and false where none is anywhere.
func (s *Snapshot) Extent(k geo.Kind) (geo.Box, bool) {
	var shapes orb.Collection
	for _, r := range s.rows[k] {
		if r.shape != nil {
			shapes = append(shapes, r.shape)
		}
	}
	return geo.Extent(shapes)
}

// Span returns the interval of time that the events, or the areas, cover; its
// ends are open where one of them has an open end.
func (s *Snapshot) Span(k geo.Kind) geo.Interval {
	var span geo.Interval
	first := true
	for _, r := range s.rows[k] {
		time, dated := timeOf(r.record)
		if !dated {
			continue
		}
		if first {
			span, first = time, false
			continue
		}
		span = span.Union(time)
	}
	return span
}

func timeOf(r geo.Record) (geo.Interval, bool) {
	e, isEvent := r.(*geo.Event)
	if !isEvent || e.Time().IsZero() {
		return geo.Interval{}, false
	}
	return e.Time(), true
}
