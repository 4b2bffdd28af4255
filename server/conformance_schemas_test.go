package server_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
)

// TestSchemas holds the schemas to OGC API - Features, Part 5 / Common, Part 3 (23-058r2).
func TestSchemas(t *testing.T) {
	returnables, sortables := schemaResource("schema"), schemaResource("sortables")
	holdAll(t, []requirement{
		{"/req/schemas/json-schema", validSchemas},
		{"/req/returnables-and-receivables/link", returnables.isLinked},
		{"/req/returnables-and-receivables/op", returnables.isAnswered},
		{"/req/returnables-and-receivables/response", featuresAreValid},
		{"/req/sortables/link", sortables.isLinked},
		{"/req/sortables/op", sortables.isAnswered},
		{"/req/sortables/response", sortablesResponse},
	})
}

// TestQueryables holds the queryables to Part 3 (19-079r2) and Part 5.
func TestQueryables(t *testing.T) {
	queryables := schemaResource("queryables")
	holdAll(t, []requirement{
		{"/req/queryables/queryables-link", queryables.isLinked},
		{"/req/queryables/get-queryables-op", queryables.isAnswered},
		{"/req/queryables/get-queryables-response", queryables.isAnObject},
		{"/req/queryables/link", queryables.isLinked},
		{"/req/queryables/op", queryables.isAnswered},
	})
}

// schemaResource is a schema by the last part of its path and of its link relation.
type schemaResource string

func (r schemaResource) of(k geo.Kind) string { return "/collections/" + string(k) + "/" + string(r) }

func (r schemaResource) isLinked(t *testing.T, s *server.Server) {
	for _, c := range collectionsAt(t, s) {
		links := withRel(c.Links, "http://www.opengis.net/def/rel/ogc/1.0/"+string(r))
		if len(links) != 1 || links[0].target() != r.of(geo.Kind(c.ID)) || links[0].Type != "application/schema+json" {
			t.Errorf("%s: the links to its %s are %v", c.ID, r, links)
		}
	}
}

func (r schemaResource) isAnswered(t *testing.T, s *server.Server) {
	for _, k := range geo.Kinds() {
		if header, _ := fetch(t, s, r.of(k), "Accept: application/schema+json"); header.Get("Content-Type") != "application/schema+json" {
			t.Errorf("%s is %s", r.of(k), header.Get("Content-Type"))
		}
	}
}

func (r schemaResource) isAnObject(t *testing.T, s *server.Server) {
	for _, k := range geo.Kinds() {
		schema := schemaAt(t, s, r.of(k))
		if schema["$schema"] != "https://json-schema.org/draft/2020-12/schema" || schema["$id"] != "http://example.com"+r.of(k) || schema["type"] != "object" || len(members(schema, "properties")) == 0 {
			t.Errorf("%s: %v, %v, %v", r.of(k), schema["$schema"], schema["$id"], schema["type"])
		}
	}
}

func schemaAt(t *testing.T, s *server.Server, target string) (schema map[string]any) {
	t.Helper()
	_, body := fetch(t, s, target)
	unmarshal(t, body, &schema)
	return schema
}

// members lists the objects that are members of a member.
func members(object map[string]any, name string) map[string]map[string]any {
	list := make(map[string]map[string]any)
	inner, _ := object[name].(map[string]any)
	for name, v := range inner {
		list[name], _ = v.(map[string]any)
	}
	return list
}

func validSchemas(t *testing.T, s *server.Server) {
	for _, r := range []schemaResource{"schema", "queryables", "sortables"} {
		r.isAnObject(t, s)
		for _, k := range geo.Kinds() {
			_, body := fetch(t, s, r.of(k))
			geotest.CompileSchema(t, body)
		}
	}
}

func featuresAreValid(t *testing.T, s *server.Server) {
	for _, k := range geo.Kinds() {
		_, body := fetch(t, s, "/collections/"+string(k)+"/schema", "Accept: application/schema+json")
		schema := geotest.CompileSchema(t, body)
		for _, f := range allFeatures(t, s, k) {
			if err := schema.Validate(geotest.Logical(t, k, f)); err != nil {
				t.Errorf("%.300s: %v", f, err)
			}
		}
	}
}

func sortablesResponse(t *testing.T, s *server.Server) {
	for _, k := range geo.Kinds() {
		schema := schemaAt(t, s, "/collections/"+string(k)+"/sortables")
		for name, p := range members(schema, "properties") {
			if p["type"] != "string" && p["type"] != "integer" {
				t.Errorf("%s: %s is of the type %v", k, name, p["type"])
			}
			fetch(t, s, itemsOf(k)+"?sortby=-"+name)
		}
		if schema["additionalProperties"] != false {
			t.Errorf("%s: others are not excluded", k)
		}
		refused(t, s, itemsOf(k)+"?sortby=summary")
	}
}
