package exchange_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"reflect"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/paulmach/orb"
)

func number(n int) *int { return &n }

func TestUCDPRow(t *testing.T) {
	c := open(t)
	report, rejected := run(t, c, "ged.csv", ucdpTable(t, "id=48528"))
	if report.Added != 1 || report.PlacesMade != 1 || len(rejected) != 0 || report.Format != "ucdp" {
		t.Fatalf("%+v %s", report, reasons(rejected))
	}
	e := event(t, c, "ucdp:48528")
	if e.Type != geo.Clash || e.Subtype != "State-based violence" || e.Start != geo.Date(2023, 7, 11) || e.End != e.Start || e.DatePrecision != "day" ||
		e.PlacePrecision != geo.Exact || e.Title["en"] != "State-based violence: Government of Myanmar (Burma), KIO (Hpakant town)" {
		t.Errorf("%+v", e)
	}
	// The town is a place of its own now, and lends its point.
	if e.PlaceID != "ucdp:place:hpakant-town:25.6:96.3" || e.Geometry != nil {
		t.Error(e.PlaceID, e.Geometry)
	}
	// Who attacked is not said; an actor on record is found by its name.
	if want := []geo.Participant{{Name: "Government of Myanmar (Burma)", Role: "party"}, {ActorID: "kio", Role: "party"}}; !reflect.DeepEqual(e.Participants, want) {
		t.Error(e.Participants)
	}
	if want := (&geo.Fatalities{Best: number(3), Low: number(2), High: number(5)}); !reflect.DeepEqual(e.Fatalities, want) {
		t.Error(e.Fatalities)
	}
	if want := []geo.Source{{Publisher: "The Irrawaddy", Title: "Fighting in Hpakant", Date: "2023-07-12", AccordingTo: "KIO"}}; !reflect.DeepEqual(e.Sources, want) {
		t.Error(e.Sources)
	}
	if string(e.Extra["gwnoa"]) != `"775"` || e.Extra["source_article"] != nil || e.Extra["adm_1"] == nil || !reflect.DeepEqual(e.Tags, []string{"where_prec:1", "date_prec:1", "event_clarity:1"}) {
		t.Error(e.Extra, e.Tags)
	}
}

func TestUCDPCodes(t *testing.T) {
	for code, want := range map[string]geo.PlacePrecision{"1": geo.Exact, "2": geo.Near, "3": geo.DistrictWide, "4": geo.RegionWide, "5": geo.Fuzzy, "6": geo.CountryWide, "7": geo.International} {
		c := open(t)
		run(t, c, "ged.csv", ucdpTable(t, "where_prec="+code+"|adm_1=Shan state|latitude=22|longitude=98"))
		e := event(t, c, "ucdp:1")
		if e.PlacePrecision != want {
			t.Errorf("where_prec %s: %s", code, e.PlacePrecision)
		}
		place := map[string]string{"3": "shan", "4": "shan", "5": "shan", "6": "myanmar"}[code]
		if code > "2" && e.PlaceID != place {
			t.Errorf("where_prec %s: at %q, not %q", code, e.PlaceID, place)
		}
		if code > "2" && e.Geometry == nil {
			t.Errorf("where_prec %s: the row's point is lost", code)
		}
	}
	for code, want := range map[string]geo.DatePrecision{"1": "day", "2": "days", "3": "week", "4": "month", "5": "year"} {
		c := open(t)
		run(t, c, "ged.csv", ucdpTable(t, "date_prec="+code))
		if got := event(t, c, "ucdp:1").DatePrecision; got != want {
			t.Errorf("date_prec %s: %s", code, got)
		}
	}
	c := open(t)
	run(t, c, "ged.csv", ucdpTable(t, "type_of_violence=3|side_b=Civilians"))
	if e := event(t, c, "ucdp:1"); e.Type != geo.ViolenceAgainstCivilians || e.Participants[0].Role != "initiator" || e.Participants[1].Role != "target" {
		t.Errorf("%+v", e)
	}
}

// TestUCDPTraps imports rows that each have one of the format's traps.
func TestUCDPTraps(t *testing.T) {
	for _, c := range []struct{ name, row, rejected, warned string }{
		{"midnight after the date", "date_start=2023-07-11 00:00:00.000", "", ""},
		{"a time that is none of midnight", "date_start=2023-07-11 10:00:00", "date_start", ""},
		{"no date", "date_start=", "date_start", ""},
		{"two faults", "date_end=soon|where_prec=9", "where_prec", ""},
		{"unknown code", "where_prec=9", "where_prec", ""},
		{"ends before it starts", "date_end=2023-07-10", "end", ""},
		{"latitude and longitude swapped", "latitude=96.3|longitude=25.6", "latitude", ""},
		{"swapped within range", "latitude=25.6|longitude=16.9|where_coordinates=", "", "far outside of Myanmar"},
		{"swapped, seen by its country", "latitude=97|longitude=22", "latitude", ""},
		{"off the globe", "latitude=25|longitude=196", "longitude", ""},
		{"no number", "latitude=25,6", "latitude", ""},
		{"NA for a number", "best=NA", "best", ""},
		{"deaths below zero", "best=-1", "best", ""},
		{"best above high", "best=9|high=3|low=1", "", "is above high"},
		{"low above best", "best=1|low=2", "", "is above best"},
		{"the year 0025", "date_start=0025-01-01|date_end=0025-01-01", "", "before the year 1800"},
		{"the future", "date_start=2031-01-01|date_end=2031-01-01", "", "in the future"},
		{"no id", "id=", "id", ""},
		{"control character", "where_description=a\x00b", "where_description", ""},
		{"not UTF-8", "where_description=\xff", "where_description", ""},
		{"line breaks in a field", "where_description=a\r\nb", "", ""},
		{"no deaths told", "best=|low=|high=", "", ""},
		{"no coordinates", "latitude=|longitude=", "", ""},
	} {
		catalog := open(t)
		report, rejected := run(t, catalog, "ged.csv", ucdpTable(t, c.row, "id=2"))
		if report.Rows != 2 || report.Added+report.Rejected != 2 || report.Rejected != len(rejected) {
			t.Errorf("%s: %+v", c.name, report)
		}
		if (len(rejected) == 1) != (c.rejected != "") || c.rejected != "" && rejected[0].Faults[0].Name != c.rejected {
			t.Errorf("%s: rejected %s", c.name, reasons(rejected))
		}
		if len(rejected) == 1 && (rejected[0].Row != 2 || rejected[0].Faults[0].Detail == "" || len(rejected[0].Fields) != len(exchange.UCDPHeader)) {
			t.Errorf("%s: %+v", c.name, rejected[0])
		}
		warned := ""
		if len(report.Warnings) > 0 {
			warned = report.Warnings[0].Detail
		}
		if !strings.Contains(warned, c.warned) || (warned != "") != (c.warned != "") {
			t.Errorf("%s: warned %q", c.name, warned)
		}
	}
}

func TestUCDPNullsStayNull(t *testing.T) {
	c := open(t)
	run(t, c, "ged.csv", ucdpTable(t, "best=|low=|high=|latitude=|longitude="))
	e := event(t, c, "ucdp:1")
	if e.Fatalities != nil || e.Geometry != nil || e.PlacePrecision != geo.UnknownPlace {
		t.Errorf("%+v", e)
	}
}

func TestUCDPSources(t *testing.T) {
	for _, c := range []struct {
		name, row string
		want      []geo.Source
		kept      bool // the columns are kept under extra
	}{
		{"three reports", `source_article="AAPP,2023-11-14,Briefing";"Irrawaddy,2023-10-28,Gains; and losses";"Irrawaddy,2023-11-01,Killed"|source_office=AAPP;Irrawaddy;Irrawaddy|source_date=2023-11-14;2023-10-28;2023-11-01|source_headline=Briefing;Gains; and losses;Killed`,
			[]geo.Source{{Publisher: "AAPP", Date: "2023-11-14", Title: "Briefing"}, {Publisher: "Irrawaddy", Date: "2023-10-28", Title: "Gains; and losses"}, {Publisher: "Irrawaddy", Date: "2023-11-01", Title: "Killed"}}, true},
		{"two reports, columns in step", `source_article="A,2023-11-14,x";"B,2023-10-28,y"|source_office=A;B|source_date=2023-11-14;2023-10-28|source_headline=x;y`,
			[]geo.Source{{Publisher: "A", Date: "2023-11-14", Title: "x"}, {Publisher: "B", Date: "2023-10-28", Title: "y"}}, false},
		{"an agency and a day", "source_article=Reuters 1992-03-02|source_office=|source_date=|source_headline=", []geo.Source{{Publisher: "Reuters", Date: "1992-03-02", AccordingTo: "KIO"}}, true},
		{"the missing date", `source_article="A,1753-01-01,x"|source_office=A|source_date=1753-01-01|source_headline=x`, []geo.Source{{Publisher: "A", Title: "x", AccordingTo: "KIO"}}, false},
		{"a book", `source_article=South, Ashley (2003) "Mon nationalism", London|source_office=|source_date=|source_headline=`, []geo.Source{{Publisher: `South, Ashley (2003) "Mon nationalism", London`, AccordingTo: "KIO"}}, true},
		{"nothing", "source_article=|source_office=|source_date=|source_headline=", []geo.Source{{Publisher: "Uppsala Conflict Data Program", Title: "UCDP GED, no article named"}}, false},
	} {
		catalog := open(t)
		run(t, catalog, "ged.csv", ucdpTable(t, c.row))
		e := event(t, catalog, "ucdp:1")
		if !reflect.DeepEqual(e.Sources, c.want) {
			t.Errorf("%s: %+v", c.name, e.Sources)
		}
		if (e.Extra["source_article"] != nil) != c.kept {
			t.Errorf("%s: kept as %s", c.name, e.Extra["source_article"])
		}
	}
}

func TestUCDPReleases(t *testing.T) {
	full := ucdpTable(t, "id=1", "id=2|where_prec=4")
	_, headerless, _ := bytes.Cut(full, []byte("\n"))
	short := []string{"ID", "type_of_violence", "side_a", "side_b", "where_prec", "Latitude", "longitude", "low", "best", "high", "date_prec", "date_start", "date_end"}
	defaults := map[string]string{"ID": "1", "type_of_violence": "1", "side_a": "A", "side_b": "B", "where_prec": "6", "Latitude": "20", "longitude": "96", "best": "1", "low": "0", "high": "2", "date_prec": "1", "date_start": "2020-01-01", "date_end": "2020-01-02"}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	if _, err := z.Write(full); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"with a byte-order mark": append([]byte("\xef\xbb\xbf"), full...),
		"with CRLF":              bytes.ReplaceAll(full, []byte("\n"), []byte("\r\n")),
		"without a header":       headerless,
		"few columns, reordered": table(t, short, defaults, "ID=1", "ID=2"),
		"gzipped":                zipped.Bytes(),
	} {
		c := open(t)
		if report, rejected := run(t, c, "ged.csv", content); report.Format != "ucdp" || report.Added != 2 || len(rejected) != 0 {
			t.Errorf("%s: %+v %s", name, report, reasons(rejected))
		}
	}
	c := open(t)
	if _, _, err := try(t, c, "ged.csv", table(t, []string{"id", "type_of_violence", "where_prec"}, nil, "id=1")); geo.CodeOf(err) != geo.Invalid || !strings.Contains(err.Error(), "date_start: is missing") {
		t.Error("without required columns:", err)
	}
	if seq := c.View().Seq; seq != uint64(len(known())) {
		t.Error("something was written before the header was read:", seq)
	}
}

func TestBrokenRowsAreKeptWhole(t *testing.T) {
	content := append(ucdpTable(t, "id=1"), []byte("2,\"a\"b,c\n3,too,short\n")...)
	content = append(content, bytes.SplitAfterN(ucdpTable(t, "id=4"), []byte("\n"), 2)[1]...)
	c := open(t)
	report, rejected := run(t, c, "ged.csv", content)
	if report.Added != 2 || len(rejected) != 2 {
		t.Fatalf("%+v %s", report, reasons(rejected))
	}
	if rejected[0].Raw != "2,\"a\"b,c\n" || rejected[0].Row != 3 || rejected[1].Row != 4 || rejected[1].ID != "3" || len(rejected[1].Fields) != 3 {
		t.Errorf("%+v %+v", rejected[0], rejected[1])
	}
}

func TestAPlaceThatWasRenamedIsFoundAgain(t *testing.T) {
	c := open(t)
	rows := ucdpTable(t, "id=1")
	run(t, c, "ged.csv", rows)
	place := *geotest.Place("ucdp:place:hpakant-town:25.6:96.3", "ucdp", 96.3, 25.6)
	place.Names = geo.Text{"en": "Phakant"}
	if _, err := c.Apply(t.Context(), []geo.Change{geo.Put(&place, "an editor", "its name")}); err != nil {
		t.Fatal(err)
	}
	if report, _ := run(t, c, "ged.csv", rows); report.PlacesMade != 0 || report.Unchanged != 1 {
		t.Errorf("%+v", report)
	}
}

func TestPlacesAreMatchedByNameAndDistance(t *testing.T) {
	c := open(t)
	report, _ := run(t, c, "ged.csv", ucdpTable(t,
		"id=1|where_coordinates=Lashio town|latitude=22.942711|longitude=97.746222", // 400 m from the known one
		"id=2|where_coordinates=LASHIO township|where_prec=2|latitude=22.95|longitude=97.76",
		"id=3|where_coordinates=Lashio town|latitude=23.1|longitude=97.75", // 18 km away: another place
		"id=4|where_coordinates=Lashio town|latitude=23.1|longitude=97.75",
		"id=5|where_coordinates=|latitude=23.1|longitude=97.75",
		"id=6|where_coordinates=Lashio town|where_prec=5|adm_1=Shan state|latitude=22.942711|longitude=97.746222"))
	if report.PlacesMade != 1 || report.PlacesMatched != 2 {
		t.Errorf("%+v", report)
	}
	for id, want := range map[string]string{"1": "lashio", "2": "lashio", "3": "ucdp:place:lashio-town:23.1:97.75", "4": "ucdp:place:lashio-town:23.1:97.75", "5": "", "6": "shan"} {
		if got := event(t, c, "ucdp:"+id).PlaceID; got != want {
			t.Errorf("row %s is at %q, not %q", id, got, want)
		}
	}
	// The dataset's own coordinates stay where they are not the place's.
	if e := event(t, c, "ucdp:1"); e.Geometry != (orb.Point{97.746222, 22.942711}) {
		t.Error(e.Geometry)
	}
}

func TestZipWithOneTable(t *testing.T) {
	pack := func(names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, name := range names {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(ucdpTable(t, "id=1", "id=2")); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	c := open(t)
	if report, rejected := run(t, c, "ged.zip", pack("readme.txt", "GEDEvent_v24_1.csv")); report.Format != "ucdp" || report.Added != 2 {
		t.Errorf("%+v %s", report, reasons(rejected))
	}
	if _, _, err := try(t, c, "ged.zip", pack("a.csv", "b.csv")); err == nil || !strings.Contains(err.Error(), "holds 2 tables") {
		t.Error(err)
	}
	if _, _, err := try(t, c, "ged.zip", pack("a.csv")[:200]); err == nil {
		t.Error("a cut archive was read")
	}
}
