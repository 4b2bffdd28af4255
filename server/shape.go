package server

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
)

// contentCRS says in which system the answer's geometries are (OGC API - Features -
// Part 2).
func (a *answer) contentCRS(s shape) {
	a.context.Response().Header()["Content-Crs"] = []string{"<" + string(s.crs) + ">"}
}

// append writes a feature in the shape asked for: FeatureParts.Append says what
// members and added are.
func (s shape) append(dst []byte, parts geo.FeatureParts, geometry, members, added []byte) ([]byte, error) {
	var err error
	if s.skipGeometry {
		geometry = []byte("null")
	} else if s.crs != geo.CRS84 {
		if geometry, err = geo.AppendGeometryIn(nil, geometry, s.crs); err != nil {
			return dst, err
		}
	}
	if s.properties != nil {
		if parts.Properties, added, err = s.chosen(parts.Properties, added); err != nil {
			return dst, err
		}
	}
	return parts.Append(dst, geometry, members, added), nil
}

// chosen is the properties that were asked for: of the stored object and of the
// members that are added to it.
func (s shape) chosen(stored, added []byte) (properties, more []byte, err error) {
	all := append(append(slices.Clone(stored[:len(stored)-1]), added...), '}')
	properties = append(properties, '{')
	err = geo.Members(all, func(name, value []byte) error {
		if slices.Contains(s.properties, string(name)) {
			if len(properties) > 1 {
				properties = append(properties, ',')
			}
			properties = append(append(append(properties, '"'), name...), `":`...)
			properties = append(properties, value...)
		}
		return nil
	})
	return append(properties, '}'), nil, err
}

// attachedProperties are those that attach adds to the records of a kind.
func attachedProperties(k geo.Kind) []string {
	if k == geo.Places || k == geo.Areas {
		return []string{"event_count", "events", "events_href"}
	}
	return nil
}
