package geo_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json/jsontext"
)

func structOf(k geo.Kind) reflect.Type {
	return map[geo.Kind]reflect.Type{geo.Places: reflect.TypeFor[geo.Place](), geo.Areas: reflect.TypeFor[geo.Area](), geo.Events: reflect.TypeFor[geo.Event](),
		geo.Actors: reflect.TypeFor[geo.Actor](), geo.Datasets: reflect.TypeFor[geo.Dataset]()}[k]
}

// codeLists are the values of each coded type, in their order.
var codeLists = map[reflect.Type][]string{
	reflect.TypeFor[geo.EventType]():      strs(geo.EventTypes()),
	reflect.TypeFor[geo.DatePrecision]():  strs(geo.DatePrecisions()),
	reflect.TypeFor[geo.PlacePrecision](): strs(geo.PlacePrecisions()),
	reflect.TypeFor[geo.Role]():           strs(geo.Roles()),
	reflect.TypeFor[geo.RelationKind]():   strs(geo.RelationKinds()),
	reflect.TypeFor[geo.Status]():         strs(geo.Statuses()),
	reflect.TypeFor[geo.PlaceKind]():      strs(geo.PlaceKinds()),
	reflect.TypeFor[geo.AreaKind]():       strs(geo.AreaKinds()),
	reflect.TypeFor[geo.ActorKind]():      strs(geo.ActorKinds()),
	reflect.TypeFor[geo.Redistribution](): strs(geo.Redistributions()),
}

func strs[T ~string](list []T) []string {
	s := make([]string, len(list))
	for i, v := range list {
		s[i] = string(v)
	}
	return s
}

// TestPropertiesAreTheStructs holds the table to the structs that are written and read:
// the same names in the same order, types, codes, and what is always there.
func TestPropertiesAreTheStructs(t *testing.T) {
	for _, k := range geo.Kinds() {
		list := geo.Properties(k)
		if id := list[0]; id.Name != "id" || id.Role != "id" || !id.Required {
			t.Errorf("%s: the first is %+v, not the id", k, id)
		}
		list = list[1:]
		if _, hasGeometry := structOf(k).FieldByName("Geometry"); hasGeometry {
			if g := list[0]; g.Type != geo.GeometryProperty || g.Role != "primary-geometry" || !g.Required || g.Nullable != (k == geo.Events) {
				t.Errorf("%s: the second is %+v, not the geometry", k, g)
			}
			list = list[1:]
		}
		holdToStruct(t, string(k), list, structOf(k))
	}
	if geo.Properties("weather") != nil {
		t.Error("what is no kind has properties")
	}
}

func holdToStruct(t *testing.T, at string, list []geo.Property, of reflect.Type) {
	t.Helper()
	for i := range of.NumField() {
		field := of.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		if len(list) == 0 || list[0].Name != name {
			t.Fatalf("%s: the table has no %s where the struct has it", at, name)
		}
		p := list[0]
		list = list[1:]
		if want := options == ""; p.Required != want {
			t.Errorf("%s.%s: required is %t", at, name, p.Required)
		}
		if p.Nullable != writesNull(field.Type, options) {
			t.Errorf("%s.%s: nullable is %t", at, name, p.Nullable)
		}
		if p.Title == "" || !strings.HasSuffix(p.Meaning, ".") {
			t.Errorf("%s.%s: no title, or no meaning in sentences: %q", at, name, p.Meaning)
		}
		holdToType(t, at+"."+name, p, field.Type)
	}
	for _, p := range list {
		t.Errorf("%s: the struct has no %s", at, p.Name)
	}
}

// writesNull says whether a field without a value is written as null.
func writesNull(of reflect.Type, options string) bool {
	isOfNull := of.Kind() == reflect.Pointer || of == reflect.TypeFor[geo.Instant]() || of == reflect.TypeFor[jsontext.Value]()
	return isOfNull && options == ""
}

func holdToType(t *testing.T, at string, p geo.Property, of reflect.Type) {
	t.Helper()
	if want := codeLists[of]; !slices.Equal(codeValues(t, at, p.Codes), want) {
		t.Errorf("%s: the codes are %v, not %v", at, p.Codes, want)
	}
	is := func(want geo.PropertyType) {
		t.Helper()
		if p.Type != want {
			t.Errorf("%s: is of the type %q, not %q", at, p.Type, want)
		}
	}
	switch {
	case of == reflect.TypeFor[geo.Instant]():
		if is(geo.StringProperty); p.Format != geo.InstantFormat {
			t.Errorf("%s: the format is %q", at, p.Format)
		}
	case of == reflect.TypeFor[jsontext.Value]():
		is(geo.AnyProperty)
	case of.Kind() == reflect.Map:
		is(geo.ObjectProperty)
		holdToType(t, at+".*", *p.Values, of.Elem())
	case of.Kind() == reflect.Slice:
		is(geo.ArrayProperty)
		holdToType(t, at+"[]", *p.Items, of.Elem())
	case of.Kind() == reflect.Pointer:
		holdToType(t, at, p, of.Elem())
	case of.Kind() == reflect.Struct:
		is(geo.ObjectProperty)
		holdToStruct(t, at, p.Properties, of)
	case of.Kind() == reflect.String:
		is(geo.StringProperty)
	case of.Kind() == reflect.Int:
		is(geo.IntegerProperty)
	case of.Kind() == reflect.Bool:
		is(geo.BooleanProperty)
	default:
		t.Errorf("%s: nothing is said of the type %s", at, of)
	}
}

func codeValues(t *testing.T, at string, codes []geo.CodedValue) []string {
	t.Helper()
	var list []string
	for _, c := range codes {
		list = append(list, c.Value)
		if c.Title == "" || !strings.HasSuffix(c.Meaning, ".") {
			t.Errorf("%s: %q has no title, or no meaning in a sentence: %q", at, c.Value, c.Meaning)
		}
	}
	return list
}

// TestReferencesAreThoseOfRecords holds the collections that the table names to those
// that a record's mentions are checked against.
func TestReferencesAreThoseOfRecords(t *testing.T) {
	for _, r := range fullRecords() {
		found := make(map[string]geo.Kind)
		for _, ref := range r.References() {
			var names []string
			for name := range strings.SplitSeq(ref.Field, ".") {
				name, _, _ = strings.Cut(name, "[")
				names = append(names, name)
			}
			p, known := geo.PropertyOf(geo.Properties(r.Kind()), names...)
			if !known {
				t.Errorf("%s: there is no property %s", r.Kind(), ref.Field)
				continue
			}
			if p.Items != nil {
				p = *p.Items
			}
			var want geo.Kind
			if len(ref.Kinds) == 1 {
				want = ref.Kinds[0]
			}
			if p.Reference != want {
				t.Errorf("%s.%s: refers to %q, not %q", r.Kind(), ref.Field, p.Reference, want)
			}
			found[strings.Join(names, ".")] = want
		}
		told := make(map[string]geo.Kind)
		toldReferences(told, "", geo.Properties(r.Kind()))
		maps.DeleteFunc(found, func(_ string, to geo.Kind) bool { return to == "" })
		if !maps.Equal(told, found) {
			t.Errorf("%s: the table refers to %v, the record to %v", r.Kind(), told, found)
		}
	}
}

func toldReferences(told map[string]geo.Kind, at string, list []geo.Property) {
	for _, p := range list {
		name := at + p.Name
		if p.Items != nil {
			p = *p.Items
		}
		if p.Reference != "" {
			told[name] = p.Reference
		}
		toldReferences(told, name+".", p.Properties)
	}
}

// TestReturnablesAddTheAttachedEvents holds places and areas, and only they, to tell of
// their events, with the events' own words.
func TestReturnablesAddTheAttachedEvents(t *testing.T) {
	for _, k := range geo.Kinds() {
		more := geo.Returnables(k)[len(geo.Properties(k)):]
		if k != geo.Places && k != geo.Areas {
			if len(more) > 0 {
				t.Errorf("%s: more is returned: %v", k, more)
			}
			continue
		}
		var names []string
		for _, p := range more {
			if names = append(names, p.Name); !p.ReadOnly || !p.Required {
				t.Errorf("%s.%s: it is not made for every answer", k, p.Name)
			}
		}
		if !slices.Equal(names, []string{"event_count", "events", "events_href"}) {
			t.Errorf("%s: %v", k, names)
		}
		for _, name := range geo.ShortMembers() {
			short, known := geo.PropertyOf(more, "events", name)
			whole, _ := geo.PropertyOf(geo.Properties(geo.Events), name)
			if whole.Role = ""; !known || !reflect.DeepEqual(short, whole) {
				t.Errorf("%s.events.%s is not the event's", k, name)
			}
		}
	}
}

// TestPropertyOf finds by path, and nothing where there is nothing.
func TestPropertyOf(t *testing.T) {
	list := geo.Properties(geo.Events)
	for path, want := range map[string]string{"type": "Type", "fatalities.best": "Best estimate", "participants.role": "Role", "route.to": "To",
		"none": "", "fatalities.none": "", "type.none": "", "": ""} {
		if p, known := geo.PropertyOf(list, strings.Split(path, ".")...); p.Title != want || known != (want != "") {
			t.Errorf("%s: %q, %t", path, p.Title, known)
		}
	}
	if _, known := geo.PropertyOf(list); known {
		t.Error("there is a property without a name")
	}
}
