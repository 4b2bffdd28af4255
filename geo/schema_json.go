package geo

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// JSONSchemaDialect is the version of JSON Schema that a JSONSchema is written in.
const JSONSchemaDialect = "https://json-schema.org/draft/2020-12/schema"

// JSONSchema is a JSON Schema (2020-12) with the keywords of OGC API - Features -
// Part 5 (23-058r2). It describes the record and not its GeoJSON: id, geometry and
// properties stand on one level.
type JSONSchema struct {
	Dialect     string `json:"$schema,omitzero"`
	ID          string `json:"$id,omitzero"` // the address that answers it
	Title       string `json:"title,omitzero"`
	Description string `json:"description,omitzero"`
	Type        any    `json:"type,omitzero"` // a PropertyType, or a list of them

	Format    string       `json:"format,omitzero"`
	AnyOf     []JSONSchema `json:"anyOf,omitempty"`
	Enum      []string     `json:"enum,omitempty"`
	OneOf     []CodeSchema `json:"oneOf,omitempty"` // the codes of Enum, each with its meaning
	MinLength int          `json:"minLength,omitzero"`
	MaxLength int          `json:"maxLength,omitzero"`
	Pattern   string       `json:"pattern,omitzero"`
	Minimum   *int         `json:"minimum,omitzero"`
	Maximum   *int         `json:"maximum,omitzero"`

	Items       *JSONSchema `json:"items,omitzero"`
	MinItems    int         `json:"minItems,omitzero"`
	UniqueItems bool        `json:"uniqueItems,omitzero"`

	Properties           PropertySchemas `json:"properties,omitzero"`
	PatternProperties    PropertySchemas `json:"patternProperties,omitzero"` // by regular expressions of their names
	Required             []string        `json:"required,omitempty"`
	MinProperties        int             `json:"minProperties,omitzero"`
	AdditionalProperties any             `json:"additionalProperties,omitzero"` // false, or a *JSONSchema

	Queryables []QueryableColumn `json:"queryables,omitempty"` // no keyword of JSON Schema: a draft of OGC 19-079 had it

	ReadOnly     bool   `json:"readOnly,omitzero"`
	Role         string `json:"x-ogc-role,omitzero"`
	CollectionID Kind   `json:"x-ogc-collectionId,omitzero"`
	Unit         string `json:"x-ogc-unit,omitzero"`
	Sequence     int    `json:"x-ogc-propertySeq,omitzero"` // 1, 2, 3, ... of the properties of an object
}

// QueryableColumn is a property that a filter can name, as that draft wrote it.
type QueryableColumn struct {
	ID string `json:"id"`
}

// CodeSchema is one code of a list in the profile codelist-inline of Part 5.
type CodeSchema struct {
	Const       string `json:"const"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

// PropertySchemas are the properties of an object in their order.
type PropertySchemas []PropertySchema

// PropertySchema is one of them.
type PropertySchema struct {
	Name   string
	Schema JSONSchema
}

// MarshalJSONTo writes an object by name.
func (list PropertySchemas) MarshalJSONTo(e *jsontext.Encoder) error {
	if err := e.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for i := range list {
		if err := e.WriteToken(jsontext.String(list[i].Name)); err != nil {
			return err
		}
		if err := json.MarshalEncode(e, &list[i].Schema); err != nil {
			return err
		}
	}
	return e.WriteToken(jsontext.EndObject)
}

// IsZero says that the schema is of no object with named properties.
func (list PropertySchemas) IsZero() bool { return list == nil }

// Schema is the JSON Schema of a kind's Returnables. Its address, title and
// description are the caller's to set.
func Schema(k Kind) JSONSchema { return SchemaOf(Returnables(k)) }

// SchemaOf is the JSON Schema of an object with the properties and no others.
func SchemaOf(list []Property) JSONSchema {
	s := objectSchema(list)
	s.Dialect = JSONSchemaDialect
	return s
}

func objectSchema(list []Property) JSONSchema {
	s := JSONSchema{Type: ObjectProperty, Properties: make(PropertySchemas, len(list)), AdditionalProperties: false}
	for i := range list {
		s.Properties[i] = PropertySchema{list[i].Name, list[i].schema()}
		s.Properties[i].Schema.Sequence = i + 1
		if list[i].Required {
			s.Required = append(s.Required, list[i].Name)
		}
	}
	return s
}

// anyTypes is what stands for any JSON: Part 5 asks each property for a type.
var anyTypes = []PropertyType{ArrayProperty, BooleanProperty, "null", "number", ObjectProperty, StringProperty}

func (p *Property) schema() JSONSchema {
	var s JSONSchema
	switch {
	case p.Type == GeometryProperty:
		s.Format = "geometry-" + p.Format // and no type, as Part 5 says
	case p.Type == AnyProperty:
		s.Type = anyTypes
	case p.Type == ArrayProperty:
		items := p.Items.schema()
		s = JSONSchema{Type: p.Type, Items: &items, MinItems: p.AtLeast, UniqueItems: p.Unique}
	case p.Values != nil:
		values := p.Values.schema()
		s = JSONSchema{Type: p.Type, AdditionalProperties: &values, MinProperties: p.AtLeast}
	case p.Type == ObjectProperty:
		s = objectSchema(p.Properties)
	default:
		s = p.scalarSchema()
	}
	if p.Nullable && s.Type == p.Type {
		s.Type = []PropertyType{p.Type, "null"}
	}
	s.Title, s.Description, s.ReadOnly, s.Role = p.Title, p.Meaning, p.ReadOnly, p.Role
	if p.Reference != "" {
		s.Role, s.CollectionID = "reference", p.Reference
	}
	return s
}

func (p *Property) scalarSchema() JSONSchema {
	s := JSONSchema{Type: p.Type, Format: p.Format, MinLength: p.MinLength, MaxLength: p.MaxLength, Pattern: p.Pattern, Unit: p.Unit}
	if p.Format == InstantFormat {
		s.Format, s.AnyOf = "", []JSONSchema{{Format: "date"}, {Format: "date-time"}}
	}
	if p.Maximum != 0 {
		s.Minimum, s.Maximum = &p.Minimum, &p.Maximum
	}
	for _, c := range p.Codes {
		s.Enum = append(s.Enum, c.Value)
		s.OneOf = append(s.OneOf, CodeSchema{c.Value, c.Title, c.Meaning})
	}
	return s
}
