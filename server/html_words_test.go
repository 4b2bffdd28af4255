package server_test

import (
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

func TestEventTimeInWords(t *testing.T) {
	day, at := geo.Date, geo.At(time.Date(2024, 7, 22, 10, 30, 0, 0, time.UTC))
	none := geo.Instant{}
	for _, test := range []struct {
		start, end geo.Instant
		precision  geo.DatePrecision
		want       string
	}{
		{day(2024, 7, 22), day(2024, 7, 22), "day", "22 Jul 2024"},
		{at, at, "day", "22 Jul 2024, 10:30 UTC"},
		{at, geo.At(time.Date(2024, 7, 22, 10, 30, 5, 0, time.UTC)), "day", "22 Jul 2024, 10:30 UTC – 22 Jul 2024, 10:30:05 UTC"},
		{day(2024, 7, 22), none, "day", "Since 22 Jul 2024, going on when reported"},
		{day(2024, 6, 21), none, "month", "Since 21 Jun 2024 at the earliest, going on when reported"},
		{none, day(2024, 6, 21), "year", "Until 21 Jun 2024 at the latest"},
		{none, none, "unknown", "Date not known"},
		{day(2024, 6, 21), day(2024, 6, 30), "month", "Within 21–30 Jun 2024"},
		{day(2024, 6, 1), day(2024, 6, 30), "month", "Within June 2024"},
		{day(2024, 2, 1), day(2024, 2, 29), "month", "Within February 2024"},
		{day(2023, 2, 1), day(2024, 2, 29), "year", "Within 1 Feb 2023 – 29 Feb 2024"},
		{day(2024, 6, 22), day(2024, 7, 21), "month", "Within 22 Jun – 21 Jul 2024"},
		{day(2024, 6, 22), day(2024, 6, 22), "days", "About 22 Jun 2024"},
		{day(2023, 10, 27), day(2024, 1, 10), "day", "27 Oct 2023 – 10 Jan 2024"},
	} {
		e := geo.Event{Start: test.start, End: test.end, DatePrecision: test.precision}
		if got := server.EventTime(&e); got != test.want {
			t.Errorf("%s to %s, known to the %s: %q, not %q", test.start, test.end, test.precision, got, test.want)
		}
	}
}

// TestEveryCodeHasWords holds that no page shows a code as it is.
func TestEveryCodeHasWords(t *testing.T) {
	var hold func(list []geo.Property)
	hold = func(list []geo.Property) {
		for _, p := range list {
			for _, c := range p.Codes {
				if words := server.Code(p.Name, c.Value); words == "" || words == c.Value {
					t.Errorf("%s %s has no words", p.Name, c.Value)
				} else if strings.HasSuffix(p.Name, "_precision") && words[0] < 'a' {
					t.Errorf("%s %s has no words for within a sentence", p.Name, c.Value)
				}
			}
			if hold(p.Properties); p.Items != nil {
				hold(p.Items.Properties)
			}
		}
	}
	for _, k := range geo.Kinds() {
		hold(geo.Properties(k))
	}
}
