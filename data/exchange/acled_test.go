package exchange_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
)

var (
	acledHeader = strings.Split("event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp", ",")
	acledOld    = strings.Split("data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3", ",")
	acledRow    = map[string]string{"event_id_cnty": "MMR1", "event_date": "2023-01-31", "time_precision": "1", "event_type": "Battles", "sub_event_type": "Armed clash",
		"actor1": "Military Forces of Myanmar", "assoc_actor_1": "Pyu Saw Htee; Police", "actor2": "KIO", "inter1": "State forces", "country": "Myanmar", "admin1": "Kachin",
		"location": "Hpakant", "latitude": "25.6", "longitude": "96.3", "geo_precision": "1", "source": "Irrawaddy; Khit Thit Media", "notes": "Fighting.", "fatalities": "4", "tags": "crowd size=no report; x", "timestamp": "1675000000"}
)

func TestACLEDRow(t *testing.T) {
	for name, header := range map[string][]string{"since 2023": acledHeader, "before": acledOld} {
		c := open(t)
		report, rejected := run(t, c, "x.csv", table(t, header, acledRow, "data_id=1"))
		if report.Format != "acled" || report.Added != 1 {
			t.Fatalf("%s: %+v %s", name, report, reasons(rejected))
		}
		e := event(t, c, "acled:MMR1")
		if e.Type != geo.Clash || e.Subtype != "Armed clash" || e.Start != geo.Date(2023, 1, 31) || e.DatePrecision != "day" || e.Summary["en"] != "Fighting." || *e.Fatalities.Best != 4 || e.Fatalities.High != nil {
			t.Errorf("%s: %+v", name, e)
		}
		want := []geo.Participant{{Name: "Military Forces of Myanmar", Role: "party"}, {ActorID: "kio", Role: "party"}, {Name: "Pyu Saw Htee", Role: "other"}, {Name: "Police", Role: "other"}}
		if !reflect.DeepEqual(e.Participants, want) || len(e.Sources) != 2 || e.Sources[1].Publisher != "Khit Thit Media" || string(e.Extra["timestamp"]) != `"1675000000"` {
			t.Errorf("%s: %+v %+v", name, e.Participants, e.Sources)
		}
		// ACLED's terms: nobody else gets its rows.
		if err := c.Index(); err != nil {
			t.Fatal(err)
		}
		if datatest.Shown(c, geo.Events, "acled:MMR1") || datatest.Shown(c, geo.Places, e.PlaceID) || datatest.Shown(c, geo.Datasets, "acled") {
			t.Errorf("%s: it leaves", name)
		}
	}
}

func TestACLEDTypes(t *testing.T) {
	for row, want := range map[string]geo.EventType{
		"event_type=Battles|sub_event_type=Government regains territory":                               geo.TerritoryChange,
		"event_type=Explosions/Remote violence|sub_event_type=Air/drone strike":                        geo.BombingRaid,
		"event_type=Explosions/Remote violence|sub_event_type=Shelling/artillery/missile attack":       geo.Shelling,
		"event_type=Explosions/Remote violence|sub_event_type=Suicide bomb":                            geo.Explosive,
		"event_type=Violence against civilians|sub_event_type=Attack":                                  geo.ViolenceAgainstCivilians,
		"event_type=Protests|sub_event_type=Peaceful protest":                                          geo.Protest,
		"event_type=Riots|sub_event_type=Mob violence":                                                 geo.Protest,
		"event_type=Strategic developments|sub_event_type=Agreement":                                   geo.Agreement,
		"event_type=Strategic developments|sub_event_type=Headquarters or base established":            geo.TerritoryChange,
		"event_type=Strategic developments|sub_event_type=Looting/property destruction":                geo.OtherEvent,
		"event_type=BATTLES|sub_event_type=":                                                           geo.Clash,
		"event_type=Strategic developments|sub_event_type=Non-violent transfer of territory|x=ignored": geo.TerritoryChange,
	} {
		c := open(t)
		run(t, c, "x.csv", table(t, acledHeader, acledRow, row))
		if got := event(t, c, "acled:MMR1").Type; got != want {
			t.Errorf("%s: %s", row, got)
		}
	}
}

func TestACLEDTraps(t *testing.T) {
	for _, c := range []struct{ name, row, start, end, rejected string }{
		{"the date of exports", "event_date=31 January 2023", "2023-01-31", "2023-01-31", ""},
		{"with short months", "event_date=31-Jan-2023", "2023-01-31", "2023-01-31", ""},
		{"an ISO instant", "event_date=2023-01-31T00:00:00Z", "2023-01-31", "2023-01-31", ""},
		{"a week", "time_precision=2", "2023-01-25", "2023-02-06", ""},
		{"a month", "time_precision=3|event_date=2024-02-15", "2024-02-01", "2024-02-29", ""},
		{"no precision", "time_precision=", "", "", "time_precision"},
		{"a day that is none", "event_date=31-Feb-2023", "", "", "event_date"},
		{"an unknown type", "event_type=Weather", "", "", "event_type"},
		{"deaths of words", "fatalities=some", "", "", "fatalities"},
	} {
		catalog := open(t)
		_, rejected := run(t, catalog, "x.csv", table(t, acledHeader, acledRow, c.row))
		if c.rejected != "" {
			if len(rejected) != 1 || rejected[0].Faults[0].Name != c.rejected || rejected[0].ID != "MMR1" {
				t.Errorf("%s: %s", c.name, reasons(rejected))
			}
			continue
		}
		e := event(t, catalog, "acled:MMR1")
		if e.Start.String() != c.start || e.End.String() != c.end || (e.DatePrecision != "day") != (len(e.Inferred) == 2) {
			t.Errorf("%s: %s to %s, %+v", c.name, e.Start, e.End, e.Inferred)
		}
	}
	c := open(t)
	run(t, c, "x.csv", table(t, acledHeader, acledRow, "fatalities=0"))
	if e := event(t, c, "acled:MMR1"); e.Fatalities != nil || string(e.Extra["fatalities"]) != `"0"` {
		t.Error("0 is none or not known:", e.Fatalities, e.Extra["fatalities"])
	}
}
