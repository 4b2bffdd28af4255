package geo_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

func TestParseInstant(t *testing.T) {
	for in, want := range map[string]string{
		"2024-07-22":                       "2024-07-22",
		"2024-02-29":                       "2024-02-29",
		"2024-07-22T10:30:00Z":             "2024-07-22T10:30:00Z",
		"2024-07-22T10:30:00.123456Z":      "2024-07-22T10:30:00.123456Z",
		"2024-07-22T06:30:00+06:30":        "2024-07-22T00:00:00Z",
		"2024-07-22T10:30:00.1234567Z":     "",
		"2023-02-29":                       "",
		"2024-7-22":                        "",
		"22/07/2024":                       "",
		"2024-07-22T10:30:00":              "",
		"0000-01-01":                       "",
		"0000-01-01T00:00:00Z":             "",
		"0001-01-01T00:00:00+10:00":        "",
		"9999-12-31T23:59:59-10:00":        "",
		"":                                 "",
		"2024-07-22T24:00:00Z":             "",
		"2024-07-22 10:30:00Z":             "",
		"2024-07-22T10:30:00.000000000001": "",
	} {
		got, err := geo.ParseInstant(in)
		if (err == nil) != (want != "") || got.String() != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

// TestDaysAreReadAsTimeDoes holds dates of every form to the standard library's reading.
func TestDaysAreReadAsTimeDoes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	days := []string{"2024-02-29", "1900-02-29", "2000-02-29", "0000-01-01", "0001-01-01", "9999-12-31", "2024-00-10", "2024-01-00", "2024-13-01", "-024-01-01", "2024-1-011", "2024-01- 1", "+024-01-01"}
	for range 100_000 {
		days = append(days, fmt.Sprintf("%04d-%02d-%02d", random.IntN(10_000), random.IntN(14), random.IntN(33)))
		day := []byte(days[len(days)-1])
		day[random.IntN(10)] = "0123456789-/ :"[random.IntN(14)]
		days = append(days, string(day))
	}
	for _, day := range days {
		want, wantErr := time.Parse(time.DateOnly, day)
		got, err := geo.ParseInstant(day)
		if (err == nil) != (wantErr == nil && want.Year() > 0) || err == nil && (got.First() != want || !got.IsDate()) {
			t.Fatalf("%q: %v, %v, not %v, %v", day, got, err, want, wantErr)
		}
	}
}

func TestInstantCovers(t *testing.T) {
	day := geo.Date(2024, 7, 22)
	if first := day.First(); !first.Equal(time.Date(2024, 7, 22, 0, 0, 0, 0, time.UTC)) {
		t.Error("a day begins at", first)
	}
	if last := day.Last(); !last.Equal(time.Date(2024, 7, 22, 23, 59, 59, 999_999_000, time.UTC)) {
		t.Error("a day ends at", last)
	}
	noon := geo.At(time.Date(2024, 7, 22, 12, 0, 0, 0, time.FixedZone("MMT", 6*3600+1800)))
	if noon.String() != "2024-07-22T05:30:00Z" || noon.First() != noon.Last() || noon.IsDate() || !day.IsDate() {
		t.Error("a time is", noon)
	}
}

func TestParseInterval(t *testing.T) {
	for in, want := range map[string]string{
		"2024-07-22":                      "2024-07-22",
		"2024-07-01/2024-07-22":           "2024-07-01/2024-07-22",
		"2024-07-22/2024-07-22":           "2024-07-22",
		"../2024-07-22":                   "../2024-07-22",
		"2024-07-22/..":                   "2024-07-22/..",
		"/2024-07-22":                     "../2024-07-22",
		"2024-07-22/":                     "2024-07-22/..",
		"2024-07-22T00:00:00Z/2024-07-22": "2024-07-22T00:00:00Z/2024-07-22",
		"2024-07-22/2024-07-01":           "",
		"0000-01-01T00:00:00Z/2024-07-22": "../2024-07-22", // QGIS: from the beginning on
		"0000-13-01T00:00:00Z/2024-07-22": "",
		"0000-01-01T00:00:00Z":            "",
		"0000-01-01T00:00:00Z/..":         "",
		"2024-07-22/0000-01-01T00:00:00Z": "",
		"../..":                           "",
		"/":                               "",
		"":                                "",
		"2024-07-01/2024-07-02/x":         "",
		"yesterday/..":                    "",
	} {
		got, err := geo.ParseInterval(in)
		if (err == nil) != (want != "") || got.String() != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func interval(t *testing.T, s string) geo.Interval {
	t.Helper()
	if s == "" {
		return geo.Interval{}
	}
	v, err := geo.ParseInterval(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestIntervalsOverlap(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2024-07-01/2024-07-22", "2024-07-22", true},
		{"2024-07-01/2024-07-22", "2024-07-23", false},
		{"2024-07-22", "2024-07-22T23:59:59.999999Z", true},
		{"2024-07-22", "2024-07-23T00:00:00Z", false},
		{"2024-07-22/..", "2030-01-01", true},
		{"2024-07-22/..", "2024-07-21", false},
		{"../2024-07-22", "1990-01-01", true},
		{"../2024-07-22", "2024-07-22T12:00:00Z", true},
		{"../2024-07-21", "2024-07-22/..", false},
		{"", "2024-07-22", true},
		{"", "", true},
	} {
		a, b := interval(t, c.a), interval(t, c.b)
		if a.Overlaps(b) != c.want || b.Overlaps(a) != c.want {
			t.Errorf("%q and %q: %t and %t", c.a, c.b, a.Overlaps(b), b.Overlaps(a))
		}
	}
}

func TestUnionOfIntervals(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"2024-07-01/2024-07-10", "2024-07-05/2024-07-22", "2024-07-01/2024-07-22"},
		{"2024-07-01/2024-07-10", "2024-07-05/..", "2024-07-01/.."},
		{"../2024-07-10", "2024-07-05/2024-07-22", "../2024-07-22"},
	} {
		if got := interval(t, c.a).Union(interval(t, c.b)).String(); got != c.want {
			t.Errorf("%q and %q: %q", c.a, c.b, got)
		}
	}
}
