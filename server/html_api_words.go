package server

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/server/openapi"
)

// apiSchema is a component: its members, those within others after them, by their path.
type apiSchema struct {
	Name, About, Type string
	Members           []apiMember
}

type apiMember struct {
	Path, Meaning, Type string
	Schema              string // the component that it is of
	Always              bool
	Codes               []apiCode
}

func showSchema(name string, s *openapi.Schema) apiSchema {
	return apiSchema{Name: name, About: s.Description, Type: schemaWords(s), Members: membersOf("", s)}
}

func membersOf(path string, s *openapi.Schema) (list []apiMember) {
	for _, m := range s.Properties {
		of := m.Value
		shown := apiMember{Path: path + m.Name, Meaning: of.Description, Type: schemaWords(of), Schema: componentIn(of), Always: slices.Contains(s.Required, m.Name), Codes: codesOf(of)}
		list = append(append(list, shown), membersOf(path+m.Name+".", of)...)
		if of.Items != nil {
			list = append(list, membersOf(path+m.Name+"[].", of.Items)...)
		}
	}
	return list
}

// componentIn is the name of the component that a schema is, or is of.
func componentIn(s *openapi.Schema) string {
	name, found := strings.CutPrefix(s.Ref, "#/components/schemas/")
	switch {
	case found:
		return name
	case s.Items != nil:
		return componentIn(s.Items)
	case len(s.AllOf) == 1:
		return componentIn(s.AllOf[0])
	}
	return ""
}

func codesOf(s *openapi.Schema) (list []apiCode) {
	if s.Items != nil {
		return codesOf(s.Items)
	}
	if len(s.Enum) == 1 && s.Meanings == nil {
		return nil // schemaWords says it
	}
	for _, code := range s.Enum {
		list = append(list, apiCode{code, s.Meanings[code]})
	}
	return list
}

func showParameter(p *openapi.Parameter, target string) apiParameter {
	shown := apiParameter{Name: p.Name, Meaning: p.Description, Required: p.Required, In: p.In, Type: schemaWords(p.Schema), Codes: codesOf(p.Schema)}
	if p.Example != nil {
		shown.Example = textOf(p.Example)
	}
	// An example that is an id may be of a record that is not here.
	of := p.Schema
	if of.Items != nil {
		of = of.Items
	}
	if target != "" && p.Example != nil && (p.Schema.Items == nil || of.Enum != nil || of.Type == "number") {
		shown.Try = target + "?" + url.Values{p.Name: {textOf(p.Example)}}.Encode()
		if p.Name == "bbox-crs" || p.Name == "filter-crs" {
			shown.Try = "" // without a bbox or a filter it says nothing
		}
	}
	return shown
}

func showMedia(mediaType string, s *openapi.Schema) apiMedia {
	m := apiMedia{Type: mediaType, Schema: componentIn(s)}
	if m.Schema == "" && s.Type == "object" {
		m.Words = "a document of that format"
	}
	return m
}

// schemaWords says what values a schema allows, its members and codes aside.
func schemaWords(s *openapi.Schema) string {
	words := s.Type
	switch {
	case s.Ref != "" || len(s.AllOf) == 1:
		words = componentIn(s)
	case len(s.Enum) == 1:
		words = "“" + s.Enum[0] + "”"
	case s.Items != nil:
		words = "list of " + schemaWords(s.Items)
	case s.Type == "object" && s.Properties == nil:
		if values, isMap := s.AdditionalProperties.(*openapi.Schema); isMap {
			words = "object of " + schemaWords(values)
		}
	case s.Type == "" && s.AnyOf == nil && s.OneOf == nil:
		words = "any JSON"
	}
	if s.Items == nil {
		words += alternativeWords(append(s.AnyOf, s.OneOf...))
	}
	words += formatWords(s)
	if s.Nullable && words != "any JSON" {
		words += ", or null"
	}
	if s.Default != nil {
		words += fmt.Sprintf("; %v where it is not given", textOf(s.Default))
	}
	return strings.TrimSpace(words)
}

func alternativeWords(list []*openapi.Schema) string {
	var words []string
	for _, one := range list {
		if one.Ref == "" && one.Format != "" {
			words = append(words, one.Format)
		} else {
			words = append(words, schemaWords(one))
		}
	}
	if words == nil {
		return ""
	}
	return " " + strings.Join(words, " or ")
}

// formatWords says how a schema narrows its type.
func formatWords(s *openapi.Schema) (words string) {
	if s.Format != "" {
		words += " (" + s.Format + ")"
	}
	if s.Minimum != nil && s.Maximum != nil {
		words += fmt.Sprintf(", %s to %s", number(*s.Minimum), number(*s.Maximum))
	}
	if s.Items != nil && s.MaxItems > 0 {
		words += fmt.Sprintf(", %d", s.MinItems)
		if s.MaxItems != s.MinItems {
			words += fmt.Sprintf(" or %d", s.MaxItems)
		}
		words += " of them"
	}
	if s.Unit != "" {
		words += ", in " + s.Unit
	}
	return words
}

// textOf writes an example as a query has it.
func textOf(example any) string {
	list, isList := example.([]any)
	if !isList {
		return fmt.Sprint(example)
	}
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = fmt.Sprint(v)
	}
	return strings.Join(texts, ",")
}
