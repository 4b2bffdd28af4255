package exchange

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/geo"
)

func parseFloat(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

func parseCount(s string) (int, bool) {
	v, err := strconv.Atoi(s)
	return v, err == nil && v >= 0
}

func validText(s string) bool {
	if geo.IsPlain(s) {
		return true
	}
	if !utf8.ValidString(s) {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' })
}

// tidy makes a text's line ends those that records have.
func tidy(s string) string {
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return strings.TrimSpace(s)
}

// dayLayouts are the forms in which the field writes a day, beside 2006-01-02.
var dayLayouts = []string{"2 January 2006", "02 January 2006", "2-Jan-2006", "02-Jan-2006", "2 Jan 2006"}

// parseDay reads a date; a time of midnight after it is let pass, any other is
// not ours to drop.
func parseDay(s string) (geo.Instant, bool) {
	day, clock := s, ""
	if len(s) > 10 && (s[10] == ' ' || s[10] == 'T') && s[4] == '-' {
		day, clock = s[:10], strings.TrimSuffix(s[11:], "Z")
	}
	if strings.Trim(clock, "0:.") != "" {
		return geo.Instant{}, false
	}
	if len(day) == len(time.DateOnly) {
		if at, err := geo.ParseInstant(day); err == nil {
			return at, true // as most are written
		}
	}
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, day); err == nil && t.Year() > 0 {
			return geo.Date(t.Year(), t.Month(), t.Day()), true
		}
	}
	return geo.Instant{}, false
}

// earliestYear is the first that datasets of our field speak of; earlier ones are
// slips of the pen.
const earliestYear = 1800

// doubtDates warns of dates that can hardly be meant.
func doubtDates(column string, at geo.Instant, now time.Time) (fs faults) {
	switch year := at.First().Year(); {
	case at.IsZero():
	case year < earliestYear:
		fs.add(column, at.String(), "lies before the year %d", earliestYear)
	case at.First().After(now.AddDate(0, 0, 1)):
		fs.add(column, at.String(), "lies in the future")
	}
	return fs
}

// doubtDeaths warns of estimates that contradict one another. They are kept: it is
// not ours to repair a source.
func doubtDeaths(f *geo.Fatalities) (fs faults) {
	if f == nil {
		return nil
	}
	above := func(a, b *int, name, than string) {
		if a != nil && b != nil && *a > *b {
			fs.add(name, strconv.Itoa(*a), "is above %s, which is %d", than, *b)
		}
	}
	above(f.Best, f.High, "best", "high")
	above(f.Low, f.Best, "low", "best")
	above(f.Low, f.High, "low", "high")
	return fs
}

// split cuts a list at semicolons, empty parts left out.
func split(s string) []string {
	var parts []string
	for _, part := range strings.Split(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// coded looks a code up in a table.
func coded[T any](c *columns, name string, codes map[string]T, fs *faults) (v T) {
	text := c.get(name)
	v, known := codes[strings.ToLower(text)]
	if !known {
		fs.add(name, text, "is not one of the codes that the codebook has")
	}
	return v
}

// eventTitle names an event by what is known: "Clash: A, B (Lashio town)".
func eventTitle(label string, participants []geo.Participant, where string) geo.Text {
	names := make([]string, len(participants))
	for i, p := range participants {
		names[i] = p.Name
	}
	title := label
	if len(names) > 0 {
		title += ": " + strings.Join(names, ", ")
	}
	if where != "" {
		title += " (" + where + ")"
	}
	return geo.Text{"en": title}
}
