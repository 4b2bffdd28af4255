package geo_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/go-json-experiment/json"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemaOfRecords is the schema of records as they are stored.
func schemaOfRecords(t *testing.T, k geo.Kind) *jsonschema.Schema {
	t.Helper()
	b, err := json.Marshal(geo.SchemaOf(geo.Properties(k)))
	if err != nil {
		t.Fatal(err)
	}
	return geotest.CompileSchema(t, b)
}

// TestValidRecordsMatchTheirSchema makes records with whatever one may have or lack.
func TestValidRecordsMatchTheirSchema(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 8))
	for _, k := range geo.Kinds() {
		schema := schemaOfRecords(t, k)
		for range 400 {
			r := geotest.RandomRecord(random, k, geotest.RandomID(random))
			if err := geo.Validate(r); err != nil {
				t.Fatal(err)
			}
			b, err := geo.EncodeFeature(r)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(geotest.Logical(t, r.Kind(), b)); err != nil {
				t.Fatalf("%s\n%v", b, err)
			}
		}
	}
}

// TestWhatIsNoRecordDoesNotMatch breaks each property of records that have all, as its
// own words say that it may not be. What decoding and validating refuse, the schema
// must refuse too.
func TestWhatIsNoRecordDoesNotMatch(t *testing.T) {
	for _, r := range fullRecords() {
		schema := schemaOfRecords(t, r.Kind())
		b, err := geo.EncodeFeature(r)
		if err != nil {
			t.Fatal(err)
		}
		breakMembers(geo.Properties(r.Kind()), geotest.Logical(t, r.Kind(), b), func(what string, record map[string]any) {
			if schema.Validate(record) == nil {
				t.Errorf("%s: a record with %s matches", r.Kind(), what)
			}
			if refused(t, r.Kind(), record) == nil {
				t.Errorf("%s: a record with %s is taken", r.Kind(), what)
			}
		})
	}
}

// refused writes a logical record as a feature, and reports why it is no record.
func refused(t *testing.T, k geo.Kind, record map[string]any) error {
	t.Helper()
	properties := maps.Clone(record)
	feature := map[string]any{"type": "Feature", "id": record["id"], "geometry": record["geometry"], "properties": properties}
	delete(properties, "id")
	delete(properties, "geometry")
	b, err := json.Marshal(feature)
	if err != nil {
		t.Fatal(err)
	}
	r, err := geo.DecodeFeature(k, b)
	if err != nil {
		return err
	}
	return geo.Validate(r)
}

// breakMembers calls f with the record once for each way in which one of its members
// can be wrong.
func breakMembers(list []geo.Property, record map[string]any, f func(what string, record map[string]any)) {
	with := func(what, name string, value any) {
		changed := maps.Clone(record)
		changed[name] = value
		f(what, changed)
	}
	with("a property that is not known", "colour", "red")
	for _, p := range list {
		if p.Required {
			without := maps.Clone(record)
			delete(without, p.Name)
			f("no "+p.Name, without)
		}
		for _, wrong := range wrongValues(p) {
			with("a wrong "+p.Name, p.Name, wrong)
		}
		switch inner := record[p.Name].(type) {
		case map[string]any:
			if p.Properties != nil {
				breakMembers(p.Properties, inner, func(what string, changed map[string]any) { with(p.Name+" with "+what, p.Name, changed) })
			}
		case []any:
			if element, isObject := inner[0].(map[string]any); isObject && p.Items.Properties != nil {
				breakMembers(p.Items.Properties, element, func(what string, changed map[string]any) {
					with(p.Name+" with "+what, p.Name, append([]any{changed}, inner[1:]...))
				})
			}
		}
	}
}

func wrongValues(p geo.Property) (wrong []any) {
	if p.Type != geo.AnyProperty {
		wrong = append(wrong, []any{[]any{}}, 1.5)
	}
	if p.Required && !p.Nullable && p.Type != geo.GeometryProperty {
		wrong = append(wrong, nil)
	}
	if p.Type == geo.ObjectProperty {
		wrong = append(wrong, "text")
	}
	if p.Codes != nil {
		wrong = append(wrong, "nonsense", "")
	}
	if p.Maximum != 0 {
		wrong = append(wrong, float64(p.Minimum-1), float64(p.Maximum)+1)
	}
	if p.Format == geo.InstantFormat {
		wrong = append(wrong, "yesterday", "2024-02-30")
	}
	if p.Pattern != "" {
		wrong = append(wrong, "a b")
	}
	if p.Required && p.MinLength > 0 {
		wrong = append(wrong, "")
	}
	if p.Type == geo.GeometryProperty {
		wrong = append(wrong, map[string]any{"type": "Circle", "coordinates": []any{1.0, 2.0}})
		if p.Format != "any" {
			wrong = append(wrong, map[string]any{"type": "LineString", "coordinates": []any{[]any{1.0, 2.0}, []any{3.0, 4.0}}})
		}
	}
	if p.AtLeast > 0 {
		wrong = append(wrong, map[geo.PropertyType]any{geo.ArrayProperty: []any{}, geo.ObjectProperty: map[string]any{}}[p.Type])
	}
	if p.Unique {
		wrong = append(wrong, []any{"twice", "twice"})
	}
	return slices.Clip(wrong)
}
