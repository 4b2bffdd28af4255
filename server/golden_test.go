package server_test

import (
	"io"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

// TestAnswers holds every endpoint's answer to its golden file.
func TestAnswers(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	for name, target := range map[string]string{
		"landing":           "/",
		"landing-f":         "/?f=json",
		"healthz":           "/healthz",
		"readyz":            "/readyz",
		"conformance":       "/conformance",
		"collections":       "/collections",
		"collection-events": "/collections/events",
		"collection-actors": "/collections/actors?f=json",
		"schema-places":     "/collections/places/schema",
		"schema-areas":      "/collections/areas/schema",
		"schema-events":     "/collections/events/schema",
		"schema-actors":     "/collections/actors/schema",
		"schema-datasets":   "/collections/datasets/schema?f=schema",
		"sortables-events":  "/collections/events/sortables",
		"queryables-events": "/collections/events/queryables",
		"queryables-places": "/collections/places/queryables?f=json",
		"schema-geojson":    "/collections/datasets/schema/geojson",
		"places":            "/collections/places/items",
		"areas":             "/collections/areas/items?f=geojson",
		"events":            "/collections/events/items",
		"actors":            "/collections/actors/items",
		"datasets":          "/collections/datasets/items",
		"place":             "/collections/places/items/town",
		"place-filtered":    "/collections/places/items/town?type=offensive",
		"area":              "/collections/areas/items/state",
		"area-filtered":     "/collections/areas/items/state?datetime=2024-07-22&type=bombing_raid",
		"event":             "/collections/events/items/d:raid",
		"event-undated":     "/collections/events/items/d%3Aundated",
		"actor":             "/collections/actors/items/army",
		"dataset":           "/collections/datasets/items/d",
		"events-page":       "/collections/events/items?limit=1&type=bombing_raid,offensive",
		"events-none":       "/collections/events/items?bbox=0,0,1,1&datetime=2024-07-22&min_fatalities=1",
		"events-filtered":   "/collections/events/items?bbox=97,22,98,23&datetime=2024-07-01/..&type=bombing_raid&actor=army&place=town&area=state&dataset=d&part_of=d:operation&status=reported&q=raid",
		"places-filtered":   "/collections/places/items?type=bombing_raid&bbox=90,20,100,25",
		"clusters":          "/collections/events/clusters?zoom=5",
		"clusters-filtered": "/collections/events/clusters?zoom=3&bbox=90,20,100,25&type=offensive",
		"clusters-singly":   "/collections/events/clusters?zoom=5&events=3",
		"clusters-none":     "/collections/events/clusters?zoom=3&bbox=0,0,1,1&datetime=2024-07-22&type=talks",
		"histogram":         "/collections/events/histogram",
		"histogram-by-type": "/collections/events/histogram?interval=month&by=type&datetime=2024-06-01/2024-08-31",
		"histogram-each":    "/collections/events/histogram?interval=week&counting=each&by=status&datetime=2024-07-15/2024-07-31",
		"tilesets":          "/collections/events/tiles",
		"tileset":           "/collections/events/tiles/WebMercatorQuad?type=bombing_raid,offensive",
		"tilejson":          "/collections/events/tiles/WebMercatorQuad?f=tilejson",
		"tilematrixsets":    "/tileMatrixSets",
		"tilematrixset":     "/tileMatrixSets/WebMercatorQuad",
		"styles":            "/styles",
		"style":             "/styles/events",
		"facets":            "/collections/events/facets",
		"facets-filtered":   "/collections/events/facets?type=bombing_raid&limit=1",
		"gone-endpoint":     "/nothing/here",
		"no-record":         "/collections/events/items/none",
		"no-collection":     "/collections/weather/items",
		"counts-faults":     "/collections/events/histogram?interval=hour&by=mood&counting=twice&colour=red&bbox=1&f=csv",
		"all-faults":        "/collections/events/items?colour=red&limit=0&bbox=1&type=war&f=exe",
	} {
		_, body := get(t, s, target)
		text := times.ReplaceAll(geotest.Indent(t, body), []byte(`"$1": "(time)"`))
		geotest.Golden(t, name+".json", text)
		if strings.Contains(string(text), "secret") {
			t.Errorf("%s: a private dataset shows", name)
		}
	}
}
