package index

import (
	"fmt"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/evaluation"
)

// rowLeaf is a question that is evaluated for each row, from columns.
type rowLeaf struct{ question }

func (n *rowLeaf) cost() cost { return byRow }

func (n *rowLeaf) keep(p *part, rows bitset, want bool) error {
	subject, asked := &rowSubject{snapshot: n.snapshot, part: p}, 0
	for row := range rows.all() {
		if asked++; asked%betweenLooks == 0 && n.snapshot.interrupted() != nil {
			return n.snapshot.interrupted()
		}
		subject.row = row
		t, err := n.condition.Of(subject)
		if err != nil {
			return fmt.Errorf("%s %q: %w", p.kind, p.id(row), err)
		}
		if !wanted(t, want) {
			rows.unset(row)
		}
	}
	return nil
}

// rowSubject is the record of a row as far as columns hold it, and else as it was
// read.
type rowSubject struct {
	snapshot *Snapshot
	part     *part
	row      uint32
	record   geo.Record
}

// Value is the value of a property as it may leave.
func (s *rowSubject) Value(q geo.Queryable) any {
	p, row := s.part, s.row
	switch q.Name {
	case "id":
		return p.id(row)
	case "geometry":
		if g := s.snapshot.anchors.geometry(p.anchor[row]); g != nil {
			return g
		}
		return nil
	}
	if s.record != nil {
		return q.Value(s.record, nil)
	}
	switch q.Name {
	case "dataset_id":
		return s.snapshot.datasets[p.table.dataset[row]].id
	case "start":
		return timeOf(p.start[row], always)
	case "end":
		return timeOf(p.end[row], still)
	case "datetime":
		if p.kind == geo.Events && p.start[row] == always && p.end[row] == still {
			return nil
		}
		return evaluation.Micros{Start: p.start[row], End: p.end[row]}
	}
	return s.ofEvent(q.Name)
}

// timeOf is a time in microseconds; nil where it is not known.
func timeOf(micros, null int64) any {
	if micros == null {
		return nil
	}
	return instant(micros)
}

func (s *rowSubject) ofEvent(name string) any {
	p, row := s.part, s.row
	switch name {
	case "type":
		return string(geo.EventTypes()[p.types[row]])
	case "status":
		return string(geo.Statuses()[p.statuses[row]])
	case "date_precision":
		return string(geo.DatePrecisions()[p.datePrecisions[row]])
	case "place_precision":
		if p.lost != nil && p.lost.has(row) {
			return string(geo.UnknownPlace)
		}
		return string(geo.PlacePrecisions()[p.placePrecisions[row]])
	case "place_id":
		if n := p.loc[row]; n != 0 && !s.snapshot.anchors.hidden[n] {
			return s.snapshot.locationID(n)
		}
		return nil
	}
	if n := columnOf(name).counts(p.table)[row]; n != unknown {
		return float64(n)
	}
	return nil
}

// readLeaf is a question that needs the record: some members of its properties.
type readLeaf struct {
	question
	members []string
}

func (n *readLeaf) cost() cost { return byRecord }

func (n *readLeaf) keep(p *part, rows bitset, want bool) error {
	subject := &rowSubject{snapshot: n.snapshot, part: p}
	return n.snapshot.readEach(p, rows, n.members, func(row uint32, r geo.Record) error {
		subject.row, subject.record = row, r
		t, err := n.condition.Of(subject)
		if err != nil {
			return fmt.Errorf("%s %q: %w", n.kind, p.id(row), err)
		}
		if !wanted(t, want) {
			rows.unset(row)
		}
		return nil
	})
}
