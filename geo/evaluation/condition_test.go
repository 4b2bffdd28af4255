package evaluation_test

import (
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/evaluation"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/paulmach/orb"
)

const (
	yes     = evaluation.True
	no      = evaluation.False
	unknown = evaluation.Unknown
)

// holds evaluates a text over a record.
func holds(t *testing.T, text string, r geo.Record, shape orb.Geometry) evaluation.Truth {
	t.Helper()
	e, err := cql2.ParseText(text)
	if err == nil {
		err = geo.CheckWhere(r.Kind(), e)
	}
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	c, err := evaluation.Compile(r.Kind(), e)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	got, err := c.Of(evaluation.Record{Record: r, Shape: shape})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return got
}

// clash is an event of 22 and 23 July 2024 that says much of itself.
func clash() *geo.Event {
	two, seven := 2, 7
	e := geotest.Event("d:clash", "d", "lashio", geo.Date(2024, 7, 22))
	e.End = geo.Date(2024, 7, 23)
	e.Title = geo.Text{"en": "Clash near Théinni, 104% of it", "my": "လားရှိုး"}
	e.Subtype = "Straße_fight"
	e.Fatalities = &geo.Fatalities{Best: &seven, Low: &two}
	e.Incidents = 3
	e.Participants = []geo.Participant{{ActorID: "tnla", Role: "party"}, {ActorID: "army", Role: "party"}, {Name: "villagers", Role: "target"}}
	e.Route = &geo.Route{To: "muse"}
	e.Tags = []string{"b", "a"}
	return e
}

func TestComparisonsAndLogic(t *testing.T) {
	for text, want := range map[string]evaluation.Truth{
		"type = 'clash'": yes, "type <> 'clash'": no, "type = 'Clash'": no, "type < 'clasi'": yes, "type > 'clash'": no, "type >= 'clash'": yes, "'clash' = type": yes,
		"title > 'Clash near Théinnh'": yes, "title.my = 'လားရှိုး'": yes, "title.zh = 'x'": unknown, "title.zh IS NULL": yes, "title IS NULL": no,
		"summary = 'x'": unknown, "NOT summary = 'x'": unknown, "summary <> 'x'": unknown, "summary IS NULL": yes, "summary IS NOT NULL": no,
		"fatalities.best = 7": yes, "fatalities.best > 6.5": yes, "fatalities.best < 7": no, "fatalities.high > 0": unknown, "fatalities.high IS NULL": yes,
		"fatalities.best BETWEEN 7 AND 8": yes, "fatalities.best NOT BETWEEN 7 AND 8": no, "fatalities.high BETWEEN 1 AND 2": unknown, "fatalities.best BETWEEN 8 AND fatalities.high": no,
		"fatalities.best BETWEEN 7 AND fatalities.high": unknown,
		"incidents IN (1, 3)":                           yes, "incidents NOT IN (1, 3)": no, "incidents IN (1, 2)": no, "fatalities.high IN (1)": unknown, "incidents IN (1, fatalities.high)": unknown,
		"incidents IN (3, fatalities.high)": yes, "type IN ('raid', 'clash')": yes,
		"fatalities.low < fatalities.best": yes, "fatalities.low + 5 = fatalities.best": yes, "fatalities.best - fatalities.high = 0": unknown,
		"incidents / 0 = 1": unknown, "incidents / 0 <> 1": unknown, "incidents % 0 = 0": unknown, "incidents DIV 0 = 0": unknown, "(incidents / 0) IS NULL": yes,
		"7 / incidents > 2.3": yes, "7 DIV incidents = 2": yes, "-7 DIV incidents = -2": yes, "-7 % incidents = -1": yes, "incidents ^ 2 = 9": yes, "(0 - incidents) ^ 0.5 = 1": unknown,
		"incidents * 10 ^ 308 * 10 > 1": unknown, "2 + 2 * incidents = 8": yes, "-incidents < 0": yes,
		"route.to = 'muse'": yes, "route.from IS NULL": yes, "route.assumed = FALSE": yes, "route.assumed = TRUE": no, "route.assumed <> TRUE": yes,
		"TRUE": yes, "NOT TRUE": no, "type = 'clash' AND summary = 'x'": unknown, "type = 'raid' AND summary = 'x'": no, "summary = 'x' AND type = 'raid'": no,
		"type = 'clash' OR summary = 'x'": yes, "summary = 'x' OR type = 'clash'": yes, "type = 'raid' OR summary = 'x'": unknown, "NOT (type = 'raid' OR summary = 'x')": unknown,
		"NOT (type = 'clash' AND summary = 'x')": unknown, "type = 'clash' AND (summary = 'x' OR incidents = 3) AND NOT incidents = 4": yes,
		"id = 'd:clash'": yes, "dataset_id = 'd'": yes, "place_id = 'lashio'": yes, "part_of = 'x'": unknown,
	} {
		if got := holds(t, text, clash(), nil); got != want {
			t.Errorf("%s is %v, not %v", text, got, want)
		}
	}
}

func TestTexts(t *testing.T) {
	for text, want := range map[string]evaluation.Truth{
		"title LIKE 'Clash%'": yes, "title LIKE 'clash%'": no, "title NOT LIKE 'clash%'": yes, "title LIKE '%104\\%%'": yes, "title LIKE '%10_\\% of it'": yes, "title LIKE '%104\\_%'": no,
		"summary LIKE '%'": unknown, "summary NOT LIKE '%'": unknown, "subtype LIKE 'Straße\\_f%'": yes,
		"CASEI(title) LIKE CASEI('CLASH NEAR%')": yes, "CASEI(title) LIKE 'clash near%'": yes, "CASEI(subtype) = CASEI('STRASSE_FIGHT')": yes, "CASEI(summary) = 'x'": unknown,
		"ACCENTI(title) LIKE '%Theinni%'": yes, "ACCENTI(title) LIKE '%theinni%'": no, "CASEI(ACCENTI(title)) LIKE CASEI(ACCENTI('%THÉINNI%'))": yes, "title LIKE '%Theinni%'": no,
		"CASEI(type) IN (CASEI('CLASH'), CASEI('RAID'))": yes, "title.my LIKE '%ရှ%'": yes,
	} {
		if got := holds(t, text, clash(), nil); got != want {
			t.Errorf("%s is %v, not %v", text, got, want)
		}
	}
}

func TestArrays(t *testing.T) {
	for text, want := range map[string]evaluation.Truth{
		"A_CONTAINS(participants, ('tnla'))": yes, "A_CONTAINS(participants, ('tnla', 'villagers', 'tnla'))": yes, "A_CONTAINS(participants, ('tnla', 'mndaa'))": no,
		"A_OVERLAPS(participants, ('mndaa', 'army'))": yes, "A_OVERLAPS(participants, ('mndaa'))": no, "A_EQUALS(tags, ('a', 'b'))": yes, "A_EQUALS(tags, ('a', 'b', 'b'))": yes,
		"A_EQUALS(tags, ('a'))": no, "A_CONTAINEDBY(tags, ('a', 'b', 'c'))": yes, "A_CONTAINEDBY(tags, ('a', 'c'))": no, "A_CONTAINS(('a', 'b', 'c'), tags)": yes,
		"A_CONTAINS(tags, ('a', part_of))": unknown, "A_CONTAINS(tags, ('c', part_of))": no, "A_OVERLAPS(tags, ('a', part_of))": yes, "A_OVERLAPS(tags, ('c', part_of))": unknown,
		"A_CONTAINS(related, ('x'))": no, "NOT A_CONTAINS(related, ('x'))": yes, "A_CONTAINEDBY(related, ('x'))": yes, "related IS NULL": no,
		"A_CONTAINS(sources.publisher, ('Test press'))": yes, "A_OVERLAPS(sources.according_to, ('x'))": no, "A_CONTAINS(participants, (place_id))": no,
	} {
		if got := holds(t, text, clash(), nil); got != want {
			t.Errorf("%s is %v, not %v", text, got, want)
		}
	}
}

func TestTimes(t *testing.T) {
	at := clash()
	at.Start = geo.At(time.Date(2024, 7, 22, 10, 30, 0, 0, time.UTC))
	at.End = geo.At(time.Date(2024, 7, 23, 4, 0, 0, 0, time.UTC))
	ongoing, ended, undated := clash(), clash(), clash()
	ongoing.End = geo.Instant{}
	ended.Start = geo.Instant{}
	undated.Start, undated.End = geo.Instant{}, geo.Instant{}
	records := []*geo.Event{clash(), at, ongoing, ended, undated}
	const yyyyu, nnnnu = "yyyyu", "nnnnu"
	for text, want := range map[string]string{ // of the records, one letter each
		"start = DATE('2024-07-22')": "yyyuu", "start <> DATE('2024-07-22')": "nnnuu", "start > DATE('2024-07-21')": "yyyuu", "start < DATE('2024-07-22')": "nnnuu", "start <= DATE('2024-07-22')": "yyyuu",
		"start = TIMESTAMP('2024-07-22T00:00:00Z')": "ynyuu", "start < TIMESTAMP('2024-07-22T12:00:00Z')": "yyyuu", "start >= TIMESTAMP('2024-07-22T10:30:00Z')": "nynuu",
		"end = DATE('2024-07-23')": "yyuyu", "end > DATE('2024-07-22')": "yyuyu", "end = TIMESTAMP('2024-07-23T23:59:59.999999Z')": "ynuyu", "end < TIMESTAMP('2024-07-23T12:00:00Z')": "nyunu",
		"start < end": "yyuuu", "end IS NULL": "nnyny", "datetime IS NULL": "nnnny",
		"T_AFTER(datetime, DATE('2024-07-21'))": "yyyuu", "T_AFTER(datetime, DATE('2024-07-22'))": "nnnuu", "T_AFTER(datetime, DATE('2024-07-23'))": nnnnu, "T_AFTER(datetime, TIMESTAMP('2024-07-22T10:00:00Z'))": "nynuu",
		"T_BEFORE(datetime, DATE('2024-07-24'))": "yynyu", "T_BEFORE(datetime, DATE('2024-07-23'))": nnnnu, "T_BEFORE(datetime, TIMESTAMP('2024-07-23T05:00:00Z'))": "nynnu",
		"T_INTERSECTS(datetime, DATE('2024-07-23'))": yyyyu, "T_INTERSECTS(datetime, DATE('2024-07-22'))": "yyyuu", "T_INTERSECTS(datetime, INTERVAL('2024-07-24', '..'))": "nnynu",
		"T_INTERSECTS(datetime, INTERVAL('2024-07-01', '2024-07-31'))": yyyyu, "T_INTERSECTS(datetime, INTERVAL('..', '2024-07-21'))": "nnnuu", "T_DISJOINT(datetime, INTERVAL('..', '2024-07-21'))": "yyyuu",
		"T_INTERSECTS(datetime, INTERVAL('2024-07-23T05:00:00Z', '2024-07-23T06:00:00Z'))": "ynyuu", "T_INTERSECTS(INTERVAL('2024-07-23', '..'), datetime)": yyyyu,
		"T_EQUALS(datetime, INTERVAL('2024-07-22', '2024-07-23'))": "yynuu", "T_EQUALS(datetime, INTERVAL('2024-07-22', '..'))": "nnynu", "T_EQUALS(datetime, INTERVAL('2024-07-22T00:00:00Z', '2024-07-23T23:59:59.999999Z'))": "ynnuu",
		"T_DURING(datetime, INTERVAL('2024-07-21', '2024-07-24'))": "yynuu", "T_DURING(datetime, INTERVAL('2024-07-22', '2024-07-24'))": "nnnuu", "T_DURING(datetime, INTERVAL('..', '2024-07-24'))": "yynuu",
		"T_CONTAINS(datetime, INTERVAL('2024-07-23', '2024-07-23'))": "nnynu", "T_CONTAINS(INTERVAL('2024-07-21', '..'), datetime)": "yynuu",
		"T_MEETS(datetime, INTERVAL('2024-07-23', '2024-07-30'))": "yynyu", "T_MEETS(datetime, INTERVAL('2024-07-24', '2024-07-30'))": nnnnu, "T_METBY(datetime, INTERVAL('2024-07-01', '2024-07-22'))": "yyyuu",
		"T_MEETS(datetime, INTERVAL('2024-07-23T04:00:00Z', '..'))":  "nynnu",
		"T_OVERLAPS(datetime, INTERVAL('2024-07-23', '2024-07-30'))": nnnnu, "T_OVERLAPS(datetime, INTERVAL('2024-07-22T12:00:00Z', '2024-07-30T00:00:00Z'))": "yynuu", "T_OVERLAPPEDBY(datetime, INTERVAL('2024-07-01', '2024-07-23'))": "nnynu",
		"T_STARTS(datetime, INTERVAL('2024-07-22', '2024-07-24'))": "yynuu", "T_STARTEDBY(datetime, INTERVAL('2024-07-22', '2024-07-22'))": "yyyuu", "T_STARTEDBY(datetime, INTERVAL('2024-07-22', '2024-07-23'))": "nnynu",
		"T_FINISHES(datetime, INTERVAL('2024-07-21', '2024-07-23'))": "yynuu", "T_FINISHEDBY(datetime, INTERVAL('2024-07-23', '2024-07-23'))": "yynuu", "T_FINISHES(datetime, INTERVAL('2024-07-21', '..'))": "nnynu",
		"T_BEFORE(INTERVAL(start, end), DATE('2024-07-24'))": "yyuyu", "T_AFTER(start, DATE('2024-07-21'))": "yyyuu", "T_INTERSECTS(INTERVAL('2024-07-20', start), DATE('2024-07-21'))": "yyyuu",
		"T_EQUALS(start, DATE('2024-07-22'))": "yyyuu", "T_EQUALS(datetime, INTERVAL(start, end))": "yyuuu",
	} {
		got := ""
		for _, r := range records {
			got += map[evaluation.Truth]string{yes: "y", no: "n", unknown: "u"}[holds(t, text, r, nil)]
		}
		if got != want {
			t.Errorf("%s is %s, not %s", text, got, want)
		}
	}
}

// TestDaysBefore1970: a day is counted down to, and not towards 1970.
func TestDaysBefore1970(t *testing.T) {
	e := clash()
	e.Start = geo.At(time.Date(1969, 12, 31, 12, 0, 0, 0, time.UTC))
	e.End = geo.At(time.Date(1970, 1, 1, 6, 0, 0, 0, time.UTC))
	for text, want := range map[string]evaluation.Truth{
		"start = DATE('1969-12-31')": yes, "start < DATE('1970-01-01')": yes, "end = DATE('1970-01-01')": yes, "T_EQUALS(datetime, INTERVAL('1969-12-31', '1970-01-01'))": yes,
	} {
		if got := holds(t, text, e, nil); got != want {
			t.Errorf("%s is %v, not %v", text, got, want)
		}
	}
}

// TestAreasStandForEver: an area without a start or an end is not undated.
func TestAreasStandForEver(t *testing.T) {
	zone := geotest.Area("zone", "d", geo.Zone, 0, 0, 1, 1)
	for text, want := range map[string]evaluation.Truth{
		"datetime IS NULL": no, "start IS NULL": yes, "end < DATE('2024-07-22')": unknown, "T_INTERSECTS(datetime, DATE('2024-07-22'))": yes, "T_AFTER(datetime, DATE('2024-07-22'))": no,
		"T_EQUALS(datetime, INTERVAL('..', '..'))": yes, "T_CONTAINS(datetime, INTERVAL('2024-07-22', '2024-07-22'))": yes, "kind = 'zone'": yes, "names LIKE 'z%'": yes, "names.en = 'zone'": yes,
	} {
		if got := holds(t, text, zone, zone.Geometry); got != want {
			t.Errorf("%s is %v, not %v", text, got, want)
		}
	}
}
