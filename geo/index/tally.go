package index

import "github.com/conflictmap/conflictmap/geo"

// TypeCount is how many event types there are; a test holds it to geo.EventTypes.
const TypeCount = 14

// Tally is counts over some events.
type Tally struct {
	Events    int
	Incidents int
	Types     [TypeCount]int // of each of geo.EventTypes()
	Deaths    Deaths         // as far as they are known
	Coarse    int            // events placed worse than near
}

// Most is the type that most of the events have; of as many, the first of
// geo.EventTypes.
func (t *Tally) Most() geo.EventType {
	most := 0
	for i, n := range t.Types {
		if n > t.Types[most] {
			most = i
		}
	}
	return geo.EventTypes()[most]
}

// Deaths adds up what is known of deaths.
type Deaths struct {
	Best, Low, High Sum
	Unknown         int // events of which no count of deaths is known
}

// Sum adds up a count over the events of which it is known.
type Sum struct {
	Sum   int
	Known int // events; 0: the sum is not known, and not zero
}

// near is the last of the place precisions that a sharp sign may stand for.
const near = 1

// counts is a Tally as it grows, small enough for thousands of them to stay in a
// processor's cache.
type counts struct {
	types                 [TypeCount]uint32
	coarse, unknown       uint32
	noBest, noLow, noHigh uint32 // rows of which it is not known
	incidents             int64
	best, low, high       int64
	row                   uint32 // one of the rows: the row, where it is one
}

// add counts a row. It has no branches: rows of all sorts come mixed, and a
// processor that guesses wrong every other time takes four times as long.
func (c *counts) add(t *table, row uint32) {
	best, low, high := t.best[row], t.low[row], t.high[row]
	c.types[t.types[row]]++
	c.incidents += int64(t.incidents[row])
	c.best += int64(max(0, best))
	c.low += int64(max(0, low))
	c.high += int64(max(0, high))
	c.noBest += uint32(best) >> 31
	c.noLow += uint32(low) >> 31
	c.noHigh += uint32(high) >> 31
	c.unknown += uint32(best&low&high) >> 31 // -1 of all three: the sign stays
	c.coarse += uint32(near-int32(t.placePrecisions[row])) >> 31
	c.row = row
}

func (c *counts) merge(o *counts) {
	for i, n := range o.types {
		c.types[i] += n
	}
	c.coarse += o.coarse
	c.unknown += o.unknown
	c.noBest += o.noBest
	c.noLow += o.noLow
	c.noHigh += o.noHigh
	c.incidents += o.incidents
	c.best += o.best
	c.low += o.low
	c.high += o.high
	c.row = o.row
}

func (c *counts) tally() Tally {
	t := Tally{Incidents: int(c.incidents), Coarse: int(c.coarse)}
	for i, n := range c.types {
		t.Types[i] = int(n)
		t.Events += int(n)
	}
	sum := func(n int64, not uint32) Sum { return Sum{int(n), t.Events - int(not)} }
	t.Deaths = Deaths{sum(c.best, c.noBest), sum(c.low, c.noLow), sum(c.high, c.noHigh), int(c.unknown)}
	return t
}
