package evaluation

import (
	"slices"

	"github.com/paulmach/orb"
)

// location is where a point lies with regard to a geometry.
type location uint8

const (
	outside location = iota
	boundary
	inside
)

// locate says where a point lies with regard to a geometry, exactly. The boundary
// of a line is its ends, of lines the ends that an odd number of them have (OGC
// 06-103r4, 6.1.8.1); of an area its rings; points have none. What a ring crosses
// twice is outside; a line without length is a point.
func locate(p orb.Point, g orb.Geometry) location {
	switch g := g.(type) {
	case orb.Point:
		return interior(p == g)
	case orb.MultiPoint:
		return interior(slices.Contains(g, p))
	case orb.LineString:
		return locateInLines(p, []orb.LineString{g})
	case orb.MultiLineString:
		return locateInLines(p, g)
	case orb.Polygon:
		return locateInPolygon(p, g)
	case orb.MultiPolygon:
		return innermost(len(g), func(i int) location { return locateInPolygon(p, g[i]) })
	case orb.Collection:
		return innermost(len(g), func(i int) location { return locate(p, g[i]) })
	}
	return outside
}

func interior(is bool) location {
	if is {
		return inside
	}
	return outside
}

func innermost(n int, of func(i int) location) location {
	most := outside
	for i := range n {
		most = max(most, of(i))
	}
	return most
}

func locateInLines(p orb.Point, lines []orb.LineString) location {
	ends, isOn := 0, false
	for _, l := range lines {
		for i := 1; i < len(l); i++ {
			isOn = isOn || onSegment(p, l[i-1], l[i])
		}
		if len(l) > 0 && l[0] != l[len(l)-1] && (p == l[0] || p == l[len(l)-1]) {
			ends++
		}
	}
	switch {
	case ends%2 == 1:
		return boundary
	case isOn:
		return inside
	}
	return outside
}

func locateInPolygon(p orb.Point, polygon orb.Polygon) location {
	for i, ring := range polygon {
		at := locateInRing(p, ring)
		if at == boundary {
			return boundary
		}
		if isOuter := i == 0; isOuter != (at == inside) {
			return outside // of the outer ring, or in a hole
		}
	}
	return interior(len(polygon) > 0)
}

// locateInRing counts the edges that a ray to the east crosses. An edge is crossed
// by a ray through its lower end, and not by one through its upper end.
func locateInRing(p orb.Point, ring orb.Ring) location {
	odd := false
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if a[1] > b[1] {
			a, b = b, a
		}
		if p[1] < a[1] || p[1] > b[1] || p[0] > max(a[0], b[0]) {
			continue
		}
		side := orientation(a, b, p)
		if side == 0 && p[0] >= min(a[0], b[0]) {
			return boundary
		}
		// A point to the west of an edge that leads north is on its left.
		if p[1] < b[1] && side > 0 {
			odd = !odd
		}
	}
	return interior(odd)
}

// isAll says whether a geometry is nothing but one point.
func isAll(g orb.Geometry, p orb.Point) bool {
	at, isOne := g.(orb.Point)
	if isOne {
		return at == p
	}
	b := g.Bound()
	return !b.IsEmpty() && b.Min == p && b.Max == p
}
