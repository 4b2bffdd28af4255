package openapi

import (
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// Geometries names the components that stand for geometries, by a property's format.
type Geometries map[string]string

// Record is the schema of an object with the properties and no others.
func (g Geometries) Record(list []geo.Property) *Schema {
	s := &Schema{Type: "object", AdditionalProperties: false}
	for i := range list {
		s.Properties.Add(list[i].Name, g.Of(&list[i]))
		if list[i].Required {
			s.Required = append(s.Required, list[i].Name)
		}
	}
	return s
}

// Of is the schema of a property. OpenAPI 3.0 has neither a type null nor const: what
// may be null is nullable, and the meanings of codes stand in an extension.
func (g Geometries) Of(p *geo.Property) *Schema {
	var s *Schema
	switch {
	case p.Type == geo.GeometryProperty:
		s = Refer(g[p.Format])
		if p.Nullable {
			s = nullable(s)
		}
		return described(s, p.Meaning)
	case p.Type == geo.AnyProperty:
		s = &Schema{Nullable: true}
	case p.Type == geo.ArrayProperty:
		s = Array(g.Of(p.Items))
		s.MinItems, s.UniqueItems = p.AtLeast, p.Unique
	case p.Values != nil:
		s = Map(g.Of(p.Values))
		s.MinProperties = p.AtLeast
	case p.Type == geo.ObjectProperty:
		s = g.Record(p.Properties)
	default:
		s = scalar(p)
	}
	s.Title, s.Description, s.ReadOnly, s.Nullable = p.Title, p.Meaning, p.ReadOnly, s.Nullable || p.Nullable
	return s
}

func scalar(p *geo.Property) *Schema {
	s := &Schema{Type: string(p.Type), Format: p.Format, MinLength: p.MinLength, MaxLength: p.MaxLength, Pattern: p.Pattern, Unit: p.Unit}
	if p.Format == geo.InstantFormat {
		s.Format = ""
		s.AnyOf = []*Schema{{Type: s.Type, Format: "date", Nullable: p.Nullable}, {Type: s.Type, Format: "date-time", Nullable: p.Nullable}}
	}
	if p.Maximum != 0 {
		s.Minimum, s.Maximum = &p.Minimum, &p.Maximum
	}
	for _, code := range p.Codes {
		s.Enum = append(s.Enum, code.Value)
		if s.Meanings == nil {
			s.Meanings = make(map[string]string)
		}
		s.Meanings[code.Value] = strings.TrimSuffix(code.Meaning, ".")
	}
	return s
}
