package evaluation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/evaluation"
	"github.com/paulmach/orb"
)

var functions = []string{"S_CONTAINS", "S_CROSSES", "S_DISJOINT", "S_EQUALS", "S_INTERSECTS", "S_OVERLAPS", "S_TOUCHES", "S_WITHIN"}

// TestSpatialFunctions holds all functions to what is true of pairs of geometries.
// The others are false.
func TestSpatialFunctions(t *testing.T) {
	const (
		square = "POLYGON((0 0, 4 0, 4 4, 0 4, 0 0))"
		hole   = "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 4 6, 6 6, 6 4, 4 4))"
		slope  = "LINESTRING(0 0, 3 1)"
		islets = "MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))"
		all    = "GEOMETRYCOLLECTION(POINT(9 9), LINESTRING(0 0, 4 4), " + square + ")"
	)
	for _, c := range []struct{ a, b, want string }{
		{"POINT(1 1)", "POINT(1 1)", "contains equals intersects within"},
		{"POINT(1 1)", "POINT(1 2)", "disjoint"},
		{"POINT(2 2)", square, "intersects within"},
		{"POINT(4 2)", square, "intersects touches"},
		{"POINT(0 0)", square, "intersects touches"},
		{"POINT(4.0000000000000009 2)", square, "disjoint"},
		{square, "POINT(2 2)", "contains intersects"},
		{"POINT(5 5)", hole, "disjoint"},
		{"POINT(4 5)", hole, "intersects touches"},
		{"POINT(3 5)", hole, "intersects within"},
		{"POINT(0 0)", slope, "intersects touches"},
		{"POINT(1.5 0.5)", slope, "intersects within"},
		{"POINT(0.3 0.1)", slope, "disjoint"}, // as exactly as these numbers are kept
		{"POINT(1 1)", "LINESTRING(0 0, 2 0, 1 2, 0 0)", "disjoint"},
		{"POINT(0 0)", "LINESTRING(0 0, 2 0, 1 2, 0 0)", "intersects within"}, // a ring has no ends
		{"POINT(1 1)", "MULTILINESTRING((0 0, 1 1), (1 1, 2 0))", "intersects within"},
		{"POINT(1 1)", "MULTILINESTRING((0 0, 1 1), (1 1, 2 0), (1 1, 1 5))", "intersects touches"},
		{"POINT(1 1)", "MULTIPOINT(1 1, 2 2)", "intersects within"},
		{"MULTIPOINT(1 1, 1 1)", "POINT(1 1)", "contains equals intersects within"},
		{"MULTIPOINT(1 1, 2 2)", "MULTIPOINT(2 2, 1 1)", "contains equals intersects within"},
		{"MULTIPOINT(1 1, 2 2)", "MULTIPOINT(2 2, 3 3)", "intersects overlaps"},
		{"MULTIPOINT(1 1, 9 9)", square, "crosses intersects"},
		{"POINT(6 5.5)", islets, "intersects touches"},
		{"POINT(3 3)", islets, "disjoint"},
		{"LINESTRING(-1 2, 5 2)", square, "crosses intersects"},
		{"LINESTRING(1 1, 2 2)", square, "intersects within"},
		{"LINESTRING(0 0, 4 0)", square, "intersects touches"},
		{"LINESTRING(4 4, 6 6)", square, "intersects touches"},
		{"LINESTRING(5 0, 5 9)", square, "disjoint"},
		{"LINESTRING(0 0, 2 2)", "LINESTRING(0 2, 2 0)", "crosses intersects"},
		{"LINESTRING(0 0, 2 2)", "LINESTRING(1 1, 3 3)", "intersects overlaps"},
		{"LINESTRING(0 0, 2 2)", "LINESTRING(2 2, 3 0)", "intersects touches"},
		{"LINESTRING(0 0, 1 1, 2 2)", "LINESTRING(2 2, 0 0)", "contains equals intersects within"},
		{square, "POLYGON((4 4, 0 4, 0 0, 4 0, 4 4))", "contains equals intersects within"},
		{square, "POLYGON((2 2, 6 2, 6 6, 2 6, 2 2))", "intersects overlaps"},
		{square, "POLYGON((4 0, 8 0, 8 4, 4 4, 4 0))", "intersects touches"},
		{square, "POLYGON((1 1, 2 1, 2 2, 1 2, 1 1))", "contains intersects"},
		{"POLYGON((4 4, 6 4, 6 6, 4 6, 4 4))", hole, "intersects touches"},
		{"POLYGON((4.5 4.5, 5 4.5, 5 5, 4.5 4.5))", hole, "disjoint"},
		{islets, "BBOX(0, 0, 6, 6)", "intersects within"},
		{"POINT(4 2)", "BBOX(0, 0, 4, 4)", "intersects touches"},
		{square, "BBOX(0, 0, 4, 4)", "contains equals intersects within"},
		{"LINESTRING(1 1, 1 3)", "BBOX(1, 1, 1, 3)", "contains equals intersects within"},
		{"POINT(1 1)", "BBOX(1, 1, 1, 1)", "contains equals intersects within"},
		{"POINT(180 0)", "BBOX(170, -10, -170, 10)", "intersects within"},
		{"POINT(-180 0)", "BBOX(170, -10, -170, 10)", "intersects within"},
		{"POINT(-175 10)", "BBOX(170, -10, -170, 10)", "intersects touches"},
		{"POINT(0 0)", "BBOX(170, -10, -170, 10)", "disjoint"},
		{"POINT(-180 5)", "BBOX(170, -10, 180, 10)", "intersects touches"},
		{"LINESTRING(171 1, 180 2)", "BBOX(170, -10, 180, 10)", "intersects within"},
		{"MULTIPOLYGON(((170 0, 180 0, 180 5, 170 0)), ((-180 0, -170 0, -180 5, -180 0)))", "BBOX(160, -10, -160, 10)", "intersects within"},
		{"MULTILINESTRING((170 0, 180 5), (-180 5, -170 10))", "BBOX(160, -10, -160, 10)", "intersects within"},
		{all, "POINT(9 9)", "contains intersects"},
		{all, square, "contains intersects"},
		{"POINT(2 2)", all, "intersects within"},
	} {
		for _, function := range functions {
			is := strings.Contains(" "+c.want+" ", " "+strings.ToLower(function[2:])+" ")
			text := fmt.Sprintf("%s(%s, %s)", function, c.a, c.b)
			if got := holds(t, text, clash(), nil); (got == yes) != is || got == unknown {
				t.Errorf("%s is %v", text, got)
			}
		}
	}
}

// TestNowhereIsUnknown: an event that is nowhere is neither in a place nor outside.
func TestNowhereIsUnknown(t *testing.T) {
	for _, function := range functions {
		if got := holds(t, function+"(geometry, BBOX(-180, -90, 180, 90))", clash(), nil); got != unknown {
			t.Errorf("%s of nowhere is %v", function, got)
		}
	}
	if got := holds(t, "geometry IS NULL", clash(), nil); got != yes {
		t.Errorf("that nowhere is null is %v", got)
	}
	if got := holds(t, "S_WITHIN(geometry, BBOX(0, 0, 2, 2))", clash(), orb.Point{1, 1}); got != yes {
		t.Errorf("the geometry of the answer is within: %v", got)
	}
}

// TestSpatialFunctionsOfAwkwardGeometries asks all functions of all valid records'
// geometries: they agree with each other, and boxes with the parameter bbox.
func TestSpatialFunctionsOfAwkwardGeometries(t *testing.T) {
	boxes := []string{"BBOX(-180, -90, 180, 90)", "BBOX(0, 0, 1, 1)", "BBOX(170, -20, -170, 20)", "BBOX(180, 10, 180, 10)", "BBOX(0, 0, 0, 0)", "BBOX(5, 5, 5, 5)", "BBOX(-180, -90, 180, -90)", "BBOX(1, 2, 3, 4)"}
	known := 0
	for _, a := range geo.AwkwardGeometries {
		if !a.Valid || a.Geometry == nil {
			continue
		}
		ask := func(function, with string) evaluation.Truth {
			known++
			return holds(t, fmt.Sprintf("%s(geometry, %s)", function, with), clash(), a.Geometry)
		}
		for _, box := range boxes {
			e, err := cql2.ParseText("S_INTERSECTS(geometry, " + box + ")")
			if err != nil {
				t.Fatal(err)
			}
			b := e.(cql2.Call).Args[1].(cql2.Box)
			met := geo.Intersects(a.Geometry, geo.Box{West: b.West, South: b.South, East: b.East, North: b.North})
			if got := ask("S_INTERSECTS", box); (got == yes) != met || got == unknown {
				t.Errorf("%s: S_INTERSECTS %s is %v, and bbox says %v", a.Name, box, got, met)
			}
			if got := ask("S_DISJOINT", box); (got == no) != met || got == unknown {
				t.Errorf("%s: S_DISJOINT %s is %v, and bbox says %v", a.Name, box, got, met)
			}
			for _, function := range []string{"S_CONTAINS", "S_CROSSES", "S_EQUALS", "S_OVERLAPS", "S_TOUCHES", "S_WITHIN"} {
				if got := ask(function, box); got == yes && !met {
					t.Errorf("%s: %s %s, which it does not meet", a.Name, function, box)
				}
			}
		}
		if got := holds(t, "S_EQUALS(geometry, geometry)", clash(), a.Geometry); got == no {
			t.Errorf("%s is not itself", a.Name)
		}
		b := a.Geometry.Bound()
		isInside := b.Min.Lon() > -180 && b.Max.Lon() < 180 && b.Min.Lat() > -90 && b.Max.Lat() < 90
		if got := ask("S_WITHIN", "POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))"); got == no && isInside {
			t.Errorf("%s is not in the world", a.Name)
		}
	}
	if known == 0 {
		t.Error("nothing was asked")
	}
}

// TestGeometriesThatAreNotValid are refused in an expression, and of a record's it is
// known what it meets, and no more.
func TestGeometriesThatAreNotValid(t *testing.T) {
	bow := orb.Polygon{{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}}
	for text, want := range map[string]evaluation.Truth{
		"S_INTERSECTS(geometry, LINESTRING(-1 0.5, 3 0.5))": yes, "S_DISJOINT(geometry, LINESTRING(-1 0.5, 3 0.5))": no, "S_CROSSES(geometry, LINESTRING(-1 0.5, 3 0.5))": unknown,
		"S_WITHIN(geometry, BBOX(-1, -1, 3, 3))": unknown, "S_INTERSECTS(geometry, POINT(1.5 1))": yes, "S_INTERSECTS(geometry, POINT(1 1.5))": no, "S_CONTAINS(geometry, POINT(1.5 1))": yes,
	} {
		if got := holds(t, text, clash(), bow); got != want {
			t.Errorf("of a bow tie %s is %v, not %v", text, got, want)
		}
	}
	for text, position := range map[string]int{
		"S_INTERSECTS(geometry, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))":                                                    23,
		"type = 'clash' AND S_WITHIN(geometry, MULTIPOLYGON(((0 0, 2 0, 2 2, 0 2, 0 0)), ((1 1, 3 1, 3 3, 1 3, 1 1))))": 38,
	} {
		e, err := cql2.ParseText(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		_, err = evaluation.Compile(geo.Events, e)
		if fault, is := err.(*cql2.Error); !is || fault.Position != position {
			t.Errorf("%s: %v", text, err)
		}
	}
	pattern := cql2.Call{Op: "like", Args: []cql2.Expression{cql2.Property{Name: "title"}, cql2.Text{Value: `a\`, At: 7}}}
	if _, err := evaluation.Compile(geo.Events, pattern); err == nil || err.(*cql2.Error).Position != 7 {
		t.Errorf("a pattern that ends in a backslash is refused with %v", err)
	}
}
