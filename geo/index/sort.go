package index

import (
	"cmp"
	"container/heap"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// sortValue is what a row has under a sort key: a number or a text, or nothing
// known, which comes last in either direction.
type sortValue struct {
	known  bool
	number int64
	text   string
}

func (v sortValue) compare(o sortValue, descending bool) int {
	switch {
	case v.known != o.known:
		if v.known {
			return -1
		}
		return 1
	case descending:
		v, o = o, v
	}
	return cmp.Or(cmp.Compare(v.number, o.number), strings.Compare(v.text, o.text))
}

// sorting finds the values of rows under the keys of an order.
type sorting struct {
	keys []geo.SortKey
	of   []func(p *part, row uint32) sortValue // nil of a text, for which the record is read
	text string                                // the key that is one; "" for none
}

func (s *Snapshot) sorting(keys []geo.SortKey) sorting {
	o := sorting{keys: keys}
	for _, key := range keys {
		if key.Name == "title" || key.Name == "names" {
			o.text = key.Name
			o.of = append(o.of, nil)
			continue
		}
		o.of = append(o.of, s.sortColumn(key.Name))
	}
	return o
}

// sortColumn finds the values that geo.Sortables names.
func (s *Snapshot) sortColumn(name string) func(p *part, row uint32) sortValue {
	number := func(n int64) sortValue { return sortValue{known: true, number: n} }
	deaths := func(column func(*part) []int32) func(*part, uint32) sortValue {
		return func(p *part, row uint32) sortValue {
			n := column(p)[row]
			return sortValue{known: n != unknown, number: int64(n)}
		}
	}
	code := func(column func(*part) []uint8) func(*part, uint32) sortValue {
		return func(p *part, row uint32) sortValue { return number(int64(column(p)[row])) }
	}
	switch name {
	case "change":
		return func(p *part, row uint32) sortValue { return number(int64(p.seq[row])) }
	case "dataset_id":
		return func(p *part, row uint32) sortValue {
			return sortValue{known: true, text: s.datasets[p.table.dataset[row]].record.ID}
		}
	case "start":
		return func(p *part, row uint32) sortValue {
			return sortValue{known: p.start[row] != always, number: p.start[row]}
		}
	case "end":
		return func(p *part, row uint32) sortValue { return sortValue{known: p.end[row] != still, number: p.end[row]} }
	case "type":
		return code(func(p *part) []uint8 { return p.types })
	case "status":
		return code(func(p *part) []uint8 { return p.statuses })
	case "date_precision":
		return code(func(p *part) []uint8 { return p.datePrecisions })
	case "place_precision":
		return func(p *part, row uint32) sortValue {
			if p.lost != nil && p.lost.has(row) {
				return number(int64(unknownPlace)) // as the record says that leaves (geo.Mask)
			}
			return number(int64(p.placePrecisions[row]))
		}
	case "incidents":
		return func(p *part, row uint32) sortValue { return number(int64(p.incidents[row])) }
	case "fatalities.best":
		return deaths(func(p *part) []int32 { return p.best })
	case "fatalities.low":
		return deaths(func(p *part) []int32 { return p.low })
	case "fatalities.high":
		return deaths(func(p *part) []int32 { return p.high })
	}
	return func(p *part, row uint32) sortValue { return sortValue{known: true, text: p.id(row)} }
}

// unknownPlace is the place of geo.UnknownPlace among the precisions.
var unknownPlace = slices.Index(geo.PlacePrecisions(), geo.UnknownPlace)

// compare says how two positions stand to each other: by the keys, then in the
// order of the collection.
func (o sorting) compare(a, b Position) int {
	for i, key := range o.keys {
		if c := a.values[i].compare(b.values[i], key.Descending); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(a.Order, b.Order), strings.Compare(a.ID, b.ID))
}

// value is what a row has under one of the keys; text is its text, where one is.
func (o sorting) value(key int, p *part, row uint32, text string) sortValue {
	if of := o.of[key]; of != nil {
		return of(p, row)
	}
	return sortValue{known: true, text: text}
}

func (o sorting) position(p *part, row uint32, text string) Position {
	at := Position{Order: p.order(row), ID: p.id(row), values: make([]sortValue, len(o.of))}
	for i := range o.of {
		at.values[i] = o.value(i, p, row, text)
	}
	return at
}

// found is a row that may be on the page.
type found struct {
	position Position
	part     *part
	row      uint32
}

// best holds the first rows in an order after a position, up to limit and one more,
// the last of them at its head.
type best struct {
	sorting
	after *Position
	limit int
	rows  []found
}

func (b *best) Len() int           { return len(b.rows) }
func (b *best) Less(i, j int) bool { return b.compare(b.rows[i].position, b.rows[j].position) > 0 }
func (b *best) Swap(i, j int)      { b.rows[i], b.rows[j] = b.rows[j], b.rows[i] }
func (b *best) Push(x any)         { b.rows = append(b.rows, x.(found)) }
func (b *best) Pop() any {
	last := b.rows[len(b.rows)-1]
	b.rows = b.rows[:len(b.rows)-1]
	return last
}

// consider takes a row, unless it is behind all that are held.
func (b *best) consider(p *part, row uint32, text string) {
	full := len(b.rows) > b.limit
	// Most rows of a large selection fall behind by their first key.
	if full && b.value(0, p, row, text).compare(b.rows[0].position.values[0], b.keys[0].Descending) > 0 {
		return
	}
	at := b.position(p, row, text)
	if b.after != nil && b.compare(at, *b.after) <= 0 || full && b.compare(at, b.rows[0].position) > 0 {
		return
	}
	heap.Push(b, found{at, p, row})
	if len(b.rows) > b.limit+1 {
		heap.Pop(b)
	}
}

// SortedPage returns up to limit rows after the position (from the start: nil) in
// the order of the keys, each with its position, and whether there are more. It
// looks at every row of the selection, and for a text reads every record; the error
// is that of reading.
func (s Selection) SortedPage(keys []geo.SortKey, after *Position, limit int) (rows []Row, positions []Position, more bool, err error) {
	b := &best{sorting: s.snapshot.sorting(keys), after: after, limit: limit}
	for i, p := range s.parts {
		if b.text == "" {
			for row := range s.rows[i].all() {
				b.consider(p, row, "")
			}
			continue
		}
		err := s.snapshot.readEach(p, s.rows[i], []string{b.text}, func(row uint32, r geo.Record) error {
			b.consider(p, row, geo.SortText(r))
			return nil
		})
		if err != nil {
			return nil, nil, false, err
		}
	}
	more = len(b.rows) > limit
	if more {
		heap.Pop(b)
	}
	rows, positions = make([]Row, len(b.rows)), make([]Position, len(b.rows))
	for i := len(b.rows) - 1; i >= 0; i-- {
		last, _ := heap.Pop(b).(found)
		rows[i], positions[i] = s.snapshot.row(last.part, last.row), last.position
	}
	return rows, positions, more, nil
}
