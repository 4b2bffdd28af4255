package seed_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/seed"
	"github.com/conflictmap/conflictmap/geo"
)

// facts is what the report says, one line an event: id, type, start..end and its
// precision, place and its precision, incidents, part of, ties, whom the report
// cites, who in which role.
const facts = `
kunming-meeting diplomatic_visit 2024-07-22..2024-07-22/day kunming/exact 1 visits-to-china - junta_media than-swe/visitor,sun-haiyan/host
lashio-attack offensive 2024-06-21..null/month lashio/exact 1 offensive-resumed - - mndaa/initiator
laukkai-raids bombing_raid 2024-07-01..2024-07-24/month laukkai/exact 3 - retaliation_for:lashio-attack residents myanmar-regime/initiator
operation-1027 offensive 2023-10-27..2024-01-10/day northern-shan-state/region 1 - - - brotherhood-alliance/initiator,mndaa/initiator,tnla/initiator,arakan-army/initiator
ceasefire-2024-01-10 agreement 2024-01-10..2024-01-10/day northern-shan-state/region 1 - ends:operation-1027 - brotherhood-alliance/party,myanmar-regime/party,government-of-china/mediator
offensive-resumed offensive 2024-06-21..null/month northern-shan-state/region 1 - resumes:operation-1027 - brotherhood-alliance/initiator
mndaa-halt statement 2024-07-19..2024-07-19/day northern-shan-state/region 1 - halts:offensive-resumed - mndaa/initiator,government-of-china/other
visits-to-china diplomatic_visit 2024-06-21..null/month china/country 1 - - - myanmar-regime/visitor
thein-sein-beijing diplomatic_visit 2024-06-21..2024-06-30/month beijing/exact 1 visits-to-china - - thein-sein/visitor,government-of-china/host,xi-jinping/other,wang-yi/party
soe-win-china diplomatic_visit 2024-07-01..2024-07-10/month china/country 1 visits-to-china - - soe-win/visitor
ministers-china diplomatic_visit 2024-06-21..2024-07-24/month china/country 1 visits-to-china - - myanmar-regime/visitor
parties-china diplomatic_visit 2024-07-20..2024-07-26/days china/country 1 - - - usdp/visitor,peoples-party/visitor,arakan-front-party/visitor,shan-and-ethnic-democratic-party/visitor,ccp/host
new-year-holiday policy 2024-07-01..2024-07-31/month myanmar/country 1 - - - myanmar-regime/initiator
ccp-plenum statement 2024-06-22..2024-07-21/month china/country 1 - precedes:kunming-meeting - ccp-central-committee/initiator
`

func short(id string) string { return strings.TrimPrefix(id, "report-2024-07:") }

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return strings.ReplaceAll(s, " ", "_")
}

// line writes an event as facts has it.
func line(e *geo.Event) string {
	end := "null"
	if !e.End.IsZero() {
		end = e.End.String()
	}
	var ties, who []string
	for _, r := range e.Related {
		ties = append(ties, string(r.Relation)+":"+short(r.Event))
	}
	for _, p := range e.Participants {
		who = append(who, p.ActorID+p.Name+"/"+string(p.Role))
	}
	return fmt.Sprintf("%s %s %s..%s/%s %s/%s %d %s %s %s %s", short(e.ID), e.Type, e.Start, end, e.DatePrecision, e.PlaceID, e.PlacePrecision,
		e.Incidents, orDash(short(e.PartOf)), orDash(strings.Join(ties, ",")), orDash(e.Sources[0].AccordingTo), strings.Join(who, ","))
}

func events(t *testing.T) []*geo.Event {
	t.Helper()
	records, err := seed.Records()
	if err != nil {
		t.Fatal(err)
	}
	var list []*geo.Event
	for _, r := range records {
		if err := geo.Validate(r); err != nil {
			t.Error(err)
		}
		if e, isEvent := r.(*geo.Event); isEvent {
			list = append(list, e)
		}
	}
	return list
}

func TestEventsAreTheFacts(t *testing.T) {
	var got []string
	for _, e := range events(t) {
		got = append(got, line(e))
	}
	want := strings.Split(strings.TrimSpace(facts), "\n")
	for _, l := range want {
		if !slices.Contains(got, l) {
			t.Errorf("missing: %s", l)
		}
	}
	for _, l := range got {
		if !slices.Contains(want, l) {
			t.Errorf("not a fact: %s", l)
		}
	}
}

// TestNothingIsSurerThanItsSource holds what the report does not say to be marked so.
func TestNothingIsSurerThanItsSource(t *testing.T) {
	for _, e := range events(t) {
		inferred := make(map[string]bool)
		for _, i := range e.Inferred {
			inferred[i.Field] = true
		}
		if e.Status != "reported" || len(e.Sources) != 1 || e.Sources[0].Publisher != "Not known" || e.DatasetID != "report-2024-07" {
			t.Errorf("%s: one report, whose publisher is not known, makes it no more than reported", e.ID)
		}
		if e.DatePrecision == "month" && !inferred["start"] && short(e.ID) != "new-year-holiday" {
			t.Errorf("%s: its first day is in no report and not marked as inferred", e.ID)
		}
		if r := e.Route; r != nil && (!r.Assumed || r.From != "naypyitaw" || !inferred["route.from"]) {
			t.Errorf("%s: no report says where it started", e.ID)
		}
		if e.Fatalities != nil {
			t.Errorf("%s: no report counts deaths", e.ID)
		}
		if e.DateText == "" {
			t.Errorf("%s: the words of the report about its time are missing", e.ID)
		}
	}
}

func TestNamesThatRecordsCarry(t *testing.T) {
	records, err := seed.Records()
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]string)
	for _, r := range records {
		switch r := r.(type) {
		case *geo.Place:
			names[r.ID] = r.Names["en"] + " " + r.Names["my"] + " " + r.Names["zh"]
		case *geo.Area:
			names[r.ID] = r.Names["en"] + " " + r.Names["my"] + " " + r.Names["zh"]
		}
	}
	for id, want := range map[string]string{
		"lashio": "Lashio လားရှိုး 腊戌", "laukkai": "Laukkai လောက်ကိုင် 老街", "kunming": "Kunming ကူမင်း 昆明",
		"northern-shan-state": "northern Shan State ရှမ်းပြည်နယ်(မြောက်ပိုင်း) 掸邦北部", "naypyitaw": "Naypyitaw နေပြည်တော် 内比都",
		"beijing": "Beijing ပေကျင်း 北京", "myanmar": "Myanmar မြန်မာ 缅甸", "china": "China တရုတ် 中国", "yunnan": "Yunnan ယူနန် 云南",
	} {
		if names[id] != want {
			t.Errorf("%s is %q, not %q", id, names[id], want)
		}
	}
}
