package tile_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"
)

func shape(g orb.Geometry) tile.Shape { return tile.Shape{Geometry: g, ID: "s", Count: 1} }

func decodeShape(t testing.TB, at tile.Tile, g orb.Geometry) []*geojson.Feature {
	t.Helper()
	b, err := at.Encode(nil, []tile.Shape{shape(g)})
	return decode(t, b, err)["shapes"]
}

// all calls f with every tile of the levels from 0 to last.
func all(last uint32, f func(tile.Tile)) {
	for z := range last + 1 {
		for y := range uint32(1) << z {
			for x := range uint32(1) << z {
				f(tile.Tile{Z: z, X: x, Y: y})
			}
		}
	}
}

func TestAwkwardGeometriesAreInTheTilesTheyMeet(t *testing.T) {
	for _, a := range geo.AwkwardGeometries {
		before := orb.Clone(a.Geometry)
		drawn := 0
		all(4, func(at tile.Tile) {
			b, err := at.Encode(nil, []tile.Shape{shape(a.Geometry)})
			if !a.Valid && err != nil {
				return // refused: it is enough that nothing breaks
			}
			features := decode(t, b, err)["shapes"]
			if len(features) > 0 {
				drawn++
			}
			if meets := geo.Intersects(a.Geometry, at.Box()); a.Valid && meets != (len(features) > 0) {
				t.Errorf("%s meets %v: %t, and is %d features in it", a.Name, at, meets, len(features))
			}
			for _, f := range features {
				if b := f.Geometry.Bound(); b.Min[0] < -tile.Buffer || b.Min[1] < -tile.Buffer || b.Max[0] > tile.Extent+tile.Buffer || b.Max[1] > tile.Extent+tile.Buffer {
					t.Errorf("%s leaves %v: %v", a.Name, at, b)
				}
			}
		})
		if a.Valid && a.Geometry != nil && drawn < 5 {
			t.Errorf("%s is in %d tiles of 5 levels", a.Name, drawn)
		}
		if a.Valid && !reflect.DeepEqual(before, a.Geometry) {
			t.Errorf("%s was changed to %v", a.Name, a.Geometry)
		}
	}
}

func TestKindsOfShapes(t *testing.T) {
	world := tile.Tile{}
	square := orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{45, 45}}.ToPolygon()
	clockwise := square.Clone()
	clockwise[0].Reverse()
	hole := orb.Bound{Min: orb.Point{10, 10}, Max: orb.Point{20, 20}}.ToRing()
	reversed := hole.Clone()
	reversed.Reverse()
	whole := orb.Polygon{{{2048, 2048}, {2048, 1474}, {2560, 1474}, {2560, 2048}, {2048, 2048}}}
	for _, c := range []struct {
		name string
		at   tile.Tile
		g    orb.Geometry
		want []string // the kinds of the features
		area float64  // of all, in square units
	}{
		{"square", world, square, []string{"Polygon"}, planar.Area(whole)},
		{"clockwise square", world, clockwise, []string{"Polygon"}, planar.Area(whole)},
		{"square with a hole", world, orb.Polygon{square[0], hole}, []string{"Polygon"}, 512*574 - 114*117},
		{"square with a hole that winds as it does", world, orb.Polygon{square[0], reversed}, []string{"Polygon"}, 512*574 - 114*117},
		{"two squares", world, orb.MultiPolygon{clockwise, {{{-90, 0}, {-90, 45}, {-45, 45}, {-45, 0}, {-90, 0}}}}, []string{"MultiPolygon"}, 2 * planar.Area(whole)},
		{"square around the tile", tile.Tile{Z: 6, X: 34, Y: 28}, square, []string{"Polygon"}, 4608 * 4608},
		{"tile in a hole", tile.Tile{Z: 8, X: 138, Y: 117}, orb.Polygon{square[0], hole}, nil, 0},
		{"two lines", world, orb.MultiLineString{{{0, 0}, {10, 10}}, {{20, 0}, {30, 0}}}, []string{"MultiLineString"}, 0},
		{"all sorts", world, orb.Collection{orb.Point{1, 1}, orb.MultiPoint{{2, 2}, {3, 3}}, orb.LineString{{0, 0}, {9, 9}}, square}, []string{"MultiPoint", "LineString", "Polygon"}, planar.Area(whole)},
		{"area next to a point of it", world, orb.Polygon{{{0, 0}, {0.01, 0}, {0.01, 0.01}, {0, 0}}}, []string{"Point"}, 0},
		{"long thin area", world, orb.Polygon{{{0, 0}, {50, 0}, {50, 0.01}, {0, 0}}}, []string{"LineString"}, 0},
		{"line that is a point here", world, orb.LineString{{0, 0}, {0.01, 0}}, []string{"Point"}, 0},
		{"small island of a large land", world, orb.MultiPolygon{square, {{{90, 0}, {90.01, 0}, {90.01, 0.01}, {90, 0}}}}, []string{"Polygon"}, planar.Area(whole)},
		{"thin island of a large land", world, orb.MultiPolygon{square, {{{90, 0}, {140, 0}, {140, 0.01}, {90, 0}}}}, []string{"Polygon"}, planar.Area(whole)},
		{"points that are one here", world, orb.MultiPoint{{1, 1}, {1.01, 1}, {1, 1.01}}, []string{"Point"}, 0},
		{"hole too small to see", world, orb.Polygon{square[0], {{5, 5}, {5.01, 5}, {5.01, 5.01}, {5, 5}}}, []string{"Polygon"}, planar.Area(whole)},
		{"bow tie", world, orb.Polygon{{{0, -3}, {3, 3}, {3, -3}, {0, 3}, {0, -3}}}, []string{"LineString"}, 0},
		{"beyond the map", tile.Tile{Z: 3, X: 4, Y: 7}, orb.Polygon{{{0, -86}, {40, -86}, {40, -89}, {0, -89}, {0, -86}}}, []string{"LineString"}, 0},
		{"around a corner of the widened tile", tile.Tile{Z: 3, X: 4, Y: 4}, orb.Polygon{{{-20, -10}, {-20, 20}, {10, 20}, {10, 10}, {-10, 10}, {-10, -10}, {-20, -10}}}, nil, 0},
	} {
		var kinds []string
		area := 0.0
		for _, f := range decodeShape(t, c.at, c.g) {
			kinds = append(kinds, f.Geometry.GeoJSONType())
			area += planar.Area(f.Geometry)
			if f.Properties["id"] != "s" || f.Properties["cluster"] != nil {
				t.Errorf("%s: %v", c.name, f.Properties)
			}
		}
		if !reflect.DeepEqual(kinds, c.want) || math.Abs(area-c.area) > c.area/200 {
			t.Errorf("%s: %v of %g square units, not %v of %g", c.name, kinds, area, c.want, c.area)
		}
	}
}

func TestEachPositionIsDrawnOnce(t *testing.T) {
	var points orb.MultiPoint
	for i := range 1000 {
		points = append(points, orb.Point{float64(i%2) * 20, float64(i) / 1e6})
	}
	got := decodeShape(t, tile.Tile{}, points)
	if len(got) != 1 || len(got[0].Geometry.(orb.MultiPoint)) != 2 {
		t.Errorf("%v", got[0].Geometry)
	}
}

// TestBytes holds one feature to the format's specification, by hand.
func TestBytes(t *testing.T) {
	square := orb.Polygon{{{0, 0}, {90, 0}, {90, 66.51326044311186}, {0, 66.51326044311186}, {0, 0}}}
	got, err := tile.Tile{Z: 1, X: 1, Y: 0}.Encode(nil, []tile.Shape{{Geometry: square, ID: "a", Count: 2}})
	want := []byte{
		0x1a, 60, // layer
		0x0a, 6, 's', 'h', 'a', 'p', 'e', 's',
		0x12, 25, // feature
		0x12, 4, 0, 0, 1, 1, // tags
		0x18, 3, // polygon
		0x22, 15, 9, 0, 0x80, 0x20, 26, 0x80, 0x20, 0, 0, 0x80, 0x20, 0xff, 0x1f, 0, 15,
		0x1a, 2, 'i', 'd', 0x1a, 5, 'c', 'o', 'u', 'n', 't',
		0x22, 3, 0x0a, 1, 'a', 0x22, 2, 0x28, 2,
		0x28, 0x80, 0x20, // extent
		0x78, 2, // version
	}
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%x\n%x, %v", got, want, err)
	}
}

// A geometry that ends at 180 is in the tiles of both sides, in their buffers at least.
func TestShapesAreOnBothSidesOf180(t *testing.T) {
	west := orb.Bound{Min: orb.Point{170, 0}, Max: orb.Point{180, 10}}.ToPolygon()
	east := orb.Bound{Min: orb.Point{-180, 0}, Max: orb.Point{-170, 10}}.ToPolygon()
	eastern, western := tile.Tile{Z: 4, X: 15, Y: 7}, tile.Tile{Z: 4, X: 0, Y: 7}
	for _, c := range []struct {
		name     string
		at       tile.Tile
		g        orb.Geometry
		from, to float64 // the columns it covers
	}{
		{"west of it", eastern, west, 2276, 4096}, // (170-157.5)/22.5*4096
		{"west of it, seen from the east", western, west, -256, 0},
		{"east of it", western, east, 0, 1820},
		{"east of it, seen from the west", eastern, east, 4096, 4352},
		{"on both sides", eastern, orb.MultiPolygon{west, east}, 2276, 4352},
		{"on both sides, seen from the east", western, orb.MultiPolygon{west, east}, -256, 1820},
		{"a line that ends there", western, orb.LineString{{175, 1}, {180, 2}}, -256, 0},
		{"in level 0", tile.Tile{}, west, -114, 4096},
	} {
		got := decodeShape(t, c.at, c.g)
		if len(got) != 1 {
			t.Errorf("%s: %d features", c.name, len(got))
			continue
		}
		if b := got[0].Geometry.Bound(); b.Min[0] != c.from || b.Max[0] != c.to {
			t.Errorf("%s: from %g to %g, not from %g to %g", c.name, b.Min[0], b.Max[0], c.from, c.to)
		}
	}
}

// Edges are straight in degrees (RFC 7946, section 3.1.1), and so bent in the tile.
func TestEdgesAreStraightInDegrees(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	bent := 0
	for range 300 {
		from := orb.Point{random.Float64()*360 - 180, random.Float64()*168 - 84}
		to := orb.Point{random.Float64()*360 - 180, random.Float64()*168 - 84}
		switch random.IntN(5) {
		case 0:
			to = orb.Point{-from[0], -from[1]}
		case 1:
			to[1] = from[1]
		}
		share := random.Float64()
		at := maptile.At(orb.Point{from[0] + share*(to[0]-from[0]), from[1] + share*(to[1]-from[1])}, maptile.Zoom(random.IntN(12)))
		features := decodeShape(t, tile.Tile{Z: uint32(at.Z), X: at.X, Y: at.Y}, orb.LineString{from, to})
		if len(features) != 1 {
			t.Fatalf("%v to %v is not in %v", from, to, at)
		}
		for i := range 20 {
			share := float64(i) / 19
			p := orb.Point{from[0] + share*(to[0]-from[0]), from[1] + share*(to[1]-from[1])}
			units := unitsOf(p, at)
			if units[0] < 0 || units[1] < 0 || units[0] > 4096 || units[1] > 4096 {
				continue
			}
			if off := planar.DistanceFrom(features[0].Geometry, units); off > 1.25 {
				t.Fatalf("%v to %v: %v is %g units off the line in %v", from, to, p, off, at)
			}
		}
		if line, single := features[0].Geometry.(orb.LineString); single && len(line) > 2 {
			bent++
		}
	}
	if bent < 50 {
		t.Errorf("only %d lines were bent: the test tells little", bent)
	}
}

func unitsOf(p orb.Point, at maptile.Tile) orb.Point {
	f := maptile.Fraction(p, at.Z)
	return orb.Point{(f[0] - float64(at.X)) * tile.Extent, (f[1] - float64(at.Y)) * tile.Extent}
}

// A ragged outline keeps its course to within a unit, in far fewer positions, and is
// itself left as it is.
func TestOutlinesKeepTheirCourse(t *testing.T) {
	for _, area := range []orb.Polygon{country(5000, orb.Point{96, 20}, 5), country(4000, orb.Point{20, 83.5}, 1)} {
		area[0] = slices.Grow(area[0], 8) // room that nothing may write into
		before := area.Clone()
		for z := range uint32(9) {
			at := maptile.At(area[0][700], maptile.Zoom(z))
			features := decodeShape(t, tile.Tile{Z: z, X: at.X, Y: at.Y}, area)
			if len(features) != 1 {
				t.Fatalf("level %d: %d features", z, len(features))
			}
			line := decodeShape(t, tile.Tile{Z: z, X: at.X, Y: at.Y}, orb.LineString(area[0]))[0].Geometry
			for _, drawn := range []orb.Geometry{features[0].Geometry, line} {
				if n := positions(drawn); n > 500<<z {
					t.Errorf("level %d: %d positions", z, n)
				}
				checkCourse(t, area[0], drawn, at)
			}
		}
		if !area.Equal(before) {
			t.Error("the outline was changed")
		}
	}
}

func checkCourse(t *testing.T, outline orb.Ring, drawn orb.Geometry, at maptile.Tile) {
	t.Helper()
	for i := 0; i < len(outline); i += 5 {
		units := unitsOf(outline[i], at)
		if units[0] < 0 || units[1] < 0 || units[0] > 4096 || units[1] > 4096 {
			continue
		}
		if off := planar.DistanceFrom(drawn, units); off > 1 {
			t.Fatalf("%v: %v is %g units off the outline", at, outline[i], off)
		}
	}
}

func positions(g orb.Geometry) (n int) {
	if lines, several := g.(orb.MultiLineString); several {
		for _, line := range lines {
			n += len(line)
		}
		return n
	}
	if line, single := g.(orb.LineString); single {
		return len(line)
	}
	for _, ring := range rings(g) {
		n += len(ring)
	}
	return n
}

func rings(g orb.Geometry) (all []orb.Ring) {
	switch g := g.(type) {
	case orb.Polygon:
		return g
	case orb.MultiPolygon:
		for _, p := range g {
			all = append(all, p...)
		}
	}
	return all
}

// country is a made-up outline with a coast as ragged as a real one.
func country(vertices int, middle orb.Point, size float64) orb.Polygon {
	random := rand.New(rand.NewPCG(7, uint64(vertices)))
	ring := make(orb.Ring, vertices, vertices+1)
	radius := size
	for i := range ring {
		radius = min(1.4*size, max(0.6*size, radius+random.NormFloat64()*size/500))
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(vertices))
		ring[i] = orb.Point{middle[0] + radius*cos, middle[1] + radius*sin}
	}
	return orb.Polygon{append(ring, ring[0])}
}
