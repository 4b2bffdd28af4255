// Package geotest has records for tests: small, valid, and tied to one another.
package geotest

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// Dataset is a valid dataset.
func Dataset(id string, r geo.Redistribution) *geo.Dataset {
	return &geo.Dataset{ID: id, Title: geo.Text{"en": "Dataset " + id}, Publisher: "Test press", Licence: "CC0-1.0",
		Attribution: "By " + id, Redistribution: r}
}

// Place is a valid place.
func Place(id, dataset string, lon, lat float64) *geo.Place {
	return &geo.Place{ID: id, Geometry: orb.Point{lon, lat}, Names: geo.Text{"en": id}, PlaceKind: "town", DatasetID: dataset}
}

// Area is a valid area: a box.
func Area(id, dataset string, kind geo.AreaKind, west, south, east, north float64) *geo.Area {
	return &geo.Area{ID: id, Geometry: orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon(),
		Names: geo.Text{"en": id}, AreaKind: kind, DatasetID: dataset}
}

// Actor is a valid actor.
func Actor(id, dataset string, memberOf ...string) *geo.Actor {
	return &geo.Actor{ID: id, Names: geo.Text{"en": id}, ActorKind: "armed_group", MemberOf: memberOf, DatasetID: dataset}
}

// Event is a valid event of one day at a place.
func Event(id, dataset, place string, day geo.Instant) *geo.Event {
	return &geo.Event{ID: id, Type: geo.Clash, Title: geo.Text{"en": "Clash " + id}, Start: day, End: day, DatePrecision: "day",
		PlaceID: place, PlacePrecision: geo.Exact, Incidents: 1, Sources: []geo.Source{{Publisher: "Test press"}},
		Status: "reported", DatasetID: dataset}
}

// Puts makes the changes that add the records.
func Puts(records ...geo.Record) []geo.Change {
	changes := make([]geo.Change, len(records))
	for i, r := range records {
		changes[i] = geo.Put(r, "tester", "test")
	}
	return changes
}

// RandomEvent is a valid event of the dataset "d" with whatever an event may have or lack.
func RandomEvent(random *rand.Rand, id string) *geo.Event {
	e := Event(id, "d", "", geo.Instant{})
	e.Type = geo.EventTypes()[random.IntN(len(geo.EventTypes()))]
	e.PlacePrecision = geo.PlacePrecisions()[random.IntN(6)]
	e.Geometry = orb.Point{float64(random.IntN(361) - 180), float64(random.IntN(181) - 90)}
	if random.IntN(5) == 0 {
		e.Geometry, e.PlacePrecision = nil, geo.UnknownPlace
	}
	e.Start = geo.Date(2020+random.IntN(4), 1, 1+random.IntN(365))
	e.End = e.Start
	switch random.IntN(6) {
	case 0:
		e.Start, e.End, e.DatePrecision = geo.Instant{}, geo.Instant{}, geo.UnknownDate
	case 1:
		e.End = geo.Instant{}
	case 2:
		e.Start = geo.Instant{}
	}
	if n := random.IntN(30); n < 20 {
		e.Fatalities = &geo.Fatalities{Best: &n}
	}
	return e
}

// update is the tests' flag -update: golden files are then written, not compared.
var update = flag.Bool("update", false, "write the golden files")

// Golden holds what was got to the golden file of that name under testdata.
func Golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	if string(got) != string(want) {
		t.Errorf("%s is not as golden (go test -update writes it anew):\ngot  %s\nwant %s", name, got, want)
	}
}

// Indent makes JSON readable for a golden file.
func Indent(t *testing.T, b []byte) []byte {
	t.Helper()
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatalf("not JSON: %v: %s", err, b)
	}
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, '\n')
}

// ID is a numbered id.
func ID(prefix string, n int) string { return fmt.Sprintf("%s-%03d", prefix, n) }
