package cql2

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// shape is a position, or a list of shapes: the coordinates of a geometry before it is
// known what they make.
type shape struct {
	at         int    // characters from 0 of text; -1 of JSON
	path       string // a JSON pointer; "" of text
	isPosition bool
	position   orb.Point
	parts      []shape
}

// Place finds where a position of some reference system is: its longitude and latitude
// in degrees of WGS 84. ok is false of what is no position of the system. A nil Place
// is of positions that are longitude and latitude.
type Place func(position orb.Point) (degrees orb.Point, ok bool)

// degrees is where a position is, or what is wrong with it.
func (f Place) degrees(p orb.Point) (degrees orb.Point, fault string) {
	if f == nil {
		if !isOnGlobe(p) {
			fault = pair(p) + " is not a longitude from -180 to 180 and a latitude from -90 to 90"
		}
		return p, fault
	}
	degrees, ok := f(p)
	if !ok || !isOnGlobe(degrees) {
		fault = pair(p) + " is not a position of the reference system"
	}
	return degrees, fault
}

// geometryNames are the GeoJSON types by their names in text.
var geometryNames = map[string]string{
	"POINT": "Point", "LINESTRING": "LineString", "POLYGON": "Polygon", "MULTIPOINT": "MultiPoint",
	"MULTILINESTRING": "MultiLineString", "MULTIPOLYGON": "MultiPolygon",
}

// geometryOf makes a geometry of a GeoJSON type, all but a GeometryCollection, or says
// what makes the shape unusable as one.
func geometryOf(kind string, s shape, place Place) (orb.Geometry, *Error) {
	b := &builder{place: place}
	var g orb.Geometry
	switch kind {
	case "Point":
		g = b.point(s)
	case "LineString":
		g = orb.LineString(b.points(s, 2))
	case "Polygon":
		g = b.polygon(s)
	case "MultiPoint":
		g = orb.MultiPoint(b.points(s, 1))
	case "MultiLineString":
		lines := make(orb.MultiLineString, 0, len(s.parts))
		for _, part := range b.list(s, 1, "lines") {
			lines = append(lines, b.points(part, 2))
		}
		g = lines
	case "MultiPolygon":
		polygons := make(orb.MultiPolygon, 0, len(s.parts))
		for _, part := range b.list(s, 1, "polygons") {
			polygons = append(polygons, b.polygon(part))
		}
		g = polygons
	}
	return g, b.fault
}

// builder makes geometries and keeps the first fault.
type builder struct {
	place Place
	fault *Error
}

func (b *builder) fail(s shape, format string, args ...any) {
	if b.fault == nil {
		b.fault = &Error{Detail: fmt.Sprintf(format, args...), Position: s.at, Path: s.path}
	}
}

func (b *builder) point(s shape) orb.Point {
	if !s.isPosition {
		b.fail(s, "a list where a position [longitude, latitude] was expected")
		return s.position
	}
	degrees, fault := b.place.degrees(s.position)
	if fault != "" {
		b.fail(s, "%s", fault)
	}
	return degrees
}

func (b *builder) list(s shape, least int, what string) []shape {
	switch {
	case s.isPosition:
		b.fail(s, "a position where a list of %s was expected", what)
	case len(s.parts) < least:
		b.fail(s, "%d %s where %d or more are needed", len(s.parts), what, least)
	}
	return s.parts
}

func (b *builder) points(s shape, least int) []orb.Point {
	points := make([]orb.Point, 0, len(s.parts))
	for _, part := range b.list(s, least, "positions") {
		points = append(points, b.point(part))
	}
	return points
}

func (b *builder) polygon(s shape) orb.Polygon {
	polygon := make(orb.Polygon, 0, len(s.parts))
	for _, part := range b.list(s, 1, "rings") {
		ring := b.points(part, 4)
		if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
			b.fail(part, "a ring ends at %s and not where it starts, %s", pair(ring[len(ring)-1]), pair(ring[0]))
		}
		polygon = append(polygon, ring)
	}
	return polygon
}

// isOnGlobe is written so that NaN fails.
func isOnGlobe(p orb.Point) bool { return math.Abs(p.Lon()) <= 180 && math.Abs(p.Lat()) <= 90 }

// pair writes the two numbers of a position.
func pair(p orb.Point) string { return fmt.Sprintf("(%v, %v)", p.Lon(), p.Lat()) }

// boxOf makes a box of four numbers, or of six with the heights third and last.
func boxOf(numbers []float64, place Place) (box Box, fault string) {
	if len(numbers) == 6 {
		if numbers[2] > numbers[5] {
			return box, fmt.Sprintf("the lowest height %v is above the highest, %v", numbers[2], numbers[5])
		}
		numbers = []float64{numbers[0], numbers[1], numbers[3], numbers[4]}
	}
	if len(numbers) != 4 {
		return box, fmt.Sprintf("a box has 4 numbers (west, south, east, north), or 6 with heights: not %d", len(numbers))
	}
	low, fault := place.degrees(orb.Point{numbers[0], numbers[1]})
	if fault != "" {
		return box, fault
	}
	high, fault := place.degrees(orb.Point{numbers[2], numbers[3]})
	if fault != "" {
		return box, fault
	}
	box = Box{West: low[0], South: low[1], East: high[0], North: high[1]}
	if box.South > box.North {
		return box, fmt.Sprintf("the box's south %v is north of its north, %v", box.South, box.North)
	}
	return box, ""
}
