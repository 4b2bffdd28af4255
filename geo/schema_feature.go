package geo

// FeatureSchema is the JSON Schema of a kind's Returnables as GeoJSON, for readers that
// make a table of the features: each property has one type and one format. A null is a
// property without a value, and in no type. timed says that records know the time of
// day: starts and ends are times then, else dates.
func FeatureSchema(k Kind, timed bool) JSONSchema {
	feature := JSONSchema{
		Dialect:  JSONSchemaDialect,
		Type:     ObjectProperty,
		Required: []string{"type", "id", "geometry", "properties"},
	}
	var columns []Property
	for _, p := range Returnables(k) {
		switch p.Role {
		case "id", "primary-geometry":
			feature.Properties = append(feature.Properties, PropertySchema{p.Name, p.schema()})
		default:
			columns = append(columns, p)
		}
	}
	table := objectSchema(columns)
	table.Required = nil
	for i := range columns {
		columns[i].makeColumn(&table.Properties[i].Schema, timed)
	}
	feature.Properties = append(feature.Properties,
		PropertySchema{"type", JSONSchema{Type: StringProperty, Enum: []string{"Feature"}}},
		PropertySchema{"properties", table})
	return feature
}

// makeColumn leaves one type and one format.
func (p *Property) makeColumn(s *JSONSchema, timed bool) {
	s.Type = p.Type
	if p.Format != InstantFormat {
		return
	}
	s.AnyOf, s.Format = nil, "date"
	if timed {
		s.Format = "date-time"
	}
}
