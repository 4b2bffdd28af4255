package geo_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// awkwardTexts and awkwardValues are what the writing of JSON may get wrong.
var (
	awkwardTexts = []string{"", " ", "plain text", "a \"quoted\" word", `back\slash`, "two\nlines\tand a tab", "\r", "\x00", "\x7f", "<b>&amp;</b>", "\u2028\u2029",
		"လားရှိုး", "老街", "e\u0301", "\U0001F4A5", "\uFFFD", "ends in a quote\"", "seven b", "eight by", "nine byte\"", "/", "'", "\xff", "half \xe1\x80"}
	awkwardValues = []string{`"text"`, `""`, `"\u0041"`, `"\/"`, `"\""`, `"\\"`, `"\n"`, `"\u000a"`, `"က"`, `"\u1000"`, `"\ud83d\udca5"`, `"<"`, ` "before"`, `"after" `,
		`0`, `7`, `-7`, `-0`, `00`, `1.50`, `1e3`, `123456789012345`, `12345678901234567890`, `null`, `true`, `false`, `[]`, `{ "b" : 1, "a":[ 1 , 2]}`,
		"", `"`, `"a"b"`, `"\x"`, `"\ud800"`, "\"\n\"", "\"\xff\"", `01`, `nul`, `{"a":1,"a":2}`, `[1`, `1 2`, `text`}
)

// fill sets a value to anything at random: a field that is new is filled, too.
func fill(r *rand.Rand, v reflect.Value) {
	switch v.Interface().(type) {
	case geo.Instant:
		instants := []geo.Instant{{}, geo.Date(2024, 7, 1), geo.Date(1, 1, 1), geo.Date(9999, 12, 31), geo.At(time.UnixMicro(r.Int64N(1e15))), geo.At(time.Unix(r.Int64N(1e9), 0))}
		v.Set(reflect.ValueOf(instants[r.IntN(len(instants))]))
		return
	case jsontext.Value:
		v.SetBytes([]byte(awkwardValues[r.IntN(len(awkwardValues))]))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(awkwardTexts[r.IntN(len(awkwardTexts))])
	case reflect.Int:
		v.SetInt(r.Int64N(1_000) - 10)
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Pointer:
		if r.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(r, v.Elem())
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(3), 3))
		for i := range v.Len() {
			fill(r, v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range r.IntN(4) {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(r, key)
			fill(r, value)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i))
		}
	}
}

// TestEventsAreWrittenAsByReflection holds the writer of events to the bytes, and
// to the refusals, of the JSON package. Few events have all their fields filled,
// since each may hold what cannot be written.
func TestEventsAreWrittenAsByReflection(t *testing.T) {
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	written := make(map[string]int)
	for range 30_000 {
		e := &geo.Event{ID: "e"}
		v := reflect.ValueOf(e).Elem()
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; name != "ID" && name != "Geometry" && random.IntN(6) == 0 {
				fill(random, v.Field(i))
			}
		}
		want, wantErr := json.Marshal(e, json.Deterministic(true))
		b, err := geo.EncodeFeature(e)
		if (err != nil) != (wantErr != nil) {
			t.Fatalf("%+v: the error is %v, by reflection %v", e, err, wantErr)
		}
		if err != nil {
			continue
		}
		if parts, ok := geo.CutFeature(b); !ok || !bytes.Equal(parts.Properties, want) {
			t.Fatalf("%+v is written as\n%s\nby reflection as\n%s", e, parts.Properties, want)
		}
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				written[v.Type().Field(i).Name]++
			}
		}
	}
	for field := range reflect.TypeFor[geo.Event]().Fields() {
		if field.Name != "Geometry" && written[field.Name] < 100 {
			t.Errorf("%s was filled and written %d times only", field.Name, written[field.Name])
		}
	}
}

func TestPointsAreWrittenAsByReflection(t *testing.T) {
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	degrees := []float64{0, math.Copysign(0, -1), 1, -180, 97.75, 1e-6, 1e-7, -1e-6, -9.99e-7, math.Nextafter(1e-6, 0), 1e20, 1e21, math.MaxFloat64, math.SmallestNonzeroFloat64, math.NaN(), math.Inf(1)}
	for range 1_000 {
		degrees = append(degrees, random.Float64()*360-180, math.Round(random.Float64()*180e6)/1e6, math.Float64frombits(random.Uint64()))
	}
	for _, lon := range degrees {
		p := orb.Point{lon, degrees[random.IntN(len(degrees))]}
		want, wantErr := geojson.NewGeometry(p).MarshalJSON()
		b, err := geo.EncodeFeature(&geo.Event{ID: "e", Geometry: p})
		if (err != nil) != (wantErr != nil) {
			t.Fatalf("%v: the error is %v, by reflection %v", p, err, wantErr)
		}
		if err == nil {
			if parts, ok := geo.CutFeature(b); !ok || !bytes.Equal(parts.Geometry, want) {
				t.Fatalf("%v is written as %s, by reflection as %s", p, parts.Geometry, want)
			}
		}
	}
}
