package tile_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		z, y, x string
		want    tile.Tile
		faults  string // the names, in order
	}{
		{"0", "0", "0", tile.Tile{}, ""},
		{"3", "2", "7", tile.Tile{Z: 3, Y: 2, X: 7}, ""},
		{"22", "4194303", "4194303", tile.Tile{Z: 22, Y: 4194303, X: 4194303}, ""},
		{"23", "0", "0", tile.Tile{}, "z"},
		{"0", "1", "0", tile.Tile{}, "y"},
		{"3", "7", "8", tile.Tile{}, "x"},
		{"3", "8", "8", tile.Tile{}, "y x"},
		{"22", "4194304", "0", tile.Tile{}, "y"},
		{"a", "b", "c", tile.Tile{}, "z y x"},
		{"", "", "", tile.Tile{}, "z y x"},
		{"-1", "-1", "-1", tile.Tile{}, "z y x"},
		{"23", "4194304", "5", tile.Tile{}, "z y"},
		{"4294967296", "0", "0", tile.Tile{}, "z"},
		{"1", "18446744073709551616", "0", tile.Tile{}, "y"},
		{"+1", "0", "0", tile.Tile{}, "z"},
		{"1", "01", "0", tile.Tile{}, "y"},
		{"1", "1.0", "0x1", tile.Tile{}, "y x"},
		{"1", "1", "1 ", tile.Tile{}, "x"},
	} {
		got, err := tile.Parse(c.z, c.y, c.x)
		var rejected *geo.Error
		names := ""
		if errors.As(err, &rejected) {
			for _, f := range rejected.Faults {
				names += " " + f.Name
			}
			names = names[1:]
		}
		if names != c.faults || err == nil && got != c.want || err != nil && geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%q/%q/%q: %v, %v", c.z, c.y, c.x, got, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("3", "2", "7")
	f.Add("23", "\xff", "00")
	f.Fuzz(func(t *testing.T, z, y, x string) {
		got, err := tile.Parse(z, y, x)
		if err != nil {
			return
		}
		if again := fmt.Sprint(got.Z, " ", got.Y, " ", got.X); again != z+" "+y+" "+x {
			t.Fatalf("%q/%q/%q is %v", z, y, x, got)
		}
		if _, err := got.Encode(nil, nil); err != nil {
			t.Fatalf("%v cannot be drawn: %v", got, err)
		}
	})
}

func TestBox(t *testing.T) {
	for _, c := range []struct {
		tile tile.Tile
		want geo.Box // rounded to 4 places
	}{
		{tile.Tile{}, geo.World},
		{tile.Tile{Z: 1, X: 0, Y: 0}, geo.Box{West: 168.75, South: -11.1784, East: 11.25, North: 90}},
		{tile.Tile{Z: 1, X: 1, Y: 1}, geo.Box{West: -11.25, South: -90, East: -168.75, North: 11.1784}},
		{tile.Tile{Z: 2, X: 3, Y: 1}, geo.Box{West: 84.375, South: -5.616, East: -174.375, North: 68.6566}},
		{tile.Tile{Z: 2, X: 0, Y: 3}, geo.Box{West: 174.375, South: -90, East: -84.375, North: -64.1681}},
		{tile.Tile{Z: 3, X: 6, Y: 3}, geo.Box{West: 87.1875, South: -2.8114, East: 137.8125, North: 43.0689}},
	} {
		got := c.tile.Box()
		for i, v := range got.Array() {
			if math.Abs(v-c.want.Array()[i]) > 0.00005 {
				t.Errorf("%v: %v, not %v", c.tile, got, c.want)
				break
			}
		}
	}
}

func TestBoxIsThatOfTheLibrary(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		z := 2 + random.Uint32N(tile.MaxZoom-1)
		inner := func() uint32 { return 1 + random.Uint32N(1<<z-2) }
		t1 := tile.Tile{Z: z, X: inner(), Y: inner()}
		want := maptile.New(t1.X, t1.Y, maptile.Zoom(z)).Bound(float64(tile.Buffer) / tile.Extent)
		got := t1.Box()
		if math.Abs(got.West-want.Min[0])+math.Abs(got.East-want.Max[0])+math.Abs(got.South-want.Min[1])+math.Abs(got.North-want.Max[1]) > 1e-9 {
			t.Fatalf("%v: %v, not %v", t1, got, want)
		}
		if math.Abs(got.South) > 85.0512 || math.Abs(got.North) > 85.0512 {
			t.Fatalf("%v leaves the map: %v", t1, got)
		}
	}
}

// Each cell of the clusters' grid that a tile touches must be in it as a whole.
func TestCellsFillTheBox(t *testing.T) {
	for _, t1 := range []tile.Tile{{Z: 1, X: 1, Y: 0}, {Z: 6, X: 40, Y: 30}, {Z: 22, X: 1, Y: 4194303}} {
		cells := float64(uint64(1) << t1.CellZoom())
		for _, lon := range []float64{t1.Box().West, t1.Box().East} {
			if column := (lon + 180) / 360 * cells; column != math.Trunc(column) {
				t.Errorf("%v: its edge at %g is in the middle of cell %g", t1, lon, column)
			}
		}
	}
}

// tilesNear lists the tile that holds the point by the library's arithmetic, and its
// neighbours, across the 180th meridian too.
func tilesNear(p orb.Point, z uint32) (near []tile.Tile) {
	side := int(1) << z
	f := maptile.Fraction(orb.Point{p[0], max(-85.0511287798, min(85.0511287798, p[1]))}, maptile.Zoom(z))
	seen := map[tile.Tile]bool{}
	for dy := -2; dy <= 2; dy++ {
		for dx := -2; dx <= 2; dx++ {
			x, y := (int(f[0])+dx+2*side)%side, int(f[1])+dy
			t1 := tile.Tile{Z: z, X: uint32(x), Y: uint32(y)}
			if y >= 0 && y < side && !seen[t1] {
				seen[t1] = true
				near = append(near, t1)
			}
		}
	}
	return near
}
