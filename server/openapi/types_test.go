package openapi_test

import (
	"reflect"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server/openapi"
	"github.com/go-json-experiment/json"
)

type head struct {
	ID string `json:"id"`
}

type node struct {
	head
	Count    int            `json:"count" doc:"How many."`
	Box      [4]float64     `json:"box"`
	Names    map[string]any `json:"names,omitempty"`
	Above    *node          `json:"above" doc:"The one above."`
	Below    []node         `json:"below,omitzero"`
	At       geo.Instant    `json:"at"`
	internal bool
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTypes(t *testing.T) {
	types := openapi.Types{Known: map[reflect.Type]*openapi.Schema{reflect.TypeFor[geo.Instant](): {Type: "string", Format: "date"}}}
	if got := text(t, types.Of([]node{{internal: true}})); got != `{"type":"array","items":{"$ref":"#/components/schemas/Node"}}` {
		t.Error(got)
	}
	const want = `{"Node":{"type":"object","properties":{"id":{"type":"string"},"count":{"description":"How many.","type":"integer"},` +
		`"box":{"type":"array","items":{"type":"number"},"minItems":4,"maxItems":4},"names":{"type":"object","additionalProperties":{"nullable":true}},` +
		`"above":{"description":"The one above.","nullable":true,"allOf":[{"$ref":"#/components/schemas/Node"}]},` +
		`"below":{"type":"array","items":{"$ref":"#/components/schemas/Node"}},"at":{"type":"string","format":"date"}},` +
		`"required":["id","count","box","above","at"],"additionalProperties":false}}`
	if got := text(t, types.Components); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestProperties(t *testing.T) {
	geometries := openapi.Geometries{"point": "Point"}
	for _, test := range []struct {
		property geo.Property
		want     string
	}{
		{geo.Property{Type: geo.GeometryProperty, Format: "point", Meaning: "Where."}, `{"description":"Where.","allOf":[{"$ref":"#/components/schemas/Point"}]}`},
		{geo.Property{Type: geo.StringProperty, Format: geo.InstantFormat, Nullable: true},
			`{"type":"string","nullable":true,"anyOf":[{"type":"string","format":"date","nullable":true},{"type":"string","format":"date-time","nullable":true}]}`},
		{geo.Property{Type: geo.IntegerProperty, Maximum: 5, Unit: "{deaths}"}, `{"type":"integer","minimum":0,"maximum":5,"x-ogc-unit":"{deaths}"}`},
		{geo.Property{Type: geo.StringProperty, Codes: []geo.CodedValue{{Value: "a", Meaning: "First."}}}, `{"type":"string","enum":["a"],"x-enumDescriptions":{"a":"First"}}`},
		{geo.Property{Type: geo.ArrayProperty, AtLeast: 1, Unique: true, Items: &geo.Property{Type: geo.AnyProperty}}, `{"type":"array","items":{"nullable":true},"minItems":1,"uniqueItems":true}`},
		{geo.Property{Type: geo.ObjectProperty, AtLeast: 1, Values: &geo.Property{Type: geo.StringProperty}}, `{"type":"object","minProperties":1,"additionalProperties":{"type":"string"}}`},
		{geo.Property{Type: geo.ObjectProperty, Properties: []geo.Property{{Name: "x", Required: true, Type: geo.BooleanProperty}}},
			`{"type":"object","properties":{"x":{"type":"boolean"}},"required":["x"],"additionalProperties":false}`},
	} {
		if got := text(t, geometries.Of(&test.property)); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}
