package server

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server/openapi"
)

// bodyOf is the schema of a resource's JSON answers.
type bodyOf func(d *describer, k geo.Kind, f format) *openapi.Schema

// bodyFor is the schema of a document that is made of a Go value.
func bodyFor(v any) bodyOf {
	return func(d *describer, _ geo.Kind, _ format) *openapi.Schema { return d.types.Of(v) }
}

// anyObject is for documents whose format another standard says.
func anyObject(*describer, geo.Kind, format) *openapi.Schema {
	return &openapi.Schema{Type: "object"}
}

// tilesetBody is the metadata of a tileset.
func tilesetBody(d *describer, _ geo.Kind, f format) *openapi.Schema {
	if f.name == asTileJSON.name {
		return d.types.Of(tileJSON{})
	}
	return d.types.Of(tileset{})
}

// exampleIDs are of records in the built-in dataset.
var exampleIDs = map[geo.Kind]string{
	geo.Places: "lashio", geo.Areas: "shan-state", geo.Events: "report-2024-07:laukkai-raids", geo.Actors: "mndaa", geo.Datasets: "report-2024-07",
}

var idInPath = []geo.Parameter{{Name: "id", About: "the record's id", ParameterShape: geo.ParameterShape{Type: geo.StringProperty}}}

// schemas with a type and no more than a meaning.
func text(about string) *openapi.Schema { return &openapi.Schema{Type: "string", Description: about} }

func whole(about string) *openapi.Schema {
	zero := 0
	return &openapi.Schema{Type: "integer", Minimum: &zero, Description: about}
}

func constant(value string) *openapi.Schema {
	return &openapi.Schema{Type: "string", Enum: []string{value}}
}

// component adds a schema to the components once, and refers to it.
func (d *describer) component(name string, make func() *openapi.Schema) *openapi.Schema {
	if _, there := d.types.Components.Get(name); !there {
		i := len(d.types.Components)
		d.types.Components.Add(name, nil) // before those that it refers to
		d.types.Components[i].Value = make()
	}
	return openapi.Refer(name)
}

func (d *describer) links() *openapi.Schema { return openapi.Array(d.types.Of(link{})) }

func attributionSchema() *openapi.Schema {
	return openapi.Array(&openapi.Schema{Type: "string"}).Means("A line for each dataset whose work the answer shows: it must stand wherever the records do.")
}

func changeSchema() *openapi.Schema {
	return whole("The number of the last change that the answer knows of.")
}

// counted are the members that every answer about many records begins with.
func counted() openapi.Ordered[*openapi.Schema] {
	at := text("When the records last changed: the state that the answer is of.")
	at.Format = "date-time"
	return openapi.Ordered[*openapi.Schema]{{Name: "changed", Value: at}, {Name: "change", Value: changeSchema()}, {Name: "numberMatched", Value: whole("How many records the filter matches.")}}
}

// pageBody is a page of features.
func pageBody(d *describer, k geo.Kind, _ format) *openapi.Schema {
	return d.component(sentence(string(k))+"Page", func() *openapi.Schema {
		members := openapi.Ordered[*openapi.Schema]{{Name: "type", Value: constant("FeatureCollection")}}
		members = append(members, counted()...)
		members.Add("numberReturned", whole("How many records the page has."))
		members.Add("attribution", attributionSchema())
		members.Add("links", d.links())
		members.Add("features", openapi.Array(d.feature(k)))
		return openapi.Object(members)
	})
}

// feature is a record in a list.
func (d *describer) feature(k geo.Kind) *openapi.Schema {
	return d.component(sentence(string(k))+"Feature", func() *openapi.Schema { return openapi.Object(d.featureMembers(k)) })
}

// featureBody is a record by itself.
func featureBody(d *describer, k geo.Kind, _ format) *openapi.Schema {
	return d.component(sentence(string(k))+"Record", func() *openapi.Schema {
		members := d.featureMembers(k)
		members.Add("change", changeSchema())
		members.Add("attribution", attributionSchema())
		members.Add("links", d.links())
		return openapi.Object(members)
	})
}

func (d *describer) featureMembers(k geo.Kind) openapi.Ordered[*openapi.Schema] {
	members := openapi.Ordered[*openapi.Schema]{{Name: "type", Value: constant("Feature")}}
	geometry := &openapi.Schema{Type: "object", Nullable: true, Description: "Null: these records have none."}
	for _, p := range geo.Properties(k) {
		switch p.Name {
		case "id":
			members.Add("id", d.geometries().Of(&p))
		case "geometry":
			p.Nullable = true // skipGeometry
			geometry = d.geometries().Of(&p)
		}
	}
	members.Add("geometry", geometry)
	members.Add("properties", d.component(sentence(string(k))+"Properties", func() *openapi.Schema { return d.properties(k) }))
	return members
}

// properties are those of a feature. None is required: a reader may choose them.
func (d *describer) properties(k geo.Kind) *openapi.Schema {
	list := slices.DeleteFunc(geo.Returnables(k), func(p geo.Property) bool { return p.Name == "id" || p.Name == "geometry" })
	s := d.geometries().Record(list)
	s.Description = "Where the parameter properties does not choose others, these are always there:"
	for i, name := range s.Required {
		if i > 0 {
			s.Description += ","
		}
		s.Description += " " + name
	}
	s.Description += "."
	s.Required = nil
	return s
}
