package cql2

import (
	"strings"
	"time"
)

// The forms of times. The standard takes RFC 3339 with two restrictions, which are
// kept: capital letters, and UTC as "Z" (OGC 21-065r2, clause 6.3.1 and annex B,
// timestampInstantString). Years are 1 to 9999 and fractions microseconds at most, as
// in records: more would be lost in a comparison.
const (
	dateLayout      = "2006-01-02"
	timestampLayout = "2006-01-02T15:04:05Z"
	writtenLayout   = "2006-01-02T15:04:05.999999Z"
	openEnd         = ".."
)

// parseDate reads a day, or says what is wrong with it.
func parseDate(s string) (value time.Time, fault string) {
	value, err := time.Parse(dateLayout, s)
	switch isWhole := isForm(s, dateLayout); {
	case err != nil && isWhole:
		return value, "there is no day " + s
	case !isWhole:
		return value, "a date has the form '2024-07-22', not '" + shorten(s) + "'"
	case value.Year() < 1:
		return value, "a date is of the years 0001 to 9999"
	}
	return value, ""
}

// parseTimestamp reads an instant, or says what is wrong with it.
func parseTimestamp(s string) (value time.Time, fault string) {
	whole, fraction := s, ""
	if point := len("2006-01-02T15:04:05"); len(s) > point && s[point] == '.' && strings.HasSuffix(s, "Z") {
		whole, fraction = s[:point]+"Z", s[point+1:len(s)-1]
		if fraction == "" || strings.Trim(fraction, "0123456789") != "" {
			whole = "" // of no form
		}
	}
	value, err := time.Parse(timestampLayout, whole)
	switch isWhole := isForm(whole, timestampLayout); {
	case err != nil && isWhole:
		return value, "there is no time " + shorten(s)
	case !isWhole && hasOffset(s):
		return value, "a timestamp of CQL2 is in UTC and ends in Z, as '2024-07-22T10:30:00Z': '" + shorten(s) + "' has an offset"
	case !isWhole: // time.Parse takes more, such as a comma
		return value, "a timestamp has the form '2024-07-22T10:30:00Z', not '" + shorten(s) + "'"
	case value.Year() < 1:
		return value, "a timestamp is of the years 0001 to 9999"
	case len(strings.TrimRight(fraction, "0")) > len("000000"):
		return value, "a timestamp has microseconds at most: '" + shorten(s) + "' is finer"
	}
	return value.Add(fractionOf(fraction)), ""
}

// fractionOf is the part of a second that digits after the point stand for.
func fractionOf(digits string) (d time.Duration) {
	unit := time.Second / 10
	for _, digit := range strings.TrimRight(digits, "0") {
		d += time.Duration(digit-'0') * unit
		unit /= 10
	}
	return d
}

// isForm says whether s has digits where the layout has, and is the same elsewhere.
func isForm(s, layout string) bool {
	toZero := func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}
	return strings.Map(toZero, s) == strings.Map(toZero, layout)
}

func hasOffset(s string) bool {
	_, err := time.Parse(time.RFC3339, s)
	return err == nil && !strings.HasSuffix(s, "Z")
}

// parseBound reads an end of an interval: a date, a timestamp or "..", which is nil.
func parseBound(s string, at int) (e Expression, fault string) {
	switch {
	case s == openEnd:
		return nil, ""
	case len(s) <= len(dateLayout):
		value, fault := parseDate(s)
		return Date{Value: value, At: at}, fault
	}
	value, fault := parseTimestamp(s)
	return Timestamp{Value: value, At: at}, fault
}
