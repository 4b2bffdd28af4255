package tile_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
)

// decode reads a tile with the library: the features of each layer.
func decode(t testing.TB, b []byte, err error) map[string][]*geojson.Feature {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if len(b) > tile.MaxBytes {
		t.Fatalf("the tile has %d bytes", len(b))
	}
	layers, err := mvt.Unmarshal(b)
	if err != nil {
		t.Fatal(err)
	}
	decoded := map[string][]*geojson.Feature{}
	for _, l := range layers {
		if l.Version != 2 || l.Extent != tile.Extent || len(l.Features) == 0 || decoded[l.Name] != nil {
			t.Fatalf("layer %q: version %d, extent %d, %d features", l.Name, l.Version, l.Extent, len(l.Features))
		}
		decoded[l.Name] = l.Features
	}
	return decoded
}

func decodePoints(t testing.TB, at tile.Tile, points ...tile.Point) []*geojson.Feature {
	t.Helper()
	b, err := at.Encode(points, nil)
	return decode(t, b, err)["events"]
}

func TestFeaturesComeBack(t *testing.T) {
	properties := []tile.Property{{"type", "clash"}, {"title", "Lashio လားရှိုး"}, {"empty", ""}, {"deaths", 3}, {"low", -7}, {"big", int64(1) << 40}, {"share", 0.25}, {"going_on", true}, {"past", false}}
	got := decodePoints(t, tile.Tile{Z: 1, X: 1, Y: 0},
		tile.Point{Position: orb.Point{90, 0}, ID: "ucdp:1", Count: 1, Properties: properties},
		tile.Point{Position: orb.Point{0, 0}, ID: "7/3/4", Count: 12, Properties: properties[:1]},
		tile.Point{Position: orb.Point{0, 0}, ID: "clash", Count: 3, Properties: []tile.Property{{"type", "shelling"}, {"count of a", 3.0}}})
	want := []geojson.Properties{
		{"id": "ucdp:1", "count": 1.0, "type": "clash", "title": "Lashio လားရှိုး", "empty": "", "deaths": 3.0, "low": -7.0, "big": float64(1 << 40), "share": 0.25, "going_on": true, "past": false},
		{"id": "7/3/4", "count": 12.0, "cluster": true, "type": "clash"},
		{"id": "clash", "count": 3.0, "cluster": true, "type": "shelling", "count of a": 3.0},
	}
	if len(got) != len(want) {
		t.Fatalf("%d features", len(got))
	}
	for i, f := range got {
		if !reflect.DeepEqual(f.Properties, want[i]) {
			t.Errorf("%v, not %v", f.Properties, want[i])
		}
	}
	if got[0].Geometry != (orb.Point{2048, 4096}) || got[1].Geometry != (orb.Point{0, 4096}) {
		t.Errorf("at %v and %v", got[0].Geometry, got[1].Geometry)
	}
}

// TestEdges tells where a point is drawn, by hand.
func TestEdges(t *testing.T) {
	for _, c := range []struct {
		name string
		at   orb.Point
		tile tile.Tile
		want orb.Geometry
	}{
		{"the middle", orb.Point{0, 0}, tile.Tile{}, orb.Point{2048, 2048}},
		{"the north pole", orb.Point{0, 90}, tile.Tile{}, orb.Point{2048, 0}},
		{"the south pole", orb.Point{0, -90}, tile.Tile{}, orb.Point{2048, 4096}},
		{"just beyond the map", orb.Point{90, 85.06}, tile.Tile{}, orb.Point{3072, 0}},
		{"180, twice in level 0", orb.Point{180, 0}, tile.Tile{}, orb.MultiPoint{{4096, 2048}, {0, 2048}}},
		{"-180, twice in level 0", orb.Point{-180, 0}, tile.Tile{}, orb.MultiPoint{{0, 2048}, {4096, 2048}}},
		{"the buffer of level 0", orb.Point{168.75, 0}, tile.Tile{}, orb.MultiPoint{{3968, 2048}, {-128, 2048}}},
		{"not in the buffer of level 0", orb.Point{157.4, 0}, tile.Tile{}, orb.Point{3839, 2048}},
		{"180 in the east", orb.Point{180, 10}, tile.Tile{Z: 3, X: 7, Y: 3}, orb.Point{4096, 3181}},
		{"-180 in the east", orb.Point{-180, 10}, tile.Tile{Z: 3, X: 7, Y: 3}, orb.Point{4096, 3181}},
		{"180 in the west", orb.Point{180, 10}, tile.Tile{Z: 3, X: 0, Y: 3}, orb.Point{0, 3181}},
		{"-180 in the west", orb.Point{-180, 10}, tile.Tile{Z: 3, X: 0, Y: 3}, orb.Point{0, 3181}},
		{"the buffer across 180", orb.Point{179, 10}, tile.Tile{Z: 3, X: 0, Y: 3}, orb.Point{-91, 3181}},
		{"beyond the buffer across 180", orb.Point{177, 10}, tile.Tile{Z: 3, X: 0, Y: 3}, nil},
		{"the edge of the buffer", orb.Point{-2.8125, 10}, tile.Tile{Z: 3, X: 4, Y: 3}, orb.Point{-256, 3181}},
		{"a hair beyond it", orb.Point{-2.81251, 10}, tile.Tile{Z: 3, X: 4, Y: 3}, nil},
		{"the north pole in the top row", orb.Point{-180, 90}, tile.Tile{Z: 22, X: 0, Y: 0}, orb.Point{0, 0}},
		{"the north pole in the row below", orb.Point{-180, 90}, tile.Tile{Z: 22, X: 0, Y: 1}, nil},
		{"the south pole in the bottom row", orb.Point{180, -90}, tile.Tile{Z: 22, X: 1<<22 - 1, Y: 1<<22 - 1}, orb.Point{4096, 4096}},
		{"the other side of the globe", orb.Point{1, 1}, tile.Tile{Z: 5, X: 0, Y: 0}, nil},
	} {
		got := decodePoints(t, c.tile, tile.Point{Position: c.at, ID: "e", Count: 1})
		if c.want == nil {
			if len(got) != 0 {
				t.Errorf("%s: drawn at %v", c.name, got[0].Geometry)
			}
			continue
		}
		if len(got) != 1 || !orb.Equal(got[0].Geometry, c.want) {
			t.Errorf("%s: %+v, not one at %v", c.name, got, c.want)
		}
	}
}

// A point is in the tiles whose box holds it, and in no others, and at its place.
func TestPointsAreInTheTilesWhoseBoxHoldsThem(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	several := 0
	for range 4000 {
		p := orb.Point{random.Float64()*360 - 180, random.Float64()*180 - 90}
		z := random.Uint32N(tile.MaxZoom + 1)
		switch random.IntN(4) {
		case 0: // next to a corner of tiles
			side := float64(uint32(1) << z)
			p[0] = math.Round(random.Float64()*side)/side*360 - 180 + random.NormFloat64()*10/side
			p[0] = max(-180, min(180, p[0]))
		case 1:
			p[0] = []float64{-180, 180}[random.IntN(2)]
		case 2:
			p[1] = []float64{-90, 90, 85.0511287798066, -85.06}[random.IntN(4)]
		}
		drawn := 0
		for _, near := range tilesNear(p, z) {
			got := decodePoints(t, near, tile.Point{Position: p, ID: "e", Count: 1})
			if (len(got) == 1) != near.Box().Contains(p) {
				t.Fatalf("%v is %d times in %v, whose box is %v", p, len(got), near, near.Box())
			}
			if within, sure := widened(near, p); sure && within != (len(got) == 1) {
				t.Fatalf("%v is %d times in %v: the library says %t", p, len(got), near, within)
			}
			if len(got) == 1 {
				drawn++
				checkPlace(t, near, p, got[0].Geometry)
			}
		}
		if drawn < 1 || drawn > 4 {
			t.Fatalf("%v is in %d tiles of level %d", p, drawn, z)
		}
		if drawn > 1 {
			several++
		}
	}
	if several < 400 {
		t.Errorf("only %d points were in several tiles: the test tells little", several)
	}
}

// widened says by the library's arithmetic whether the widened tile holds the point,
// and whether that is beyond doubt: not a hair from its edge, nor beyond the map.
func widened(near tile.Tile, p orb.Point) (within, sure bool) {
	f := maptile.Fraction(p, maptile.Zoom(near.Z))
	side := float64(uint32(1) << near.Z)
	reach := 0.5 + float64(tile.Buffer)/tile.Extent
	dx := math.Abs(f[0] - float64(near.X) - 0.5)
	dx = min(dx, side-dx)
	dy := math.Abs(f[1] - float64(near.Y) - 0.5)
	hair := 1e-6
	return dx <= reach && dy <= reach, math.Abs(p[1]) < 85.05 && math.Abs(dx-reach) > hair && math.Abs(dy-reach) > hair
}

// checkPlace brings the drawn position back to degrees.
func checkPlace(t *testing.T, at tile.Tile, p orb.Point, drawn orb.Geometry) {
	t.Helper()
	units, single := drawn.(orb.Point)
	if !single {
		units = drawn.(orb.MultiPoint)[0]
	}
	for _, v := range units {
		if v < -tile.Buffer || v > tile.Extent+tile.Buffer {
			t.Fatalf("%v is drawn at %v", p, units)
		}
	}
	f := maptile.Fraction(orb.Point{p[0], max(-85.0511287798, min(85.0511287798, p[1]))}, maptile.Zoom(at.Z))
	side := float64(uint32(1) << at.Z)
	dx := math.Mod(f[0]-float64(at.X)-units[0]/tile.Extent+1.5*side, side) - 0.5*side
	dy := f[1] - float64(at.Y) - units[1]/tile.Extent
	if most := 0.51 / tile.Extent; math.Abs(dx) > most || math.Abs(p[1]) < 85 && math.Abs(dy) > most {
		t.Fatalf("%v is drawn in %v at %v, %g and %g tiles off", p, at, units, dx, dy)
	}
}

func TestWhatCannotBeDrawnIsRefused(t *testing.T) {
	good := tile.Point{Position: orb.Point{1, 1}, ID: "e", Count: 1}
	with := func(change func(*tile.Point)) tile.Point {
		p := good
		change(&p)
		return p
	}
	for want, p := range map[string]tile.Point{
		"stands for 0 events":   with(func(p *tile.Point) { p.Count = 0 }),
		"stands for -1 events":  with(func(p *tile.Point) { p.Count = -1 }),
		"not on the globe":      with(func(p *tile.Point) { p.Position[0] = math.NaN() }),
		"[1, 91] is not":        with(func(p *tile.Point) { p.Position[1] = 91 }),
		"a []string, which":     with(func(p *tile.Point) { p.Properties = []tile.Property{{"tags", []string{"a"}}} }),
		"a <nil>, which":        with(func(p *tile.Point) { p.Properties = []tile.Property{{"end", nil}} }),
		`"type" stands twice`:   with(func(p *tile.Point) { p.Properties = []tile.Property{{"type", "a"}, {"type", "a"}} }),
		`"id" stands twice`:     with(func(p *tile.Point) { p.Properties = []tile.Property{{"id", "a"}} }),
		`"extent" is taken`:     with(func(p *tile.Point) { p.Properties = []tile.Property{{"extent", true}} }),
		`"title" is not valid`:  with(func(p *tile.Point) { p.Properties = []tile.Property{{"title", "\xff"}} }),
		`"\xff" is not valid`:   with(func(p *tile.Point) { p.Properties = []tile.Property{{"\xff", "a"}} }),
		`"id" is not valid UTF`: with(func(p *tile.Point) { p.ID = "\xff" }),
	} {
		for layer, encode := range map[string]func() ([]byte, error){
			"event": func() ([]byte, error) { return tile.Tile{}.Encode([]tile.Point{good, p}, nil) },
			"shape": func() ([]byte, error) {
				return tile.Tile{}.Encode(nil, []tile.Shape{{Geometry: p.Position, ID: p.ID, Count: p.Count, Properties: p.Properties}})
			},
		} {
			if _, err := encode(); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), layer) {
				t.Errorf("%s: %q: %v", layer, want, err)
			}
		}
	}
	off := orb.Point{math.NaN(), 0}
	for _, g := range []orb.Geometry{orb.MultiPoint{{1, 1}, off}, orb.LineString{{1, 1}, off}, orb.Polygon{{{0, 0}, {1, 0}, off, {0, 0}}},
		orb.Collection{orb.MultiLineString{{{0, 0}, off}}}, orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, {off}}}, orb.Bound{}} {
		if _, err := (tile.Tile{}).Encode(nil, []tile.Shape{{Geometry: g, ID: "s", Count: 1}}); err == nil {
			t.Errorf("%v was drawn", g)
		}
	}
	for _, no := range []tile.Tile{{Z: 23}, {Z: 1, X: 2}, {Z: 1, Y: 2}} {
		if _, err := no.Encode([]tile.Point{good}, nil); err == nil {
			t.Errorf("%v was drawn", no)
		}
	}
}

func TestNothingHasNoBytes(t *testing.T) {
	b, err := tile.Tile{Z: 5}.Encode([]tile.Point{{Position: orb.Point{100, 0}, ID: "far", Count: 1}}, []tile.Shape{{ID: "nowhere", Count: 1}})
	if err != nil || len(b) != 0 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	if got := decodePoints(t, tile.Tile{}); len(got) != 0 || geo.CodeOf(err) != "" {
		t.Errorf("%v", got)
	}
}
