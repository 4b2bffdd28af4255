package geotest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/santhosh-tekuri/jsonschema/v6" // holds answers to the schemas that we publish; tests only
)

// schemaAddress stands where a schema has no $id.
const schemaAddress = "https://schema.example/"

// CompileSchema reads a JSON Schema, which must itself be valid. Formats are asserted,
// those of geometries in OGC 23-058r2 among them.
func CompileSchema(t testing.TB, schema []byte) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for types, allowed := range map[string][]string{
		"point":                   {"Point"},
		"polygon-or-multipolygon": {"Polygon", "MultiPolygon"},
		"any":                     {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection", ""},
	} {
		c.RegisterFormat(&jsonschema.Format{Name: "geometry-" + types, Validate: func(v any) error { return checkShape(v, allowed) }})
	}
	document := parse(t, schema)
	if err := c.AddResource(schemaAddress, document); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile(schemaAddress)
	if err != nil {
		t.Fatalf("not a JSON Schema: %v", err)
	}
	return compiled
}

// checkShape holds a geometry to its types; "" is that of null.
func checkShape(v any, allowed []string) error {
	object, isObject := v.(map[string]any)
	shape, _ := object["type"].(string)
	if isObject == (v == nil) || !slices.Contains(allowed, shape) {
		return fmt.Errorf("a geometry of the type %q, not %s", shape, strings.Join(allowed, " or "))
	}
	return nil
}

func parse(t testing.TB, b []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("%v: %.200s", err, b)
	}
	return v
}

// Logical makes of a GeoJSON feature what a schema of OGC 23-058r2 describes: id,
// geometry where the kind has one, and properties on one level.
func Logical(t testing.TB, k geo.Kind, feature []byte) map[string]any {
	t.Helper()
	document, isObject := parse(t, feature).(map[string]any)
	properties, hasProperties := document["properties"].(map[string]any)
	if !isObject || !hasProperties || properties["id"] != nil || properties["geometry"] != nil {
		t.Fatalf("no feature whose properties are its own: %.200s", feature)
	}
	properties["id"] = document["id"]
	if _, has := geo.PropertyOf(geo.Properties(k), "geometry"); has {
		properties["geometry"] = document["geometry"]
	} else if document["geometry"] != nil {
		t.Fatalf("%s have no geometry: %.200s", k, feature)
	}
	return properties
}
