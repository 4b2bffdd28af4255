package server

import (
	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/labstack/echo/v4"
)

const schemaType = "application/schema+json"

// schemaFormats are those of every schema: the same by two names. GDAL takes no
// queryables but as application/json.
var schemaFormats = []format{{"schema", schemaType, "JSON Schema", nil}, asJSON, asHTML}

// relations begins the link relations that OGC registers.
const relations = "http://www.opengis.net/def/rel/ogc/1.0/"

// codesInline is the profile of OGC 23-058r2 that all schemas have: the meaning of each
// code stands beside it.
const codesInline = "http://www.opengis.net/def/profile/OGC/0/codelist-inline"

// schemaResource is one of the JSON Schemas that each collection has.
type schemaResource struct {
	path     string // below the collection's
	relation string // of a link to it
	title    string
	about    string
	of       func(v data.View, k geo.Kind) geo.JSONSchema
}

var schemaResources = []schemaResource{
	{"/schema", relations + "schema", "Schema",
		"What a record holds, and what each property and code means: the codebook. It describes the record and not its GeoJSON: id, geometry and properties stand on one level.",
		ofKind(geo.Schema)},
	{"/queryables", relations + "queryables", "Queryables",
		"The properties that a filter can name, with the values that it sees.",
		ofKind(geo.QueryableSchema)},
	{"/sortables", relations + "sortables", "Sortables",
		"What items can be sorted by: sortby=-start,id.",
		ofKind(geo.SortableSchema)},
	// GDAL makes its fields of this one. It knows the relation only in these letters.
	{"/schema/geojson", "describedBy", "Schema of the GeoJSON",
		"The features as a table: each property has one type. A null is a property without a value. /schema says what the properties mean.",
		func(v data.View, k geo.Kind) geo.JSONSchema { return geo.FeatureSchema(k, v.Timed(k)) }},
}

// ofKind is of a schema that the records have no part in.
func ofKind(of func(geo.Kind) geo.JSONSchema) func(data.View, geo.Kind) geo.JSONSchema {
	return func(_ data.View, k geo.Kind) geo.JSONSchema { return of(k) }
}

// schemaLinks lead from a collection to its schemas.
func (a *answer) schemaLinks(k geo.Kind) []link {
	links := make([]link, len(schemaResources), len(schemaResources)+1)
	for i, r := range schemaResources {
		links[i] = link{Href: a.href(collectionPath(k)+r.path, nil), Rel: r.relation, Type: schemaType, Title: r.title}
	}
	// GDAL knows the relation by its short name alone.
	return append(links, link{Href: a.href(collectionPath(k)+"/queryables", nil), Rel: "queryables", Type: jsonType, Title: "Queryables"})
}

// schema answers one of the schemas of a collection.
func (s *Server) schema(r schemaResource) echo.HandlerFunc {
	return func(c echo.Context) error {
		k, err := geo.ParseKind(param(c, "collection"))
		if err != nil {
			return err
		}
		f, err := onlyFormat(c, schemaFormats...)
		if err != nil {
			return err
		}
		a, done, err := s.begin(c, f)
		if done || err != nil {
			return err
		}
		path := collectionPath(k) + r.path
		links := a.inHeader(append(a.selfLinks(path, nil, nil, schemaFormats),
			link{Href: a.href(collectionPath(k), nil), Rel: "collection", Type: jsonType, Title: described[k][0]},
			link{Href: codesInline, Rel: "profile"}))
		schema := r.of(a.view, k)
		if f.name == asHTML.name {
			return a.schemaPage(k, r, links, schema)
		}
		schema.ID, schema.Title, schema.Description = a.href(path, nil), described[k][0], r.about
		return a.json(schema)
	}
}
