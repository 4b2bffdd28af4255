package main

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
)

// made is the sample of a generated file.
func made(t *testing.T, events int) sample {
	t.Helper()
	var file bytes.Buffer
	if err := exchange.Generate(&file, events, 1); err != nil {
		t.Fatal(err)
	}
	rows, err := readRows(&file, 500)
	if err != nil {
		t.Fatal(err)
	}
	return sample{Events: events, Rows: rows}
}

func TestReadRows(t *testing.T) {
	s := made(t, 700)
	if len(s.Rows) != 500 {
		t.Fatalf("%d rows", len(s.Rows))
	}
	for i, r := range s.Rows {
		if r.Lon < -180 || r.Lon > 180 || r.Lat < -90 || r.Lat > 90 || r.Year < 1989 || r.Year > 2024 || r.ID == "" || r.Country == "" || r.Place == "" {
			t.Errorf("row %d: %+v", i, r)
		}
	}
	if towns := len(s.towns()); towns < 100 || towns > 300 {
		t.Errorf("%d of 500 lie in towns: a third should", towns)
	}
	for name, file := range map[string]string{"no header": "", "another header": "id,lon,lat\n1,2,3\n",
		"no number": "id,longitude,latitude,year,country,where_coordinates,where_prec,best\n1,east,3,2020,x,y,1,0\n"} {
		if rows, err := readRows(strings.NewReader(file), 10); err == nil {
			t.Errorf("%s: %+v", name, rows)
		}
	}
}

// TestEveryPathCanBeAsked holds all filters and boxes to be what the server takes.
func TestEveryPathCanBeAsked(t *testing.T) {
	s := made(t, 2_000)
	k := builtIn
	k.Places = []string{"ucdp:place:a", "ucdp:place:b"}
	if n := len(s.filters(k)); n < 40 {
		t.Errorf("only %d filters", n)
	}
	for _, w := range works(s, k) {
		if len(w.Paths) == 0 || w.InMix == 0 {
			t.Errorf("%s: %d paths, share %d", w.Name, len(w.Paths), w.InMix)
		}
		for _, path := range w.Paths {
			u, err := url.Parse(path)
			if err != nil {
				t.Fatalf("%s: %v", w.Name, err)
			}
			values, err := url.ParseQuery(u.RawQuery)
			if err != nil {
				t.Fatalf("%s: %v", w.Name, err)
			}
			if _, faults := geo.ParseFilter(geo.Events, values, "limit", "interval", "by", "zoom", "f"); len(faults) > 0 || strings.Contains(path, " ") {
				t.Errorf("%s: %s: %+v", w.Name, path, faults)
			}
		}
	}
}

func TestPathsAreTheSameInEachRun(t *testing.T) {
	a, b := works(made(t, 1_000), builtIn), works(made(t, 1_000), builtIn)
	for i := range a {
		if !slices.Equal(a[i].Paths, b[i].Paths) {
			t.Errorf("%s differs", a[i].Name)
		}
	}
	if !slices.Equal(mixOf(a), mixOf(b)) {
		t.Error("the mixed load differs")
	}
}

func TestItemsAreOfTheWholeFile(t *testing.T) {
	paths := made(t, 1_000).items(newRandom())
	for _, id := range []string{"1", "1000"} {
		if !slices.Contains(paths, eventsPath+"/items/ucdp:"+id) {
			t.Errorf("%s is never asked for", id)
		}
	}
}

func TestBoxAround(t *testing.T) {
	for _, test := range []struct {
		lon, lat, side float64
		want           string
	}{
		{97.75, 22.94, 0.5, "97.5,22.69,98,23.19"}, {179.9, -17, 0.5, "179.65,-17.25,-179.85,-16.75"}, {-179.9, 0, 1, "179.6,-0.5,-179.4,0.5"}, {0, 89, 10, "-5,84,5,90"},
	} {
		if got := boxAround(test.lon, test.lat, test.side); got != test.want {
			t.Errorf("%g degrees about %g %g are %s, not %s", test.side, test.lon, test.lat, got, test.want)
		}
	}
}

func TestJoined(t *testing.T) {
	for _, test := range [][3]string{{"/a", "", "/a"}, {"/a", "q=k", "/a?q=k"}, {"/a?limit=1", "q=k", "/a?limit=1&q=k"}} {
		if got := joined(test[0], test[1]); got != test[2] {
			t.Errorf("%q and %q are %q", test[0], test[1], got)
		}
	}
}

func TestMixKeepsTheShares(t *testing.T) {
	mix := mixOf([]work{{Paths: []string{"a"}, InMix: 3}, {Paths: []string{"b"}, InMix: 1}, {Paths: []string{"never"}}})
	count := make(map[string]int)
	for _, path := range mix {
		count[path]++
	}
	if len(mix) != mixPaths || count["never"] > 0 || count["a"] < 700 || count["a"] > 800 {
		t.Errorf("%v", count)
	}
	if none := mixOf(nil); len(none) > 0 {
		t.Error("a mix of nothing:", none)
	}
}

func TestCountedIsByFrequency(t *testing.T) {
	rows := []row{{Country: "a"}, {Country: "b"}, {Country: "c"}, {Country: "b"}, {Country: "c"}, {Country: "c"}, {Country: "d"}}
	if got := counted(rows, func(r row) string { return r.Country }); !slices.Equal(got, []string{"c", "b", "a", "d"}) {
		t.Error(got)
	}
}

func TestBusiestIsInATown(t *testing.T) {
	s := sample{Rows: []row{{ID: "1", Place: "District 1"}, {ID: "2", Place: "District 1"}, {ID: "3", Place: "x", AtTown: true}, {ID: "4", Place: "y", AtTown: true}, {ID: "5", Place: "y", AtTown: true}}}
	if got := s.busiest(); got.ID != "4" {
		t.Errorf("%+v", got)
	}
}

func TestCountriesAreTheBoxesOfTheirTowns(t *testing.T) {
	s := sample{Rows: []row{{Country: "x", Lon: 10, Lat: 5, AtTown: true}, {Country: "x", Lon: -2, Lat: 7, AtTown: true}, {Country: "x", Lon: 90, Lat: 80}, {Country: "y", Lon: 1, Lat: 2, AtTown: true}}}
	if got := s.countries(); len(got) != 2 || got["x"] != "-2,5,10,7" || got["y"] != "1,2,1,2" {
		t.Error(got)
	}
}

func TestWithoutLooksAtWholeNames(t *testing.T) {
	if got := without("q", []string{"", "q=k", "type=clash&q=k", "faq=k", "type=q=k"}); !slices.Equal(got, []string{"", "faq=k", "type=q=k"}) {
		t.Error(got)
	}
}
