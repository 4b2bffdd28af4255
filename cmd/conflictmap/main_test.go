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
