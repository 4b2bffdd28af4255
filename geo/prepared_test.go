package geo_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

func TestPreparedHoldsWhatTheAreaHolds(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, area := range append(awkwardAreas(), randomAreas(random, 400)...) {
		prepared := geo.Prepare(area)
		for _, p := range telling(random, area) {
			if got, want := prepared.Contains(p), geo.Inside(p, area); got != want {
				t.Fatalf("%v in %v: %t, not %t", p, area, got, want)
			}
		}
	}
}

// Inside is what Prepared is held to; this holds Inside to the library, but for
// NaN, of which the library says that it is in many areas.
func TestPreparedAgreesWithPlanar(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	held := 0
	for _, area := range randomAreas(random, 100) {
		prepared := geo.Prepare(area)
		for _, p := range telling(random, area) {
			if math.IsNaN(p[0]) || math.IsNaN(p[1]) {
				continue
			}
			want := false
			switch area := area.(type) {
			case orb.Polygon:
				want = planar.PolygonContains(area, p)
			case orb.MultiPolygon:
				want = planar.MultiPolygonContains(area, p)
			}
			if prepared.Contains(p) != want {
				t.Fatalf("%v in %v: not %t", p, area, want)
			}
			if want {
				held++
			}
		}
	}
	if held < 1000 {
		t.Errorf("only %d points were held: the test tells little", held)
	}
}

func TestPreparedBound(t *testing.T) {
	for _, a := range geo.AwkwardGeometries {
		prepared := geo.Prepare(a.Geometry)
		switch area := a.Geometry.(type) {
		case orb.Polygon, orb.MultiPolygon:
			if a.Valid && prepared.Bound() != area.Bound() {
				t.Errorf("%s: bound %v, not %v", a.Name, prepared.Bound(), area.Bound())
			}
		default:
			if !prepared.Bound().IsEmpty() || prepared.Contains(orb.Point{0, 0}) {
				t.Errorf("%s: is no area and has the bound %v", a.Name, prepared.Bound())
			}
		}
	}
}

func TestPreparedIsAskedByMany(t *testing.T) {
	prepared := geo.Prepare(country(500))
	var wait sync.WaitGroup
	for i := range 4 {
		wait.Go(func() {
			random := rand.New(rand.NewPCG(5, uint64(i)))
			for range 1000 {
				if !prepared.Contains(orb.Point{96 + random.Float64()/10, 20 + random.Float64()/10}) {
					t.Error("the middle of the country is outside of it")
				}
			}
		})
	}
	wait.Wait()
}

// awkwardAreas are all awkward geometries and areas of bad numbers and parts.
func awkwardAreas() []orb.Geometry {
	areas := []orb.Geometry{
		orb.Polygon{{{0, 0}, {math.NaN(), 5}, {5, 5}, {0, 0}}},
		orb.Polygon{{{0, 0}, {math.Inf(1), 5}, {5, 5}, {0, 0}}},
		orb.Polygon{{{-1e300, 0}, {1e300, 5}, {1e300, -5}, {-1e300, 0}}},
		orb.Polygon{{{0, 0}, {5e-324, 0}, {5e-324, 1}, {0, 0}}},
		orb.Polygon{{{1, 1}}},
		orb.Polygon{{{3, 0}, {3, 2}, {3, 1}, {3, 0}}},
		orb.Polygon{{{0, 0}, {9, 0}, {9, 9}, {0, 0}}, {}, {{20, 1}, {30, 1}, {30, 2}, {20, 1}}},
		orb.MultiPolygon{{}, {{}, {{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, {{{0, 0}, {2, 0}, {2, 2}, {0, 0}}}},
		// The second polygon's hole reaches into the first, and its outer ring does not.
		orb.MultiPolygon{{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}}, {{{6, 0}, {9, 0}, {9, 4}, {6, 0}}, {{1, 1}, {3, 1}, {3, 3}, {1, 1}}}},
	}
	for _, a := range geo.AwkwardGeometries {
		areas = append(areas, a.Geometry)
	}
	return areas
}

// randomAreas are self-crossing polygons with holes: half of them on a coarse grid,
// so that many vertices share a longitude and many edges are upright, some at the
// edges of the map.
func randomAreas(random *rand.Rand, n int) (areas []orb.Geometry) {
	polygon := func() orb.Polygon {
		position := func() orb.Point { return orb.Point{random.Float64()*20 - 10, random.Float64()*20 - 10} }
		switch random.IntN(4) {
		case 0, 1:
			position = func() orb.Point { return orb.Point{float64(random.IntN(9)), float64(random.IntN(9))} }
		case 2:
			position = func() orb.Point { return orb.Point{float64(random.IntN(3)-1) * 180, float64(random.IntN(3)-1) * 90} }
		}
		var rings orb.Polygon
		for range 1 + random.IntN(3) {
			ring := make(orb.Ring, 1+random.IntN(30))
			for i := range ring {
				ring[i] = position()
			}
			if random.IntN(5) > 0 {
				ring = append(ring, ring[0])
			}
			rings = append(rings, ring)
		}
		return rings
	}
	for range n {
		if random.IntN(2) == 0 {
			areas = append(areas, polygon())
			continue
		}
		areas = append(areas, orb.MultiPolygon{polygon(), polygon(), polygon()})
	}
	return areas
}

// telling are points that are likely to be answered wrongly: on vertices, a step
// beside them, on edges, above and below vertices, on the map's edges, and some at
// random.
func telling(random *rand.Rand, area orb.Geometry) []orb.Point {
	points := []orb.Point{{180, 0}, {-180, 0}, {180, 90}, {-180, -90}, {0, 90}, {0, -90}, {0, 0}, {math.NaN(), 1}, {1, math.NaN()}, {math.Inf(1), 1}, {1, math.Inf(-1)}}
	var polygons orb.MultiPolygon
	switch area := area.(type) {
	case orb.Polygon:
		polygons = orb.MultiPolygon{area}
	case orb.MultiPolygon:
		polygons = area
	}
	for _, polygon := range polygons {
		for _, ring := range polygon {
			for i, p := range ring {
				q, share := ring[(i+1)%len(ring)], random.Float64()
				other := ring[random.IntN(len(ring))]
				points = append(points, p, orb.Point{p[0], other[1]}, orb.Point{p[0], p[1] + 1}, orb.Point{p[0] - 1, p[1]},
					orb.Point{math.Nextafter(p[0], 200), p[1]}, orb.Point{math.Nextafter(p[0], -200), other[1]},
					orb.Point{(p[0] + q[0]) / 2, (p[1] + q[1]) / 2}, orb.Point{p[0] + share*(q[0]-p[0]), p[1] + share*(q[1]-p[1])})
			}
		}
	}
	for range 50 {
		points = append(points, orb.Point{random.Float64()*24 - 12, random.Float64()*24 - 12}, orb.Point{float64(random.IntN(10)), float64(random.IntN(10))})
	}
	return slices.Compact(points)
}

// country is a made-up outline with a coast as ragged as a real one.
func country(vertices int) orb.Polygon {
	random := rand.New(rand.NewPCG(7, 8))
	ring := make(orb.Ring, vertices, vertices+1)
	radius := 5.0
	for i := range ring {
		radius = min(7, max(3, radius+random.NormFloat64()*0.05))
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(vertices))
		ring[i] = orb.Point{96 + radius*cos, 20 + radius*sin}
	}
	return orb.Polygon{append(ring, ring[0])}
}

func BenchmarkContains(b *testing.B) {
	area := country(5000)
	prepared := geo.Prepare(area)
	random := rand.New(rand.NewPCG(9, 10))
	points := make([]orb.Point, 1024)
	for i := range points {
		points[i] = orb.Point{89 + random.Float64()*14, 13 + random.Float64()*14}
	}
	for name, contains := range map[string]func(orb.Point) bool{
		"prepared": prepared.Contains,
		"planar":   func(p orb.Point) bool { return planar.PolygonContains(area, p) },
	} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				contains(points[i%len(points)])
			}
		})
	}
	b.Run("prepare", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			geo.Prepare(area)
		}
	})
}
