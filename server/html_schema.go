package server

import (
	"fmt"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// htmlSchema is a schema as people read it: a codebook.
type htmlSchema struct {
	Title      string
	About      string
	Properties []htmlProperty
}

// htmlProperty is one property: those within others stand after them, by their path.
type htmlProperty struct {
	Path    string
	Title   string
	Meaning string
	Type    string
	Always  bool // there in every record
	Codes   []geo.CodeSchema
}

// schemaPage is one of the schemas of a collection for people.
func (a *answer) schemaPage(k geo.Kind, r schemaResource, links []link, schema geo.JSONSchema) error {
	main := htmlSchema{Title: described[k][0] + ": " + inside(r.title), About: r.about, Properties: propertiesOf("", schema)}
	return a.html("schema", htmlPage{Title: main.Title, Links: links, Main: main,
		Trail: []link{dataLink, {Href: collectionPath(k), Title: described[k][0]}, {Title: r.title}}})
}

func propertiesOf(path string, s geo.JSONSchema) (list []htmlProperty) {
	always := make(map[string]bool)
	for _, name := range s.Required {
		always[name] = true
	}
	for _, p := range s.Properties {
		list = append(list, htmlProperty{Path: path + p.Name, Title: p.Schema.Title, Meaning: p.Schema.Description, Type: typeWords(p.Schema), Always: always[p.Name], Codes: p.Schema.OneOf})
		list = append(list, propertiesOf(path+p.Name+".", p.Schema)...)
		if p.Schema.Items != nil {
			list = append(list, propertiesOf(path+p.Name+"[].", *p.Schema.Items)...)
		}
	}
	return list
}

// typeWords says what values a property has.
func typeWords(s geo.JSONSchema) string {
	words := strings.Trim(fmt.Sprint(s.Type), "[]")
	switch {
	case strings.HasPrefix(s.Format, "geometry-"):
		words = "GeoJSON " + strings.TrimPrefix(s.Format, "geometry-")
	case s.Type == nil || strings.Count(words, " ") > 1:
		words = "any JSON"
	case s.Items != nil && s.Items.Type != nil:
		words = "list of " + typeWords(*s.Items)
	case s.AnyOf != nil:
		var formats []string
		for _, one := range s.AnyOf {
			formats = append(formats, one.Format)
		}
		words += " (" + strings.Join(formats, " or ") + ")"
	case s.Format != "":
		words += " (" + s.Format + ")"
	}
	if s.Unit != "" {
		words += ", in " + strings.Trim(s.Unit, "{}")
	}
	if s.CollectionID != "" {
		words += ", an id of " + string(s.CollectionID)
	}
	return strings.Replace(words, " null", " or null", 1)
}
