package geo_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

func number(n int) *int { return &n }

// fullRecords has every field of every kind set.
func fullRecords() []geo.Record {
	event := &geo.Event{ID: "report:1", Geometry: orb.LineString{{97.75, 22.94}, {98.77, 23.69}}, Type: geo.BombingRaid, Subtype: "Air strike",
		Title: geo.Text{"en": "A \"raid\"", "my": "လားရှိုး"}, Summary: geo.Text{"zh": "老街"}, Start: geo.Date(2024, 7, 1), DatePrecision: "month",
		DateText: "early July", PlaceID: "laukkai", PlacePrecision: geo.Near, Route: &geo.Route{From: "a", To: "b", Assumed: true},
		Participants: []geo.Participant{{ActorID: "x", Role: "initiator"}, {Name: "Someone", Role: "party"}}, Incidents: 3,
		Fatalities: &geo.Fatalities{Best: number(0), High: number(7)}, PartOf: "report:2", Related: []geo.Relation{{Event: "report:3", Relation: "retaliation_for"}},
		Sources: []geo.Source{{Publisher: "P", Title: "T", Date: "2024-07", Link: "https://example.org/1?a=b", AccordingTo: "residents"}},
		Claims:  []geo.Claim{{Field: "fatalities.best", Value: jsontext.Value("12"), AccordingTo: "the army"}}, Inferred: []geo.Inference{{Field: "start", From: "the words"}},
		Status: "disputed", Tags: []string{"air"}, Extra: map[string]jsontext.Value{"code": jsontext.Value(`"7"`), "b": jsontext.Value("null")}, DatasetID: "d"}
	place := geotest.Place("lashio", "d", 97.75, 22.94)
	place.OtherNames, place.PCode, place.Within, place.Summary = []string{"Lasho"}, "MMR015", "shan", geo.Text{"en": "Capital"}
	place.Inferred = []geo.Inference{{Field: "geometry", From: "a map"}}
	area := geotest.Area("shan", "d", geo.State, 96, 19, 101, 24)
	area.OtherNames, area.PCode, area.Within, area.Summary = []string{"Shan State"}, "MM015", "myanmar", geo.Text{"en": "A state"}
	area.Start, area.End, area.Inferred = geo.Date(2023, 1, 1), geo.Date(2024, 1, 1), place.Inferred
	actor := geotest.Actor("mndaa", "d", "alliance")
	actor.OtherNames, actor.Summary = []string{"Kokang army"}, geo.Text{"en": "An army"}
	dataset := geotest.Dataset("d", geo.Derived)
	dataset.Link, dataset.Summary = "https://example.org", geo.Text{"en": "Records"}
	return []geo.Record{event, place, area, actor, dataset}
}

// TestRecordsRoundTrip holds a record to come back whole, and its bytes to be golden:
// they are what stores hold.
func TestRecordsRoundTrip(t *testing.T) {
	for _, r := range fullRecords() {
		v := reflect.ValueOf(r).Elem()
		for i := range v.NumField() {
			if v.Field(i).IsZero() && v.Type().Field(i).Name != "End" {
				t.Errorf("%s: the test leaves %s out", r.Kind(), v.Type().Field(i).Name)
			}
		}
		if err := geo.Validate(r); err != nil {
			t.Error(err)
		}
		b, err := geo.EncodeFeature(r)
		if err != nil {
			t.Fatal(err)
		}
		geotest.Golden(t, string(r.Kind())+".json", append(b, '\n'))
		back, err := geo.DecodeFeature(r.Kind(), b)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, r) {
			t.Errorf("%s came back as\n%#v\nnot\n%#v", r.Kind(), back, r)
		}
		if parts, ok := geo.CutFeature(b); !ok || string(parts.Append(nil, parts.Geometry, nil, nil)) != string(b) {
			t.Errorf("%s: cut and put together it is not the same", r.Kind())
		}
	}
}

// faultNames lists the names of the faults in an error.
func faultNames(err error) []string {
	var e *geo.Error
	if !errors.As(err, &e) {
		return nil
	}
	var names []string
	for _, f := range e.Faults {
		names = append(names, f.Name)
	}
	return names
}

func TestValidationNamesEveryFault(t *testing.T) {
	event := func(change func(*geo.Event)) geo.Record {
		e := geotest.Event("e", "d", "p", geo.Date(2024, 7, 22))
		change(e)
		return e
	}
	for _, c := range []struct {
		name string
		r    geo.Record
		want string
	}{
		{"nothing wrong", event(func(*geo.Event) {}), ""},
		{"empty event", &geo.Event{}, "id type title date_precision date_precision place_precision place_precision incidents sources status dataset_id"},
		{"unknown codes", event(func(e *geo.Event) {
			e.Type, e.Status, e.DatePrecision, e.PlacePrecision = "war", "true", "hour", "there"
		}), "type date_precision place_precision status"},
		{"reversed", event(func(e *geo.Event) { e.End = geo.Date(2024, 7, 21) }), "end"},
		{"undated but sure", event(func(e *geo.Event) { e.Start, e.End = geo.Instant{}, geo.Instant{} }), "date_precision"},
		{"nowhere but sure", event(func(e *geo.Event) { e.PlaceID = "" }), "place_precision"},
		{"too many incidents", event(func(e *geo.Event) { e.Incidents = 3_000_000_000 }), "incidents"},
		{"too many deaths", event(func(e *geo.Event) { n := 3_000_000_000; e.Fatalities = &geo.Fatalities{High: &n} }), "fatalities.high"},
		{"no incident", event(func(e *geo.Event) { e.Incidents = 0 }), "incidents"},
		{"deaths below zero", event(func(e *geo.Event) {
			e.Fatalities = &geo.Fatalities{Best: number(-1), Low: number(-2), High: number(-3)}
		}), "fatalities.best fatalities.low fatalities.high"},
		{"best above high is kept", event(func(e *geo.Event) { e.Fatalities = &geo.Fatalities{Best: number(9), High: number(3)} }), ""},
		{"part of itself", event(func(e *geo.Event) { e.PartOf = "e" }), "part_of"},
		{"related to itself", event(func(e *geo.Event) { e.Related = []geo.Relation{{Event: "e", Relation: "precedes"}} }), "related[0].event"},
		{"unknown relation", event(func(e *geo.Event) { e.Related = []geo.Relation{{Event: "f", Relation: "caused"}} }), "related[0].relation"},
		{"participant without anyone", event(func(e *geo.Event) { e.Participants = []geo.Participant{{Role: "hero"}} }), "participants[0] participants[0].role"},
		{"participant twice named", event(func(e *geo.Event) { e.Participants = []geo.Participant{{ActorID: "x", Name: "X", Role: "party"}} }), "participants[0]"},
		{"assumed from nowhere", event(func(e *geo.Event) { e.Route = &geo.Route{To: "k", Assumed: true} }), "route.assumed"},
		{"route to nowhere", event(func(e *geo.Event) { e.Route = &geo.Route{From: "k"} }), "route.to"},
		{"script as a link", event(func(e *geo.Event) { e.Sources[0].Link = "javascript:alert(1)" }), "sources[0].link"},
		{"half a date", event(func(e *geo.Event) { e.Sources[0].Date = "2024-7" }), "sources[0].date"},
		{"claim of nothing", event(func(e *geo.Event) { e.Claims = []geo.Claim{{}} }), "claims[0].field claims[0].according_to claims[0].value"},
		{"inference from nothing", event(func(e *geo.Event) { e.Inferred = []geo.Inference{{Field: "start"}} }), "inferred[0].from"},
		{"tag twice", event(func(e *geo.Event) { e.Tags = []string{"a", "a"} }), "tags[1]"},
		{"control character", event(func(e *geo.Event) { e.Title = geo.Text{"en": "a\x00b"} }), "title.en"},
		{"not UTF-8", event(func(e *geo.Event) { e.DateText = "\xff" }), "date_text"},
		{"no language", event(func(e *geo.Event) { e.Title = geo.Text{"en glish": "x"} }), "title"},
		{"id with a slash", event(func(e *geo.Event) { e.ID = "a/b" }), "id"},
		{"id that is a folder", event(func(e *geo.Event) { e.ID = ".." }), "id"},
		{"long id", event(func(e *geo.Event) { e.ID = strings.Repeat("a", 201) }), "id"},
		{"empty place", &geo.Place{}, "id geometry names kind dataset_id"},
		{"place without a point", func() geo.Record {
			p := geotest.Place("p", "d", 0, 0)
			p.Geometry = orb.LineString{{0, 0}, {1, 1}}
			return p
		}(), "geometry"},
		{"empty area", &geo.Area{}, "id geometry names kind dataset_id"},
		{"area within itself, backwards", func() geo.Record {
			a := geotest.Area("a", "d", geo.State, 0, 0, 1, 1)
			a.Within, a.Start, a.End = "a", geo.Date(2024, 1, 2), geo.Date(2024, 1, 1)
			return a
		}(), "within end"},
		{"empty actor", &geo.Actor{}, "id names kind dataset_id"},
		{"member of itself", geotest.Actor("x", "d", "x", "x"), "member_of[1] member_of[0] member_of[1]"},
		{"empty dataset", &geo.Dataset{}, "id title publisher licence attribution redistribution"},
		{"secret dataset", func() geo.Record { d := geotest.Dataset("d", "secret"); d.Link = "ftp://x"; return d }(), "link redistribution"},
	} {
		if got := strings.Join(faultNames(geo.Validate(c.r)), " "); got != c.want {
			t.Errorf("%s: faults %q, not %q", c.name, got, c.want)
		}
	}
}

func TestDecodingNamesEveryFault(t *testing.T) {
	const place = `{"type":"Feature","id":"p","geometry":{"type":"Point","coordinates":[1,2]},"properties":`
	for _, c := range []struct {
		name string
		kind geo.Kind
		in   string
		want string
	}{
		{"two wrong types and one unknown", geo.Places, place + `{"names":{"en":"P"},"kind":7,"dataset_id":[],"colour":"red"}}`, "colour dataset_id kind"},
		{"unknown member", geo.Places, `{"type":"Feature","id":"p","geometry":null,"bbox":[0,0,1,1],"properties":{}}`, "bbox"},
		{"no properties", geo.Places, `{"type":"Feature","id":"p","geometry":null}`, "properties"},
		{"properties null", geo.Places, `{"type":"Feature","id":"p","geometry":null,"properties":null}`, ""},
		{"a member twice", geo.Places, place + `{"kind":"town","kind":"city"}}`, ""},
		{"not a feature", geo.Places, `{"type":"Point","id":"p","geometry":null,"properties":{}}`, "type"},
		{"no dates at all", geo.Events, `{"type":"Feature","id":"e","geometry":null,"properties":{}}`, "start end"},
		{"bad date", geo.Events, `{"type":"Feature","id":"e","geometry":null,"properties":{"start":"2024-13-01","end":null}}`, "start"},
		{"an actor somewhere", geo.Actors, place + `{}}`, "geometry"},
		{"a height", geo.Places, `{"type":"Feature","id":"p","geometry":{"type":"Point","coordinates":[1,2,3]},"properties":{}}`, "geometry"},
		{"a coordinate of words", geo.Places, `{"type":"Feature","id":"p","geometry":{"type":"Point","coordinates":["1",2]},"properties":{}}`, "geometry"},
		{"a circle", geo.Places, `{"type":"Feature","id":"p","geometry":{"type":"Circle","coordinates":[1,2]},"properties":{}}`, "geometry"},
		{"a geometry with a crs", geo.Places, `{"type":"Feature","id":"p","geometry":{"type":"Point","coordinates":[1,2],"crs":"x"},"properties":{}}`, "geometry"},
		{"nested unknown member", geo.Events, `{"type":"Feature","id":"e","geometry":null,"properties":{"start":null,"end":null,"route":{"to":"x","via":"y"}}}`, "route"},
		{"fraction of an incident", geo.Events, `{"type":"Feature","id":"e","geometry":null,"properties":{"start":null,"end":null,"incidents":1.5}}`, "incidents"},
		{"an array", geo.Places, `[]`, ""},
		{"nothing", geo.Places, ``, ""},
		{"two documents", geo.Places, place + `{}}{}`, ""},
		{"not UTF-8", geo.Places, place + "{\"pcode\":\"\xff\"}}", ""},
	} {
		_, err := geo.DecodeFeature(c.kind, []byte(c.in))
		if geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%s: error %v", c.name, err)
			continue
		}
		names := faultNames(err)
		if c.want != "" && strings.Join(names, " ") != c.want {
			t.Errorf("%s: faults %q, not %q", c.name, names, c.want)
		}
	}
	if _, err := geo.DecodeFeature("weather", []byte(`{}`)); geo.CodeOf(err) != geo.NotFound {
		t.Error("an unknown kind:", err)
	}
}

func TestDecodedEventStandsForOneIncident(t *testing.T) {
	r, err := geo.DecodeFeature(geo.Events, []byte(`{"properties":{"end":null,"start":null},"geometry":null,"id":"e","type":"Feature"}`))
	if err != nil || r.(*geo.Event).Incidents != 1 {
		t.Error(r, err)
	}
}

func TestChangeNamesItsFaults(t *testing.T) {
	good := geo.Put(geotest.Place("p", "d", 1, 2), "me", "because")
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	if err := geo.Remove(geo.Places, "p", "me", "because").Validate(); err != nil {
		t.Error(err)
	}
	bad := good
	bad.Author, bad.Reason, bad.ID = "", " ", "q"
	if got := faultNames(bad.Validate()); !slices.Equal(got, []string{"author", "reason", "record"}) {
		t.Error("faults", got)
	}
	if got := faultNames(geo.Remove("weather", "", "me", "x").Validate()); !slices.Equal(got, []string{"kind", "id"}) {
		t.Error("faults", got)
	}
}

func TestReferences(t *testing.T) {
	var got []string
	for _, r := range fullRecords() {
		for _, ref := range r.References() {
			got = append(got, string(r.Kind())+"."+ref.Field+"="+ref.ID)
		}
	}
	want := "events.dataset_id=d events.place_id=laukkai events.route.from=a events.route.to=b events.participants[0].actor_id=x events.part_of=report:2 events.related[0].event=report:3 " +
		"places.dataset_id=d places.within=shan areas.dataset_id=d areas.within=myanmar actors.dataset_id=d actors.member_of[0]=alliance"
	if strings.Join(got, " ") != want {
		t.Errorf("references\n%s\nnot\n%s", strings.Join(got, " "), want)
	}
}

func TestReleaseOf(t *testing.T) {
	event := geotest.Event("e", "d", "p", geo.Date(2024, 7, 22))
	withdrawn := geotest.Event("e", "d", "p", geo.Date(2024, 7, 22))
	withdrawn.Status = geo.Withdrawn
	for _, c := range []struct {
		name string
		d    *geo.Dataset
		r    geo.Record
		want geo.Release
	}{
		{"public", geotest.Dataset("d", geo.Public), event, geo.Whole},
		{"derived", geotest.Dataset("d", geo.Derived), event, geo.Counts},
		{"private", geotest.Dataset("d", geo.Private), event, geo.Nothing},
		{"of no level", geotest.Dataset("d", ""), event, geo.Nothing},
		{"of no dataset", nil, event, geo.Nothing},
		{"withdrawn", geotest.Dataset("d", geo.Public), withdrawn, geo.Nothing},
	} {
		if got := geo.ReleaseOf(c.d, c.r); got != c.want {
			t.Errorf("%s: %d", c.name, got)
		}
	}
}

func TestErrors(t *testing.T) {
	cause := errors.New("the cause")
	err := geo.Errorf(geo.Conflict, "it failed: %w", cause)
	if !errors.Is(err, cause) || geo.CodeOf(err) != geo.Conflict || geo.CodeOf(cause) != "" || err.Error() != "it failed: the cause" {
		t.Error(err)
	}
	if geo.Reject("x", nil) != nil {
		t.Error("an error of no faults")
	}
	if q := geo.Quote("\xff" + strings.Repeat("လ", 500)); !strings.HasPrefix(q, "\uFFFDလ") || len([]rune(q)) > 130 {
		t.Error("quoted", len(q))
	}
}

func TestTextIn(t *testing.T) {
	text := geo.Text{"en": "Lashio", "zh": "腊戌"}
	if text.In("my") != "Lashio" || text.In("my", "zh") != "腊戌" || (geo.Text{"zh": "x", "my": "y"}).In("shn") != "y" || (geo.Text)(nil).In() != "" {
		t.Error("a language was not found")
	}
}
