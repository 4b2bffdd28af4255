package data_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// reopen opens the store and says whether the saved snapshot served.
func reopen(t *testing.T, path string) (c *data.Catalog, served bool) {
	t.Helper()
	c, err := data.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return c, c.SavedSeq() > 0
}

// TestSavedIndex starts from a saved snapshot in all the states that it can be in:
// what is shown is always what the store holds.
func TestSavedIndex(t *testing.T) {
	defer data.SetWorthSaving(10)()
	folder := t.TempDir()
	path := filepath.Join(folder, "map.db")
	save := func(c *data.Catalog) {
		t.Helper()
		if err := errors.Join(c.SaveIndex(), c.Close()); err != nil {
			t.Fatal(err)
		}
	}
	put := func(c *data.Catalog, records ...geo.Record) {
		t.Helper()
		if _, err := c.Apply(t.Context(), geotest.Puts(records...)); err != nil {
			t.Fatal(err)
		}
	}
	var events []geo.Record
	for i := range 20 {
		events = append(events, geotest.Event(geotest.ID("n", i), "d", "p", day))
	}
	c, _ := reopen(t, path)
	put(c, append(base(), events...)...)
	save(c)
	index := path + ".index"
	good, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	other, _ := reopen(t, filepath.Join(folder, "other.db"))
	put(other, append(base(), events...)...)
	save(other)
	foreign, err := os.ReadFile(filepath.Join(folder, "other.db.index"))
	if err != nil {
		t.Fatal(err)
	}
	write := func(b []byte) func(*data.Catalog) {
		return func(*data.Catalog) {
			if err := os.WriteFile(index, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, step := range []struct {
		name   string
		before func(c *data.Catalog) // with the store open, before it is closed and opened again
		served bool
	}{
		{"as it was saved", func(*data.Catalog) {}, true},
		{"with an edit since", func(c *data.Catalog) { put(c, geotest.Event("later", "d", "p", day)) }, true},
		{"with a removal since", func(c *data.Catalog) {
			if _, err := c.Apply(t.Context(), []geo.Change{geo.Remove(geo.Events, "n-003", "tester", "test")}); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"of another store", write(foreign), false},
		{"cut short", write(good[:len(good)/2]), false},
		{"empty", write(nil), false},
		{"good again", write(good), true},
		{"gone", func(*data.Catalog) { _ = os.Remove(index) }, false},
		{"too old", func(c *data.Catalog) {
			write(good)(c)
			for i := range 40 {
				put(c, geotest.Event(geotest.ID("late", i), "d", "p", day))
			}
		}, false},
	} {
		c, _ := reopen(t, path)
		step.before(c)
		want := features(t, c)
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		c, served := reopen(t, path)
		if served != step.served {
			t.Errorf("%s: served %v", step.name, served)
		}
		if got := features(t, c); got != want {
			t.Errorf("%s: it shows\n%s\nnot\n%s", step.name, got, want)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	datatest.Check(t, path)
	if left, err := filepath.Glob(index + ".new-*"); err != nil || len(left) > 0 {
		t.Error("left behind:", left, err)
	}
}

// TestSmallStoresHaveNoIndexFile holds that what is read in no time is not saved.
func TestSmallStoresHaveNoIndexFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "map.db")
	c := datatest.OpenAt(t, path, base()...)
	if err := c.SaveIndex(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + ".index"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
