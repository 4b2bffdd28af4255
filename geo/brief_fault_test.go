package geo_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

func TestBriefRefusesWhatIsCut(t *testing.T) {
	var b geo.Brief
	for _, k := range geo.Kinds() {
		for _, feature := range randomFeatures(t, k, 20) {
			for n := range feature {
				if err := b.Read(k, feature[:n]); geo.CodeOf(err) != geo.Invalid {
					t.Fatalf("cut at %d: %v\n%s", n, err, feature)
				}
			}
			if err := b.Read(k, append(feature, '}')); geo.CodeOf(err) != geo.Invalid {
				t.Fatalf("a bracket more: %v", err)
			}
		}
	}
}

// TestBriefNeverReadsOtherwise changes features at random. A Brief may take some
// that DecodeFeature refuses, for it does not look at everything, and refuse some
// that DecodeFeature takes and Validate does not; what both take they must take alike.
func TestBriefNeverReadsOtherwise(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	const pieces = `{}[]",:\0123456789.eE-+tfn aceilnorstu`
	var b geo.Brief
	bothTook := 0
	for _, k := range geo.Kinds() {
		for _, feature := range randomFeatures(t, k, 300) {
			for range 20 {
				changed := []byte(string(feature))
				at := random.IntN(len(changed))
				switch random.IntN(3) {
				case 0:
					changed[at] = pieces[random.IntN(len(pieces))]
				case 1:
					changed = append(changed[:at], changed[at+1:]...)
				case 2:
					changed = append(changed[:at:at], append([]byte{pieces[random.IntN(len(pieces))]}, changed[at:]...)...)
				}
				r, err := geo.DecodeFeature(k, changed)
				if b.Read(k, changed) != nil || err != nil {
					continue
				}
				bothTook++
				if fault := disagreement(&b, r); fault != "" {
					t.Fatalf("%s\n%s", fault, changed)
				}
			}
		}
	}
	if bothTook < 1_000 {
		t.Errorf("only %d were taken by both", bothTook)
	}
}

func TestBriefRefuses(t *testing.T) {
	const (
		good = `{"type":"Feature","id":"e","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"type":"clash","title":{"en":"x"},"start":"2024-07-22","end":null,` +
			`"date_precision":"day","place_id":"p","place_precision":"exact","route":{"from":"a","to":"b","assumed":true},"participants":[{"actor_id":"x","role":"party"}],` +
			`"incidents":1,"fatalities":{"best":1,"low":null,"high":2},"part_of":"f","related":[{"event":"g","relation":"halts"}],"sources":[{"publisher":"P"}],` +
			`"status":"reported","extra":{"a":"1"},"dataset_id":"d"}}`
		longest = `"incidents":9223372036854775808`
	)
	var b geo.Brief
	if err := b.Read(geo.Events, []byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, change := range []struct{ from, to string }{
		{`"Feature"`, `"Point"`}, {`"type":"Feature",`, ``}, {`"id":"e",`, ``}, {`"id":"e"`, `"id":1`}, {`"id":"e"`, `"id":null`}, {`"id":"e"`, `"id":"\x"`}, {`"id":"e"`, `"id":"\"`},
		{`"geometry":{"type":"Point","coordinates":[1,2]},`, ``}, {`{"type":"Point","coordinates":[1,2]}`, `[1,2]`}, {`"type":"Point",`, ``}, {`,"coordinates":[1,2]`, ``},
		{`[1,2]`, `[1]`}, {`[1,2]`, `[1,2,3]`}, {`[1,2]`, `[1,"2"]`}, {`[1,2]`, `[1,1e999]`}, {`[1,2]`, `[1,+2]`}, {`[1,2]`, `[1,02]`}, {`[1,2]`, `[1,2.]`}, {`[1,2]`, `[1,.2]`},
		{`[1,2]`, `[1,2e]`}, {`[1,2]`, `[1,NaN]`}, {`[1,2]`, `[1,0x2]`}, {`[1,2]`, `[1,2_0]`}, {`[1,2]`, `[1 2]`}, {`[1,2]`, `[1,,2]`}, {`[1,2]`, `[1,2,]`}, {`[1,2]`, `null`}, {`[1,2]`, `[[1,2]]`},
		{`"properties":`, `"properties":[]}`}, {`"clash"`, `"war"`}, {`"clash"`, `""`}, {`"clash"`, `3`}, {`"type":"clash",`, ``}, {`"status":"reported",`, ``}, {`"reported"`, `"true"`},
		{`"date_precision":"day",`, ``}, {`"day"`, `"hour"`}, {`"place_precision":"exact",`, ``}, {`"exact"`, `"there"`}, {`"start":"2024-07-22",`, ``}, {`"end":null,`, ``},
		{`2024-07-22`, `2024-02-30`}, {`2024-07-22`, `yesterday`}, {`"end":null`, `"end":nil`}, {`"end":null`, `"end":0`}, {`{"en":"x"}`, `"x"`}, {`{"en":"x"}`, `{"en":7}`}, {`{"en":"x"}`, `{"en"}`},
		{`"p"`, `[]`}, {`{"from":"a"`, `["from"`}, {`true`, `1`}, {`true`, `trve`}, {`"participants":[`, `"participants":{`}, {`[{"actor_id":"x","role":"party"}]`, `["x"]`},
		{`"incidents":1`, `"incidents":1.5`}, {`"incidents":1`, `"incidents":-1`}, {`"incidents":1`, `"incidents":1e2`}, {`"incidents":1`, longest}, {`"incidents":1`, `"incidents":null`},
		{`"best":1`, `"best":-1`}, {`"best":1`, `"best":"1"`}, {`"low":null`, `"low":nothing`}, {`"f"`, `6`}, {`"related":[`, `"related":[[`}, {`"event":"g"`, `"event":{}`},
		{`,"dataset_id":"d"`, ``}, {`"dataset_id":"d"`, `"dataset_id":"d",`}, {`{"a":"1"}`, `{"a":"1"`}, {`{"a":"1"}`, `{"a":"1}`}, {`"extra":`, `"extra"`}, {`"extra":`, `extra:`},
		{`{"a":"1"}`, ``}, {`{"a":"1"}`, `none`}, {`{"type":"Feature"`, ` `}, {good, ``}, {good, `null`}, {good, good + good}, {good, `[` + good + `]`},
	} {
		if !strings.Contains(good, change.from) {
			t.Fatalf("%s is not there", change.from)
		}
		changed := strings.Replace(good, change.from, change.to, 1)
		if err := b.Read(geo.Events, []byte(changed)); geo.CodeOf(err) != geo.Invalid || err.Error() == "" {
			t.Errorf("%s for %s: %v", change.to, change.from, err)
		}
	}
	if err := b.Read(geo.Datasets, []byte(`{"type":"Feature","id":"d","geometry":null}`)); geo.CodeOf(err) != geo.Invalid {
		t.Error("a dataset without properties:", err)
	}
	if err := b.Read("weather", []byte(good)); geo.CodeOf(err) != geo.NotFound {
		t.Error("an unknown kind:", err)
	}
}

// TestBriefTakesWhatIsEmpty reads what EncodeFeature does not write now, but says itself.
func TestBriefTakesWhatIsEmpty(t *testing.T) {
	const feature = `{"type":"Feature","id":"e","geometry":null,"properties":{"type":"clash","title":{},"summary":{},"start":null,"end":null,"date_precision":"unknown",` +
		`"place_precision":"unknown","route":{"to":"b","assumed":false},"participants":[],"fatalities":{},"related":[],"status":"reported","extra":{},"dataset_id":""}}`
	r, err := geo.DecodeFeature(geo.Events, []byte(feature))
	if err != nil {
		t.Fatal(err)
	}
	var b geo.Brief
	if err := b.Read(geo.Events, []byte(feature)); err != nil || b.Incidents != 1 {
		t.Fatal(err, b.Incidents)
	}
	if fault := disagreement(&b, r); fault != "" {
		t.Error(fault)
	}
}
