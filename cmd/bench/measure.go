package main

import (
	"fmt"
	"strconv"
	"strings"
)

// measure is one number of a scale.
type measure struct {
	Work, What string // of which work, and what of it
	Value      float64
	Unit       unit
	Hold       *hold
	Absent     bool // the server has no such endpoint
	Detail     bool // it says little about growth
}

// unit is how a value is written.
type unit string

const (
	seconds   unit = "s"
	millis    unit = "ms"
	mebibyte  unit = "MiB"
	percent   unit = "%"
	perSecond unit = "/s"
	times     unit = "times"
	count     unit = ""
)

// hold is a bound that a value is to keep.
type hold struct {
	Bound float64
	Least bool // at least it; else at most
}

func atMost(bound float64) *hold  { return &hold{bound, false} }
func atLeast(bound float64) *hold { return &hold{bound, true} }

// Met says whether the value keeps the bound.
func (h hold) Met(value float64) bool {
	if h.Least {
		return value >= h.Bound
	}
	return value <= h.Bound
}

// text writes a value with its unit.
func (u unit) text(value float64) string {
	number := ""
	switch {
	case u == percent || u == mebibyte || u == count || value >= 1000:
		number = thousands(value)
	case u == perSecond || value >= 100:
		number = strconv.FormatFloat(value, 'f', 0, 64)
	case value >= 10:
		number = strconv.FormatFloat(value, 'f', 1, 64)
	default:
		number = strconv.FormatFloat(value, 'f', 2, 64)
	}
	return strings.TrimSpace(number + " " + string(u))
}

// thousands writes a whole number with a comma after each three digits.
func thousands(value float64) string {
	digits := strconv.FormatFloat(value, 'f', 0, 64)
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// value writes what was measured, or that nothing could be.
func (m measure) value() string {
	if m.Absent {
		return "not there"
	}
	return m.Unit.text(m.Value)
}

// held writes the bound, and whether it is kept; both empty where there is none.
func (m measure) held() (bound, kept string) {
	if m.Hold == nil {
		return "", ""
	}
	word := "at most"
	if m.Hold.Least {
		word = "at least"
	}
	kept = "**no**"
	if m.met() {
		kept = "yes"
	}
	return fmt.Sprintf("%s %s", word, m.Unit.text(m.Hold.Bound)), kept
}

func (m measure) met() bool { return !m.Absent && m.Hold.Met(m.Value) }
