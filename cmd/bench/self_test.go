package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// built is a bench with the built program, for what it starts of itself.
func built(t *testing.T) bench {
	t.Helper()
	b := bench{folder: t.TempDir()}
	b.self = b.file("bench")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", b.self, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return b
}

// store makes a store of one place with one event.
func store(t *testing.T) (path string, records []geo.Record) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "map.db")
	records = []geo.Record{geotest.Dataset("d", geo.Public), geotest.Place("p", "d", 97.75, 22.94), geotest.Event("d:1", "d", "p", geo.Date(2024, 7, 22))}
	t.Run("store", func(t *testing.T) { datatest.OpenAt(t, path, records...) })
	return path, records
}

func TestItsOwnProcesses(t *testing.T) {
	b := built(t)
	t.Run("limit answers with the other's bytes", func(t *testing.T) {
		list := filepath.Join(t.TempDir(), "paths")
		if err := os.WriteFile(list, []byte("/a?b=c\n/d"), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := b.start(t.Context(), "limit", b.self, "limit", "--from", answering(t).URL, "--paths", list)
		if err != nil {
			t.Fatal(err)
		}
		found, err := p.told(servingLine, time.Minute, lookEvery)
		if err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]string{"/a?b=c": "ok", "/d": "ok", "/other": ""} {
			_, body, err := get(t.Context(), "http://"+found[1]+path)
			if string(body) != want || (err == nil) != (want != "") {
				t.Errorf("%s: %q %v", path, body, err)
			}
		}
		if err := p.stop(); err != nil {
			t.Error(err)
		}
	})
	t.Run("size adds up the records", func(t *testing.T) {
		path, records := store(t)
		want := 0
		for _, r := range records {
			feature, err := geo.EncodeFeature(r)
			if err != nil {
				t.Fatal(err)
			}
			want += len(feature)
		}
		got, err := b.size(t.Context(), path)
		if err != nil || got != want {
			t.Errorf("%d bytes, not %d: %v", got, want, err)
		}
	})
	t.Run("rows go in while others read", func(t *testing.T) {
		path, _ := store(t)
		file := filepath.Join(t.TempDir(), "ged.csv")
		out, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := exchange.Generate(out, 50, 2); err != nil || out.Close() != nil {
			t.Fatal(err)
		}
		u, err := b.importUnderReaders(t.Context(), path, file, []string{eventsPath + "/items/d:1"}, 200*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		if u.Rows != 50 || u.Seconds <= 0 || len(u.Before.Times) < 10 || u.Before.Errors+u.During.Errors > 0 {
			t.Errorf("%+v", u)
		}
		if report := datatest.Check(t, path); report.Records[geo.Events] != 51 {
			t.Errorf("%v", report.Records)
		}
	})
	t.Run("a path that fails is named before anything is measured", func(t *testing.T) {
		path, _ := store(t)
		_, err := b.importUnderReaders(t.Context(), path, "none.csv", []string{eventsPath + "/items/d:2"}, time.Millisecond)
		var failed *statusError
		if !errors.As(err, &failed) || !strings.Contains(failed.url, "/items/d:2") {
			t.Error(err)
		}
	})
}
