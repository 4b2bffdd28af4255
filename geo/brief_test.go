package geo_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/paulmach/orb"
)

// briefFields is what a Brief must say of a record, by field.
func briefFields(r geo.Record) map[string]any {
	fields := map[string]any{"ID": r.Key(), "Dataset": r.InDataset(), "Within": "", "Start": geo.Instant{}, "End": geo.Instant{},
		"Type": "", "Status": "", "DatePrecision": "", "PlacePrecision": "", "Place": "", "RouteFrom": "", "RouteTo": "", "RouteAssumed": false,
		"Actors": []string(nil), "PartOf": "", "Related": []string(nil), "Incidents": 0, "Best": -1, "Low": -1, "High": -1, "Names": []string(nil)}
	switch r := r.(type) {
	case *geo.Place:
		fields["Within"] = r.Within
	case *geo.Area:
		fields["Within"], fields["Start"], fields["End"] = r.Within, r.Start, r.End
	case *geo.Event:
		fields["Start"], fields["End"] = r.Start, r.End
		fields["Type"], fields["Status"] = string(r.Type), string(r.Status)
		fields["DatePrecision"], fields["PlacePrecision"] = string(r.DatePrecision), string(r.PlacePrecision)
		fields["Place"], fields["PartOf"], fields["Incidents"] = r.PlaceID, r.PartOf, r.Incidents
		if r.Route != nil {
			fields["RouteFrom"], fields["RouteTo"], fields["RouteAssumed"] = r.Route.From, r.Route.To, r.Route.Assumed
		}
		var actors, names, related []string
		for _, p := range r.Participants {
			if p.ActorID != "" {
				actors = append(actors, p.ActorID)
			} else {
				names = append(names, p.Name)
			}
		}
		for _, tie := range r.Related {
			related = append(related, tie.Event)
		}
		fields["Actors"], fields["Names"], fields["Related"] = actors, names, related
		if f := r.Fatalities; f != nil {
			for name, n := range map[string]*int{"Best": f.Best, "Low": f.Low, "High": f.High} {
				if n != nil {
					fields[name] = *n
				}
			}
		}
	}
	return fields
}

// fieldsOfBrief is what it does say, in the same words.
func fieldsOfBrief(b *geo.Brief, k geo.Kind) map[string]any {
	fields := map[string]any{"ID": string(b.ID), "Dataset": string(b.Dataset), "Within": string(b.Within), "Start": b.Start, "End": b.End,
		"Type": "", "Status": "", "DatePrecision": "", "PlacePrecision": "", "Place": string(b.Place),
		"RouteFrom": string(b.RouteFrom), "RouteTo": string(b.RouteTo), "RouteAssumed": b.RouteAssumed, "Actors": words(b.Actors),
		"PartOf": string(b.PartOf), "Related": words(b.Related), "Incidents": b.Incidents, "Best": b.Best, "Low": b.Low, "High": b.High, "Names": words(b.Names)}
	if k == geo.Events {
		fields["Type"], fields["Status"] = string(geo.EventTypes()[b.Type]), string(geo.Statuses()[b.Status])
		fields["DatePrecision"] = string(geo.DatePrecisions()[b.DatePrecision])
		fields["PlacePrecision"] = string(geo.PlacePrecisions()[b.PlacePrecision])
	}
	return fields
}

func words(list [][]byte) (texts []string) {
	for _, b := range list {
		texts = append(texts, string(b))
	}
	return texts
}

// disagreement says where the Brief is not what the record says; "" where it is.
func disagreement(b *geo.Brief, r geo.Record) string {
	got, want := fieldsOfBrief(b, r.Kind()), briefFields(r)
	for name := range want {
		if !reflect.DeepEqual(got[name], want[name]) {
			return fmt.Sprintf("%s is %q, not %q", name, got[name], want[name])
		}
	}
	point, isPoint := r.Shape().(orb.Point)
	if b.IsPoint != isPoint || !sameBits(b.Point, point) {
		return fmt.Sprintf("the point is %v, not %v", b.Point, point)
	}
	if (b.Geometry == nil) != (r.Shape() == nil) {
		return fmt.Sprintf("the geometry is %s, not %v", b.Geometry, r.Shape())
	}
	var folder geo.Folder
	var folded []string
	for _, text := range b.Texts {
		folder.Words(text, func(word []byte) { folded = append(folded, string(word)) })
	}
	wanted := strings.Fields(string(geo.SearchText(r)))
	slices.Sort(folded)
	slices.Sort(wanted)
	if !slices.Equal(folded, wanted) {
		return fmt.Sprintf("the words are %q, not %q", folded, wanted)
	}
	return ""
}

// sameBits tells -0 from 0.
func sameBits(p, q orb.Point) bool {
	return math.Float64bits(p[0]) == math.Float64bits(q[0]) && math.Float64bits(p[1]) == math.Float64bits(q[1])
}

// randomFeatures are encoded records of a kind, whatever they may have.
func randomFeatures(t *testing.T, k geo.Kind, n int) [][]byte {
	t.Helper()
	random := rand.New(rand.NewPCG(4, uint64(len(k))))
	features := make([][]byte, n)
	for i := range features {
		r := geotest.RandomRecord(random, k, geotest.RandomID(random))
		if err := geo.Validate(r); err != nil {
			t.Fatal(err)
		}
		var err error
		if features[i], err = geo.EncodeFeature(r); err != nil {
			t.Fatal(err)
		}
	}
	return features
}

// TestBriefSaysWhatTheRecordSays reads many features with one Brief, so that
// nothing of one may show in the next.
func TestBriefSaysWhatTheRecordSays(t *testing.T) {
	var b geo.Brief
	for _, k := range geo.Kinds() {
		for _, feature := range randomFeatures(t, k, 2_000) {
			r, err := geo.DecodeFeature(k, feature)
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Read(k, feature); err != nil {
				t.Fatalf("%v\n%s", err, feature)
			}
			if fault := disagreement(&b, r); fault != "" {
				t.Fatalf("%s\n%s", fault, feature)
			}
			if parts, _ := geo.CutFeature(feature); b.Geometry != nil && !bytes.Equal(b.Geometry, parts.Geometry) {
				t.Fatalf("the geometry is %s\n%s", b.Geometry, feature)
			}
		}
	}
}

// TestBriefOfEscapedIDs reads ids that Validate refuses: a Brief must not.
func TestBriefOfEscapedIDs(t *testing.T) {
	const awkward = "a\"b\\c\u0001\u2028\t\\"
	event := geotest.RandomRecord(rand.New(rand.NewPCG(1, 2)), geo.Events, awkward).(*geo.Event)
	event.PlaceID, event.PartOf, event.DatasetID, event.Route = awkward, awkward, awkward, &geo.Route{From: awkward, To: awkward}
	event.Participants = []geo.Participant{{ActorID: awkward, Role: "party"}, {ActorID: "\\", Role: "party"}}
	event.Related = []geo.Relation{{Event: awkward, Relation: "halts"}}
	place := geotest.Place(awkward, awkward, 1, 2)
	place.Within = awkward
	for _, r := range []geo.Record{event, place, geotest.Dataset(awkward, geo.Public)} {
		feature, err := geo.EncodeFeature(r)
		if err != nil {
			t.Fatal(err)
		}
		var b geo.Brief
		if err := b.Read(r.Kind(), feature); err != nil {
			t.Fatal(err)
		}
		if fault := disagreement(&b, r); fault != "" {
			t.Error(fault)
		}
	}
}

// TestBriefReadsNumbersAsParseFloat takes coordinates in every form that JSON has.
func TestBriefReadsNumbersAsParseFloat(t *testing.T) {
	numbers := []string{"0", "-0", "-0.0", "1e3", "5.0E2", "5E-1", "1.5e+2", "97.75", "0.1", "179.99999999999997", "22.940000000000001", "5e-324", "2.2250738585072014e-308",
		"9007199254740993", "0.3000000000000000444089209850062616169452667236328125", "1e-400", "123456789012345678901234567890", "1.7976931348623157e308"}
	random := rand.New(rand.NewPCG(5, 6))
	for range 10_000 {
		f := math.Float64frombits(random.Uint64())
		if math.IsNaN(f) || math.IsInf(f, 0) {
			continue
		}
		numbers = append(numbers, strconv.FormatFloat(f, "efg"[random.IntN(3)], random.IntN(25)-1, 64), strconv.FormatFloat(random.Float64()*360-180, 'f', random.IntN(20)-1, 64))
	}
	var b geo.Brief
	for i, number := range numbers {
		other := numbers[(i+1)%len(numbers)]
		feature := `{"type":"Feature","id":"p","geometry":{"coordinates":[` + number + `,` + other + `],"type":"Point"},"properties":{"dataset_id":"d"}}`
		if err := b.Read(geo.Places, []byte(feature)); err != nil {
			t.Fatal(err)
		}
		lon, _ := strconv.ParseFloat(number, 64)
		lat, _ := strconv.ParseFloat(other, 64)
		if !b.IsPoint || !sameBits(b.Point, orb.Point{lon, lat}) {
			t.Fatalf("[%s, %s] is read as %v", number, other, b.Point)
		}
	}
}

// TestBriefTakesAnyOrder reads members and properties that stand the other way about.
func TestBriefTakesAnyOrder(t *testing.T) {
	reversed := func(object []byte) []byte {
		var list []string
		err := geo.Members(object, func(name, value []byte) error {
			list = append(list, ` "`+string(name)+`" : `+string(value)+"\n")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(list)
		return []byte("\t{" + strings.Join(list, ",") + "}\r\n")
	}
	var b geo.Brief
	for _, k := range geo.Kinds() {
		for _, feature := range randomFeatures(t, k, 100) {
			parts, _ := geo.CutFeature(feature)
			turned := reversed(bytes.Replace(feature, parts.Properties, reversed(parts.Properties), 1))
			r, err := geo.DecodeFeature(k, turned)
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Read(k, turned); err != nil {
				t.Fatalf("%v\n%s", err, turned)
			}
			if fault := disagreement(&b, r); fault != "" {
				t.Fatalf("%s\n%s", fault, turned)
			}
		}
	}
}
