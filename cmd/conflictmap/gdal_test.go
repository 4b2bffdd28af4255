package main

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// gdalStore makes a store with more than a page of events, and returns them as the store has them.
func gdalStore(t *testing.T) (path string, stored map[string]feature) {
	t.Helper()
	path = db(t)
	_, made, _ := run(t, "generate", "--events", "120", "--seed", "5")
	if code, out, errs := run(t, "import", "--db", path, write(t, "made.csv", made)); code != 0 {
		t.Fatal(code, out, errs)
	}
	code, out, errs := run(t, "export", "--db", path, "--format", "geojson")
	if code != 0 {
		t.Fatal(code, errs)
	}
	return path, features(t, out)
}

// seeded makes a store with the built-in dataset.
func seeded(t *testing.T) (path string) {
	t.Helper()
	path = db(t)
	_, stop, _ := serve(t, "--db", path)
	if code := stop(); code != 0 {
		t.Fatal("stopped with", code)
	}
	return path
}

// TestGDALReadsEveryPage reads all collections over several pages, and holds what arrives to the store.
func TestGDALReadsEveryPage(t *testing.T) {
	path, stored := gdalStore(t)
	g := newGDAL(t, path)
	got := g.read(t, "OAPIF:"+g.url, "events", "-oo", "PAGE_SIZE=25")
	sameFeatures(t, got, stored)
	pages := 0
	for _, a := range g.forget() {
		if a.Path == "/collections/events/items" {
			pages++
		}
	}
	if want := 1 + (len(stored)+24)/25; pages != want {
		t.Errorf("%d pages were asked for, not %d", pages, want)
	}
	for _, collection := range []string{"places", "areas", "actors", "datasets"} {
		_, body := fetch(t, g.URL+"/collections/"+collection+"/items?limit=10000")
		got, want := g.read(t, "OAPIF:"+g.url+"/", collection, "-oo", "PAGE_SIZE=3"), features(t, body)
		sameFeatures(t, got, want)
	}
}

// sameFeatures compares ids, geometries and attributes.
func sameFeatures(t *testing.T, got, want map[string]feature) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d features arrived of %d", len(got), len(want))
	}
	for id, w := range want {
		f, there := got[id]
		if !there {
			t.Errorf("%s did not arrive", id)
			continue
		}
		if !reflect.DeepEqual(f.Geometry, w.Geometry) {
			t.Errorf("%s is at %v, not %v", id, f.Geometry, w.Geometry)
		}
		sameAttributes(t, id, f.Properties, w.Properties)
	}
}

// TestGDALKnowsTheFields holds a layer's description: every field, whatever the first page has, with its type.
func TestGDALKnowsTheFields(t *testing.T) {
	path, _ := gdalStore(t)
	g := newGDAL(t, path)
	for _, c := range []struct {
		layer string
		want  []string
	}{
		{"events", []string{"Feature Count: 134", "start: Date", "end: Date", "incidents: Integer", "tags: StringList", "type: String",
			"fatalities: String", "claims: String", "extra: String", "subtype: String", "TEMPORAL_INTERVAL_MIN=", "Geometry: Unknown (any)"}},
		{"places", []string{"Geometry: Point", "names: String", "event_count: Integer"}},
		{"areas", []string{"Feature Count: 5", "start: Date", "end: Date"}},
		{"actors", []string{"kind: String", "member_of: String"}},
		{"datasets", []string{"licence: String"}},
	} {
		out := g.run(t, "ogrinfo", "-ro", "-so", "-oo", "PAGE_SIZE=2", "OAPIF:"+g.url, c.layer)
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in\n%s", c.layer, want, out)
			}
		}
		for _, a := range g.forget() {
			if strings.HasSuffix(a.Path, "/items") && a.features > 2 {
				t.Errorf("%s: read for a description: %s", c.layer, a.RequestURI())
			}
		}
	}
}

// TestGDALKnowsTheTimeOfDay reads an event that begins within a day, among others that do not.
func TestGDALKnowsTheTimeOfDay(t *testing.T) {
	_, lines, _ := run(t, "export", "--db", seeded(t), "--format", "geojsonl", "--type", "bombing_raid")
	timed := strings.Replace(lines, `"start":"2024-07-01"`, `"start":"2024-07-01T10:30:00.5Z"`, 1)
	timed = strings.Replace(timed, `"id":"report-2024-07:laukkai-raids"`, `"id":"report-2024-07:morning-raid"`, 1)
	path := seeded(t)
	if code, out, errs := run(t, "import", "--db", path, write(t, "timed.geojsonl", timed)); code != 0 {
		t.Fatal(code, out, errs)
	}
	g := newGDAL(t, path)
	out := g.run(t, "ogrinfo", "-ro", "-oo", "PAGE_SIZE=1", "OAPIF:"+g.url, "events")
	for _, want := range []string{"Feature Count: 15", "start: DateTime", "end: DateTime", "start (DateTime) = 2024/07/01 10:30:00.500+00", "start (DateTime) = 2024/07/22 00:00:00"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// TestGDALKeepsAGeoPackage takes the events into a GeoPackage and reads them from it.
func TestGDALKeepsAGeoPackage(t *testing.T) {
	path, stored := gdalStore(t)
	g := newGDAL(t, path)
	file := filepath.Join(t.TempDir(), "events.gpkg")
	g.run(t, "ogr2ogr", file, "OAPIF:"+g.url, "events", "-oo", "PAGE_SIZE=1000")
	sameFeatures(t, g.read(t, file, "events"), stored)
	if out := g.run(t, "ogrinfo", "-ro", "-so", file, "events"); !strings.Contains(out, "start: Date") || !strings.Contains(out, "Feature Count: 134") {
		t.Error(out)
	}
}

// TestGDALReadsPlainGeoJSON opens a page as a GeoJSON file. It reads that page and no other.
func TestGDALReadsPlainGeoJSON(t *testing.T) {
	g := newGDAL(t, db(t))
	for target, want := range map[string]string{
		"/collections/places/items":         "Feature Count: 5",
		"/collections/events/items":         "Feature Count: 14",
		"/collections/events/items?limit=5": "Feature Count: 5",
	} {
		if out := g.run(t, "ogrinfo", "-ro", "-so", "-al", g.url+target); !strings.Contains(out, want) {
			t.Errorf("%s: no %q in\n%s", target, want, out)
		}
	}
}
