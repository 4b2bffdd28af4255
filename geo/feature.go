package geo

import (
	"bytes"
	"errors"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json" // refuses duplicate names and invalid UTF-8, which encoding/json lets pass
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// EncodeFeature writes a record as a GeoJSON Feature: type, id, geometry (null
// where the record has none of its own), properties, in this order and without
// spaces. The same record gives the same bytes.
func EncodeFeature(r Record) ([]byte, error) { return AppendFeature(nil, r) }

// AppendFeature appends to b what EncodeFeature returns.
func AppendFeature(b []byte, r Record) ([]byte, error) {
	b, err := jsontext.AppendQuote(append(b, featureStart...), r.Key())
	if err != nil {
		return nil, Errorf(Invalid, "id %q: %w", Quote(r.Key()), err)
	}
	if b, err = AppendGeometry(append(b, featureGeometry...), r.Shape()); err != nil {
		return nil, err
	}
	if b, err = appendProperties(append(b, featureProperties...), r); err != nil {
		return nil, Errorf(Invalid, "%s %q: %w", r.Kind(), Quote(r.Key()), err)
	}
	return append(b, '}'), nil
}

// The fixed parts of a feature.
const (
	featureStart      = `{"type":"Feature","id":`
	featureGeometry   = `,"geometry":`
	featureProperties = `,"properties":`
)

func appendProperties(b []byte, r Record) ([]byte, error) {
	if e, isEvent := r.(*Event); isEvent {
		if written, ok := e.appendProperties(b); ok {
			return written, nil
		}
	}
	properties, err := json.Marshal(r, json.Deterministic(true))
	return append(b, properties...), err
}

// AppendGeometry writes a geometry as GeoJSON, null for none: the same bytes as in a
// feature that EncodeFeature writes.
func AppendGeometry(b []byte, g orb.Geometry) ([]byte, error) {
	if g == nil {
		return append(b, "null"...), nil
	}
	if p, isPoint := g.(orb.Point); isPoint && isShort(p.Lon()) && isShort(p.Lat()) {
		b = strconv.AppendFloat(append(b, `{"type":"Point","coordinates":[`...), p.Lon(), 'f', -1, 64)
		return append(strconv.AppendFloat(append(b, ','), p.Lat(), 'f', -1, 64), "]}"...), nil
	}
	shape, err := geojson.NewGeometry(g).MarshalJSON()
	if err != nil {
		return nil, Errorf(Invalid, "geometry: %w", err)
	}
	return append(b, shape...), nil
}

// isShort says whether JSON writes the number without an exponent, as it does from
// a millionth up; and not what is no number.
func isShort(v float64) bool { return v == 0 || math.Abs(v) >= 1e-6 && math.Abs(v) < 1e21 }

// DecodeFeature reads what EncodeFeature writes, with members in any order. It
// checks the form: a member or property it does not know, a second one of the
// same name, a wrong JSON type are faults, all reported at once. Whether the
// values make sense is Validate's to say.
func DecodeFeature(k Kind, b []byte) (Record, error) {
	r := newRecord(k)
	if r == nil {
		return nil, Errorf(NotFound, "there is no collection %q", Quote(string(k)))
	}
	if e, isEvent := r.(*Event); isEvent {
		e.Incidents = 1
	}
	var feature struct {
		Type       string         `json:"type"`
		ID         string         `json:"id"`
		Geometry   jsontext.Value `json:"geometry"`
		Properties jsontext.Value `json:"properties"`
	}
	fs := decodeObject(b, &feature, "")
	if len(fs) == 0 && feature.Type != "Feature" {
		fs.add("type", feature.Type, "must be Feature")
	}
	g, geometryFaults := decodeGeometry(feature.Geometry)
	fs = append(fs, geometryFaults...)
	r.setFeature(feature.ID, g)
	if g != nil && (k == Actors || k == Datasets) {
		fs.add("geometry", typeName(g), "%s have no geometry: it must be null", k)
	}
	if len(feature.Properties) == 0 && len(fs) == 0 {
		fs.add("properties", "", "is missing")
	} else if len(feature.Properties) > 0 {
		fs = append(fs, decodeObject(feature.Properties, r, "", requiredMembers(k)...)...)
	}
	if err := Reject(string(k)+" "+Quote(feature.ID), fs); err != nil {
		return nil, err
	}
	return r, nil
}

// requiredMembers lists the properties that must be written even where they are
// null: to leave a date out and to say that it is not known are not the same.
func requiredMembers(k Kind) []string {
	if k == Events {
		return []string{"start", "end"}
	}
	return nil
}

// decodeObject reads a JSON object into the struct that into points to, member by
// member, so that one wrong member does not hide the next.
func decodeObject(b []byte, into any, prefix string, required ...string) (fs faults) {
	var members map[string]jsontext.Value
	if err := json.Unmarshal(b, &members); err != nil {
		fs.add(strings.TrimSuffix(prefix, "."), "", "is not a JSON object: %s", jsonFault(err))
		return fs
	}
	if members == nil {
		fs.add(strings.TrimSuffix(prefix, "."), "null", "is not a JSON object")
		return fs
	}
	fields := jsonFields(into)
	for _, name := range slices.Sorted(maps.Keys(members)) {
		field, known := fields[name]
		if !known {
			fs.add(prefix+name, string(members[name]), "is not known: the known ones are %s", strings.Join(slices.Sorted(maps.Keys(fields)), ", "))
			continue
		}
		if err := json.Unmarshal(members[name], field.Addr().Interface(), json.RejectUnknownMembers(true)); err != nil {
			fs.add(prefix+name, string(members[name]), "%s", jsonFault(err))
		}
	}
	for _, name := range required {
		if _, given := members[name]; !given {
			fs.add(prefix+name, "", "is missing: write null where it is not known")
		}
	}
	return fs
}

// PropertyNames lists the properties that records of a kind may have, in the order
// in which they are written.
func PropertyNames(k Kind) (names []string) {
	t := reflect.TypeOf(newRecord(k)).Elem()
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "-" {
			names = append(names, name)
		}
	}
	return names
}

// jsonFields maps the JSON names of a struct to its fields.
func jsonFields(pointer any) map[string]reflect.Value {
	v := reflect.ValueOf(pointer).Elem()
	fields := make(map[string]reflect.Value, v.NumField())
	for i := range v.NumField() {
		if name := jsonName(v.Type().Field(i)); name != "-" {
			fields[name] = v.Field(i)
		}
	}
	return fields
}

// jsonName is the name that a field has in JSON; "-" of one that stands elsewhere.
func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// jsonFault says in a reader's words what the JSON package found.
func jsonFault(err error) string {
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) {
		return strings.TrimPrefix(err.Error(), "jsontext: ")
	}
	at := ""
	if semantic.JSONPointer != "" {
		at = " at " + string(semantic.JSONPointer)
	}
	switch {
	case errors.Is(semantic.Err, json.ErrUnknownName):
		return "has a member that is not known" + at
	case semantic.Err != nil:
		return semantic.Err.Error() + at
	case semantic.GoType != nil:
		return "must be " + jsonTypeOf(semantic.GoType) + at
	}
	return "is of the wrong JSON type" + at
}

func jsonTypeOf(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Int:
		return "a whole number"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "an array"
	case reflect.Pointer:
		return jsonTypeOf(t.Elem())
	default:
		return "an object"
	}
}

func decodeGeometry(b jsontext.Value) (g orb.Geometry, fs faults) {
	if len(b) == 0 || bytes.Equal(b, []byte("null")) {
		return nil, nil
	}
	var raw any
	if err := json.Unmarshal(b, &raw); err != nil {
		fs.add("geometry", string(b), "%s", jsonFault(err))
		return nil, fs
	}
	if detail := checkRawGeometry(raw, 0); detail != "" {
		fs.add("geometry", string(b), "%s", detail)
		return nil, fs
	}
	decoded, err := geojson.UnmarshalGeometry(b)
	if err != nil {
		fs.add("geometry", string(b), "is not a GeoJSON geometry: %v", err)
		return nil, fs
	}
	return decoded.Geometry(), nil
}

// maxGeometryNesting bounds collections within collections.
const maxGeometryNesting = 4

// checkRawGeometry finds what orb would drop without a word: heights, extra
// members, and shapes that are no GeoJSON at all.
func checkRawGeometry(raw any, depth int) string {
	object, isObject := raw.(map[string]any)
	if !isObject {
		return "is not a GeoJSON geometry object"
	}
	if depth > maxGeometryNesting {
		return "collections are nested too deeply"
	}
	for name := range object {
		if name != "type" && name != "coordinates" && name != "geometries" {
			return "has a member " + Quote(name) + " that a geometry does not have"
		}
	}
	kind, _ := object["type"].(string)
	if kind != "GeometryCollection" {
		levels, known := coordinateLevels[kind]
		if !known {
			return "has the type " + Quote(kind) + ", which GeoJSON does not know"
		}
		return checkRawPositions(object["coordinates"], levels)
	}
	parts, isArray := object["geometries"].([]any)
	if !isArray {
		return "is a GeometryCollection without geometries"
	}
	for _, part := range parts {
		if detail := checkRawGeometry(part, depth+1); detail != "" {
			return detail
		}
	}
	return ""
}

// coordinateLevels says how many arrays stand around a position.
var coordinateLevels = map[string]int{
	"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3,
}

func checkRawPositions(raw any, levels int) string {
	list, isArray := raw.([]any)
	if !isArray {
		return "its coordinates are not arrays of the depth that its type has"
	}
	if levels > 0 {
		for _, inner := range list {
			if detail := checkRawPositions(inner, levels-1); detail != "" {
				return detail
			}
		}
		return ""
	}
	if len(list) != 2 {
		return "each position must have two numbers, longitude and latitude: heights are not kept"
	}
	for _, number := range list {
		if _, isNumber := number.(float64); !isNumber {
			return "has a coordinate that is not a number"
		}
	}
	return ""
}

// FeatureParts are the pieces of an encoded feature, which Append puts together
// again with other pieces between them.
type FeatureParts struct {
	Head       []byte // up to and with the id
	Geometry   []byte // the geometry's value
	Properties []byte // the properties' object
}

// CutFeature finds the parts in what EncodeFeature wrote, without decoding it.
// The parts share b's memory. ok is false of other bytes.
func CutFeature(b []byte) (parts FeatureParts, ok bool) {
	// Neither marker can stand inside an id, where its quotes would be escaped,
	// nor inside a geometry, which has no member of that name.
	head, rest, found := bytes.Cut(b, []byte(featureGeometry))
	if !found || !bytes.HasPrefix(head, []byte(featureStart)) {
		return parts, false
	}
	geometry, properties, found := bytes.Cut(rest, []byte(featureProperties))
	if !found || !bytes.HasSuffix(properties, []byte("}}")) {
		return parts, false
	}
	return FeatureParts{head, geometry, properties[:len(properties)-1]}, true
}

// Append writes the feature to dst with the geometry given, with top-level
// members after it and further properties at the end of its own. Both are lists
// of JSON members with a comma before each, or empty.
func (p FeatureParts) Append(dst, geometry, members, properties []byte) []byte {
	dst = append(dst, p.Head...)
	dst = append(dst, featureGeometry...)
	dst = append(dst, geometry...)
	dst = append(dst, members...)
	dst = append(dst, featureProperties...)
	dst = append(dst, p.Properties[:len(p.Properties)-1]...)
	dst = append(dst, properties...)
	return append(dst, "}}"...)
}
