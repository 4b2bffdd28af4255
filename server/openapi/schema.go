package openapi

import "slices"

// Schema is a schema in OpenAPI 3.0's own dialect of JSON Schema, or a reference to
// one of the components.
type Schema struct {
	Ref         string `json:"$ref,omitzero"`
	Title       string `json:"title,omitzero"`
	Description string `json:"description,omitzero"`
	Type        string `json:"type,omitzero"`
	Format      string `json:"format,omitzero"`
	Nullable    bool   `json:"nullable,omitzero"`

	Enum      []string          `json:"enum,omitempty"`
	Meanings  map[string]string `json:"x-enumDescriptions,omitempty"` // of Enum: Redoc's extension
	MinLength int               `json:"minLength,omitzero"`
	MaxLength int               `json:"maxLength,omitzero"`
	Pattern   string            `json:"pattern,omitzero"`
	Minimum   *int              `json:"minimum,omitzero"`
	Maximum   *int              `json:"maximum,omitzero"`
	Default   any               `json:"default,omitzero"`
	Unit      string            `json:"x-ogc-unit,omitzero"`

	Items       *Schema `json:"items,omitzero"`
	MinItems    int     `json:"minItems,omitzero"`
	MaxItems    int     `json:"maxItems,omitzero"`
	UniqueItems bool    `json:"uniqueItems,omitzero"`

	Properties           Ordered[*Schema] `json:"properties,omitempty"`
	Required             []string         `json:"required,omitempty"`
	MinProperties        int              `json:"minProperties,omitzero"`
	AdditionalProperties any              `json:"additionalProperties,omitzero"` // false, or a *Schema
	ReadOnly             bool             `json:"readOnly,omitzero"`

	AllOf []*Schema `json:"allOf,omitempty"`
	AnyOf []*Schema `json:"anyOf,omitempty"`
	OneOf []*Schema `json:"oneOf,omitempty"`
}

// Refer makes a reference to a schema of the components.
func Refer(name string) *Schema { return &Schema{Ref: "#/components/schemas/" + name} }

// Array is a list of one kind of element.
func Array(of *Schema) *Schema { return &Schema{Type: "array", Items: of} }

// Map is an object whose members have names of their own.
func Map(of *Schema) *Schema { return &Schema{Type: "object", AdditionalProperties: of} }

// Object is an object with these members and no others. All are required, but for
// those that are named as optional.
func Object(members Ordered[*Schema], optional ...string) *Schema {
	s := &Schema{Type: "object", Properties: members, AdditionalProperties: false}
	for _, m := range members {
		if !slices.Contains(optional, m.Name) {
			s.Required = append(s.Required, m.Name)
		}
	}
	return s
}

// OrNull is a copy of the schema that allows null too.
func (s Schema) OrNull() *Schema {
	s.Nullable = true
	return &s
}

// Means is a copy of the schema with a description.
func (s Schema) Means(description string) *Schema {
	s.Description = description
	return &s
}
