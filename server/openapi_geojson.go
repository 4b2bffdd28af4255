package server

import "github.com/conflictmap/conflictmap/server/openapi"

// geometries adds the schemas of GeoJSON's geometries (RFC 7946) to the components, and
// names them by the format of a property.
func (d *describer) geometries() openapi.Geometries {
	position := func() *openapi.Schema {
		return d.component("Position", func() *openapi.Schema {
			s := openapi.Array(&openapi.Schema{Type: "number"}).Means("Longitude and latitude in degrees of WGS 84, or what the parameter crs asks for in its place.")
			s.MinItems, s.MaxItems = 2, 2
			return s
		})
	}
	line := func() *openapi.Schema { return arrayFrom(2, position()) }
	rings := func() *openapi.Schema { return openapi.Array(arrayFrom(4, position())) }
	var single []*openapi.Schema
	for _, kind := range []struct {
		name        string
		coordinates *openapi.Schema
	}{
		{"Point", position()}, {"MultiPoint", openapi.Array(position())}, {"LineString", line()}, {"MultiLineString", openapi.Array(line())},
		{"Polygon", rings()}, {"MultiPolygon", openapi.Array(rings())},
	} {
		single = append(single, d.component(kind.name, func() *openapi.Schema {
			return openapi.Object(openapi.Ordered[*openapi.Schema]{{Name: "type", Value: constant(kind.name)}, {Name: "coordinates", Value: kind.coordinates}})
		}))
	}
	d.component("GeometryCollection", func() *openapi.Schema {
		return openapi.Object(openapi.Ordered[*openapi.Schema]{{Name: "type", Value: constant("GeometryCollection")}, {Name: "geometries", Value: openapi.Array(&openapi.Schema{OneOf: single})}})
	})
	d.component("Geometry", func() *openapi.Schema {
		return &openapi.Schema{OneOf: append(single[:len(single):len(single)], openapi.Refer("GeometryCollection"))}
	})
	d.component("Outline", func() *openapi.Schema {
		return &openapi.Schema{OneOf: []*openapi.Schema{openapi.Refer("Polygon"), openapi.Refer("MultiPolygon")}}
	})
	return openapi.Geometries{"point": "Point", "polygon-or-multipolygon": "Outline", "any": "Geometry"}
}

func arrayFrom(n int, of *openapi.Schema) *openapi.Schema {
	s := openapi.Array(of)
	s.MinItems = n
	return s
}
