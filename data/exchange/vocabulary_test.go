package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

func lines(t *testing.T, records ...geo.Record) string {
	t.Helper()
	var b strings.Builder
	for _, r := range records {
		feature, err := geo.EncodeFeature(r)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(feature)
		b.WriteByte('\n')
	}
	return b.String()
}

func TestOurOwnRecordsComeInInAnyOrder(t *testing.T) {
	day := geo.Date(2024, 7, 22)
	part := geotest.Event("x:part", "x", "p", day)
	part.PartOf = "x:whole"
	records := []geo.Record{part, geotest.Event("x:whole", "x", "p", day), geotest.Place("p", "x", 1, 2), geotest.Area("a", "x", geo.State, 0, 0, 1, 1),
		geotest.Actor("m", "x", "n"), geotest.Actor("n", "x"), geotest.Dataset("x", geo.Public)}
	text := lines(t, records...)
	for name, content := range map[string]string{
		"lines":        text,
		"with breaks":  strings.ReplaceAll(text, "\n", "\r\n\r\n"),
		"sequence":     strings.ReplaceAll("\x1e"+strings.TrimSpace(text), "\n", "\n\x1e"),
		"a collection": `{"type":"FeatureCollection","links":[],"features":[` + strings.ReplaceAll(strings.TrimSpace(text), "\n", ",") + `],"numberMatched":7}`,
		"as answered":  strings.Replace(text, `"id":"p","geometry":`, `"change":5,"links":[],"attribution":[],"id":"p","geometry":`, 1),
		"with counts":  strings.Replace(text, `"names":{"en":"p"}`, `"event_count":2,"events":[],"events_href":"x","names":{"en":"p"}`, 1),
		"with kinds":   strings.ReplaceAll(text, `{"type":"Feature","id":"x:`, `{"type":"Feature","collection":"events","id":"x:`),
	} {
		c := datatest.Open(t)
		report, rejected := run(t, c, "records.geojsonl", []byte(content))
		if report.Added != 7 || len(rejected) != 0 {
			t.Errorf("%s: %+v %s", name, report, reasons(rejected))
		}
	}
}

// TestRecordsMayMentionWhatComesLater has mentions that reach over the borders of batches.
func TestRecordsMayMentionWhatComesLater(t *testing.T) {
	const n = 10_050 // more than a batch
	records := []geo.Record{geotest.Dataset("x", geo.Public), geotest.Place("p", "x", 1, 2)}
	for i := range n {
		e := geotest.Event(fmt.Sprintf("x:%d", i), "x", "p", geo.Date(2024, 1, 1))
		if i == 0 {
			e.PartOf = fmt.Sprintf("x:%d", n-1)
		}
		records = append(records, e)
	}
	lost := geotest.Event("x:lost", "x", "p", geo.Date(2024, 1, 1))
	lost.PartOf = "x:never"
	c := datatest.Open(t)
	report, rejected := run(t, c, "records.geojsonl", []byte(lines(t, append(records, lost)...)))
	if report.Added != n+2 || len(rejected) != 1 || rejected[0].ID != "x:lost" || rejected[0].Faults[0].Name != "part_of" {
		t.Errorf("%+v %s", report, reasons(rejected))
	}
}

func TestOurOwnRecordsThatCannotGoIn(t *testing.T) {
	good := lines(t, geotest.Dataset("x", geo.Public))
	for name, c := range map[string]struct{ line, want string }{
		"no JSON":            {`{"type":`, "is not a JSON object"},
		"an array":           {`[1]`, "is not a JSON object"},
		"of no kind":         {`{"type":"Feature","id":"q","geometry":null,"properties":{"name":"Lashio"}}`, "collection: is missing"},
		"of an unknown kind": {`{"type":"Feature","collection":"weather","id":"q","geometry":null,"properties":{}}`, "is no collection"},
		"with a fault":       {`{"type":"Feature","collection":"actors","id":"q","geometry":null,"properties":{"names":{"en":"Q"},"kind":"team","dataset_id":"x"}}`, "kind"},
		"without a dataset":  {strings.TrimSpace(lines(t, geotest.Actor("q", "none"))), "dataset_id"},
	} {
		catalog := datatest.Open(t)
		report, rejected := run(t, catalog, "records.geojsonl", []byte(good+c.line+"\n"))
		if report.Added != 1 || len(rejected) != 1 || rejected[0].Row != 2 || rejected[0].Raw != c.line || !strings.Contains(reasons(rejected), c.want) {
			t.Errorf("%s: %+v %s", name, report, reasons(rejected))
		}
	}
}

const incidents = `Ref;x,When,Kind,Headline,Town,Lat,Lon,Killed,Perpetrator,Reported by,Comment
A1,22/07/2024,Air strike,"Two killed, many hurt",Lashio,22.94,97.75,2,"Army; Police",The Paper,kept
A2,2024-07-23,Riot,,Nowhere,,,,,The Paper,
`

const incidentsMapping = `{"dataset":{"id":"ngo","title":"Incidents","publisher":"NGO","licence":"CC0-1.0","attribution":"NGO","redistribution":"public"},
"columns":{"id":"Ref;x","start":"When","type":"Kind","title":"Headline","place":"Town","latitude":"Lat","longitude":"Lon","fatalities.best":"Killed","source.publisher":"Reported by"},
"participants":[{"column":"Perpetrator","role":"initiator"}],"constants":{"place_precision":"near"},"dates":["DD/MM/YYYY"],
"values":{"type":{"air strike":"bombing_raid","Riot":"protest"}}}`

func mapping(t *testing.T, text string) func(*exchange.Options) {
	t.Helper()
	m, err := exchange.ParseMapping([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return func(o *exchange.Options) {
		o.Mapping = m
		o.Dataset = exchange.DefaultDataset(exchange.CSV, m.DatasetID())
		m.SetDataset(o.Dataset)
	}
}

func TestAnyTableWithAMapping(t *testing.T) {
	c := open(t)
	report, rejected := run(t, c, "incidents.csv", []byte(incidents), mapping(t, incidentsMapping))
	if report.Added != 2 || report.Format != "csv" {
		t.Fatalf("%+v %s", report, reasons(rejected))
	}
	e := event(t, c, "ngo:A1")
	if e.Type != geo.BombingRaid || e.Start != geo.Date(2024, 7, 22) || e.Title["en"] != "Two killed, many hurt" || e.PlaceID != "lashio" || e.PlacePrecision != geo.Near ||
		*e.Fatalities.Best != 2 || fmt.Sprint(e.Participants) != "[{ Army initiator} { Police initiator}]" || e.Sources[0].Publisher != "The Paper" {
		t.Errorf("%+v", e)
	}
	if string(e.Extra["Comment"]) != `"kept"` || string(e.Extra["Kind"]) != `"Air strike"` || e.Extra["Town"] != nil {
		t.Error("beside the mapped columns:", e.Extra)
	}
	if e := event(t, c, "ngo:A2"); e.Type != geo.Protest || e.Fatalities != nil || e.PlacePrecision != geo.UnknownPlace || e.Title["en"] != "protest (Nowhere)" {
		t.Errorf("%+v", e)
	}
}

func TestMappingsThatCannotBeUsed(t *testing.T) {
	for name, c := range map[string]struct{ mapping, want string }{
		"no JSON":               {`{`, "cannot be read"},
		"an unknown member":     {`{"columns":{},"colour":1}`, "cannot be read"},
		"an unknown field":      {`{"columns":{"colour":"A"},"constants":{"type":"clash","start":"2024-01-01"}}`, "colour"},
		"no type and no start":  {`{"columns":{}}`, "type: is missing"},
		"a column and constant": {`{"columns":{"type":"A","start":"B"},"constants":{"type":"clash"}}`, "has a column and a constant"},
		"an unknown role":       {`{"columns":{"type":"A","start":"B"},"participants":[{"column":"C","role":"hero"}]}`, "hero"},
		"a form of no date":     {`{"columns":{"type":"A","start":"B"},"dates":["tomorrow"]}`, "tomorrow"},
	} {
		if _, err := exchange.ParseMapping([]byte(c.mapping)); geo.CodeOf(err) != geo.Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := try(t, open(t), "x.csv", []byte("a,b\n1,2\n"), mapping(t, incidentsMapping)); err == nil || !strings.Contains(err.Error(), `start: "When": is a column that the table does not have`) {
		t.Error("a mapping of another table:", err)
	}
	if _, _, err := try(t, open(t), "x.csv", []byte("a,b\n1,2\n")); err == nil || !strings.Contains(err.Error(), "--mapping") {
		t.Error("no mapping:", err)
	}
}

func TestGuessIsAFirstMapping(t *testing.T) {
	s, err := exchange.OpenSource("-", strings.NewReader("Event ID,Date,Lat,Lng,Location,Killed,Notes\n1,2024-01-01,1,2,X,3,n\n"))
	if err != nil {
		t.Fatal(err)
	}
	guess, err := exchange.GuessMapping(s)
	if err != nil {
		t.Fatal(err)
	}
	geotest.Golden(t, "guess.json", guess)
	if _, err := exchange.ParseMapping(guess); err == nil || !strings.Contains(err.Error(), "dataset.title: \"?\": is still to be filled in") {
		t.Error("what only a person knows:", err)
	}
	filled := strings.ReplaceAll(string(guess), `"?"`, `"NGO"`)
	if _, err := exchange.ParseMapping([]byte(filled)); err != nil {
		t.Error(err)
	}
}

func FuzzParseMapping(f *testing.F) {
	f.Add([]byte(incidentsMapping))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := exchange.ParseMapping(b)
		if err != nil {
			if geo.CodeOf(err) != geo.Invalid {
				t.Fatal(err)
			}
			return
		}
		report, rejected, err := try(t, open(t), "incidents.csv", []byte(incidents), func(o *exchange.Options) { o.Mapping = m })
		if err == nil && report.Added+report.Rejected != report.Rows {
			t.Fatalf("%+v %s", report, reasons(rejected))
		}
	})
}
