package seed_test

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/data/seed"
	"github.com/conflictmap/conflictmap/geo"
)

func apply(t *testing.T, c *data.Catalog) data.Applied {
	t.Helper()
	applied, err := seed.Apply(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

func TestStartingTwiceChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "map.db")
	c := datatest.OpenAt(t, path)
	first := apply(t, c)
	if first.Added == 0 || first.Seq != uint64(first.Added) {
		t.Errorf("%+v", first)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	again := datatest.OpenAt(t, path)
	if got := apply(t, again); !reflect.DeepEqual(got, data.Applied{Unchanged: first.Added, Seq: first.Seq}) {
		t.Errorf("%+v after %+v", got, first)
	}
}

func TestARestartOverwritesNoEdit(t *testing.T) {
	c := datatest.Open(t)
	apply(t, c)
	edited := *datatest.Read[*geo.Event](t, c, geo.Events, "report-2024-07:lashio-attack")
	edited.Status = "corroborated"
	if _, err := c.Apply(t.Context(), []geo.Change{geo.Put(&edited, "an editor", "a second report"),
		geo.Remove(geo.Events, "report-2024-07:new-year-holiday", "an editor", "not of this conflict")}); err != nil {
		t.Fatal(err)
	}
	before := c.View().Seq
	if got := apply(t, c); got.Added+got.Changed != 0 || got.Seq != before {
		t.Errorf("%+v", got)
	}
	if got := datatest.Read[*geo.Event](t, c, geo.Events, edited.ID).Status; got != "corroborated" {
		t.Error("the edit was overwritten:", got)
	}
	if datatest.Shown(c, geo.Events, "report-2024-07:new-year-holiday") {
		t.Error("what an editor removed came back")
	}
}

func TestASeedThatChangedReplacesItsOwnRecords(t *testing.T) {
	c := datatest.Open(t)
	apply(t, c)
	older := *datatest.Read[*geo.Place](t, c, geo.Places, "lashio")
	older.PlaceKind = "city"
	if _, err := c.Apply(t.Context(), []geo.Change{geo.Put(&older, seed.Author, "an older version's")}); err != nil {
		t.Fatal(err)
	}
	if got := apply(t, c); got.Changed != 1 {
		t.Errorf("%+v", got)
	}
}
