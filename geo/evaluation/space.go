package evaluation

import (
	"fmt"
	"math"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// spatial are the spatial functions (OGC 06-103r4, 6.1.15.3) of lines and areas, but
// for those that whether they meet decides.
var spatial = map[string]func(a, b geom.Geometry) (bool, error){
	"s_contains": geom.Contains,
	"s_crosses":  geom.Crosses,
	"s_equals":   geom.Equals,
	"s_overlaps": geom.Overlaps,
	"s_touches":  geom.Touches,
	"s_within":   geom.Within,
}

// inverse are the functions whose arguments change places.
var inverse = map[string]string{"s_contains": "s_within", "s_within": "s_contains"}

// relate says whether a spatial function holds of two geometries, in the plane of
// longitude and latitude. Points are located exactly, boxes met as by the parameter
// bbox. Of a geometry that is not valid, a ring that crosses itself, it is known
// what it meets, and no more: what is within a ring that crosses itself is anyone's
// guess. The error is of the library.
func relate(function string, a, b *shape) (holds Truth, err error) {
	if function == "s_intersects" || function == "s_disjoint" {
		if met, isBox := meetsBox(a, b); isBox {
			return truth(met == (function == "s_intersects")), nil
		}
	}
	if p, isPoint := a.geometry.(orb.Point); isPoint {
		return truth(b.is(function, p)), nil
	}
	if p, isPoint := b.geometry.(orb.Point); isPoint {
		if swapped, changes := inverse[function]; changes {
			function = swapped
		}
		return truth(a.is(function, p)), nil
	}
	return a.relate(function, b)
}

// meetsBox says whether two geometries meet, where one of them is a box.
func meetsBox(a, b *shape) (met, isBox bool) {
	switch {
	case a.box != nil && b.box != nil:
		return a.box.Overlaps(*b.box), true
	case b.box != nil:
		return geo.Intersects(a.geometry, *b.box), true
	case a.box != nil:
		return geo.Intersects(b.geometry, *a.box), true
	}
	return false, false
}

// is says whether a function holds of a point and the geometry. Nothing crosses or
// overlaps a point: it would have to leave some of it out.
func (s *shape) is(function string, p orb.Point) bool {
	at := s.locate(p)
	switch function {
	case "s_intersects":
		return at != outside
	case "s_disjoint":
		return at == outside
	case "s_within":
		return at == inside
	case "s_touches":
		return at == boundary
	case "s_equals", "s_contains":
		return isAll(s.geometry, p)
	}
	return false
}

// locate is locate of the geometry. A box across the 180th meridian is one area: the
// meridian is in its midst.
func (s *shape) locate(p orb.Point) location {
	b := s.box
	switch {
	case b == nil || b.West == b.East || b.South == b.North:
		return locate(p, s.geometry)
	case !b.Contains(p):
		return outside
	case p.Lat() == b.South || p.Lat() == b.North || sameMeridian(p.Lon(), b.West) || sameMeridian(p.Lon(), b.East):
		return boundary
	}
	return inside
}

func sameMeridian(a, b float64) bool { return a == b || math.Abs(a) == 180 && math.Abs(b) == 180 }

// relate is the library's answer. It has been seen to panic, on lines without
// length, which it is not given; should it do so on others, the request fails and
// not the program.
func (s *shape) relate(function string, o *shape) (holds Truth, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			holds, err = Unknown, fmt.Errorf("%s of a %s and a %s: %v", function, s.geometry.GeoJSONType(), o.geometry.GeoJSONType(), fault)
		}
	}()
	a, invalid := s.feature()
	b, alsoInvalid := o.feature()
	switch met := geom.Intersects(a, b); {
	case !met:
		return truth(function == "s_disjoint"), nil
	case function == "s_intersects":
		return True, nil
	case function == "s_disjoint":
		return False, nil
	case invalid != nil || alsoInvalid != nil:
		return Unknown, nil
	}
	is, err := spatial[function](a, b)
	if err != nil {
		return Unknown, fmt.Errorf("%s: %w", function, err)
	}
	return truth(is), nil
}
