package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Extent returns the smallest box around the geometry, which crosses the 180th
// meridian where that makes it smaller, and false where there is nothing to bound.
func Extent(g orb.Geometry) (Box, bool) { return ExtentOf(parts(g, nil)) }

// ExtentOf returns the smallest box around the bounds.
func ExtentOf(bounds []orb.Bound) (Box, bool) {
	if len(bounds) == 0 {
		return Box{}, false
	}
	box := Box{South: math.Inf(1), North: math.Inf(-1)}
	for _, b := range bounds {
		box.South, box.North = min(box.South, b.Min.Lat()), max(box.North, b.Max.Lat())
	}
	box.West, box.East = spanOf(bounds)
	return box, true
}

// spanOf finds the widest stretch of longitudes that no bound touches; the
// answer is what is left of the circle.
func spanOf(bounds []orb.Bound) (west, east float64) {
	bounds = slices.Clone(bounds)
	slices.SortFunc(bounds, func(a, b orb.Bound) int { return cmp.Compare(a.Min.Lon(), b.Min.Lon()) })
	west, east = bounds[0].Min.Lon(), bounds[0].Max.Lon()
	gap, gapWest, gapEast := 0.0, 0.0, 0.0
	for _, b := range bounds[1:] {
		if d := b.Min.Lon() - east; d > gap {
			gap, gapWest, gapEast = d, east, b.Min.Lon()
		}
		east = max(east, b.Max.Lon())
	}
	if around := west + 360 - east; gap > around {
		return gapEast, gapWest
	}
	return west, east
}

// parts appends the bound of every single point, line and polygon of g. A part
// that has no position is left out.
func parts(g orb.Geometry, to []orb.Bound) []orb.Bound {
	switch g := g.(type) {
	case nil:
	case orb.MultiPoint:
		for _, p := range g {
			to = append(to, p.Bound())
		}
	case orb.MultiLineString:
		for _, l := range g {
			to = parts(l, to)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			to = parts(p, to)
		}
	case orb.Collection:
		for _, inner := range g {
			to = parts(inner, to)
		}
	default:
		if b := g.Bound(); !b.IsEmpty() {
			to = append(to, b)
		}
	}
	return to
}
