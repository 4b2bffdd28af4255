package tile

import (
	"fmt"
	"math"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// drawing is what of a geometry is in a tile, in its units, not yet rounded.
type drawing struct {
	points   []orb.Point
	lines    []orb.LineString
	polygons []orb.Polygon
}

func (d *drawing) empty() bool {
	return len(d.points) == 0 && len(d.lines) == 0 && len(d.polygons) == 0
}

// draw cuts the geometry to the widened tile. It cuts in degrees, where RFC 7946
// makes the edges straight, and geo.Intersects takes them to be: what meets the
// tile's Box is in the tile, and the pieces of neighbouring tiles meet.
func (t Tile) draw(g orb.Geometry) (drawing, error) {
	var whole, d drawing
	if err := whole.take(g); err != nil {
		return d, err
	}
	bounds := make([]orb.Bound, len(whole.polygons))
	for i, p := range whole.polygons {
		bounds[i] = p.Bound()
	}
	for _, w := range t.windows() {
		for _, p := range whole.points {
			if w.bound.Contains(p) {
				d.points = append(d.points, w.units(p))
			}
		}
		for _, l := range whole.lines {
			for _, piece := range clip.LineString(w.bound, l) {
				d.lines = append(d.lines, w.path(piece))
			}
		}
		for i, p := range whole.polygons {
			if piece := cutPolygon(p, bounds[i], w.bound); len(piece) > 0 {
				d.polygons = append(d.polygons, w.polygon(piece))
			}
		}
	}
	return d, nil
}

// take adds the parts of a geometry. What has no positions adds nothing.
func (d *drawing) take(g orb.Geometry) error {
	switch g := g.(type) {
	case nil:
	case orb.Point:
		d.points = append(d.points, g)
		return checkPositions(g)
	case orb.MultiPoint:
		d.points = append(d.points, g...)
		return checkPositions(g...)
	case orb.LineString:
		if len(g) == 1 {
			return d.take(g[0])
		}
		d.lines = append(d.lines, g)
		return checkPositions(g...)
	case orb.MultiLineString:
		return takeAll(d, g)
	case orb.Ring:
		return d.take(orb.Polygon{g})
	case orb.Polygon:
		if len(g) == 0 || len(g[0]) == 0 {
			return nil
		}
		d.polygons = append(d.polygons, g)
		for _, ring := range g {
			if err := checkPositions(ring...); err != nil {
				return err
			}
		}
	case orb.MultiPolygon:
		return takeAll(d, g)
	case orb.Collection:
		return takeAll(d, g)
	default:
		return fmt.Errorf("a %T cannot be drawn in a tile", g)
	}
	return nil
}

func takeAll[T orb.Geometry](d *drawing, parts []T) error {
	for _, part := range parts {
		if err := d.take(part); err != nil {
			return err
		}
	}
	return nil
}

// checkPositions refuses what no record can have, and no projection can place.
func checkPositions(points ...orb.Point) error {
	for _, p := range points {
		// Written so that NaN fails.
		if !(math.Abs(p.Lon()) <= 180) || !(math.Abs(p.Lat()) <= 90) {
			return fmt.Errorf("the position [%g, %g] is not on the globe", p.Lon(), p.Lat())
		}
	}
	return nil
}

// cutPolygon returns what of the polygon, whose bound is known, is in another bound.
func cutPolygon(p orb.Polygon, bound, to orb.Bound) orb.Polygon {
	if !bound.Intersects(to) {
		return nil
	}
	if to.Contains(bound.Min) && to.Contains(bound.Max) {
		return p
	}
	// A ring that goes round a corner of the bound would leave edges along it.
	if !geo.Intersects(p, geo.Box{West: to.Min.Lon(), South: to.Min.Lat(), East: to.Max.Lon(), North: to.Max.Lat()}) {
		return nil
	}
	var cut orb.Polygon
	for i, ring := range p {
		if len(ring) == 0 {
			continue
		}
		// clip.Ring writes into what it cuts.
		piece := clip.Ring(to, append(ring.Clone(), ring[0]))
		if len(piece) > 0 {
			cut = append(cut, piece)
		} else if i == 0 {
			return nil
		}
	}
	return cut
}

func (p projection) polygon(degrees orb.Polygon) orb.Polygon {
	units := make(orb.Polygon, 0, len(degrees))
	for _, ring := range degrees {
		if len(ring) > 0 {
			units = append(units, orb.Ring(p.path(orb.LineString(ring))))
		}
	}
	return units
}

// path projects a line, without the positions that are next to the one before, and
// with further ones where an edge that is straight in degrees is bent in the tile.
func (p projection) path(degrees orb.LineString) orb.LineString {
	units := make(orb.LineString, 0, len(degrees))
	near := tolerance / 2 / Extent / p.side * 360
	var last orb.Point
	for i, at := range degrees {
		if i > 0 && i < len(degrees)-1 && math.Abs(at.Lon()-last.Lon()) < near &&
			// Mercator stretches latitudes by 1/cos; cos is at least this.
			math.Abs(at.Lat()-last.Lat()) < near*(1-math.Abs(at.Lat())/90) {
			continue
		}
		to := p.units(at)
		if i > 0 {
			units = p.bend(units, last, at, units[len(units)-1], to)
		}
		units = append(units, to)
		last = at
	}
	return units
}

// bend appends what lies between two positions, given in degrees and in units. A
// meridian or a parallel is straight, and so is next to it.
func (p projection) bend(line orb.LineString, from, to, fromUnits, toUnits orb.Point) orb.LineString {
	if math.Abs(fromUnits[0]-toUnits[0]) <= 1 || math.Abs(fromUnits[1]-toUnits[1]) <= 1 {
		return line
	}
	share := 0.5
	crossesEquator := from.Lat()*to.Lat() < 0
	if crossesEquator {
		// The line bends one way on this side of the equator and the other way on that:
		// seen from its middle it may look straight.
		share = from.Lat() / (from.Lat() - to.Lat())
	}
	middle := orb.Point{from.Lon() + share*(to.Lon()-from.Lon()), from.Lat() + share*(to.Lat()-from.Lat())}
	if crossesEquator {
		middle[1] = 0
	}
	units := p.units(middle)
	if !crossesEquator && math.Abs(units[1]-(fromUnits[1]+toUnits[1])/2) <= tolerance {
		return line
	}
	line = p.bend(line, from, middle, fromUnits, units)
	line = append(line, units)
	return p.bend(line, middle, to, units, toUnits)
}
