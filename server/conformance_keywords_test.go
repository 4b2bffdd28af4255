package server_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

// TestSchemaKeywords holds what stands in the schemas to OGC API - Features, Part 5
// (23-058r2).
func TestSchemaKeywords(t *testing.T) {
	holdAll(t, []requirement{
		{"/req/schemas/properties", schemaTypes},
		{"/req/schemas/additional-keywords", schemaKeywords},
		{"/req/schemas/role", schemaRoles},
		{"/req/schemas/role-id", schemaIDs},
		{"/req/schemas/property-seq", schemaSequence},
		{"/req/schemas/unit", schemaUnits},
		{"/req/schemas/definition", schemaDefinitions},
		{"/req/schemas/nullvalues", schemaNullValues},
		{"/req/references/role-reference", schemaReferences},
		{"/req/profile-codelists/consistency", codesAreInline},
		{"/req/profile-codelists/codelist-inline", codesAreInline},
		{"/req/profile-codelists/codelist-ref", codeListURIs},
	})
}

// eachProperty calls f with each property of each schema, the nested ones too, by path.
func eachProperty(t *testing.T, s *server.Server, f func(at string, property map[string]any)) {
	t.Helper()
	var visit func(at string, schema map[string]any)
	visit = func(at string, schema map[string]any) {
		if items, isArray := schema["items"].(map[string]any); isArray {
			visit(at+"[]", items)
		}
		for name, p := range members(schema, "properties") {
			f(at+"."+name, p)
			visit(at+"."+name, p)
		}
	}
	for _, r := range []schemaResource{"schema", "queryables", "sortables"} {
		for _, k := range geo.Kinds() {
			visit(r.of(k)+"#", schemaAt(t, s, r.of(k)))
		}
	}
}

func schemaTypes(t *testing.T, s *server.Server) {
	geometry := regexp.MustCompile(`^geometry-(point|multipoint|linestring|multilinestring|polygon|multipolygon|geometrycollection|any|point-or-multipoint|linestring-or-multilinestring|polygon-or-multipolygon)$`)
	eachProperty(t, s, func(at string, p map[string]any) {
		format, _ := p["format"].(string)
		isGeometry := strings.HasPrefix(format, "geometry-")
		if _, typed := p["type"]; typed == isGeometry || isGeometry && !geometry.MatchString(format) || p["$ref"] != nil {
			t.Errorf("%s is of the type %v and the format %q", at, p["type"], format)
		}
		if isTime := format == "date" || format == "date-time" || p["anyOf"] != nil; isTime && p["type"] != "string" && !equalTypes(p["type"], "string", "null") {
			t.Errorf("%s is a time of the type %v", at, p["type"])
		}
	})
	for _, k := range geo.Kinds() {
		if schemaAt(t, s, "/collections/"+string(k)+"/schema")["additionalProperties"] != false {
			t.Errorf("%s may have what the schema does not say", k)
		}
	}
}

func equalTypes(v any, want ...any) bool {
	list, _ := v.([]any)
	return slices.Equal(list, want)
}

func schemaKeywords(t *testing.T, s *server.Server) {
	known := strings.Fields("title description type format anyOf oneOf enum const minLength maxLength pattern minimum maximum items minItems uniqueItems properties patternProperties required minProperties additionalProperties readOnly")
	eachProperty(t, s, func(at string, p map[string]any) {
		for keyword := range p {
			if !slices.Contains(known, keyword) && !strings.HasPrefix(keyword, "x-ogc-") {
				t.Errorf("%s has the keyword %q", at, keyword)
			}
		}
	})
}

func schemaRoles(t *testing.T, s *server.Server) {
	roles := make(map[string]bool)
	eachProperty(t, s, func(at string, p map[string]any) {
		if role, given := p["x-ogc-role"]; given {
			text, isText := role.(string)
			if roles[text] = true; !isText {
				t.Errorf("%s has the role %v", at, role)
			}
		}
	})
	if !roles["id"] || !roles["primary-geometry"] || !roles["reference"] {
		t.Errorf("the roles are %v", roles)
	}
}

func schemaIDs(t *testing.T, s *server.Server) {
	for _, r := range []schemaResource{"schema", "queryables", "sortables"} {
		for _, k := range geo.Kinds() {
			var ids []string
			for name, p := range members(schemaAt(t, s, r.of(k)), "properties") {
				if p["x-ogc-role"] == "id" {
					if ids = append(ids, name); p["type"] != "string" {
						t.Errorf("%s: the id is of the type %v", r.of(k), p["type"])
					}
				}
			}
			if !slices.Equal(ids, []string{"id"}) {
				t.Errorf("%s: the ids are %q", r.of(k), ids)
			}
		}
	}
}

func schemaSequence(t *testing.T, s *server.Server) {
	eachProperty(t, s, func(at string, p map[string]any) {
		if n, isNumber := p["x-ogc-propertySeq"].(float64); !isNumber || n != float64(int(n)) || n < 1 {
			t.Errorf("%s has the place %v", at, p["x-ogc-propertySeq"])
		}
	})
}

func schemaUnits(t *testing.T, s *server.Server) {
	eachProperty(t, s, func(at string, p map[string]any) {
		unit, given := p["x-ogc-unit"]
		text, _ := unit.(string)
		isNumber := p["type"] == "integer" || equalTypes(p["type"], "integer", "null")
		// UCUM writes a count of things as an annotation: {deaths}.
		if given && (!isNumber || !regexp.MustCompile(`^\{[a-z]+\}$`).MatchString(text) || p["x-ogc-unitLang"] != nil) {
			t.Errorf("%s is of the type %v in %v", at, p["type"], unit)
		}
	})
}

func schemaDefinitions(t *testing.T, s *server.Server) {
	eachProperty(t, s, func(at string, p map[string]any) {
		if definition, given := p["x-ogc-definition"]; given {
			text, _ := definition.(string)
			if u, err := url.Parse(text); err != nil || !u.IsAbs() {
				t.Errorf("%s is defined by %v", at, definition)
			}
		}
	})
}

// schemaNullValues holds that no value stands for null: a null is a null.
func schemaNullValues(t *testing.T, s *server.Server) {
	eachProperty(t, s, func(at string, p map[string]any) {
		if values, given := p["x-ogc-nullValues"]; given {
			t.Errorf("%s has %v for null", at, values)
		}
	})
}

func schemaReferences(t *testing.T, s *server.Server) {
	references := 0
	eachProperty(t, s, func(at string, p map[string]any) {
		to, _ := p["x-ogc-collectionId"].(string)
		if p["x-ogc-role"] != "reference" {
			return
		}
		references++
		if _, err := geo.ParseKind(to); err != nil || p["type"] != "string" {
			t.Errorf("%s is of the type %v and refers to %q", at, p["type"], to)
		}
	})
	if references == 0 {
		t.Error("nothing refers to anything")
	}
}

// codesAreInline holds every property with codes to tell each by const and title.
func codesAreInline(t *testing.T, s *server.Server) {
	lists := 0
	eachProperty(t, s, func(at string, p map[string]any) {
		codes, _ := p["enum"].([]any)
		told, _ := p["oneOf"].([]any)
		if len(codes) != len(told) {
			t.Errorf("%s: %d codes, of which %d are told", at, len(codes), len(told))
			return
		}
		for i, code := range codes {
			lists++
			if one, _ := told[i].(map[string]any); one["const"] != code || one["title"] == "" || one["title"] == nil {
				t.Errorf("%s: %v is told as %v", at, code, told[i])
			}
		}
	})
	if lists == 0 {
		t.Error("there are no codes")
	}
}

func codeListURIs(t *testing.T, s *server.Server) {
	eachProperty(t, s, func(at string, p map[string]any) {
		if uri, given := p["x-ogc-codelistUri"]; given {
			text, _ := uri.(string)
			if u, err := url.Parse(text); err != nil || u.Scheme != "http" && u.Scheme != "https" {
				t.Errorf("%s: the list is at %v", at, uri)
			}
		}
	})
}
