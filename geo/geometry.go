package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

func typeName(g orb.Geometry) string {
	if g == nil {
		return "null"
	}
	return g.GeoJSONType()
}

// checkGeometry reports what makes a geometry unusable: no positions, positions
// off the globe, rings that are open or too short. The winding of rings is not
// checked: RFC 7946, section 3.1.6, asks readers to accept either.
func checkGeometry(g orb.Geometry) (fs faults) {
	switch g := g.(type) {
	case nil:
	case orb.Point:
		fs = checkPositions([]orb.Point{g}, 1)
	case orb.MultiPoint:
		fs = checkPositions(g, 1)
	case orb.LineString:
		fs = checkPositions(g, 2)
	case orb.MultiLineString:
		fs = checkParts(len(g), func(i int) faults { return checkPositions(g[i], 2) })
	case orb.Polygon:
		fs = checkParts(len(g), func(i int) faults { return checkRing(g[i]) })
	case orb.MultiPolygon:
		fs = checkParts(len(g), func(i int) faults { return checkGeometry(g[i]) })
	case orb.Collection:
		fs = checkParts(len(g), func(i int) faults { return checkGeometry(g[i]) })
	default:
		fs.add("geometry", typeName(g), "is not a GeoJSON geometry")
	}
	return fs
}

func checkParts(n int, check func(int) faults) (fs faults) {
	if n == 0 {
		fs.add("geometry", "", "is empty")
	}
	for i := range n {
		fs = append(fs, check(i)...)
	}
	return fs
}

func checkPositions(points []orb.Point, atLeast int) (fs faults) {
	if len(points) < atLeast {
		fs.add("geometry", "", "has %d positions where %d or more are needed", len(points), atLeast)
	}
	for _, p := range points {
		if !onGlobe(p) {
			fs.add("geometry", "", "position [%g, %g] is not a longitude from -180 to 180 and a latitude from -90 to 90", p.Lon(), p.Lat())
			break // one is enough to find the mistake
		}
	}
	return fs
}

// onGlobe is written so that NaN fails.
func onGlobe(p orb.Point) bool { return math.Abs(p.Lon()) <= 180 && math.Abs(p.Lat()) <= 90 }

func checkRing(r orb.Ring) (fs faults) {
	fs = checkPositions(r, 4)
	if len(r) > 0 && r[0] != r[len(r)-1] {
		fs.add("geometry", "", "a ring ends at %v and not where it starts, %v", r[len(r)-1], r[0])
	}
	return fs
}

// Intersects says whether the geometry shares a point with the box. Edges count.
func Intersects(g orb.Geometry, b Box) bool {
	return slices.ContainsFunc(b.Split(), func(part orb.Bound) bool { return meets(g, part) })
}

func meets(g orb.Geometry, b orb.Bound) bool {
	switch g := g.(type) {
	case nil:
		return false
	case orb.Point:
		return b.Contains(g)
	case orb.MultiPoint:
		return slices.ContainsFunc(g, b.Contains)
	case orb.LineString:
		return lineMeets(g, b)
	case orb.MultiLineString:
		return slices.ContainsFunc(g, func(l orb.LineString) bool { return lineMeets(l, b) })
	case orb.Ring:
		return meets(orb.Polygon{g}, b)
	case orb.Polygon:
		return polygonMeets(g, b)
	case orb.MultiPolygon:
		return slices.ContainsFunc(g, func(p orb.Polygon) bool { return polygonMeets(p, b) })
	case orb.Collection:
		return slices.ContainsFunc(g, func(inner orb.Geometry) bool { return meets(inner, b) })
	case orb.Bound:
		return g.Intersects(b)
	}
	return false
}

func polygonMeets(p orb.Polygon, b orb.Bound) bool {
	if len(p) == 0 || len(p[0]) == 0 {
		return false
	}
	for _, ring := range p {
		if lineMeets(orb.LineString(ring), b) {
			return true
		}
	}
	// No edge enters the box: it lies wholly inside the polygon or wholly outside.
	return planar.PolygonContains(p, b.Min)
}

func lineMeets(l orb.LineString, b orb.Bound) bool {
	if len(l) == 1 {
		return b.Contains(l[0])
	}
	for i := 1; i < len(l); i++ {
		if segmentMeets(l[i-1], l[i], b) {
			return true
		}
	}
	return false
}

// segmentMeets clips the segment to the box (Liang and Barsky, 1984) and says
// whether anything is left, be it one point.
func segmentMeets(p, q orb.Point, b orb.Bound) bool {
	from, to := 0.0, 1.0
	for axis := range 2 {
		d := q[axis] - p[axis]
		if d == 0 {
			if p[axis] < b.Min[axis] || p[axis] > b.Max[axis] {
				return false
			}
			continue
		}
		enter, leave := (b.Min[axis]-p[axis])/d, (b.Max[axis]-p[axis])/d
		if enter > leave {
			enter, leave = leave, enter
		}
		from, to = max(from, enter), min(to, leave)
	}
	return from <= to
}

// Inside says whether every position of g lies in the area, a Polygon or
// MultiPolygon. An empty geometry lies nowhere.
func Inside(g, area orb.Geometry) bool {
	switch g := g.(type) {
	case nil:
		return false
	case orb.Point:
		return holds(area, g)
	case orb.MultiPoint:
		return len(g) > 0 && !slices.ContainsFunc(g, func(p orb.Point) bool { return !holds(area, p) })
	case orb.LineString:
		return Inside(orb.MultiPoint(g), area)
	case orb.Ring:
		return Inside(orb.MultiPoint(g), area)
	case orb.MultiLineString:
		return allInside(len(g), func(i int) orb.Geometry { return g[i] }, area)
	case orb.Polygon:
		return len(g) > 0 && Inside(g[0], area)
	case orb.MultiPolygon:
		return allInside(len(g), func(i int) orb.Geometry { return g[i] }, area)
	case orb.Collection:
		return allInside(len(g), func(i int) orb.Geometry { return g[i] }, area)
	}
	return false
}

func allInside(n int, part func(int) orb.Geometry, area orb.Geometry) bool {
	for i := range n {
		if !Inside(part(i), area) {
			return false
		}
	}
	return n > 0
}

func holds(area orb.Geometry, p orb.Point) bool {
	if isNaN(p) {
		return false // PolygonContains would say yes or no by chance
	}
	switch area := area.(type) {
	case orb.Polygon:
		return len(area) > 0 && len(area[0]) > 0 && planar.PolygonContains(area, p)
	case orb.MultiPolygon:
		return slices.ContainsFunc(area, func(part orb.Polygon) bool { return holds(part, p) })
	}
	return false
}

// CanBeIn says whether an event placed with this precision can be told to lie in
// an area of the kind because its point does. The point of an event that is only
// known to be somewhere in a district says nothing about the district's townships.
func (p PlacePrecision) CanBeIn(k AreaKind) bool {
	switch p {
	case Exact, Near:
		return true
	case DistrictWide:
		return k == District || k == Region || k == State || k == Country
	case RegionWide:
		return k == Region || k == State || k == Country
	case CountryWide:
		return k == Country
	}
	return false
}
