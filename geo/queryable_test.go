package geo_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/paulmach/orb"
)

func valueOf(t *testing.T, r geo.Record, name string) any {
	t.Helper()
	q, found := geo.FindQueryable(r.Kind(), name)
	if !found {
		t.Fatalf("%s have no %s", r.Kind(), name)
	}
	return q.Value(r, r.Shape())
}

func TestQueryableValues(t *testing.T) {
	five := 5
	e := geotest.Event("e", "d", "lashio", geo.Date(2024, 7, 22))
	e.Title = geo.Text{"my": "လားရှိုး", "zh": "腊戌", "zh-Hant": "臘戌"}
	e.Fatalities = &geo.Fatalities{Low: &five}
	e.Route = &geo.Route{To: "muse"}
	e.Participants = []geo.Participant{{ActorID: "tnla", Role: "party"}, {Name: "villagers", Role: "party"}}
	e.Related = []geo.Relation{{Event: "raid", Relation: "ends"}}
	e.Sources = []geo.Source{{Publisher: "A"}, {Publisher: "B", AccordingTo: "a resident"}}
	e.Inferred = []geo.Inference{{Field: "geometry", From: "the village's"}}
	ongoing := geotest.Event("o", "d", "", geo.Date(2024, 7, 22))
	ongoing.End = geo.Instant{}
	undated := geotest.Event("u", "d", "", geo.Instant{})
	area := geotest.Area("a", "d", geo.Zone, 1, 1, 2, 2)
	area.Start = geo.At(time.Date(2023, 10, 27, 4, 0, 0, 0, time.UTC))
	actor := geotest.Actor("tnla", "d", "3bha")
	for _, c := range []struct {
		record geo.Record
		name   string
		want   any
	}{
		{e, "id", "e"}, {e, "type", "clash"}, {e, "subtype", nil}, {e, "summary", nil}, {e, "geometry", nil},
		{e, "title", "လားရှိုး"}, {e, "title.zh", "腊戌"}, {e, "title.en", nil}, {e, "title.zh_Hant", "臘戌"},
		{e, "start", time.Date(2024, 7, 22, 0, 0, 0, 0, time.UTC)}, {e, "end", time.Date(2024, 7, 22, 23, 59, 59, 999_999_000, time.UTC)},
		{e, "datetime", e.Time()}, {ongoing, "end", nil}, {ongoing, "datetime", ongoing.Time()}, {undated, "start", nil}, {undated, "datetime", nil},
		{e, "fatalities.best", nil}, {e, "fatalities.low", 5.0}, {undated, "fatalities.low", nil}, {e, "incidents", 1.0},
		{e, "route.from", nil}, {e, "route.to", "muse"}, {e, "route.assumed", false}, {undated, "route.to", nil}, {undated, "route.assumed", nil},
		{e, "participants", []string{"tnla", "villagers"}}, {undated, "participants", []string{}}, {e, "related", []string{"raid"}},
		{e, "sources.publisher", []string{"A", "B"}}, {e, "sources.according_to", []string{"a resident"}}, {e, "inferred", []string{"geometry"}}, {e, "tags", []string{}},
		{e, "place_id", "lashio"}, {undated, "place_id", nil}, {undated, "part_of", nil},
		{area, "geometry", area.Geometry}, {area, "kind", "zone"}, {area, "start", area.Start.First()}, {area, "end", nil}, {area, "datetime", area.Valid()}, {area, "names", "a"},
		{actor, "member_of", []string{"3bha"}}, {geotest.Place("p", "d", 1, 2), "geometry", orb.Point{1, 2}}, {geotest.Dataset("d", geo.Public), "title", "Dataset d"},
	} {
		if got := valueOf(t, c.record, c.name); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s of %s is %#v, not %#v", c.name, c.record.Key(), got, c.want)
		}
	}
}

// TestQueryablesHaveTheirType holds the values of random records to the types that
// are told.
func TestQueryablesHaveTheirType(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for _, k := range geo.Kinds() {
		known := make(map[string]bool)
		for n := range 300 {
			r := geotest.RandomRecord(random, k, fmt.Sprint(n))
			if a, isArea := r.(*geo.Area); isArea {
				a.PCode = "MMR014" // which random areas lack
			}
			for _, q := range geo.Queryables(k) {
				v := q.Value(r, r.Shape())
				if v == nil {
					continue
				}
				known[q.Name] = true
				is := map[cql2.Type]func() bool{
					cql2.TextType:     func() bool { s, is := v.(string); return is && s != "" },
					cql2.NumberType:   func() bool { _, is := v.(float64); return is },
					cql2.TruthType:    func() bool { _, is := v.(bool); return is },
					cql2.InstantType:  func() bool { _, is := v.(time.Time); return is },
					cql2.IntervalType: func() bool { _, is := v.(geo.Interval); return is },
					cql2.GeometryType: func() bool { _, is := v.(orb.Geometry); return is },
					cql2.ListType:     func() bool { list, is := v.([]string); return is && !slices.Contains(list, "") },
				}[q.Type]
				if is == nil || !is() {
					t.Fatalf("%s of %s, %s, is the %T %v", q.Name, k, q.Type, v, v)
				}
			}
		}
		for _, q := range geo.Queryables(k) {
			if !known[q.Name] {
				t.Errorf("%s of %s is never known", q.Name, k)
			}
		}
	}
}

func TestFindQueryable(t *testing.T) {
	for name, want := range map[string]bool{
		"title": true, "title.my": true, "title.zh_Hant": true, "title.zh-Hant": false, "title.": false, "title.no such": false, "Title": false, "type.en": false, "fatalities": false,
		"fatalities.best": true, "datetime": true, "nothing": false, "": false, "names": false, "summary.shn": true,
	} {
		q, found := geo.FindQueryable(geo.Events, name)
		if found != want || found && q.Name != name {
			t.Errorf("%q is found: %v, as %q", name, found, q.Name)
		}
	}
	for _, k := range geo.Kinds() {
		for _, q := range geo.Queryables(k) {
			if again, found := geo.FindQueryable(k, q.Name); !found || again.Type != q.Type {
				t.Errorf("%s of %s is found: %v", q.Name, k, found)
			}
		}
	}
	if len(geo.Queryables("")) > 0 {
		t.Error("no kind has queryables")
	}
}
