package index_test

import (
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/index"
)

// TestBefore1970 counts times that are negative in Unix time: days are rounded down
// there, too.
func TestBefore1970(t *testing.T) {
	night := geotest.Event("night", "d", "", geo.Instant{})
	night.PlacePrecision = geo.UnknownPlace
	night.Start = geo.At(time.Date(1969, 12, 31, 12, 0, 0, 0, time.UTC))
	night.End = geo.At(time.Date(1970, 1, 1, 6, 0, 0, 0, time.UTC))
	whole := geotest.Event("whole", "d", "", geo.Date(1970, 1, 2))
	whole.PlacePrecision = geo.UnknownPlace
	s := snapshot(t, geotest.Dataset("d", geo.Public), night, whole)
	if got := s.Summary(geo.Events).Span.String(); got != "1969-12-31T12:00:00Z/1970-01-02" {
		t.Error("span", got)
	}
	all, err := s.Select(geo.Events, geo.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	h, err := all.Histogram(index.Day, index.Each, "", geo.Interval{})
	if err != nil || len(h.Bins) != 3 {
		t.Fatal(h, err)
	}
	for i, want := range []string{"1969-12-31", "1970-01-01", "1970-01-02"} {
		if b := h.Bins[i]; b.Start.String() != want || b.End.String() != want || b.Events != 1 {
			t.Errorf("%+v, not one event on %s", b, want)
		}
	}
}
