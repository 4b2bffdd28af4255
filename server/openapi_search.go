package server

import (
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server/openapi"
)

// searchBody describes the body of a search: the parameters of the items.
func (d *describer) searchBody(k geo.Kind) *openapi.RequestBody {
	parameters := append(itemsQueryParameters(k), formatParameter(searchFormats(k)))
	object := d.component(sentence(string(k))+"Search", func() *openapi.Schema {
		return searchSchema(parameters, func(p geo.Parameter) *openapi.Schema {
			ways := []*openapi.Schema{parameterSchema(p), text("")}
			if p.Name == "filter" {
				ways = append(ways, &openapi.Schema{Type: "object"}) // CQL2 JSON as it is
			}
			return &openapi.Schema{AnyOf: ways}
		})
	})
	form := d.component(sentence(string(k))+"SearchForm", func() *openapi.Schema {
		return searchSchema(parameters, func(geo.Parameter) *openapi.Schema { return text("") })
	})
	return &openapi.RequestBody{Description: "The parameters of the items: as JSON, where a list may be a list, or as a form", Required: true,
		Content: openapi.Ordered[*openapi.MediaBody]{{Name: jsonType, Value: &openapi.MediaBody{Schema: object, Example: []byte(`{"limit":10,"q":"lashio"}`)}}, {Name: formType, Value: &openapi.MediaBody{Schema: form}}}}
}

func searchSchema(parameters []geo.Parameter, of func(geo.Parameter) *openapi.Schema) *openapi.Schema {
	s := &openapi.Schema{Type: "object", AdditionalProperties: false}
	for _, p := range parameters {
		s.Properties.Add(p.Name, of(p).Means(sentence(p.About)+"."))
	}
	return s
}
