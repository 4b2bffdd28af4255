package tile_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// events are single events as a server would give them, somewhere in the box.
func events(n int, in orb.Bound) []tile.Point {
	random := rand.New(rand.NewPCG(11, 12))
	types := geo.EventTypes()
	points := make([]tile.Point, n)
	for i := range points {
		start := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, random.IntN(3650))
		points[i] = tile.Point{
			Position: orb.Point{in.Min[0] + random.Float64()*(in.Max[0]-in.Min[0]), in.Min[1] + random.Float64()*(in.Max[1]-in.Min[1])},
			ID:       fmt.Sprintf("ucdp:%015d", random.IntN(1_000_000_000_000)),
			Count:    1,
			Properties: []tile.Property{
				{"type", string(types[random.IntN(len(types))])},
				{"start", start.Format(time.DateOnly)},
				{"end", start.AddDate(0, 0, random.IntN(7)).Format(time.DateOnly)},
				{"date_precision", []string{"day", "days", "week", "month"}[random.IntN(4)]},
				{"place_precision", []string{"exact", "near", "district", "region"}[random.IntN(4)]},
				{"incidents", 1 + random.IntN(3)},
				{"fatalities", random.IntN(100)},
			},
		}
	}
	return points
}

// southEastAsia is the tile of level 3 that most tests look at.
var southEastAsia = tile.Tile{Z: 3, X: 6, Y: 3}

func inner(t tile.Tile) orb.Bound {
	b := t.Box()
	return orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}
}

func TestMaxPointsIsWhatFits(t *testing.T) {
	few := []tile.Shape{shape(country(500, orb.Point{96, 20}, 5))}
	for n, fits := range map[int]bool{tile.MaxPoints: true, tile.MaxPoints * 9 / 8: false} {
		b, err := southEastAsia.Encode(events(n, inner(southEastAsia)), few)
		if (err == nil) != fits || err != nil && !errors.Is(err, tile.ErrTooLarge) || len(b) > tile.MaxBytes {
			t.Errorf("%d points: %d bytes, %v", n, len(b), err)
		}
		if fits {
			layers := decode(t, b, err)
			if len(layers["events"]) != n || len(layers["shapes"]) != 1 || layers["shapes"][0].Properties["extent"] != nil {
				t.Errorf("%d points: %d, and %d shapes", n, len(layers["events"]), len(layers["shapes"]))
			}
		}
	}
}

// A tile of clusters always fits: that is what ErrTooLarge sends a caller to. Ten
// million events are not enough for more different counts than there are here.
func TestClustersFit(t *testing.T) {
	const side = (tile.Extent + 2*tile.Buffer) << tile.CellShift / tile.Extent
	box := inner(southEastAsia)
	var clusters []tile.Point
	for i := range side * side {
		x, y := float64(i%side)+0.5, float64(i/side)+0.5
		p := tile.Point{ID: fmt.Sprintf("%d/%d/%d", southEastAsia.CellZoom(), 100_000+i, 200_000+i), Count: 1_000 + i,
			Position: orb.Point{box.Min[0] + x/side*(box.Max[0]-box.Min[0]), box.Min[1] + y/side*(box.Max[1]-box.Min[1])}}
		for k, name := range geo.EventTypes() {
			p.Properties = append(p.Properties, tile.Property{Name: string(name), Value: 1 + (31*i+k)%4_400})
		}
		clusters = append(clusters, p)
	}
	b, err := southEastAsia.Encode(clusters, nil)
	if got := decode(t, b, err)["events"]; len(got) != side*side || side != 36 {
		t.Errorf("%d of %d clusters", len(got), side*side)
	}
}

// regions are ragged outlines all over South-East Asia, every fifth a line.
func regions(name string, n, vertices int) (shapes []tile.Shape) {
	random := rand.New(rand.NewPCG(13, uint64(n)))
	for i := range n {
		middle := orb.Point{95 + random.Float64()*35, 5 + random.Float64()*30}
		s := tile.Shape{Geometry: country(vertices, middle, 3), ID: fmt.Sprintf("%s-%06d", name, i), Count: 1 + i%3}
		if i%5 == 4 {
			s.Geometry = orb.LineString(s.Geometry.(orb.Polygon)[0])
		}
		shapes = append(shapes, s)
	}
	return shapes
}

// What gives way, and that nothing is left out without a word.
func TestTooManyShapes(t *testing.T) {
	triangle := tile.Shape{Geometry: orb.Polygon{{{100, 10}, {101, 10}, {101, 11}, {100, 10}}}, ID: "triangle", Count: 5}
	for _, c := range []struct {
		name          string
		shapes        []tile.Shape
		outlines, box func(id string) bool // which may be in the tile so
		rest          bool
	}{
		{"few", regions("a", 5, 1000), every, none, false},
		{"coarser outlines are enough", regions("a", 300, 2000), every, none, false},
		{"those of the most bytes are boxes", append(regions("small", 200, 7), regions("large", 3000, 60)...), every, begins("large"), false},
		{"all are boxes, and the last are one", append([]tile.Shape{triangle}, regions("a", 5000, 60)...), begins("triangle"), begins("a"), true},
	} {
		b, err := southEastAsia.Encode(nil, c.shapes)
		var outlines, boxes, rest int
		events := 0
		for i, f := range decode(t, b, err)["shapes"] {
			events += int(f.Properties["count"].(float64))
			id, _ := f.Properties["id"].(string)
			if others, isRest := f.Properties["shapes"].(float64); isRest {
				rest += int(others)
				if !isBoxOf(f.Geometry, together(c.shapes[len(c.shapes)-rest:])) {
					t.Errorf("%s: the box of the rest is %v", c.name, f.Geometry)
				}
			} else if id != c.shapes[i].ID {
				t.Fatalf("%s: feature %d is %v", c.name, i, f.Properties)
			}
			switch boxed := f.Properties["extent"] == true; {
			case boxed && id != "" && !isBoxOf(f.Geometry, c.shapes[i].Geometry):
				t.Errorf("%s: the box of %s is %v", c.name, id, f.Geometry)
			case boxed && id != "":
				boxes++
				if !c.box(id) {
					t.Errorf("%s: %s is a box", c.name, id)
				}
			case !boxed:
				outlines++
				if !c.outlines(id) {
					t.Errorf("%s: %s is an outline", c.name, id)
				}
			}
		}
		if rest > 0 != c.rest || boxes > 0 != c.box("large-a") && boxes > 0 != c.box("a") || outlines+boxes+rest != len(c.shapes) {
			t.Errorf("%s: %d outlines, %d boxes, %d in the rest, of %d", c.name, outlines, boxes, rest, len(c.shapes))
		}
		if want := countOf(c.shapes); events != want {
			t.Errorf("%s: %d events of %d", c.name, events, want)
		}
		if boxes > 0 && len(b) < tile.MaxBytes*99/100 {
			t.Errorf("%s: more gave way than had to: %d bytes", c.name, len(b))
		}
	}
}

// isBoxOf says whether the rectangle is the one around what of the geometry is in the
// widened tile, within the error of drawing.
func isBoxOf(drawn, g orb.Geometry) bool {
	at := maptile.New(southEastAsia.X, southEastAsia.Y, maptile.Zoom(southEastAsia.Z))
	corners := g.Bound()
	west, north := unitsOf(corners.LeftTop(), at)[0], unitsOf(corners.LeftTop(), at)[1]
	east, south := unitsOf(corners.RightBottom(), at)[0], unitsOf(corners.RightBottom(), at)[1]
	off := 0.0
	got := drawn.Bound()
	for i, want := range []float64{west, north, east, south} {
		want = max(-tile.Buffer, min(tile.Extent+tile.Buffer, want))
		off = max(off, math.Abs(want-[]float64{got.Min[0], got.Min[1], got.Max[0], got.Max[1]}[i]))
	}
	return off < 1 && len(rings(drawn)[0]) == 5
}

func together(shapes []tile.Shape) (all orb.Collection) {
	for _, s := range shapes {
		all = append(all, s.Geometry)
	}
	return all
}

func every(string) bool { return true }
func none(string) bool  { return false }
func begins(with string) func(string) bool {
	return func(id string) bool { return strings.HasPrefix(id, with) }
}

func countOf(shapes []tile.Shape) (count int) {
	for _, s := range shapes {
		count += s.Count
	}
	return count
}

// Points that fill the tile leave no room for what their shapes need at least.
func TestPointsGoBeforeShapes(t *testing.T) {
	shapes := regions("a", 20, 500)
	points := events(tile.MaxPoints, inner(southEastAsia))
	last := &points[len(points)-1]
	fill := func(upTo int) []byte {
		for {
			b, err := southEastAsia.Encode(points, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(b) >= upTo {
				return b
			}
			last.ID += strings.Repeat("x", max(1, upTo-len(b)-4))
		}
	}
	fill(tile.MaxBytes - 2_000)
	b, err := southEastAsia.Encode(points, shapes)
	got := decode(t, b, err)
	if len(got["events"]) != len(points) || len(got["shapes"]) != len(shapes) {
		t.Errorf("%d points, %d shapes", len(got["events"]), len(got["shapes"]))
	}
	fill(tile.MaxBytes - 200)
	b, err = southEastAsia.Encode(points, shapes)
	got = decode(t, b, err)
	rest := got["shapes"][len(got["shapes"])-1]
	if len(got["events"]) != len(points) || rest.Properties["shapes"] == nil {
		t.Errorf("%d points, rest %v", len(got["events"]), rest.Properties)
	}
	fill(tile.MaxBytes - 20)
	if _, err := southEastAsia.Encode(points, shapes); !errors.Is(err, tile.ErrTooLarge) {
		t.Errorf("20 bytes are left for shapes: %v", err)
	}
	last.ID += strings.Repeat("x", 30)
	if _, err := southEastAsia.Encode(points, nil); !errors.Is(err, tile.ErrTooLarge) {
		t.Errorf("more bytes than a tile has: %v", err)
	}
}

// A shape that is too large by its own properties is one of the rest.
func TestLongProperties(t *testing.T) {
	long := tile.Shape{Geometry: country(500, orb.Point{96, 20}, 5), ID: strings.Repeat("x", tile.MaxBytes), Count: 3}
	b, err := southEastAsia.Encode(nil, []tile.Shape{long})
	got := decode(t, b, err)["shapes"]
	if len(got) != 1 || got[0].Properties["shapes"] != 1.0 || got[0].Properties["count"] != 3.0 || got[0].Properties["id"] != nil {
		t.Errorf("%v", got)
	}
}
