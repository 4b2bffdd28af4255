package index

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"

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

// Reading records is work for seconds, where there are a million: only half of the
// processors do it at a time, so that other requests need not wait for it, and it
// ends soon after the request that wants it.
var reading = make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2))

// readAtOnce is how many records are read before it is looked whether they are still
// wanted, and how many may be read beside all others.
const readAtOnce = 1_000

func (n *readLeaf) keep(p *part, rows bitset, want bool) error {
	wantedRows := make([]seqRow, 0, rows.count())
	for row := range rows.all() {
		wantedRows = append(wantedRows, seqRow{p.seq[row], row})
	}
	slices.SortFunc(wantedRows, func(a, b seqRow) int { return cmp.Compare(a.seq, b.seq) })
	if len(wantedRows) > readAtOnce {
		select {
		case reading <- struct{}{}:
			defer func() { <-reading }()
		case <-n.snapshot.done():
			return n.snapshot.interrupted()
		}
	}
	subject := &rowSubject{snapshot: n.snapshot, part: p}
	for batch := range slices.Chunk(wantedRows, readAtOnce) {
		if err := n.snapshot.interrupted(); err != nil {
			return err
		}
		if err := n.read(subject, batch, rows, want); err != nil {
			return err
		}
	}
	return nil
}

type seqRow struct {
	seq uint64
	row uint32
}

// read asks the question of some rows, and takes out those that are not wanted.
func (n *readLeaf) read(subject *rowSubject, batch []seqRow, rows bitset, want bool) error {
	seqs := make([]uint64, len(batch))
	for i, r := range batch {
		seqs[i] = r.seq
	}
	i := 0
	var failed error // of the evaluation, and none of the record's
	err := n.snapshot.read(seqs, func(_ uint64, feature []byte) (err error) {
		subject.row = batch[i].row
		i++
		if subject.record, err = n.decode(subject.part, subject.row, feature); err != nil {
			return err
		}
		t, err := n.condition.Of(subject)
		if err != nil {
			failed = fmt.Errorf("%s %q: %w", n.kind, subject.part.id(subject.row), err)
			return failed
		}
		if !wanted(t, want) {
			rows.unset(subject.row)
		}
		return nil
	})
	return cmp.Or(failed, err)
}

// decode reads what the question asks of a record, as it may leave.
func (n *readLeaf) decode(p *part, row uint32, feature []byte) (geo.Record, error) {
	if p.masked == nil || !p.masked.has(row) {
		return geo.DecodeMembers(n.kind, feature, n.members)
	}
	r, err := geo.DecodeFeature(n.kind, feature)
	if err != nil {
		return nil, err
	}
	return n.snapshot.Mask(r), nil
}
