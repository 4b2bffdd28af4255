package geo_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// ucdpEvent is what an import makes of a row of UCDP's: 1.2 kB.
func ucdpEvent() *geo.Event {
	e := geotest.Event("ucdp:154", "ucdp", "", geo.Date(2023, 12, 15))
	e.Geometry, e.PlacePrecision, e.Subtype = orb.Point{5.570942, 8.608152}, geo.Fuzzy, "State-based violence"
	e.Title = geo.Text{"en": "State-based violence: Government of Nigeria, Group 50 (YeMin village)"}
	e.Participants = []geo.Participant{{Name: "Government of Nigeria", Role: "party"}, {Name: "Group 50", Role: "party"}}
	e.Fatalities = &geo.Fatalities{Best: number(1), Low: number(0), High: number(4)}
	e.Sources = []geo.Source{{Publisher: "Made-up News", Title: "Made-up report 153 of fighting near YeMin village", Date: "2023-12-15", AccordingTo: "residents"}}
	e.Tags = []string{"where_prec:5", "date_prec:1", "event_clarity:1"}
	e.Extra = geo.Extra{}
	for name, value := range map[string]string{"active_year": "TRUE", "adm_1": "Region 12", "adm_2": "District 92", "code_status": "Clear", "conflict_name": "Nigeria: Government",
		"country": "Nigeria", "country_id": "731", "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "0", "deaths_unknown": "1",
		"dyad_name": "Government of Nigeria - Group 50", "number_of_sources": "1", "priogrid_gid": "190323", "region": "Made-up", "source_original": "residents",
		"where_coordinates": "YeMin village", "where_description": "somewhere about YeMin village, as the made-up report says", "year": "2023"} {
		e.Extra[name] = jsontext.Value(strconv.Quote(value))
	}
	return e
}

func BenchmarkBriefRead(b *testing.B) {
	feature, err := geo.EncodeFeature(ucdpEvent())
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(feature)))
	b.ReportAllocs()
	var brief geo.Brief
	for b.Loop() {
		if err := brief.Read(geo.Events, feature); err != nil {
			b.Fatal(err)
		}
	}
}

// TestBriefDoesNotAllocate holds reading to no allocation once a Brief has its room.
func TestBriefDoesNotAllocate(t *testing.T) {
	event := ucdpEvent()
	event.Summary = geo.Text{"en": "\"Escaped\""}
	event.Participants = append(event.Participants, geo.Participant{ActorID: "x", Role: "party"})
	event.Related = []geo.Relation{{Event: "e", Relation: "halts"}}
	event.End = geo.At(time.Date(2024, 7, 22, 10, 30, 0, 123_456_000, time.UTC))
	feature, err := geo.EncodeFeature(event)
	if err != nil {
		t.Fatal(err)
	}
	var b geo.Brief
	var folder geo.Folder
	words := 0
	if n := testing.AllocsPerRun(100, func() {
		err = b.Read(geo.Events, feature)
		for _, text := range b.Texts {
			folder.Words(text, func([]byte) { words++ })
		}
	}); n > 0 || err != nil || words == 0 {
		t.Errorf("%g allocations, %d words, %v", n, words, err)
	}
}
