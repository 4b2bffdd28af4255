package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func db(t *testing.T) string { return filepath.Join(t.TempDir(), "map.db") }

func TestServeFillsANewStoreAndAnswers(t *testing.T) {
	path := db(t)
	url, stop, log := serve(t, "--db", path)
	for _, target := range []string{"/collections/places/items/lashio", "/collections/places/items/laukkai", "/collections/places/items/kunming", "/collections/areas/items/northern-shan-state"} {
		status, body := fetch(t, url+target)
		var feature struct {
			Type     string
			Geometry struct{ Type string }
			Props    struct {
				Count  int `json:"event_count"`
				Events []struct{ ID, Type string }
			} `json:"properties"`
		}
		if err := json.Unmarshal([]byte(body), &feature); err != nil || status != 200 {
			t.Fatal(target, status, err)
		}
		if feature.Type != "Feature" || feature.Geometry.Type == "" || feature.Props.Count == 0 || len(feature.Props.Events) != feature.Props.Count {
			t.Errorf("%s: %s", target, body)
		}
	}
	if code, out, errs := run(t, "health", "--addr", strings.TrimPrefix(url, "http://")); code != 0 || !strings.Contains(out, "ready") {
		t.Error("health:", code, out, errs)
	}
	if code := stop(); code != 0 {
		t.Error("stopped with", code, log.String())
	}
	if code, out, errs := run(t, "check", "--db", path); code != 0 || !strings.Contains(out, "is whole") || !strings.Contains(out, "14 events") {
		t.Error("check:", code, out, errs)
	}
	_, stop, log = serve(t, "--db", path)
	if !strings.Contains(log.String(), "added=0 changed=0 unchanged=50") {
		t.Error("a second start:", log.String())
	}
	stop()
}

func TestNoSeedServesAnEmptyMap(t *testing.T) {
	url, _, _ := serve(t, "--db", db(t), "--no-seed", "--title", "Mine", "--log-format", "text")
	if status, body := fetch(t, url+"/collections/events/items"); status != 200 || !strings.Contains(body, `"numberMatched":0`) || !strings.Contains(body, `"features":[]`) {
		t.Error(status, body)
	}
	if _, body := fetch(t, url+"/?f=json"); !strings.Contains(body, `"title":"Mine"`) {
		t.Error(body)
	}
}

func TestEnvironmentSetsFlags(t *testing.T) {
	t.Setenv("CONFLICTMAP_TITLE", "From the environment")
	t.Setenv("CONFLICTMAP_DB", db(t))
	t.Setenv("CONFLICTMAP_NO_SEED", "true")
	url, _, _ := serve(t)
	if _, body := fetch(t, url+"/?f=json"); !strings.Contains(body, "From the environment") {
		t.Error(body)
	}
}

// TestErrorsAreOneLine holds every mistake at the command line to exit 1 with one line that names it.
func TestErrorsAreOneLine(t *testing.T) {
	text := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(text, []byte("a letter to somebody, longer than a header"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"unknown flag":               {[]string{"serve", "--colour"}, "--colour"},
		"unknown command":            {[]string{"fly"}, "fly"},
		"unknown log format":         {[]string{"serve", "--log-format", "xml"}, "--log-format"},
		"tiles without attribution":  {[]string{"serve", "--base-map", "https://t.example/{z}/{x}/{y}.png"}, "--base-map-attribution"},
		"tiles without places":       {[]string{"serve", "--db", db(t), "--addr", "localhost:0", "--base-map", "https://t.example/", "--base-map-attribution", "T"}, "{z}"},
		"public URL without a host":  {[]string{"serve", "--public-url", "map.example"}, "map.example"},
		"a store that is a letter":   {[]string{"serve", "--db", text}, "not a conflictmap store"},
		"a store that is no file":    {[]string{"check", "--db", "/nowhere/map.db"}, "no such file"},
		"an address that is no port": {[]string{"serve", "--db", db(t), "--addr", "localhost:http2x"}, "http2x"},
		"nobody to be healthy":       {[]string{"health", "--addr", "localhost:1"}, "refused"},
		"no address to ask":          {[]string{"health", "--addr", "here"}, "here"},
	} {
		code, _, errs := run(t, c.args...)
		if code != 1 || strings.Count(errs, "conflictmap: ") != 1 || strings.Count(strings.TrimSpace(lastLine(errs)), "\n") != 0 || !strings.Contains(lastLine(errs), c.want) {
			t.Errorf("%s: exit %d, %q", name, code, errs)
		}
	}
}

// lastLine leaves out what was logged before the error.
func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

func TestHelpAndVersion(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"serve", "--help"}} {
		code, out, _ := run(t, args...)
		if code != 0 || !strings.Contains(out, "--db") == (len(args) > 1) || !strings.Contains(out, "Usage: conflictmap") {
			t.Error(args, code, out)
		}
	}
	_, out, _ := run(t, "serve", "--help")
	for _, flag := range []string{"--addr", "--db", "--title", "--no-seed", "--base-map", "--base-map-attribution", "--public-url", "--frame-ancestors", "--log-format", "CONFLICTMAP_ADDR"} {
		if !strings.Contains(out, flag) {
			t.Error("serve --help does not tell of", flag)
		}
	}
	if code, out, _ := run(t, "version"); code != 0 || !strings.HasPrefix(out, "conflictmap dev (go") {
		t.Error(code, out)
	}
}

// TestTwoProcessesOnOneFile holds the second to say who has it, and exit with 1.
func TestTwoProcessesOnOneFile(t *testing.T) {
	path := db(t)
	first := exec.Command(binary(t), "serve", "--addr", "localhost:0", "--db", path)
	log := new(buffer)
	first.Stderr = log
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	url := waitForURL(t, log)
	second, err := exec.Command(binary(t), "serve", "--addr", "localhost:0", "--db", path).CombinedOutput()
	if exit, isExit := err.(*exec.ExitError); !isExit || exit.ExitCode() != 1 {
		t.Error("the second process:", err)
	}
	if want := "another process holds it: process " + strconv.Itoa(first.Process.Pid); !strings.Contains(string(second), want) || strings.Count(string(second), "\n") != 1 {
		t.Errorf("the second process: %s", second)
	}
	if status, _ := fetch(t, url+"/healthz"); status != 200 {
		t.Error("the first process:", status)
	}
	stopped := time.Now()
	if err := first.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := first.Wait(); err != nil || time.Since(stopped) > 10*time.Second {
		t.Error("on SIGTERM:", err, time.Since(stopped), log.String())
	}
	if left, err := filepath.Glob(path + ".*"); err != nil || len(left) > 0 {
		t.Error("left behind:", left, err)
	}
}

// rows is a UCDP table of events in one town.
func rows(n int, change func(i int) string) string {
	var b strings.Builder
	b.WriteString("id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,date_prec,date_start,date_end,best,low,high\n")
	for i := range n {
		b.WriteString(strconv.Itoa(i+1) + ",1,A,B,1,Hpakant town,25.6,96.3,1,2023-07-11,2023-07-11," + change(i) + ",0,9\n")
	}
	return b.String()
}

func three(int) string { return "3" }

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestImportThenServe(t *testing.T) {
	path, file, report := db(t), write(t, "ged.csv", rows(20, three)), filepath.Join(t.TempDir(), "report.json")
	code, out, errs := run(t, "import", "--db", path, "--report", report, file)
	if code != 0 || !strings.Contains(out, "20 rows") || !strings.Contains(out, "20 added") || errs != "" {
		t.Fatal(code, out, errs)
	}
	var told []struct{ Added, Rows, Places_made int }
	b, err := os.ReadFile(report)
	if err != nil || json.Unmarshal(b, &told) != nil || len(told) != 1 || told[0].Added != 20 || told[0].Places_made != 1 {
		t.Errorf("%v %s", err, b)
	}
	if code, out, errs := run(t, "import", "--db", path, file); code != 0 || !strings.Contains(out, "20 unchanged") || !strings.Contains(out, " 0 added") {
		t.Error("again:", code, out, errs)
	}
	if code, out, errs := run(t, "check", "--db", path); code != 0 || !strings.Contains(out, "34 events") {
		t.Error(code, out, errs)
	}
	url, _, _ := serve(t, "--db", path)
	if _, body := fetch(t, url+"/collections/events/items?dataset=ucdp&limit=1"); !strings.Contains(body, `"numberMatched":20`) || !strings.Contains(body, "UCDP GED, Uppsala Conflict Data Program") {
		t.Error(body)
	}
	if code, _, errs := run(t, "import", "--db", path, file); code != 1 || !strings.Contains(errs, "another process holds it") || !strings.Contains(errs, "stop the server") {
		t.Error("while the server runs:", code, errs)
	}
}

func TestImportExitCodes(t *testing.T) {
	path := db(t)
	bad := write(t, "ged.csv", rows(3, func(i int) string { return []string{"3", "many", "4"}[i] }))
	code, out, errs := run(t, "import", "--db", path, bad)
	if code != 3 || !strings.Contains(out, "2 added") || !strings.Contains(errs, "1 rows were rejected") {
		t.Error(code, out, errs)
	}
	if b, err := os.ReadFile(bad + ".rejected.csv"); err != nil || !strings.Contains(string(b), "many") {
		t.Error(err, string(b))
	}
	for name, args := range map[string][]string{
		"no such file":       {"/nowhere.csv"},
		"a folder":           {t.TempDir()},
		"a file of one word": {write(t, "x.csv", "hello\n")},
		"no mapping":         {"--mapping", "/nowhere.json", bad},
		"a broken mapping":   {"--mapping", write(t, "m.json", "{"), bad},
		"unknown level":      {"--redistribution", "secret", bad},
		"a bad dataset id":   {"--dataset", "a/b", bad},
	} {
		if code, _, errs := run(t, append([]string{"import", "--db", db(t)}, args...)...); code != 1 || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: %d %q", name, code, errs)
		}
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	path, file := db(t), write(t, "ged.csv", rows(3, func(i int) string { return []string{"3", "many", "4"}[i] }))
	code, out, _ := run(t, "import", "--db", path, "--dry-run", file)
	if code != 3 || !strings.Contains(out, "dry run") || !strings.Contains(out, "2 added") || !strings.Contains(out, "1 rejected") {
		t.Error(code, out)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a store was made")
	}
	if _, err := os.Stat(file + ".rejected.csv"); err == nil {
		t.Error("a file of rejected rows was made")
	}
	run(t, "import", "--db", path, file)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if code, out, _ := run(t, "import", "--db", path, "--dry-run", write(t, "ged.csv", rows(4, three))); code != 0 || !strings.Contains(out, "2 added") || !strings.Contains(out, "1 changed") || !strings.Contains(out, "1 unchanged") {
		t.Error(code, out)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Error("the store was touched", err)
	}
}

func TestSeveralFilesOfOneDataset(t *testing.T) {
	path := db(t)
	all := strings.SplitAfter(rows(4, three), "\n")
	one, two := write(t, "a.csv", strings.Join(all[:3], "")), write(t, "b.csv", all[0]+strings.Join(all[3:], ""))
	if code, out, errs := run(t, "import", "--db", path, one, two); code != 0 || strings.Count(out, "2 added") != 2 {
		t.Error(code, out, errs)
	}
	if code, out, errs := run(t, "import", "--db", path, "--prune", one, two); code != 0 || strings.Count(out, "0 vanished") != 2 {
		t.Error("what one file lacks stands in the other:", code, out, errs)
	}
	if _, out, _ := run(t, "import", "--db", path, one); !strings.Contains(out, "2 vanished") {
		t.Error(out)
	}
}

// TestKilledWhileImporting kills an import at random moments; the store stays
// whole, and the same command finishes the job.
func TestKilledWhileImporting(t *testing.T) {
	path, file := db(t), write(t, "ged.csv", rows(60_000, three))
	for _, after := range []time.Duration{100, 300, 500, 700, 900, 1200} {
		cmd := exec.Command(binary(t), "import", "--db", path, file)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil && !strings.Contains(err.Error(), "finished") {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if _, err := os.Stat(path); err != nil {
			continue
		}
		if code, out, errs := run(t, "check", "--db", path); code != 0 {
			t.Fatal("after", after, code, out, errs)
		}
	}
	code, out, errs := run(t, "import", "--db", path, file)
	if code != 0 || !strings.Contains(out, "60000 rows") {
		t.Fatal(code, out, errs)
	}
	if code, out, _ := run(t, "import", "--db", path, file); code != 0 || !strings.Contains(out, "60000 unchanged") {
		t.Error(code, out)
	}
}

func TestGuessWritesAMapping(t *testing.T) {
	file := write(t, "incidents.csv", "Ref,When,Lat,Lon\n1,2024-07-22,22.9,97.7\n")
	code, out, errs := run(t, "import", "--guess", file)
	if code != 0 || !strings.Contains(out, `"id": "Ref"`) || errs != "" {
		t.Fatal(code, out, errs)
	}
	filled := strings.ReplaceAll(strings.Replace(out, `"start": "?"`, `"date_text": ""`, 1), `"?"`, `"NGO"`)
	filled = strings.Replace(filled, `"id": "Ref"`, `"id": "Ref", "start": "When"`, 1)
	path := db(t)
	if code, out, errs := run(t, "import", "--db", path, "--mapping", write(t, "m.json", filled), file); code != 0 || !strings.Contains(out, "1 added") {
		t.Fatal(code, out, errs)
	}
	url, _, _ := serve(t, "--db", path)
	if status, body := fetch(t, url+"/collections/events/items/incidents:1"); status != 404 || strings.Contains(body, "NGO") {
		t.Error("what nobody said may leave leaves:", status, body)
	}
}

// TestImportIntoAFullDisk bounds the store's file as a full disk does.
func TestImportIntoAFullDisk(t *testing.T) {
	path, file := db(t), write(t, "ged.csv", rows(30_000, three))
	out, err := exec.Command("bash", "-c", `ulimit -f 12000; exec "$0" import --db "$1" "$2"`, binary(t), path, file).CombinedOutput()
	if exit, isExit := err.(*exec.ExitError); !isExit || exit.ExitCode() != 1 || !strings.Contains(string(out), "file too large") {
		t.Fatalf("%v %s", err, out)
	}
	if code, out, errs := run(t, "check", "--db", path); code != 0 {
		t.Fatal(code, out, errs)
	}
	if code, out, errs := run(t, "import", "--db", path, file); code != 0 || !strings.Contains(out, "30000 rows") {
		t.Error("the same command does not finish the job:", code, out, errs)
	}
}

func TestExportFromTheCommandLine(t *testing.T) {
	path := db(t)
	run(t, "import", "--db", path, write(t, "ged.csv", rows(5, three)))
	for format, want := range map[string]string{"csv": "id,type,", "geojson": `{"type":"FeatureCollection"`, "geojsonl": `"collection":"datasets"`, "kml": "<?xml", "geoparquet": "PAR1"} {
		code, out, errs := run(t, "export", "--db", path, "--format", format, "--dataset", "ucdp")
		if code != 0 || errs != "" || !strings.Contains(out[:min(200, len(out))], want) {
			t.Errorf("%s: %d %q %.100q", format, code, errs, out)
		}
	}
	if _, out, _ := run(t, "export", "--db", path, "--format", "csv", "--dataset", "ucdp"); strings.Count(out, "\r\n") != 6 {
		t.Error(out)
	}
	if _, out, _ := run(t, "export", "--db", path, "--format", "csv", "--type", "bombing_raid", "--area", "northern-shan-state"); strings.Count(out, "\r\n") != 2 {
		t.Error(out)
	}
	for language, filter := range map[string]string{"cql2-text": "dataset_id = 'ucdp'", "cql2-json": `{"op":"=","args":[{"property":"dataset_id"},"ucdp"]}`} {
		if _, out, errs := run(t, "export", "--db", path, "--format", "csv", "--filter", filter, "--filter-lang", language); strings.Count(out, "\r\n") != 6 {
			t.Error(language, out, errs)
		}
	}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"bad CQL2":       {[]string{"--format", "csv", "--filter", "colour = 1"}, "colour"},
		"no format":      {nil, "--format"},
		"unknown format": {[]string{"--format", "exe"}, "--format"},
		"a bad filter":   {[]string{"--format", "csv", "--bbox", "1"}, "bbox"},
		"an unknown id":  {[]string{"--format", "csv", "--actor", "nobody"}, "nobody"},
		"actors as CSV":  {[]string{"--format", "csv", "--collection", "actors"}, "csv"},
		"no store":       {[]string{"--format", "csv", "--db", "/nowhere/map.db"}, "no such file"},
	} {
		if code, out, errs := run(t, append([]string{"export", "--db", path}, c.args...)...); code != 1 || out != "" || !strings.Contains(errs, c.want) {
			t.Errorf("%s: %d %q %q", name, code, out, errs)
		}
	}
}
