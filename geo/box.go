package geo

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// Box is a box of longitudes and latitudes, edges included, in degrees. West of
// more than East crosses the 180th meridian (RFC 7946, section 5.2).
type Box struct {
	West, South, East, North float64
}

// World is the box that holds everything.
var World = Box{-180, -90, 180, 90}

// Split cuts the box at the 180th meridian into bounds that do not cross it. No
// other code compares longitudes of boxes. The meridian itself is at -180 and at
// 180: a box that touches it on one side gets a bound without width on the other.
func (b Box) Split() []orb.Bound {
	bound := func(west, east float64) orb.Bound {
		return orb.Bound{Min: orb.Point{west, b.South}, Max: orb.Point{east, b.North}}
	}
	switch {
	case b.West > b.East:
		return []orb.Bound{bound(b.West, 180), bound(-180, b.East)}
	case b.West == -180 && b.East < 180:
		return []orb.Bound{bound(b.West, b.East), bound(180, 180)}
	case b.East == 180 && b.West > -180:
		return []orb.Bound{bound(b.West, b.East), bound(-180, -180)}
	}
	return []orb.Bound{bound(b.West, b.East)}
}

// Contains says whether the point lies in the box or on its edge.
func (b Box) Contains(p orb.Point) bool {
	return slices.ContainsFunc(b.Split(), func(part orb.Bound) bool { return part.Contains(p) })
}

// Overlaps says whether the boxes share a point.
func (b Box) Overlaps(o Box) bool {
	others := o.Split()
	return slices.ContainsFunc(b.Split(), func(part orb.Bound) bool {
		return slices.ContainsFunc(others, part.Intersects)
	})
}

// ParseBox reads the bbox parameter: west,south,east,north, or with heights
// west,south,low,east,north,high, which are checked and have no effect: nothing
// here has a height.
func ParseBox(s string) (Box, error) { return ParseBoxIn(s, CRS84) }

// ParseBoxIn reads a bbox parameter whose numbers are of a reference system, in the
// order of its axes.
func ParseBoxIn(s string, crs CRS) (Box, error) {
	parts := strings.Split(s, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return Box{}, fmt.Errorf("has %d numbers, not 4 (west,south,east,north) or 6", len(parts))
	}
	n := make([]float64, len(parts))
	for i, part := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return Box{}, fmt.Errorf("%q is not a number", Quote(part))
		}
		n[i] = v
	}
	if len(n) == 6 {
		if n[2] > n[5] {
			return Box{}, fmt.Errorf("its lowest height %g is above its highest %g", n[2], n[5])
		}
		n = []float64{n[0], n[1], n[3], n[4]}
	}
	b, err := crs.box([4]float64{n[0], n[1], n[2], n[3]})
	if err != nil {
		return Box{}, err
	}
	return b, b.check()
}

func (b Box) check() error {
	switch {
	case math.Abs(b.West) > 180 || math.Abs(b.East) > 180:
		return fmt.Errorf("its longitudes %g and %g are not both between -180 and 180", b.West, b.East)
	case math.Abs(b.South) > 90 || math.Abs(b.North) > 90:
		return fmt.Errorf("its latitudes %g and %g are not both between -90 and 90", b.South, b.North)
	case b.South > b.North:
		return fmt.Errorf("its south %g is north of its north %g", b.South, b.North)
	}
	return nil
}

// String writes the box as ParseBox reads it.
func (b Box) String() string {
	var s []string
	for _, v := range b.Array() {
		s = append(s, strconv.FormatFloat(v, 'f', -1, 64))
	}
	return strings.Join(s, ",")
}

// Array is west, south, east, north, as a GeoJSON bbox.
func (b Box) Array() [4]float64 { return [4]float64{b.West, b.South, b.East, b.North} }
