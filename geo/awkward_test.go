package geo_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/paulmach/orb"
)

// boxes is what every geometry is held against.
var boxes = []geo.Box{
	geo.World, {West: 179, South: -10, East: -179, North: 10}, {West: 0, South: 0, East: 0, North: 0},
	{West: -180, South: -90, East: -180, North: 90}, {West: 180, South: 80, East: 180, North: 90}, {West: 4.5, South: 4.5, East: 5.5, North: 5.5},
}

func event(g orb.Geometry) *geo.Event {
	e := geotest.Event("e", "d", "", geo.Date(2024, 7, 22))
	if e.Geometry = g; g == nil {
		e.PlacePrecision = geo.UnknownPlace
	}
	return e
}

func TestValidationOfAwkwardGeometries(t *testing.T) {
	for _, a := range geo.AwkwardGeometries {
		err := geo.Validate(event(a.Geometry))
		if (err == nil) != a.Valid {
			t.Errorf("%s: valid should be %t, got %v", a.Name, a.Valid, err)
		}
		if err != nil && geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%s: the error is %q, not invalid", a.Name, geo.CodeOf(err))
		}
	}
}

func TestAwkwardGeometriesRoundTrip(t *testing.T) {
	for _, a := range geo.AwkwardGeometries {
		if !a.Valid {
			continue
		}
		b, err := geo.EncodeFeature(event(a.Geometry))
		if err != nil {
			t.Errorf("%s: %v", a.Name, err)
			continue
		}
		r, err := geo.DecodeFeature(geo.Events, b)
		if err != nil {
			t.Errorf("%s: %v", a.Name, err)
			continue
		}
		if got := r.Shape(); (got == nil) != (a.Geometry == nil) || got != nil && !orb.Equal(got, a.Geometry) {
			t.Errorf("%s: came back as %v", a.Name, got)
		}
	}
}

func TestIntersectsSurvivesAwkwardGeometries(t *testing.T) {
	for _, a := range geo.AwkwardGeometries {
		for i, b := range boxes {
			got := geo.Intersects(a.Geometry, b)
			if i == 0 && a.Valid && got != (a.Geometry != nil) {
				t.Errorf("%s: in the world: %t", a.Name, got)
			}
		}
	}
}

func TestInsideSurvivesAwkwardGeometries(t *testing.T) {
	world := orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}.ToPolygon()
	for _, a := range geo.AwkwardGeometries {
		if got := geo.Inside(a.Geometry, world); a.Valid && got != (a.Geometry != nil) {
			t.Errorf("%s: inside the world: %t", a.Name, got)
		}
		for _, area := range geo.AwkwardGeometries {
			if geo.Inside(a.Geometry, area.Geometry) && a.Geometry == nil {
				t.Errorf("nothing lies inside %s", area.Name)
			}
		}
	}
}

func TestExtentSurvivesAwkwardGeometries(t *testing.T) {
	for _, a := range geo.AwkwardGeometries {
		box, found := geo.Extent(a.Geometry)
		if !a.Valid {
			continue
		}
		if found != (a.Geometry != nil) {
			t.Errorf("%s: has an extent: %t", a.Name, found)
		}
		if found && !geo.Intersects(a.Geometry, box) {
			t.Errorf("%s: does not meet its own extent %v", a.Name, box)
		}
	}
	for name, want := range map[string]geo.Box{
		"multipoint on both sides of 180": {West: 179, South: 1, East: -179, North: 2},
		"polygon cut at 180":              {West: 170, South: -10, East: -170, North: 10},
		"line cut at 180":                 {West: 170, South: 0, East: -170, North: 10},
		"polygon with a hole":             {West: 0, South: 0, East: 10, North: 10},
	} {
		for _, a := range geo.AwkwardGeometries {
			if got, _ := geo.Extent(a.Geometry); a.Name == name && got != want {
				t.Errorf("%s: extent %v, not %v", name, got, want)
			}
		}
	}
}

func TestIntersects(t *testing.T) {
	hole := orb.Polygon{
		{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}},
		{{4, 4}, {4, 6}, {6, 6}, {6, 4}, {4, 4}}}
	for _, c := range []struct {
		name string
		g    orb.Geometry
		box  geo.Box
		want bool
	}{
		{"box in the hole", hole, geo.Box{West: 4.5, South: 4.5, East: 5.5, North: 5.5}, false},
		{"box over the hole's edge", hole, geo.Box{West: 3.5, South: 4.5, East: 5.5, North: 5.5}, true},
		{"box within the polygon", hole, geo.Box{West: 1, South: 1, East: 2, North: 2}, true},
		{"polygon within the box", hole, geo.Box{West: -1, South: -1, East: 11, North: 11}, true},
		{"line through the box, no end in it", orb.LineString{{-5, -5}, {5, 5}}, geo.Box{West: -1, South: -1, East: 1, North: 1}, true},
		{"line past the corner", orb.LineString{{-3, 0}, {0, 3}}, geo.Box{West: -1, South: -1, East: 1, North: 1}, false},
		{"point on the edge", orb.Point{1, 0}, geo.Box{West: -1, South: -1, East: 1, North: 1}, true},
		{"point west of 180 in a box across it", orb.Point{179.5, 0}, geo.Box{West: 179, South: -1, East: -179, North: 1}, true},
		{"point far from a box across 180", orb.Point{0, 0}, geo.Box{West: 179, South: -1, East: -179, North: 1}, false},
		{"point written as 180, box that ends at -180", orb.Point{180, 0}, geo.Box{West: -180, South: -1, East: -170, North: 1}, true},
	} {
		if got := geo.Intersects(c.g, c.box); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}
