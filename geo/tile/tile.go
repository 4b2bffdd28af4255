// Package tile draws events as Mapbox vector tiles (version 2.1 of the format) of
// the OGC tile matrix set WebMercatorQuad, which is the z/y/x of most web maps:
// 256 pixels, 4096 units wide. It knows neither the store nor the index: it draws
// what it is given.
package tile

import (
	"fmt"
	"math"
	"strconv"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

const (
	// Extent is how many units a tile is wide and high.
	Extent = 4096
	// Buffer is how many units beyond its edges a tile is drawn, 16 of 256 pixels, so
	// that a sign at the edge is not cut.
	Buffer = 256
	// MaxZoom is the deepest level: a unit is 2 mm there.
	MaxZoom = 22
	// MaxBytes is what no tile exceeds.
	MaxBytes = 200_000
	// MaxPoints is how many single events fit a tile beside a few shapes: with ids of
	// 20 bytes, type, start, end, both precisions, incidents and deaths, 74 bytes each.
	// The longer ids, and the more values differ, the fewer: Encode says ErrTooLarge.
	MaxPoints = 2_500
	// CellShift is how many levels below the tile's own its clusters are made: 32 by
	// 32 of them to a tile, 8 pixels wide. Buffer is two whole cells.
	CellShift = 5
)

// Tile is one tile of WebMercatorQuad: 0 <= X, Y < 2^Z, Z at most MaxZoom. X counts
// from the 180th meridian eastwards, Y from the north southwards.
type Tile struct{ Z, X, Y uint32 }

// Parse reads the numbers of a tile in the order of OGC API - Tiles: level, row,
// column. The error is geo.Invalid and names each faulty one.
func Parse(z, y, x string) (Tile, error) {
	var t Tile
	var faults []geo.Fault
	read := func(name, value string, limit uint32, level string, to *uint32) bool {
		n, err := strconv.ParseUint(value, 10, 32)
		// One tile has one address: 07 is none.
		if err != nil || n > uint64(limit) || strconv.FormatUint(n, 10) != value {
			faults = append(faults, geo.Fault{Name: name, Value: geo.Quote(value), Detail: fmt.Sprintf("must be a whole number from 0 to %d%s", limit, level)})
			return false
		}
		*to = uint32(n)
		return true
	}
	last, level := uint32(1<<MaxZoom-1), ""
	if read("z", z, MaxZoom, "", &t.Z) {
		last, level = 1<<t.Z-1, fmt.Sprintf(" where z is %d", t.Z)
	}
	read("y", y, last, level, &t.Y)
	read("x", x, last, level, &t.X)
	return t, geo.Reject("there is no such tile", faults)
}

func (t Tile) check() error {
	if t.Z > MaxZoom || t.X >= 1<<t.Z || t.Y >= 1<<t.Z {
		return fmt.Errorf("there is no tile %d/%d/%d (z/y/x)", t.Z, t.Y, t.X)
	}
	return nil
}

// CellZoom is the level of the grid on which clusters for the tile are made: 2^CellZoom
// cells a side of the world. The widened tile is a whole number of them, so a cell
// that lies in two tiles lies in both with all its events. A cell owns its western and
// its northern edge: an event on the eastern or southern edge of Box belongs to a cell
// that is not in the tile.
func (t Tile) CellZoom() uint32 { return t.Z + CellShift }

// Box is the tile's box widened by Buffer on each side, in degrees: what is drawn in
// the tile meets it. It crosses the 180th meridian where the widened tile does. The
// tiles of the top and the bottom row reach to the poles, so that no event is in no
// tile.
func (t Tile) Box() geo.Box {
	west, east, south, north := t.span()
	if east-west >= 360 {
		return geo.Box{West: -180, South: south, East: 180, North: north}
	}
	if west < -180 {
		west += 360
	}
	if east > 180 {
		east -= 360
	}
	return geo.Box{West: west, South: south, East: east, North: north}
}

// span is the widened tile in degrees, with longitudes beyond 180 where it crosses
// the meridian. They are exact: a fraction of a power of two times 360.
func (t Tile) span() (west, east, south, north float64) {
	const buffer = float64(Buffer) / Extent
	side := float64(uint32(1) << t.Z)
	west = (float64(t.X)-buffer)/side*360 - 180
	east = (float64(t.X)+1+buffer)/side*360 - 180
	south, north = -90, 90
	if t.Y > 0 {
		north = latitude((float64(t.Y) - buffer) / side)
	}
	if t.Y < 1<<t.Z-1 {
		south = latitude((float64(t.Y) + 1 + buffer) / side)
	}
	return west, east, south, north
}

// window is a part of the widened tile that does not cross the 180th meridian.
type window struct {
	bound orb.Bound // degrees
	projection
}

// windows lists the parts of the widened tile, the one that holds the tile itself
// first. The tile of level 0 is its own neighbour across the 180th meridian.
func (t Tile) windows() []window {
	west, east, south, north := t.span()
	var list []window
	for _, turns := range []float64{0, -1, 1} {
		from, to := max(-180, west-360*turns), min(180, east-360*turns)
		if from <= to {
			bound := orb.Bound{Min: orb.Point{from, south}, Max: orb.Point{to, north}}
			list = append(list, window{bound, t.projection(turns)})
		}
	}
	return list
}

// projection turns degrees into the units of a tile: 0, 0 is its north-western
// corner, Extent, Extent its south-eastern.
type projection struct{ side, x, y float64 }

// projection is that of longitudes which so many turns round the world bring to the
// tile.
func (t Tile) projection(turns float64) projection {
	side := float64(uint32(1) << t.Z)
	return projection{side, float64(t.X) - turns*side, float64(t.Y)}
}

func (p projection) units(at orb.Point) orb.Point {
	return orb.Point{((at.Lon()/360+0.5)*p.side - p.x) * Extent, (row(at.Lat())*p.side - p.y) * Extent}
}

// maxLatitude is where the square of the Mercator map ends. What lies beyond is
// drawn at the map's edge.
var maxLatitude = latitude(0)

// row is where a latitude lies between the northern edge of the map, 0, and the
// southern, 1 (EPSG 3857).
func row(latitude float64) float64 {
	switch {
	case latitude >= maxLatitude:
		return 0
	case latitude <= -maxLatitude:
		return 1
	}
	return 0.5 - math.Atanh(math.Sin(latitude*math.Pi/180))/(2*math.Pi)
}

// latitude is the inverse of row.
func latitude(row float64) float64 {
	return math.Atan(math.Sinh(math.Pi*(1-2*row))) * 180 / math.Pi
}

// HasCell says whether a cell of the grid of CellZoom, counted from the north-western
// corner of the map, lies in the widened tile.
func (t Tile) HasCell(x, y uint32) bool {
	const cells, buffer = 1 << CellShift, Buffer << CellShift / Extent
	side := int64(cells) << t.Z
	dx, dy := int64(x)-int64(t.X)*cells, int64(y)-int64(t.Y)*cells
	within := func(d int64) bool { return d >= -buffer && d < cells+buffer }
	return within(dy) && (within(dx) || within(dx-side) || within(dx+side))
}
