package geo

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Interval is a stretch of time, both ends inclusive. A zero end is open.
type Interval struct {
	Start, End Instant
}

// IsZero says whether the interval is open at both ends, and so holds all time.
func (v Interval) IsZero() bool { return v.Start.IsZero() && v.End.IsZero() }

// Overlaps says whether the two intervals share an instant. Open ends reach as
// far as is asked.
func (v Interval) Overlaps(o Interval) bool {
	return !v.endsBefore(o) && !o.endsBefore(v)
}

func (v Interval) endsBefore(o Interval) bool {
	// The first comparison is the cheaper one, and settles most.
	return !v.End.IsZero() && !o.Start.IsZero() && v.End.First().Before(o.Start.First()) && v.End.Last().Before(o.Start.First())
}

// reversed says whether the end lies before the start.
func (v Interval) reversed() bool { return v.endsBefore(Interval{Start: v.Start}) }

// ParseInterval reads the datetime parameter of OGC API - Features: an instant,
// or "start/end" where either end may be ".." or empty, but not both.
func ParseInterval(s string) (Interval, error) {
	from, to, isRange := strings.Cut(s, "/")
	if !isRange {
		at, err := ParseInstant(s)
		return Interval{Start: at, End: at}, err
	}
	start, err := parseEnd(from)
	if errors.Is(err, errYearZero) { // before all that a record may hold: QGIS writes an open start so
		start, err = Instant{}, nil
	}
	if err != nil {
		return Interval{}, fmt.Errorf("its start is %w", err)
	}
	end, err := parseEnd(to)
	if err != nil {
		return Interval{}, fmt.Errorf("its end is %w", err)
	}
	v := Interval{start, end}
	if v.IsZero() {
		return Interval{}, fmt.Errorf("open at both ends: leave the parameter out instead")
	}
	if v.reversed() {
		return Interval{}, fmt.Errorf("it ends before it starts")
	}
	return v, nil
}

func parseEnd(s string) (Instant, error) {
	if s == "" || s == ".." {
		return Instant{}, nil
	}
	return ParseInstant(s)
}

// String writes v as ParseInterval reads it, and "" for all time.
func (v Interval) String() string {
	if v.IsZero() {
		return ""
	}
	if v.Start == v.End {
		return v.Start.String()
	}
	return endText(v.Start) + "/" + endText(v.End)
}

func endText(i Instant) string {
	if i.IsZero() {
		return ".."
	}
	return i.String()
}

// FirstTime returns the first microsecond of v and whether there is one.
func (v Interval) FirstTime() (time.Time, bool) { return v.Start.First(), !v.Start.IsZero() }

// LastTime returns the last microsecond of v and whether there is one.
func (v Interval) LastTime() (time.Time, bool) { return v.End.Last(), !v.End.IsZero() }

// Union returns the shortest interval that holds both.
func (v Interval) Union(o Interval) Interval {
	if v.Start.IsZero() || o.Start.IsZero() {
		v.Start = Instant{}
	} else if o.Start.First().Before(v.Start.First()) {
		v.Start = o.Start
	}
	if v.End.IsZero() || o.End.IsZero() {
		v.End = Instant{}
	} else if o.End.Last().After(v.End.Last()) {
		v.End = o.End
	}
	return v
}
