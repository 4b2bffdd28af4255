package server_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
)

// TestSureDates holds that search engines are told no date more exact than it is known.
func TestSureDates(t *testing.T) {
	day, none := geo.Date, geo.Instant{}
	at := geo.At(time.Date(2024, 7, 22, 10, 30, 0, 0, time.UTC))
	for _, test := range []struct {
		start, end geo.Instant
		precision  geo.DatePrecision
		inferred   string
		want       [2]string
	}{
		{day(2024, 7, 22), day(2024, 7, 23), "day", "", [2]string{"2024-07-22", "2024-07-23"}},
		{at, at, "day", "", [2]string{"2024-07-22T10:30:00Z", "2024-07-22T10:30:00Z"}},
		{day(2024, 7, 22), none, "day", "", [2]string{"2024-07-22", ""}},
		{day(2024, 7, 22), day(2024, 7, 22), "day", "start", [2]string{"", "2024-07-22"}},
		{day(2024, 7, 1), day(2024, 7, 24), "month", "", [2]string{"2024-07", "2024-07"}},
		{day(2024, 7, 1), day(2024, 7, 24), "month", "end", [2]string{"2024-07", ""}},
		{day(2024, 6, 22), day(2024, 7, 2), "month", "", [2]string{"2024", "2024"}},
		{day(2023, 7, 22), day(2024, 7, 22), "year", "", [2]string{"", ""}},
		{day(2023, 12, 30), day(2024, 1, 2), "days", "", [2]string{"", ""}},
		{day(2024, 6, 22), none, "month", "", [2]string{"", ""}},
		{none, none, "unknown", "", [2]string{"", ""}},
	} {
		e := geo.Event{Start: test.start, End: test.end, DatePrecision: test.precision}
		if test.inferred != "" {
			e.Inferred = []geo.Inference{{Field: test.inferred, From: "x"}}
		}
		start, end := server.SureDates(&e)
		if got := [2]string{start, end}; got != test.want {
			t.Errorf("%s to %s, known to the %s: %q, not %q", test.start, test.end, test.precision, got, test.want)
		}
	}
}

// structured is the data for search engines on a page; nil where it has none.
func structured(t *testing.T, page string) (data map[string]any) {
	t.Helper()
	for _, script := range found(elements(t, page), "script") {
		if script.attributes["type"] == "application/ld+json" {
			if err := json.Unmarshal([]byte(script.text), &data); err != nil {
				t.Fatal(err)
			}
		}
	}
	return data
}

// TestSurePlaces holds that search engines are told no position closer than it is known.
func TestSurePlaces(t *testing.T) {
	event := func(id, place string, p geo.PlacePrecision, inferred ...geo.Inference) *geo.Event {
		e := geotest.Event("d:"+id, "d", place, geo.Date(2024, 7, 22))
		e.PlacePrecision, e.Inferred = p, inferred
		return e
	}
	own := event("own", "", geo.Exact)
	own.Geometry = geotest.Place("x", "d", 1, 2).Geometry
	disputed := event("disputed", "town", geo.Exact)
	disputed.Status = "disputed"
	s := newPages(t, event("exact", "town", geo.Exact), event("near", "town", geo.Near), event("centroid", "town", geo.RegionWide), event("region", "state", geo.RegionWide),
		event("nowhere", "", geo.UnknownPlace), event("inferred", "town", geo.Exact, geo.Inference{Field: "place_id", From: "x"}), own, disputed)
	point := func(lon, lat float64) map[string]any {
		return map[string]any{"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}
	}
	for id, want := range map[string]any{
		"exact":    map[string]any{"@type": "Place", "@id": "http://example.com/collections/places/items/town", "name": "town", "geo": point(97.75, 22.94)},
		"near":     map[string]any{"@type": "Place", "name": "Within about 25 km of town"},
		"centroid": map[string]any{"@type": "Place", "name": "town (somewhere in the region)"},
		"region":   map[string]any{"@type": "Place", "name": "state (somewhere in the region)", "geo": map[string]any{"@type": "GeoShape", "box": "20 90 25 100"}},
		"nowhere":  nil,
		"inferred": nil,
		"own":      map[string]any{"@type": "Place", "geo": point(1, 2)},
	} {
		_, page := pageOf(t, s, "/collections/events/items/d:"+id)
		data := structured(t, page)
		if got := data["location"]; data["@type"] != "Event" || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, not %v", id, got, want)
		}
	}
	if _, page := pageOf(t, s, "/collections/events/items/d:disputed"); structured(t, page) != nil {
		t.Error("a disputed event is told as if it were sure")
	}
}

// TestDatasetsAreDescribed holds datasets to what Google's Dataset Search requires: a
// name, and a description of 50 to 5,000 letters; and files to load, each of which is there.
func TestDatasetsAreDescribed(t *testing.T) {
	s := newPages(t)
	for _, target := range []string{"/collections/events", "/collections/places", "/collections/datasets/items/d"} {
		_, page := pageOf(t, s, target)
		data := structured(t, page)
		name, _ := data["name"].(string)
		description, _ := data["description"].(string)
		if data["@context"] != "https://schema.org" || data["@type"] != "Dataset" || name == "" || len(description) < 50 || len(description) > 5000 {
			t.Errorf("%s: %v", target, data)
		}
		files, _ := data["distribution"].([]any)
		if len(files) < 2 {
			t.Errorf("%s: %d files", target, len(files))
		}
		for _, file := range files {
			file, _ := file.(map[string]any)
			address, _ := file["contentUrl"].(string)
			response, _ := get(t, s, strings.TrimPrefix(address, "http://example.com"))
			if format, _ := file["encodingFormat"].(string); format == "" || response.StatusCode != 200 || !strings.HasPrefix(response.Header.Get("Content-Type"), format) {
				t.Errorf("%v is answered %d as %s", file, response.StatusCode, response.Header.Get("Content-Type"))
			}
		}
	}
	_, page := pageOf(t, s, "/collections")
	if data := structured(t, page); data["@type"] != "DataCatalog" || len(data["dataset"].([]any)) != 5 {
		t.Error(data)
	}
}
