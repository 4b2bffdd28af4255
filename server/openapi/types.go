package openapi

import (
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Types makes schemas of Go types as go-json-experiment/json writes them. A struct
// becomes a component of its name, which allows no other members than its fields. A
// field's tag `doc` is its description.
type Types struct {
	Components Ordered[*Schema]
	// Known are types that write themselves.
	Known map[reflect.Type]*Schema
}

// Of is the schema of a value's type.
func (t *Types) Of(v any) *Schema { return t.of(reflect.TypeOf(v)) }

func (t *Types) of(r reflect.Type) *Schema {
	if s := t.Known[r]; s != nil {
		return s
	}
	switch r.Kind() {
	case reflect.String:
		return &Schema{Type: "string"}
	case reflect.Bool:
		return &Schema{Type: "boolean"}
	case reflect.Float64:
		return &Schema{Type: "number"}
	case reflect.Int, reflect.Uint64:
		return &Schema{Type: "integer"}
	case reflect.Pointer:
		return t.of(r.Elem()) // left out where it is nil: see field
	case reflect.Slice:
		return Array(t.of(r.Elem()))
	case reflect.Array:
		s := Array(t.of(r.Elem()))
		s.MinItems, s.MaxItems = r.Len(), r.Len()
		return s
	case reflect.Map:
		return Map(t.of(r.Elem()))
	case reflect.Struct:
		return t.component(r)
	}
	return &Schema{Nullable: true} // any JSON
}

func (t *Types) component(r reflect.Type) *Schema {
	first, size := utf8.DecodeRuneInString(r.Name())
	name := string(unicode.ToUpper(first)) + r.Name()[size:]
	if _, found := t.Components.Get(name); !found {
		s := &Schema{Type: "object", AdditionalProperties: false}
		t.Components.Add(name, s) // before its fields, which may be of the same type
		t.fields(s, r)
	}
	return Refer(name)
}

func (t *Types) fields(s *Schema, r reflect.Type) {
	for i := range r.NumField() {
		f := r.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			t.fields(s, f.Type)
			continue
		}
		if name == "" || name == "-" {
			continue
		}
		of := t.of(f.Type)
		mayLack := strings.Contains(options, "omitzero") || strings.Contains(options, "omitempty")
		if f.Type.Kind() == reflect.Pointer && !mayLack {
			of = nullable(of)
		}
		if about := f.Tag.Get("doc"); about != "" {
			of = described(of, about)
		}
		s.Properties.Add(name, of)
		if !mayLack {
			s.Required = append(s.Required, name)
		}
	}
}

// nullable and described stand around a reference, which has no other members.
func nullable(s *Schema) *Schema {
	if s.Ref != "" {
		return &Schema{Nullable: true, AllOf: []*Schema{s}}
	}
	return s.OrNull()
}

func described(s *Schema, about string) *Schema {
	if s.Ref != "" {
		return &Schema{Description: about, AllOf: []*Schema{s}}
	}
	return s.Means(about)
}
