package geo

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Instant is a date ("2024-07-22") or a point in time ("2024-07-22T10:30:00Z"),
// always UTC. A date stands for the whole of its day: First and Last differ.
// The zero Instant is no instant.
type Instant struct {
	at   time.Time
	date bool
}

const dateLayout = "2006-01-02"

// Date makes the Instant of a whole day.
func Date(year int, month time.Month, day int) Instant {
	return Instant{at: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), date: true}
}

// At makes the Instant of a point in time, with microseconds.
func At(t time.Time) Instant { return Instant{at: t.UTC().Truncate(time.Microsecond)} }

// errYearZero is a time of the year 0000, which RFC 3339 has and no record may have.
var errYearZero = errors.New("outside the years 1 to 9999")

// ParseInstant reads an ISO 8601 date or an RFC 3339 time of the years 1 to 9999.
// A time with an offset is turned to UTC. More than microseconds is an error, as
// is all that would otherwise be lost or guessed.
func ParseInstant(s string) (Instant, error) {
	if len(s) == len(dateLayout) {
		day, isDay := parseDay(s)
		if !isDay {
			return Instant{}, fmt.Errorf("not a date of the form 2024-07-22")
		}
		return day, nil
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return Instant{}, fmt.Errorf("neither a date (2024-07-22) nor an RFC 3339 time (2024-07-22T10:30:00Z)")
	}
	t = t.UTC()
	if t.Year() == 0 {
		return Instant{}, errYearZero
	}
	if t.Year() < 1 || t.Year() > 9999 {
		return Instant{}, fmt.Errorf("outside the years 1 to 9999")
	}
	if t.Nanosecond()%1000 != 0 {
		return Instant{}, fmt.Errorf("finer than a microsecond")
	}
	return Instant{at: t}, nil
}

// parseDay reads a date of the years 1 to 9999 as time.Parse would, but a million
// of them in a few milliseconds.
func parseDay[T ~string | ~[]byte](s T) (day Instant, isDay bool) {
	if len(s) != len(dateLayout) || s[4] != '-' || s[7] != '-' {
		return Instant{}, false
	}
	var numbers [3]int // year, month, day
	n := 0
	for i := range len(s) {
		switch c := s[i]; {
		case i == 4 || i == 7:
			n++
		case '0' <= c && c <= '9':
			numbers[n] = 10*numbers[n] + int(c-'0')
		default:
			return Instant{}, false
		}
	}
	day = Date(numbers[0], time.Month(numbers[1]), numbers[2])
	// Date makes of a day or month that there is not one of another month or year.
	if year, month, _ := day.at.Date(); year != numbers[0] || int(month) != numbers[1] || year < 1 {
		return Instant{}, false
	}
	return day, true
}

// IsZero says whether i is no instant.
func (i Instant) IsZero() bool { return i.at.IsZero() && !i.date }

// IsDate says whether i stands for a whole day.
func (i Instant) IsDate() bool { return i.date }

// First returns the first microsecond that i covers.
func (i Instant) First() time.Time { return i.at }

// Last returns the last microsecond that i covers: a date's is just before midnight.
func (i Instant) Last() time.Time {
	if i.date {
		return i.at.AddDate(0, 0, 1).Add(-time.Microsecond)
	}
	return i.at
}

// String writes i as ParseInstant reads it.
func (i Instant) String() string {
	if i.IsZero() {
		return ""
	}
	if i.date {
		return i.at.Format(dateLayout)
	}
	return i.at.Format(time.RFC3339Nano)
}

// MarshalJSON writes a string, or null for no instant.
func (i Instant) MarshalJSON() ([]byte, error) { return i.appendJSON(nil), nil }

func (i Instant) appendJSON(b []byte) []byte {
	if i.IsZero() {
		return append(b, "null"...)
	}
	layout := time.RFC3339Nano
	if i.date {
		layout = dateLayout
	}
	return append(i.at.AppendFormat(append(b, '"'), layout), '"')
}

// UnmarshalJSON reads what MarshalJSON writes.
func (i *Instant) UnmarshalJSON(b []byte) error {
	if bytes.Equal(b, []byte("null")) {
		*i = Instant{}
		return nil
	}
	s, err := strconv.Unquote(string(b))
	if err != nil {
		return fmt.Errorf("not a date or time in quotes")
	}
	*i, err = ParseInstant(s)
	return err
}

// partialLayouts are the forms of a date of which only part is known.
var partialLayouts = []string{"2006", "2006-01", dateLayout}

// validPartialDate says whether s is YYYY, YYYY-MM or YYYY-MM-DD.
func validPartialDate(s string) bool {
	for _, layout := range partialLayouts {
		if len(layout) == len(s) {
			_, err := time.Parse(layout, s)
			return err == nil
		}
	}
	return false
}
