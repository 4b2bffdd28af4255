package cql2

import (
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

// latitudeFirst is the order of EPSG 4326, of the northern half only.
func latitudeFirst(p orb.Point) (orb.Point, bool) { return orb.Point{p[1], p[0]}, p[0] >= 0 }

// TestPlace reads geometries of another reference system.
func TestPlace(t *testing.T) {
	for _, c := range []struct{ text, json, want string }{
		{"S_WITHIN(g, POINT(10 100))", `{"op":"s_within","args":[{"property":"g"},{"type":"Point","coordinates":[10,100]}]}`, "S_WITHIN(g, POINT(100 10))"},
		{"S_WITHIN(g, BBOX(1, 95, 2, 96))", `{"op":"s_within","args":[{"property":"g"},{"bbox":[1,95,2,96]}]}`, "S_WITHIN(g, BBOX(95, 1, 96, 2))"},
		{"S_WITHIN(g, BBOX(1, 95, -5, 2, 96, 5))", `{"op":"s_within","args":[{"property":"g"},{"bbox":[1,95,-5,2,96,5]}]}`, "S_WITHIN(g, BBOX(95, 1, 96, 2))"},
		{"S_WITHIN(g, POLYGON((0 100, 1 100, 1 101, 0 100)))", `{"op":"s_within","args":[{"property":"g"},{"type":"Polygon","coordinates":[[[0,100],[1,100],[1,101],[0,100]]]}]}`,
			"S_WITHIN(g, POLYGON((100 0, 100 1, 101 1, 100 0)))"},
		{"S_WITHIN(g, GEOMETRYCOLLECTION(POINT(10 100)))", `{"op":"s_within","args":[{"property":"g"},{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[10,100]}]}]}`,
			"S_WITHIN(g, GEOMETRYCOLLECTION(POINT(100 10)))"},
	} {
		text, err := ParseTextIn(c.text, latitudeFirst)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
		}
		fromJSON, err := ParseJSONIn([]byte(c.json), latitudeFirst)
		if err != nil {
			t.Errorf("%s: %v", c.json, err)
		}
		for _, e := range []Expression{text, fromJSON} {
			if got := string(AppendText(nil, e)); got != c.want {
				t.Errorf("%s is %s, not %s", c.text, got, c.want)
			}
		}
	}
	for _, text := range []string{"S_WITHIN(g, POINT(-10 100))", "S_WITHIN(g, POINT(100 10))", "S_WITHIN(g, BBOX(1, 95, 2, 196))", "S_WITHIN(g, BBOX(-1, 95, 2, 96))"} {
		if _, err := ParseTextIn(text, latitudeFirst); err == nil || !strings.Contains(err.Error(), "is not a position of the reference system") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
