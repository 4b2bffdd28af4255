package geo_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/go-json-experiment/json"
)

// TestFeaturesMatchTheirTable holds random records, without their nulls, to the schema
// that tables are made by.
func TestFeaturesMatchTheirTable(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 9))
	for _, k := range geo.Kinds() {
		b, err := json.Marshal(geo.FeatureSchema(k, false))
		if err != nil {
			t.Fatal(err)
		}
		schema := geotest.CompileSchema(t, b)
		for range 200 {
			feature := decoded(t, geotest.RandomRecord(random, k, geotest.RandomID(random)))
			if k == geo.Places || k == geo.Areas {
				maps.Copy(feature["properties"].(map[string]any), map[string]any{"event_count": 0, "events": []any{}, "events_href": "http://example.com/"})
			}
			if err := schema.Validate(feature); err != nil {
				t.Fatalf("%v\n%v", feature, err)
			}
			feature["properties"].(map[string]any)["colour"] = "red"
			if schema.Validate(feature) == nil {
				t.Fatalf("with what is not known it matches: %v", feature)
			}
		}
	}
}

// decoded is a record's GeoJSON without properties that are null, and its times as days.
func decoded(t *testing.T, r geo.Record) (feature map[string]any) {
	t.Helper()
	b, err := geo.EncodeFeature(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &feature); err != nil {
		t.Fatal(err)
	}
	properties := feature["properties"].(map[string]any)
	for name, value := range properties {
		if text, isText := value.(string); isText && slices.Contains([]string{"start", "end"}, name) {
			properties[name] = text[:len("2024-07-22")]
		}
		if value == nil {
			delete(properties, name)
		}
	}
	return feature
}

// TestColumnsHaveOneType holds every property of a table to one type, and starts and
// ends to the format that all of them have.
func TestColumnsHaveOneType(t *testing.T) {
	for _, k := range geo.Kinds() {
		for timed, format := range map[bool]string{false: "date", true: "date-time"} {
			columns := columnsOf(t, geo.FeatureSchema(k, timed))
			for _, p := range geo.Returnables(k) {
				if p.Name == "id" || p.Type == geo.GeometryProperty {
					continue
				}
				column := columns[p.Name]
				if column.Type != p.Type {
					t.Errorf("%s: %s has the type %v, not %s", k, p.Name, column.Type, p.Type)
				}
				if p.Format == geo.InstantFormat && (column.Format != format || column.AnyOf != nil) {
					t.Errorf("%s: %s has the format %q, not %s", k, p.Name, column.Format, format)
				}
			}
		}
	}
}

func columnsOf(t *testing.T, s geo.JSONSchema) map[string]geo.JSONSchema {
	t.Helper()
	columns := map[string]geo.JSONSchema{}
	for _, p := range s.Properties {
		if p.Name == "properties" {
			for _, column := range p.Schema.Properties {
				columns[column.Name] = column.Schema
			}
		}
	}
	return columns
}
