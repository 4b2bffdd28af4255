package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// picks are rows of several tables, in the order in which they are wanted.
type picks struct {
	table []uint8
	row   []uint32
}

// gather fills the plain columns with rows of other tables.
func (t *table) gather(from []*table, p picks) {
	var ids strings.Builder
	t.idEnds = make([]uint32, t.rows)
	for i, row := range p.row {
		ids.WriteString(from[p.table[i]].id(row))
		t.idEnds[i] = uint32(ids.Len())
	}
	t.ids = ids.String()
	t.seq = column(from, p, func(t *table) []uint64 { return t.seq })
	t.dataset = column(from, p, func(t *table) []uint16 { return t.dataset })
	t.anchor = column(from, p, func(t *table) []uint32 { return t.anchor })
	t.loc = column(from, p, func(t *table) []uint32 { return t.loc })
	t.start = column(from, p, func(t *table) []int64 { return t.start })
	t.end = column(from, p, func(t *table) []int64 { return t.end })
	t.types = column(from, p, func(t *table) []uint8 { return t.types })
	t.statuses = column(from, p, func(t *table) []uint8 { return t.statuses })
	t.datePrecisions = column(from, p, func(t *table) []uint8 { return t.datePrecisions })
	t.placePrecisions = column(from, p, func(t *table) []uint8 { return t.placePrecisions })
	t.incidents = column(from, p, func(t *table) []int32 { return t.incidents })
	t.best = column(from, p, func(t *table) []int32 { return t.best })
	t.low = column(from, p, func(t *table) []int32 { return t.low })
	t.high = column(from, p, func(t *table) []int32 { return t.high })
}

// column gathers one column; nil where the kind has none.
func column[T any](from []*table, p picks, of func(*table) []T) []T {
	columns := make([][]T, len(from))
	for i, t := range from {
		if columns[i] = of(t); columns[i] == nil {
			return nil
		}
	}
	c := make([]T, len(p.row))
	for i, row := range p.row {
		c[i] = columns[p.table[i]][row]
	}
	return c
}

// merge makes one table of the living rows of several.
func merge(k geo.Kind, parts []*part) *table {
	tables := make([]*table, len(parts))
	moved := make([][]uint32, len(parts))
	for i, p := range parts {
		tables[i] = p.table
		moved[i] = make([]uint32, p.rows)
		for row := range moved[i] {
			moved[i][row] = gone
		}
	}
	picked := interleave(parts, moved)
	rows := len(picked.row)
	t := &table{kind: k, rows: rows}
	t.gather(tables, picked)
	dictionaries := make([]*dictionary, len(parts))
	for i := range parts {
		dictionaries[i] = &tables[i].words
	}
	t.words = mergeDictionaries(rows, dictionaries, moved)
	if k == geo.Events {
		t.ownGeometry = newBitset(rows)
		for i, from := range tables {
			for row := range from.ownGeometry.all() {
				if to := moved[i][row]; to != gone {
					t.ownGeometry.set(to)
				}
			}
		}
		for _, of := range keyedColumns {
			from := make([]*keyed, len(tables))
			for i := range tables {
				from[i] = of(tables[i])
			}
			*of(t) = mergeKeyed(rows, from, moved)
		}
	}
	t.derive()
	return t
}

// keyedColumns are the lists of rows by a number.
var keyedColumns = []func(*table) *keyed{
	func(t *table) *keyed { return &t.byAnchor }, func(t *table) *keyed { return &t.byLoc },
	func(t *table) *keyed { return &t.byTo }, func(t *table) *keyed { return &t.byFrom }, func(t *table) *keyed { return &t.byAssumed },
	func(t *table) *keyed { return &t.byActor }, func(t *table) *keyed { return &t.byPartOf }, func(t *table) *keyed { return &t.byMention }, func(t *table) *keyed { return &t.byName },
}

// interleave puts the living rows of all parts into one order, and notes where each goes.
func interleave(parts []*part, moved [][]uint32) (p picks) {
	heads := headsOf(parts, func(i int) bitset { return parts[i].alive }, func(*part) int { return 0 })
	for len(heads) > 0 {
		h := leastHead(heads)
		moved[h.at][h.row] = uint32(len(p.row))
		p.table, p.row = append(p.table, uint8(h.at)), append(p.row, h.row)
		heads = advance(heads, h)
	}
	return p
}

// head is the next row of one part in a walk through several.
type head struct {
	part *part
	rows bitset // of the part, that are walked through
	at   int    // the part's place among them
	row  uint32
}

// headsOf starts a walk through rows of several parts, each from a row on.
func headsOf(parts []*part, rows func(i int) bitset, from func(*part) int) []*head {
	heads := make([]*head, 0, len(parts))
	for i, p := range parts {
		h := &head{part: p, rows: rows(i), at: i}
		if row, found := h.rows.next(from(p)); found {
			h.row = row
			heads = append(heads, h)
		}
	}
	return heads
}

func leastHead(heads []*head) *head {
	least := heads[0]
	for _, h := range heads[1:] {
		if h.compare(least) < 0 {
			least = h
		}
	}
	return least
}

func (h *head) compare(o *head) int {
	return cmp.Or(cmp.Compare(h.part.order(h.row), o.part.order(o.row)), strings.Compare(h.part.id(h.row), o.part.id(o.row)))
}

// advance goes to the next row of a head, and drops the head after its last.
func advance(heads []*head, h *head) []*head {
	row, found := h.rows.next(int(h.row) + 1)
	if h.row = row; found {
		return heads
	}
	return slices.DeleteFunc(heads, func(o *head) bool { return o == h })
}
