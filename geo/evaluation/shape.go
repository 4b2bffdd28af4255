package evaluation

import (
	"fmt"
	"slices"
	"sync"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom" // DE-9IM of lines and areas, in Go alone
)

// shape is a geometry as spatial functions take it.
type shape struct {
	geometry orb.Geometry
	box      *geo.Box // what it was written as, where that was BBOX
	feature  func() (geom.Geometry, error)
}

func newShape(g orb.Geometry) *shape {
	return &shape{geometry: g, feature: sync.OnceValues(func() (geom.Geometry, error) {
		f, err := feature(g)
		if err == nil {
			err = f.Validate()
		}
		return f, err
	})}
}

// newBox is the shape of a BBOX. Across the 180th meridian it is two areas. Without
// width or height it is a line or a point.
func newBox(b geo.Box) *shape {
	parts := b.Split()
	if b.West != b.East {
		// A box that touches the meridian from one side has a line on the other, for
		// geometries that touch it from there. No area has such a line.
		parts = slices.DeleteFunc(parts, func(part orb.Bound) bool { return part.Min.Lon() == part.Max.Lon() })
	} else {
		parts = parts[:1]
	}
	s := newShape(geometryOf(parts))
	s.box = &b
	return s
}

func geometryOf(parts []orb.Bound) orb.Geometry {
	b := parts[0]
	switch {
	case len(parts) > 1 && b.Min.Lat() < b.Max.Lat():
		return orb.MultiPolygon{parts[0].ToPolygon(), parts[1].ToPolygon()}
	case len(parts) > 1:
		return orb.MultiLineString{{parts[0].Min, parts[0].Max}, {parts[1].Min, parts[1].Max}}
	case b.Min == b.Max:
		return b.Min
	case b.Min.Lon() == b.Max.Lon() || b.Min.Lat() == b.Max.Lat():
		return orb.LineString{b.Min, b.Max}
	}
	return b.ToPolygon()
}

// check says what of a geometry the spatial functions cannot be sure about: a ring
// that crosses itself, areas of one geometry that overlap.
func (s *shape) check() error {
	_, err := s.feature()
	return err
}

// feature makes a geometry of the library. A line without length is a point.
func feature(g orb.Geometry) (geom.Geometry, error) {
	switch g := g.(type) {
	case orb.Point:
		return point(g).AsGeometry(), nil
	case orb.MultiPoint:
		return geom.NewMultiPoint(each(g, point)).AsGeometry(), nil
	case orb.LineString:
		if isAll(g, g[0]) {
			return point(g[0]).AsGeometry(), nil
		}
		return line(g).AsGeometry(), nil
	case orb.MultiLineString:
		return collect(each(g, func(l orb.LineString) orb.Geometry { return l }))
	case orb.Polygon:
		return area(g).AsGeometry(), nil
	case orb.MultiPolygon:
		return geom.NewMultiPolygon(each(g, area)).AsGeometry(), nil
	case orb.Collection:
		return collect(g)
	}
	return geom.Geometry{}, fmt.Errorf("%T is not a geometry", g)
}

func collect(members []orb.Geometry) (geom.Geometry, error) {
	list := make([]geom.Geometry, len(members))
	for i, m := range members {
		var err error
		if list[i], err = feature(m); err != nil {
			return geom.Geometry{}, err
		}
	}
	return geom.NewGeometryCollection(list).AsGeometry(), nil
}

func point(p orb.Point) geom.Point { return geom.XY{X: p.Lon(), Y: p.Lat()}.AsPoint() }

func line(points []orb.Point) geom.LineString {
	coordinates := make([]float64, 0, 2*len(points))
	for _, p := range points {
		coordinates = append(coordinates, p.Lon(), p.Lat())
	}
	return geom.NewLineString(geom.NewSequence(coordinates, geom.DimXY))
}

func area(p orb.Polygon) geom.Polygon {
	return geom.NewPolygon(each(p, func(r orb.Ring) geom.LineString { return line(r) }))
}

func each[T, U any](list []T, f func(T) U) []U {
	made := make([]U, len(list))
	for i, v := range list {
		made[i] = f(v)
	}
	return made
}
