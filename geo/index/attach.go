package index

import "github.com/conflictmap/conflictmap/geo"

// Attachments finds the events that are attached to places and areas and that one
// filter matches.
type Attachments struct{ matched Selection }

// Attachments makes ready the part of the filter that speaks of events
// (geo.Filter.Attached). The error is Invalid where it names what is not there.
func (s *Snapshot) Attachments(f geo.Filter) (*Attachments, error) {
	matched, err := s.Select(geo.Events, f.Attached())
	return &Attachments{matched}, err
}

// Of returns the events attached to a place or an area, the newest first: those
// that name it as where they happened, and of an area all that lie in it. There
// are none of a record of another kind.
func (a *Attachments) Of(r Row) Selection {
	s := a.matched.snapshot
	found := Selection{snapshot: s, parts: a.matched.parts}
	for i, p := range found.parts {
		rows := borrow(p.rows)
		switch r.Kind {
		case geo.Places:
			p.attached(s.numberOf(geo.Places, []byte(r.ID)), rows)
		case geo.Areas:
			s.eventsIn(s.numberOf(geo.Areas, []byte(r.ID)), p, rows)
		}
		rows.and(a.matched.rows[i])
		found.rows = append(found.rows, rows)
		found.len += rows.count()
	}
	return found
}
