package exchange_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
)

func TestImportingAgainTellsRowsApart(t *testing.T) {
	c := open(t)
	first := ucdpTable(t, "id=1", "id=2", "id=3|best=7", "id=4|latitude=25.9")
	if report, _ := run(t, c, "ged.csv", first); report.Added != 4 || report.PlacesMade != 2 {
		t.Errorf("%+v", report)
	}
	seq := c.View().Seq
	if report, _ := run(t, c, "ged.csv", first); report.Unchanged != 4 || report.Added+report.Changed+report.PlacesMade+report.Vanished != 0 {
		t.Errorf("the same file: %+v", report)
	}
	if c.View().Seq != seq {
		t.Error("the same file changed the store")
	}
	// An editor corrects one; a newer release changes two, lacks one, has a new one.
	edited := event(t, c, "ucdp:2")
	edited.Status = "verified"
	if _, err := c.Apply(t.Context(), []geo.Change{geo.Put(edited, "an editor", "confirmed")}); err != nil {
		t.Fatal(err)
	}
	newer := ucdpTable(t, "id=2|best=9", "id=3|best=8", "id=4|latitude=25.9", "id=5")
	report, _ := run(t, c, "ged.csv", newer)
	if report.Added != 1 || report.Changed != 1 || report.Unchanged != 1 || report.Kept != 1 || report.Vanished != 1 || report.Withdrawn != 0 || report.VanishedIDs[0] != "ucdp:1" {
		t.Errorf("a newer release: %+v", report)
	}
	if e := event(t, c, "ucdp:2"); e.Status != "verified" || *e.Fatalities.Best != 3 {
		t.Error("the editor's correction was overwritten")
	}
	if event(t, c, "ucdp:1").Status != "reported" {
		t.Error("what vanished was withdrawn without being asked")
	}
	prune := func(o *exchange.Options) { o.Prune = true }
	if report, _ := run(t, c, "ged.csv", newer, prune); report.Withdrawn != 1 || event(t, c, "ucdp:1").Status != geo.Withdrawn {
		t.Errorf("with prune: %+v", report)
	}
	if history, err := c.History(geo.Events, "ucdp:1"); err != nil || len(history) != 2 {
		t.Error("its history:", len(history), err)
	}
	if report, _ := run(t, c, "ged.csv", newer, prune); report.Withdrawn+report.Vanished != 0 {
		t.Errorf("pruned again: %+v", report)
	}
	if report, _ := run(t, c, "ged.csv", first, prune); report.Changed != 2 || event(t, c, "ucdp:1").Status != "reported" {
		t.Errorf("what came back: %+v", report)
	}
}

func TestPruneNeverWithdrawsWhatOnlyCouldNotBeRead(t *testing.T) {
	c := open(t)
	run(t, c, "ged.csv", ucdpTable(t, "id=1", "id=2"))
	prune := func(o *exchange.Options) { o.Prune = true }
	if report, _ := run(t, c, "ged.csv", ucdpTable(t, "id=1|best=many", "id=2"), prune); report.Rejected != 1 || report.Vanished+report.Withdrawn != 0 {
		t.Errorf("a rejected row with an id: %+v", report)
	}
	if report, _ := run(t, c, "ged.csv", ucdpTable(t, "id=", "id=2"), prune); report.Vanished != 1 || report.Withdrawn != 0 || len(report.Notes) != 1 {
		t.Errorf("a rejected row without one: %+v", report)
	}
}

func TestDuplicatesAndStrictness(t *testing.T) {
	c := open(t)
	report, rejected := run(t, c, "ged.csv", ucdpTable(t, "id=1", "id=1|best=9"))
	if report.Added != 1 || len(rejected) != 1 || !strings.Contains(reasons(rejected), "stands twice") || *event(t, c, "ucdp:1").Fatalities.Best != 3 {
		t.Errorf("%+v %s", report, reasons(rejected))
	}
	report, rejected = run(t, c, "ged.csv", ucdpTable(t, "id=2|best=9|high=3", "id=3"), func(o *exchange.Options) { o.Strict = true })
	if report.Added != 1 || len(rejected) != 1 || report.Warned != 0 || !strings.Contains(reasons(rejected), "above high") {
		t.Errorf("%+v %s", report, reasons(rejected))
	}
}

// TestRejectedRowsCanBeMended writes the rejected rows, mends them as a person
// would, and brings them in.
func TestRejectedRowsCanBeMended(t *testing.T) {
	c := open(t)
	file := filepath.Join(t.TempDir(), "ged.csv")
	reject := func(f *exchange.RejectFile) func(*exchange.Options) {
		return func(o *exchange.Options) { o.Reject = f.Add }
	}
	rejects := exchange.NewRejectFile(file)
	report, _ := run(t, c, "ged.csv", append(ucdpTable(t, "id=1", "id=2|best=many", "id=3|date_start=soon|where_description=a;b, \"c\""), []byte("4,\"x\"y\n")...), reject(rejects))
	if err := rejects.Close(); err != nil || report.Rejected != 3 || rejects.Path != file+".rejected.csv" {
		t.Fatal(err, rejects.Path, report)
	}
	b, err := os.ReadFile(rejects.Path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for _, want := range []string{",rejected_row,rejected_column,rejected_value,rejected_reason\n", `,3,best,many,"best: ""many"": is not a whole number`, `,4,date_start,soon,`, "4,\"\"x\"\"y"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	mended := strings.Replace(strings.Replace(text, ",many,5,2,", ",6,5,2,", 1), ",soon,", ",2023-07-01,", 1)
	lines := strings.Split(strings.TrimSpace(mended), "\n")
	mended = strings.Join(lines[:len(lines)-2], "\n") + "\n"
	report, again := run(t, c, "ged.csv.rejected.csv", []byte(mended), func(o *exchange.Options) { o.Prune = true; o.Dataset.ID = "ucdp" })
	if report.Added != 2 || len(again) != 0 || report.Vanished != 0 {
		t.Errorf("%+v %s", report, reasons(again))
	}
	if e := event(t, c, "ucdp:3"); e.Extra["rejected_row"] != nil || string(e.Extra["where_description"]) != `"a;b, \"c\""` {
		t.Error(e.Extra)
	}
	// Somebody may be mending the first file: a second run writes another.
	second := exchange.NewRejectFile(file)
	run(t, c, "ged.csv", ucdpTable(t, "id=2|best=many"), reject(second))
	if err := second.Close(); err != nil || second.Path != file+".2.rejected.csv" {
		t.Error(err, second.Path)
	}
}

func TestFilesThatAreNoTable(t *testing.T) {
	c := open(t)
	for name, content := range map[string]string{
		"empty": "", "words.csv": "hello", "other.csv": "a,b\n1,2\n", "half.geojson": `{"type":"FeatureCollection","features":[{"type":"Fea`,
		"none.geojson": `{"type":"FeatureCollection"}`, "broken.xlsx": "PK\x03\x04garbage", "semicolons.csv": "id;date\n1;2\n",
	} {
		report, _, err := try(t, c, name, []byte(content))
		if err == nil {
			t.Errorf("%s: %+v", name, report)
		}
	}
	if c.View().Seq != uint64(len(known())) && c.View().Seq > uint64(len(known()))+4 {
		t.Error("something was written")
	}
}

func FuzzImport(f *testing.F) {
	f.Add("ged.csv", []byte("id,type_of_violence,where_prec,latitude,longitude,date_prec,date_start,date_end\n1,1,1,20,96,1,2020-01-01,2020-01-02\n"))
	f.Add("acled.csv", []byte("event_id_cnty,event_date,time_precision,event_type,sub_event_type,latitude,longitude,geo_precision\nMMR1,31 January 2023,2,Battles,Armed clash,20,96,1\n"))
	f.Add("a.geojsonl", []byte(`{"type":"Feature","id":"d","geometry":null,"properties":{"title":{"en":"D"},"publisher":"P","licence":"L","attribution":"A","redistribution":"public"}}`))
	f.Add("a.geojson", []byte(`{"type":"FeatureCollection","features":[]}`))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		if strings.ContainsAny(name, "/\x00") || name == "" || len(name) > 100 || name == "." || name == ".." {
			return
		}
		c := open(t)
		report, rejected, err := try(t, c, name, content)
		if err != nil {
			return
		}
		// Every row is accounted for.
		if in := report.Added + report.Changed + report.Unchanged + report.Kept; in+report.Rejected != report.Rows || report.Rejected != len(rejected) {
			t.Fatalf("%+v with %d rejected", report, len(rejected))
		}
	})
}
