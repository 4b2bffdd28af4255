package server_test

import (
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
	"github.com/go-json-experiment/json"
	"github.com/paulmach/orb"
)

// filterServer has five events, whose ids are letters.
func filterServer(t *testing.T) *server.Server {
	t.Helper()
	event := func(id string, kind geo.EventType, title string, start, end geo.Instant, deaths *geo.Fatalities, g orb.Geometry) *geo.Event {
		e := geotest.Event(id, "d", "", start)
		e.Type, e.Title, e.End, e.Fatalities, e.Geometry = kind, geo.Text{"en": title}, end, deaths, g
		return e
	}
	deaths := func(low, best, high int) *geo.Fatalities { return &geo.Fatalities{Low: &low, Best: &best, High: &high} }
	a := event("a", geo.Clash, "Élan vital", geo.Date(2024, 1, 10), geo.Date(2024, 1, 12), deaths(3, 5, 9), nil)
	a.PlaceID, a.Incidents, a.Tags, a.Participants = "town", 2, []string{"air", "night"}, []geo.Participant{{ActorID: "army", Role: "initiator"}, {Name: "villagers", Role: "target"}}
	b := event("b", geo.Talks, "ELAN vital", geo.Date(2024, 2, 1), geo.Instant{}, nil, orb.Point{10, 10})
	b.Tags = []string{"night"}
	c := event("c", geo.BombingRaid, "100% sure_thing", geo.Date(2024, 1, 11), geo.Date(2024, 1, 11), deaths(0, 0, 2), orb.LineString{{0, 0}, {20, 20}})
	d := event("d", geo.Offensive, "O'Hara", geo.Date(2024, 1, 12), geo.Date(2024, 3, 1), deaths(12, 12, 12), orb.Polygon{{{0, 0}, {5, 0}, {5, 5}, {0, 5}, {0, 0}}})
	d.Tags, d.Subtype = []string{"air"}, "x"
	e := event("e", geo.Statement, "nothing", geo.Instant{}, geo.Instant{}, nil, nil)
	e.DatePrecision, e.PlacePrecision = geo.UnknownDate, geo.UnknownPlace
	list := []geo.Record{geotest.Dataset("d", geo.Public), geotest.Place("town", "d", 97.75, 22.94), geotest.Actor("army", "d"), a, b, c, d, e}
	return newServer(t, io.Discard, func(config *server.Config) { config.Catalog = datatest.Open(t, list...) })
}

// expression is a CQL2 expression as text and as JSON, and the events that it selects.
type expression struct {
	text string
	json any
	want string
}

// op, prop and the others write CQL2 JSON.
func op(name string, args ...any) any { return map[string]any{"op": name, "args": args} }
func prop(name string) any            { return map[string]any{"property": name} }
func date(day string) any             { return map[string]any{"date": day} }
func interval(from, to string) any    { return map[string]any{"interval": []string{from, to}} }
func bbox(n ...float64) any           { return map[string]any{"bbox": n} }
func shape(kind string, coordinates any) any {
	return map[string]any{"type": kind, "coordinates": coordinates}
}

// list is an array of CQL2, and what coordinates are made of.
type list = []any

func selected(t *testing.T, s *server.Server, query url.Values) string {
	t.Helper()
	var ids []string
	for _, f := range everyFeature(t, s, geo.Events, query) {
		ids = append(ids, f.ID)
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

func jsonFilter(t *testing.T, e any) url.Values {
	t.Helper()
	b, err := json.Marshal(e, json.Deterministic(true))
	if err != nil {
		t.Fatal(err)
	}
	return url.Values{"filter": {string(b)}, "filter-lang": {"cql2-json"}}
}

// TestCQL2 holds the expressions of each class to what they select, as text and as
// JSON: each is a requirement of the class itself, and one of either encoding (21-065r2).
func TestCQL2(t *testing.T) {
	s := filterServer(t)
	for _, class := range []struct {
		requirements   []string
		asText, asJSON string
		expressions    []expression
		unreadable     []string // are a 400
		unreadableJSON []any
	}{
		{requirements: []string{"/req/basic-cql2/cql2-filter"}, asText: "/req/cql2-text/basic-cql2", asJSON: "/req/cql2-json/basic-cql2", expressions: logic(), unreadable: []string{"type = 'clash' AND", "type", "(type = 'clash'"}},
		{requirements: []string{"/req/basic-cql2/property"}, expressions: []expression{{"type = 'clash'", op("=", prop("type"), "clash"), "a"}}, unreadable: []string{"colour = 'red'", "fatalities = 1"}},
		{requirements: []string{"/req/basic-cql2/binary-comparison-predicate"}, expressions: comparisons(), unreadable: []string{"incidents = 'two'", "start > 5"}},
		{requirements: []string{"/req/basic-cql2/null-predicate"}, expressions: nulls()},
		{asText: "/req/cql2-text/escaping", expressions: []expression{{"title = 'O''Hara'", op("=", prop("title"), "O'Hara"), "d"}}, unreadable: []string{"title = 'O'Hara'"}},
		{requirements: []string{"/req/advanced-comparison-operators/like-predicate", "/req/advanced-comparison-operators/between-predicate", "/req/advanced-comparison-operators/in-predicate"},
			asText: "/req/cql2-text/advanced-comparison-operators", asJSON: "/req/cql2-json/advanced-comparison-operators", expressions: advancedComparisons()},
		{requirements: []string{"/req/case-insensitive-comparison/casei-function"}, asText: "/req/cql2-text/case-insensitive-comparison", asJSON: "/req/cql2-json/case-insensitive-comparison", expressions: casesAside()},
		{requirements: []string{"/req/accent-insensitive-comparison/accenti-function"}, asText: "/req/cql2-text/accent-insensitive-comparison", asJSON: "/req/cql2-json/accent-insensitive-comparison", expressions: accentsAside()},
		{requirements: []string{"/req/basic-spatial-operators/spatial-predicate", "/req/basic-spatial-functions/spatial-functions"},
			asText: "/req/cql2-text/basic-spatial-functions", asJSON: "/req/cql2-json/basic-spatial-functions", expressions: intersections(), unreadable: []string{"S_INTERSECTS(geometry, POINT(10))", "S_INTERSECTS(type, POINT(10 10))"}},
		{requirements: []string{"/req/basic-spatial-functions-plus/spatial-data-types"}, asText: "/req/cql2-text/basic-spatial-functions-plus", asJSON: "/req/cql2-json/basic-spatial-functions-plus", expressions: intersectionsPlus()},
		{requirements: []string{"/req/spatial-functions/spatial-functions"}, asText: "/req/cql2-text/spatial-functions", asJSON: "/req/cql2-json/spatial-functions", expressions: spatialFunctions()},
		{requirements: []string{"/req/temporal-operators/temporal-predicates", "/req/temporal-functions/temporal-functions"},
			asText: "/req/cql2-text/temporal-functions", asJSON: "/req/cql2-json/temporal-functions", expressions: temporalFunctions(), unreadable: []string{"T_AFTER(title, DATE('2024-01-01'))", "T_AFTER(start, DATE('2024-13-01'))"}},
		{requirements: []string{"/req/array-functions/array-predicates"}, asText: "/req/cql2-text/arrays", asJSON: "/req/cql2-json/arrays", expressions: arrayFunctions()},
		{requirements: []string{"/req/property-property/withdraw-permissions"}, asText: "/req/cql2-text/property-property", asJSON: "/req/cql2-json/property-property", expressions: properties()},
		{requirements: []string{"/req/arithmetic/arithmetic"}, asText: "/req/cql2-text/arithmetic", asJSON: "/req/cql2-json/arithmetic", expressions: arithmetic(), unreadable: []string{"title + 1 = 2"}, unreadableJSON: []any{op("=", op("+", prop("title"), 1), 2)}},
		{asText: "/req/cql2-text/functions", asJSON: "/req/cql2-json/functions", unreadable: []string{"buffer(geometry, 1) IS NULL"}, unreadableJSON: []any{op("isNull", op("buffer", prop("geometry"), 1))}},
	} {
		asText := func(t *testing.T) {
			for _, e := range class.expressions {
				if got := selected(t, s, url.Values{"filter": {e.text}}); got != e.want {
					t.Errorf("%s selects %q, not %q", e.text, got, e.want)
				}
			}
			for _, filter := range class.unreadable {
				refused(t, s, itemsOf(geo.Events)+"?filter="+url.QueryEscape(filter))
			}
		}
		asJSON := func(t *testing.T) {
			for _, e := range class.expressions {
				query := jsonFilter(t, e.json)
				if got := selected(t, s, query); got != e.want {
					t.Errorf("%s selects %q, not %q", query.Get("filter"), got, e.want)
				}
			}
			for _, filter := range class.unreadableJSON {
				refused(t, s, itemsOf(geo.Events)+"?"+jsonFilter(t, filter).Encode())
			}
		}
		for _, id := range class.requirements {
			t.Run(id, func(t *testing.T) { asText(t); asJSON(t) })
		}
		if class.asText != "" {
			t.Run(class.asText, asText)
		}
		if class.asJSON != "" {
			t.Run(class.asJSON, asJSON)
		}
	}
}
