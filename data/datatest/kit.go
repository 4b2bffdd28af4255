// Package datatest opens catalogs for tests, and holds every store to be whole when its test ends.
package datatest

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// Open makes a new catalog that holds the records. At the end of the test it is
// closed and its whole file checked.
func Open(t testing.TB, records ...geo.Record) *data.Catalog {
	t.Helper()
	return OpenAt(t, filepath.Join(t.TempDir(), "map.db"), records...)
}

// OpenAt is Open with a file of the test's own.
func OpenAt(t testing.TB, path string, records ...geo.Record) *data.Catalog {
	t.Helper()
	c, err := data.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error("close:", err)
		}
		Check(t, path)
	})
	if len(records) > 0 {
		if _, err := c.Apply(t.Context(), geotest.Puts(records...)); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// Check holds the store's file to be whole.
func Check(t testing.TB, path string) data.Report {
	t.Helper()
	report, err := data.Check(context.Background(), path) // the test's own context has ended by then
	if err != nil {
		t.Error("check:", err)
	}
	for _, problem := range report.Problems {
		t.Error("check:", problem)
	}
	return report
}

// Shown says whether a record may leave.
func Shown(c *data.Catalog, k geo.Kind, id string) bool {
	_, found := c.View().Find(k, id)
	return found
}

// Read reads a record that may leave.
func Read[R geo.Record](t testing.TB, c *data.Catalog, k geo.Kind, id string) R {
	t.Helper()
	r, found, err := c.View().Record(k, id)
	record, fits := r.(R)
	if err != nil || !found || !fits {
		t.Fatalf("%s %q: %v %v", k, id, r, err)
	}
	return record
}
