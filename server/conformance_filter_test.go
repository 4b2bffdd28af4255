package server_test

import (
	"net/url"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

// TestFilter holds the parameters of filters to OGC API - Features, Part 3 (19-079r2).
func TestFilter(t *testing.T) {
	s := filterServer(t)
	for _, r := range []requirement{
		{"/req/filter/filter-param", filterParameter},
		{"/req/filter/filter-lang-param", filterLanguages},
		{"/req/filter/filter-crs-wgs84", filterInCRS84},
		{"/req/filter/filter-crs-param", filterInEachCRS},
		{"/req/filter/mixing-expressions", filterWithOthers},
		{"/req/filter/get-functions-operation", noFunctions},
		{"/req/filter/get-functions-response-json", noFunctions},
		{"/req/filter/response", filterParameter},
		{"/req/features-filter/get-queryables-op", schemaResource("queryables").isAnswered},
		{"/req/features-filter/queryables-link", schemaResource("queryables").isLinked},
		{"/req/features-filter/filter-param", filterParameter},
		{"/req/features-filter/filter-lang-param", filterLanguages},
		{"/req/features-filter/filter-crs-param", filterInEachCRS},
		{"/req/features-filter/response", filterParameter},
		{"/req/queryables/response", queryablesResponse},
	} {
		t.Run(r.id, func(t *testing.T) { r.hold(t, s) })
	}
}

// filterParameter holds that what is true is selected, and neither what is false nor
// what is not known.
func filterParameter(t *testing.T, s *server.Server) {
	for filter, want := range map[string]string{"fatalities.best >= 5": "a d", "NOT fatalities.best >= 5": "c", "fatalities.best IS NULL": "b e"} {
		if got := selected(t, s, url.Values{"filter": {filter}}); got != want {
			t.Errorf("%s selects %q, not %q", filter, got, want)
		}
	}
	for _, filter := range []string{"", "type =", "colour = 'red'"} {
		refused(t, s, itemsOf(geo.Events)+"?filter="+url.QueryEscape(filter))
	}
}

func filterLanguages(t *testing.T, s *server.Server) {
	const text, asJSON = "type = 'clash'", `{"op":"=","args":[{"property":"type"},"clash"]}`
	for _, query := range []url.Values{{"filter": {text}}, {"filter": {text}, "filter-lang": {"cql2-text"}}, {"filter": {asJSON}, "filter-lang": {"cql2-json"}}} {
		if got := selected(t, s, query); got != "a" {
			t.Errorf("%v selects %q", query, got)
		}
	}
	for _, query := range []url.Values{{"filter": {text}, "filter-lang": {"cql2-json"}}, {"filter": {asJSON}}, {"filter": {text}, "filter-lang": {"sql"}}} {
		refused(t, s, itemsOf(geo.Events)+"?"+query.Encode())
	}
}

func filterInCRS84(t *testing.T, s *server.Server) {
	const town = "S_INTERSECTS(geometry, POINT(97.75 22.94))"
	if got := selected(t, s, url.Values{"filter": {town}}); got != "a" {
		t.Errorf("%s selects %q", town, got)
	}
	refused(t, s, itemsOf(geo.Events)+"?filter="+url.QueryEscape("S_INTERSECTS(geometry, POINT(22.94 97.75))"))
}

// filterInEachCRS asks in each reference system for the box around the town.
func filterInEachCRS(t *testing.T, s *server.Server) {
	for crs, filter := range map[string]string{
		uriCRS84:    "S_INTERSECTS(geometry, BBOX(97.7, 22.9, 97.8, 23))",
		uriEPSG4326: "S_INTERSECTS(geometry, BBOX(22.9, 97.7, 23, 97.8))",
		uriEPSG3857: "S_INTERSECTS(geometry, POLYGON((10880000 2624000, 10882000 2624000, 10882000 2626000, 10880000 2626000, 10880000 2624000)))",
	} {
		if got := selected(t, s, url.Values{"filter": {filter}, "filter-crs": {crs}}); got != "a" {
			t.Errorf("%s in %s selects %q", filter, crs, got)
		}
	}
	refused(t, s, itemsOf(geo.Events)+"?"+url.Values{"filter": {"type = 'clash'"}, "filter-crs": {"http://www.opengis.net/def/crs/EPSG/0/25832"}}.Encode())
}

func filterWithOthers(t *testing.T, s *server.Server) {
	for _, c := range []struct {
		query url.Values
		want  string
	}{
		{url.Values{"filter": {"tags IS NOT NULL"}, "bbox": {"9,9,11,11"}}, "b c e"},
		{url.Values{"filter": {"fatalities.best >= 0"}, "bbox": {"9,9,11,11"}}, "c"},
		{url.Values{"filter": {"type = 'clash' OR type = 'talks'"}, "datetime": {"2024-01-01/2024-01-31"}}, "a"},
		{url.Values{"filter": {"type = 'clash' OR type = 'talks'"}, "type": {"talks"}}, "b"},
		{url.Values{"filter": {"fatalities.best > 0"}, "q": {"vital"}, "place": {"town"}}, "a"},
	} {
		if got := selected(t, s, c.query); got != c.want {
			t.Errorf("%v selects %q, not %q", c.query, got, c.want)
		}
	}
}

// noFunctions holds that no function beside those of CQL2 is taken: then there is no
// list of them.
func noFunctions(t *testing.T, s *server.Server) {
	refused(t, s, itemsOf(geo.Events)+"?filter="+url.QueryEscape("buffer(geometry, 1) IS NULL"))
	if response, _ := get(t, s, "/functions"); response.StatusCode != 404 {
		t.Errorf("/functions: %d", response.StatusCode)
	}
}

// queryablesResponse holds each queryable to be one that a filter can name, and nothing
// else to be.
func queryablesResponse(t *testing.T, s *server.Server) {
	for _, k := range geo.Kinds() {
		schema := schemaAt(t, s, schemaResource("queryables").of(k))
		for name := range members(schema, "properties") {
			fetch(t, s, itemsOf(k)+"?filter="+url.QueryEscape(`"`+name+`" IS NULL`))
		}
		if schema["additionalProperties"] != false {
			t.Errorf("%s: others are not excluded", k)
		}
		refused(t, s, itemsOf(k)+"?filter="+url.QueryEscape("colour IS NULL"))
	}
}
