package index

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// Open ends of a row's time, in microseconds since 1970.
const (
	always int64 = math.MinInt64 // of start: not known, or as far back as anyone asks
	still  int64 = math.MaxInt64 // of end: not known, going on, or as far ahead as anyone asks
)

// unknown is a count of deaths that nobody knows.
const unknown int32 = -1

// table is rows of one kind as columns, in the order of answers. It never changes:
// an edit puts a row into another table and leaves this one's dead.
type table struct {
	kind geo.Kind
	rows int

	// Of all kinds.
	ids     string
	idEnds  []uint32 // of each row, in ids
	hash    []uint32 // row+1 by a hash of its id; 0 is free
	seq     []uint64 // where the record stands in the log
	dataset []uint16 // number; a dataset's own
	anchor  []uint32 // of events: of their geometry; of places and areas: their own; of others: their number
	words   dictionary

	// Of areas and events, in microseconds, both inclusive.
	start, end []int64
	spans      []span // of each 64 rows

	// Of events.
	loc                                              []uint32 // the place or area that place_id names; 0 for none
	types, statuses, datePrecisions, placePrecisions []uint8  // place in the list of codes
	incidents, best, low, high                       []int32
	deaths                                           []int32 // the count that the record stands by (geo.Fatalities.AtLeast)
	lasting                                          bitset  // events that are not of one day
	ownGeometry                                      bitset  // the geometry is the record's own
	byType, byStatus                                 []bitset
	byDatePrecision, byPlacePrecision                []bitset
	byAnchor                                         keyed // rows that are there
	byLoc                                            keyed // rows whose place_id it is
	byTo                                             keyed // rows whose route leads there
	byFrom                                           keyed // rows that come from there, as a source says
	byAssumed                                        keyed // rows that are assumed to come from there
	byActor                                          keyed
	byName                                           keyed // by number of the name of a participant without an id
	byPartOf                                         keyed // by number of the event mentioned
	byMention                                        keyed // by number of the event mentioned as part_of or related
}

// span is the least and greatest times of some rows.
type span struct{ minStart, maxStart, minEnd, maxEnd int64 }

func (t *table) id(row uint32) string {
	if row == 0 {
		return t.ids[:t.idEnds[0]]
	}
	return t.ids[t.idEnds[row-1]:t.idEnds[row]]
}

// order is the sort key before the id: events come newest first, undated ones
// last; the other kinds by id alone.
func (t *table) order(row uint32) int64 {
	if t.kind != geo.Events {
		return 0
	}
	if at := t.sortTime(row); at != always {
		return -at
	}
	return math.MaxInt64
}

// sortTime is an event's start, else its end; always of an undated one.
func (t *table) sortTime(row uint32) int64 {
	switch {
	case t.start[row] != always:
		return t.start[row]
	case t.end[row] != still:
		return t.end[row]
	}
	return always
}

// firstBefore is the first row whose sort time lies before the time.
func (t *table) firstBefore(at int64) int {
	low, high := 0, t.rows
	for low < high {
		if middle := (low + high) / 2; t.sortTime(uint32(middle)) < at {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// firstAfter is the first row that comes after a position.
func (t *table) firstAfter(p Position) int {
	low, high := 0, t.rows
	for low < high {
		middle := (low + high) / 2
		if cmp.Or(cmp.Compare(t.order(uint32(middle)), p.Order), strings.Compare(t.id(uint32(middle)), p.ID)) > 0 {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// find returns the row of an id.
func find[T string | []byte](t *table, id T) (uint32, bool) {
	mask := uint64(len(t.hash) - 1)
	for at := hashID(id) & mask; t.hash[at] != 0; at = (at + 1) & mask {
		if row := t.hash[at] - 1; t.id(row) == string(id) {
			return row, true
		}
	}
	return 0, false
}

// hashID is FNV-1a, mixed so that its low bits serve.
func hashID[T string | []byte](id T) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	return h ^ h>>32
}

// derive makes what follows from the columns.
func (t *table) derive() {
	t.hash = make([]uint32, max(2, 1<<bitsFor(2*t.rows)))
	mask := uint64(len(t.hash) - 1)
	for row := range t.rows {
		at := hashID(t.id(uint32(row))) & mask
		for t.hash[at] != 0 {
			at = (at + 1) & mask
		}
		t.hash[at] = uint32(row) + 1
	}
	if t.start != nil {
		t.spans = spansOf(t.start, t.end)
	}
	if t.kind == geo.Events {
		t.deaths, t.lasting = make([]int32, t.rows), newBitset(t.rows)
		for row := range t.rows {
			if t.deaths[row] = t.best[row]; t.best[row] == unknown {
				t.deaths[row] = t.low[row]
			}
			if t.start[row] == always || t.end[row] == still || floorDay(t.start[row]) != floorDay(t.end[row]) {
				t.lasting.set(uint32(row))
			}
		}
		t.byType = byCode(t.types, len(geo.EventTypes()))
		t.byStatus = byCode(t.statuses, len(geo.Statuses()))
		t.byDatePrecision = byCode(t.datePrecisions, len(geo.DatePrecisions()))
		t.byPlacePrecision = byCode(t.placePrecisions, len(geo.PlacePrecisions()))
	}
}

func bitsFor(n int) (bits int) {
	for 1<<bits < n {
		bits++
	}
	return bits
}

func spansOf(start, end []int64) []span {
	spans := make([]span, wordsFor(len(start)))
	for i := range spans {
		from, to := 64*i, min(64*i+64, len(start))
		spans[i] = span{slices.Min(start[from:to]), slices.Max(start[from:to]), slices.Min(end[from:to]), slices.Max(end[from:to])}
	}
	return spans
}

func byCode(codes []uint8, n int) []bitset {
	sets := make([]bitset, n)
	for i := range sets {
		sets[i] = newBitset(len(codes))
	}
	for row, c := range codes {
		sets[c].set(uint32(row))
	}
	return sets
}

// overlapping keeps the rows that may have been going on between two times.
func (t *table) overlapping(set bitset, from, to int64) {
	for w, word := range set {
		if word == 0 {
			continue
		}
		switch s := t.spans[w]; {
		case s.maxEnd < from || s.minStart > to:
			set[w] = 0
		case s.minEnd >= from && s.maxStart <= to:
		default:
			for i := range min(64, t.rows-64*w) {
				if row := 64*w + i; t.end[row] < from || t.start[row] > to {
					word &^= 1 << i
				}
			}
			set[w] = word
		}
	}
}

// wherever keeps the rows whose column holds a number of the set.
func wherever(set bitset, column []uint32, numbers bitset) {
	for w, word := range set {
		if word == 0 {
			continue
		}
		var held uint64
		for i, n := range column[64*w : min(64*w+64, len(column))] {
			held |= (numbers[n>>6] >> (n & 63) & 1) << i
		}
		set[w] = word & held
	}
}
