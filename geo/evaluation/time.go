package evaluation

import (
	"cmp"
	"math"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// moment is an instant, or a whole day of UTC, in microseconds since 1970. A time
// and a day are compared as days: start = DATE('2024-07-22') is true of all that
// starts on that day.
type moment struct {
	at    int64
	isDay bool
}

func momentOf(t time.Time) moment { return moment{at: t.UnixMicro()} }

const day = 86_400_000_000 // microseconds

// in is the moment in the unit in which it is compared. What is beyond all time
// stays there.
func (m moment) in(days bool) int64 {
	if !days || m.at == always || m.at == still {
		return m.at
	}
	d := m.at / day
	if m.at%day < 0 {
		d-- // before 1970
	}
	return d
}

func (m moment) compare(o moment) int {
	days := m.isDay || o.isDay
	return cmp.Compare(m.in(days), o.in(days))
}

// Beyond all time: the ends of intervals that are open.
const (
	always int64 = math.MinInt64
	still  int64 = math.MaxInt64
)

// end is one end of an interval: what lies from low to high, one moment where it is
// known, two where not.
type end struct{ low, high moment }

func knownEnd(m moment) end { return end{m, m} }

// unknownEnd is an end that may be at any time.
var unknownEnd = end{moment{at: always}, moment{at: still}}

// before says whether one end lies before another.
func (e end) before(o end) Truth {
	switch {
	case e.high.compare(o.low) < 0:
		return True
	case e.low.compare(o.high) >= 0:
		return False
	}
	return Unknown
}

// at says whether two ends coincide.
func (e end) at(o end) Truth {
	switch {
	case e.high.compare(o.low) < 0 || o.high.compare(e.low) < 0:
		return False
	case e.low == e.high && o.low == o.high:
		return True
	}
	return Unknown
}

// interval is a stretch of time with both its ends, or an instant or a day where
// these are the same.
type interval struct{ start, end end }

func instant(m moment) interval { return interval{knownEnd(m), knownEnd(m)} }

// Micros is a record's time, in microseconds since 1970: what a Subject that holds no
// geo.Interval may have for one. Without a start it begins at math.MinInt64, without
// an end it ends at math.MaxInt64.
type Micros struct{ Start, End int64 }

func microsOf(v geo.Interval) Micros {
	m := Micros{always, still}
	if at, given := v.FirstTime(); given {
		m.Start = at.UnixMicro()
	}
	if at, given := v.LastTime(); given {
		m.End = at.UnixMicro()
	}
	return m
}

// interval is a record's time. An end that is not given is open; so is a start, or it
// is not known: then it is not after the end.
func (m Micros) interval(startIsKnown bool) interval {
	from, to := moment{at: m.Start}, moment{at: m.End}
	if m.Start == always && !startIsKnown {
		return interval{end{from, to}, knownEnd(to)}
	}
	return interval{knownEnd(from), knownEnd(to)}
}

// relations are the temporal functions (OGC 21-065r2, clause 7.8, by the ontology of
// time, https://www.w3.org/TR/owl-time): each a condition on the ends of two
// intervals.
var relations = map[string]func(a, b interval) Truth{
	"t_after":        func(a, b interval) Truth { return b.end.before(a.start) },
	"t_before":       func(a, b interval) Truth { return a.end.before(b.start) },
	"t_disjoint":     disjoint,
	"t_intersects":   func(a, b interval) Truth { return not(disjoint(a, b)) },
	"t_equals":       func(a, b interval) Truth { return all(a.start.at(b.start), a.end.at(b.end)) },
	"t_contains":     contains,
	"t_during":       func(a, b interval) Truth { return contains(b, a) },
	"t_finishedby":   finishedBy,
	"t_finishes":     func(a, b interval) Truth { return finishedBy(b, a) },
	"t_meets":        func(a, b interval) Truth { return a.end.at(b.start) },
	"t_metby":        func(a, b interval) Truth { return b.end.at(a.start) },
	"t_overlaps":     overlaps,
	"t_overlappedby": func(a, b interval) Truth { return overlaps(b, a) },
	"t_startedby":    startedBy,
	"t_starts":       func(a, b interval) Truth { return startedBy(b, a) },
}

func disjoint(a, b interval) Truth { return some(a.end.before(b.start), b.end.before(a.start)) }

func contains(a, b interval) Truth { return all(a.start.before(b.start), b.end.before(a.end)) }

func finishedBy(a, b interval) Truth { return all(a.start.before(b.start), a.end.at(b.end)) }

func startedBy(a, b interval) Truth { return all(a.start.at(b.start), b.end.before(a.end)) }

func overlaps(a, b interval) Truth {
	return all(a.start.before(b.start), b.start.before(a.end), a.end.before(b.end))
}
