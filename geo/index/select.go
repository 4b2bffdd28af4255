package index

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// Row is one record that may leave, as one snapshot knows it.
type Row struct {
	ID   string
	Kind geo.Kind
	Seq  uint64 // where the record stands in the log

	// ShapeSeq is where the record stands whose geometry this one has: Seq itself,
	// the place's of an event without geometry of its own, or 0: it is nowhere.
	ShapeSeq uint64

	// Masked says that the record is not as it is stored: it mentions there what may
	// not leave, and here it does not (Snapshot.Mask).
	Masked bool

	part *part
	at   uint32
}

// String names the row, for messages.
func (r Row) String() string {
	return fmt.Sprintf("%s %q (change %d, geometry of change %d, masked %v)", r.Kind, r.ID, r.Seq, r.ShapeSeq, r.Masked)
}

// Position is a place in the order of a collection's rows: just after the row of
// that order and id, whether the row is still there or not.
type Position struct {
	Order int64
	ID    string

	values []sortValue // under the keys of another order than the collection's
}

// Position returns the position just after the row.
func (r Row) Position() Position { return Position{Order: r.part.order(r.at), ID: r.ID} }

func (s *Snapshot) row(p *part, row uint32) Row {
	r := Row{ID: p.id(row), Kind: p.kind, Seq: p.seq[row], Masked: p.masked != nil && p.masked.has(row), part: p, at: row}
	switch n := p.anchor[row]; {
	case p.kind == geo.Places, p.kind == geo.Areas, p.kind == geo.Events && p.ownGeometry.has(row):
		r.ShapeSeq = r.Seq
	case p.kind == geo.Events && !s.anchors.hidden[n]:
		r.ShapeSeq = s.anchors.seq[n]
	}
	return r
}

// Shape is the geometry that a row has, its own or its place's; nil: nowhere. It is
// shared: do not change it.
func (s *Snapshot) Shape(r Row) orb.Geometry {
	if r.ShapeSeq == 0 {
		return nil
	}
	return s.anchors.geometry(r.part.anchor[r.at])
}

// Mask returns the record of a masked row, as it stands in the log, without its
// mentions of what may not leave.
func (s *Snapshot) Mask(r geo.Record) geo.Record {
	masked, _ := geo.Mask(r, func(k geo.Kind, id string) bool {
		_, _, found := s.visible(k, id)
		return found
	})
	return masked
}

// Datasets lists the datasets whose work the rows show: their own, and those of
// the places whose geometry they have. Sorted by id.
func (s *Snapshot) Datasets(rows iter.Seq[Row]) []*geo.Dataset {
	used := newBitset(len(s.datasets))
	for r := range rows {
		used.set(uint32(r.part.table.dataset[r.at]))
		if r.ShapeSeq != r.Seq && r.ShapeSeq != 0 {
			used.set(uint32(s.anchors.dataset[r.part.anchor[r.at]])) // the lender's
		}
	}
	return s.datasetsOf(used)
}

func (s *Snapshot) datasetsOf(used bitset) (list []*geo.Dataset) {
	for n := range used.all() {
		if d := s.datasets[n]; d.leaves {
			list = append(list, d.record)
		}
	}
	slices.SortFunc(list, func(a, b *geo.Dataset) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// Selection is what a filter found, in order.
type Selection struct {
	snapshot *Snapshot
	parts    []*part
	rows     []bitset // of each part
	len      int
}

// Release gives the selection's memory back for the next one. Neither it nor what
// is listed from it later may be used after that; rows that were taken may.
func (s Selection) Release() {
	for _, rows := range s.rows {
		rows.give()
	}
}

// Len is the number of rows that the filter matches.
func (s Selection) Len() int { return s.len }

// Rows lists the rows after a position (from the start: nil).
func (s Selection) Rows(after *Position) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		heads := headsOf(s.parts, func(i int) bitset { return s.rows[i] }, func(p *part) int {
			if after == nil {
				return 0
			}
			return p.firstAfter(*after)
		})
		for len(heads) > 0 {
			h := leastHead(heads)
			if !yield(s.snapshot.row(h.part, h.row)) {
				return
			}
			heads = advance(heads, h)
		}
	}
}

// Page returns up to limit rows after the position (from the start: nil), and
// whether there are more.
func (s Selection) Page(after *Position, limit int) (rows []Row, more bool) {
	rows = make([]Row, 0, min(limit, s.len))
	for r := range s.Rows(after) {
		if len(rows) == limit {
			return rows, true
		}
		rows = append(rows, r)
	}
	return rows, false
}

// First is the first rows of a selection, up to a limit.
func (s Selection) First(limit int) Selection {
	first := Selection{snapshot: s.snapshot, parts: s.parts}
	for _, p := range s.parts {
		first.rows = append(first.rows, newBitset(p.rows))
	}
	heads := headsOf(s.parts, func(i int) bitset { return s.rows[i] }, func(*part) int { return 0 })
	for ; len(heads) > 0 && first.len < limit; first.len++ {
		h := leastHead(heads)
		first.rows[h.at].set(h.row)
		heads = advance(heads, h)
	}
	return first
}

// In is the rows that meet a box.
func (s Selection) In(box geo.Box) Selection {
	narrow := &plan{snapshot: s.snapshot, kind: geo.Events}
	narrow.box(box)
	in := Selection{snapshot: s.snapshot, parts: s.parts}
	for i, p := range s.parts {
		rows := slices.Clone(s.rows[i])
		for _, c := range narrow.conditions {
			c.narrow(p, rows)
		}
		in.rows = append(in.rows, rows)
		in.len += rows.count()
	}
	return in
}

// Datasets is Snapshot.Datasets of all the rows.
func (s Selection) Datasets() []*geo.Dataset {
	used := newBitset(len(s.snapshot.datasets))
	lenders := newBitset(s.snapshot.anchors.len())
	for i, p := range s.parts {
		for row := range s.rows[i].all() {
			used.set(uint32(p.table.dataset[row]))
			if p.kind == geo.Events && !p.ownGeometry.has(row) {
				lenders.set(p.anchor[row])
			}
		}
	}
	for n := range lenders.all() {
		if !s.snapshot.anchors.hidden[n] {
			used.set(uint32(s.snapshot.anchors.dataset[n]))
		}
	}
	return s.snapshot.datasetsOf(used)
}

// Select returns the rows of a collection that the filter matches. An id in the
// filter that no record has is an Invalid error: an empty answer would look as if
// nothing had happened there. Other errors are of reading records, for a CQL2
// expression that columns cannot answer, and of the snapshot's context.
func (s *Snapshot) Select(k geo.Kind, f geo.Filter) (Selection, error) {
	plan, err := s.plan(k, f)
	if err != nil {
		return Selection{}, err
	}
	return plan.selection()
}

func (l *plan) selection(but ...string) (Selection, error) {
	found := Selection{snapshot: l.snapshot, parts: l.snapshot.parts[l.kind]}
	for _, p := range found.parts {
		rows, err := l.rows(p, but...)
		if err != nil {
			return Selection{}, err
		}
		found.rows = append(found.rows, rows)
		found.len += rows.count()
	}
	return found, nil
}

// everything is all rows of a kind that may leave.
func (s *Snapshot) everything(k geo.Kind) Selection {
	all := Selection{snapshot: s, parts: s.parts[k]}
	for _, p := range all.parts {
		all.rows = append(all.rows, slices.Clone(p.visible))
		all.len += p.visible.count()
	}
	return all
}

func (s *Snapshot) checkIDs(f geo.Filter) error {
	var faults []geo.Fault
	check := func(name string, ids []string, kinds ...geo.Kind) {
		for _, id := range ids {
			if !slices.ContainsFunc(kinds, func(k geo.Kind) bool { _, _, found := s.visible(k, id); return found }) {
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
