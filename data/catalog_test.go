package data_test

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/index"
)

var day = geo.Date(2024, 7, 22)

// base is a dataset with a place and an event at it.
func base() []geo.Record {
	return []geo.Record{geotest.Dataset("d", geo.Public), geotest.Place("p", "d", 97.75, 22.94), geotest.Event("e", "d", "p", day)}
}

func faultText(err error) string {
	var e *geo.Error
	if !errors.As(err, &e) {
		return ""
	}
	var lines []string
	for _, f := range e.Faults {
		lines = append(lines, f.Name+"="+f.Value)
	}
	return strings.Join(lines, " ")
}

func TestApplyCountsWhatItDoes(t *testing.T) {
	c := datatest.Open(t, base()...)
	edited := geotest.Event("e", "d", "p", day)
	edited.Status = "verified"
	applied, err := c.Apply(t.Context(), append(geotest.Puts(geotest.Place("p", "d", 97.75, 22.94), edited, geotest.Event("f", "d", "p", day)),
		geo.Remove(geo.Events, "f", "tester", "a mistake")))
	if err != nil || !reflect.DeepEqual(applied, data.Applied{Added: 1, Changed: 1, Removed: 1, Unchanged: 1, Seq: 6}) {
		t.Errorf("%+v %v", applied, err)
	}
	again, err := c.Apply(t.Context(), geotest.Puts(edited))
	if err != nil || !reflect.DeepEqual(again, data.Applied{Unchanged: 1, Seq: 6}) {
		t.Errorf("the same again: %+v %v", again, err)
	}
}

func TestHistoryKeepsEveryState(t *testing.T) {
	c := datatest.Open(t, base()...)
	edited := geotest.Event("e", "d", "p", day)
	edited.Status = "verified"
	for _, changes := range [][]geo.Change{{geo.Put(edited, "editor", "confirmed")}, {geo.Remove(geo.Events, "e", "editor", "a duplicate")}, geotest.Puts(edited)} {
		if _, err := c.Apply(t.Context(), changes); err != nil {
			t.Fatal(err)
		}
	}
	history, err := c.History(geo.Events, "e")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, change := range history {
		line := change.Author + ", " + change.Reason
		if change.Record != nil {
			line += ", " + string(change.Record.(*geo.Event).Status)
		}
		got = append(got, line)
	}
	want := []string{"tester, test, verified", "editor, a duplicate", "editor, confirmed, verified", "tester, test, reported"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
	for i := 1; i < len(history); i++ {
		if history[i].Seq >= history[i-1].Seq || history[i].Time.After(history[i-1].Time) {
			t.Error("not newest first")
		}
	}
	if _, err := c.History(geo.Events, "never"); geo.CodeOf(err) != geo.NotFound {
		t.Error(err)
	}
}

func TestStandingTellsTheSizeOfTheLastState(t *testing.T) {
	c := datatest.Open(t, base()...)
	edited := geotest.Event("e", "d", "p", day)
	edited.Tags = []string{"longer-than-before"}
	if _, err := c.Apply(t.Context(), geotest.Puts(edited)); err != nil {
		t.Fatal(err)
	}
	want, err := geo.EncodeFeature(edited)
	if err != nil {
		t.Fatal(err)
	}
	err = c.Standing(geo.Events, "", func(s data.Standing) error {
		size, err := s.Size()
		if size != len(want) {
			t.Errorf("%s has %d bytes, not %d", s.ID, size, len(want))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestApplyDoesAllOrNothing(t *testing.T) {
	c := datatest.Open(t, base()...)
	bad := geotest.Event("bad", "d", "p", day)
	bad.Type, bad.Incidents = "war", 0
	before := c.View().Seq
	for name, test := range map[string]struct {
		changes []geo.Change
		code    geo.Code
		faults  string
	}{
		"an invalid record among good ones": {geotest.Puts(geotest.Event("good", "d", "p", day), bad), geo.Invalid, "events/bad: type=war events/bad: incidents=0"},
		"nobody's change":                   {[]geo.Change{geo.Put(geotest.Event("good", "d", "p", day), "", "")}, geo.Invalid, "events/good: author= events/good: reason="},
		"a place that is not there":         {geotest.Puts(geotest.Event("good", "d", "moon", day)), geo.Invalid, "events/good: place_id=moon"},
		"a dataset that is not there":       {geotest.Puts(geotest.Actor("a", "x", "b")), geo.Invalid, "actors/a: dataset_id=x actors/a: member_of[0]=b"},
		"removing what others need":         {[]geo.Change{geo.Remove(geo.Places, "p", "t", "t")}, geo.Invalid, "events/e: place_id=p"},
		"removing the dataset":              {[]geo.Change{geo.Remove(geo.Datasets, "d", "t", "t")}, geo.Invalid, "events/e: dataset_id=d places/p: dataset_id=d"},
		"removing what is not there":        {[]geo.Change{geo.Remove(geo.Events, "x", "t", "t")}, geo.NotFound, ""},
		"an area with a place's id":         {geotest.Puts(geotest.Area("p", "d", geo.State, 0, 0, 1, 1)), geo.Invalid, "areas/p: id=p"},
		"a circle of membership":            {geotest.Puts(geotest.Actor("a", "d", "b"), geotest.Actor("b", "d", "a")), geo.Invalid, "actors/a: member_of=a actors/b: member_of=b"},
	} {
		_, err := c.Apply(t.Context(), test.changes)
		if geo.CodeOf(err) != test.code {
			t.Errorf("%s: %v", name, err)
		}
		if got := faultText(err); got != test.faults && name != "a circle of membership" || len(got) != len(test.faults) {
			t.Errorf("%s: faults %q, not %q", name, got, test.faults)
		}
	}
	if v := c.View(); v.Seq != before || datatest.Shown(c, geo.Events, "good") {
		t.Error("something of a refused batch was kept")
	}
}

func TestApplyTakesRecordsAndWhatTheyMentionTogether(t *testing.T) {
	c := datatest.Open(t)
	event := geotest.Event("e", "d", "p", day)
	if _, err := c.Apply(t.Context(), geotest.Puts(event, geotest.Place("p", "d", 1, 2), geotest.Dataset("d", geo.Public))); err != nil {
		t.Error("in any order within a batch:", err)
	}
	if _, err := c.Apply(t.Context(), []geo.Change{geo.Remove(geo.Datasets, "d", "t", "t"), geo.Remove(geo.Places, "p", "t", "t"), geo.Remove(geo.Events, "e", "t", "t")}); err != nil {
		t.Error("and taken away together:", err)
	}
}

func TestApplyAfterTheContextEnded(t *testing.T) {
	c := datatest.Open(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Apply(ended, geotest.Puts(base()...)); !errors.Is(err, context.Canceled) || c.View().Seq != 0 {
		t.Error(err)
	}
}

func TestReopeningGivesTheSameState(t *testing.T) {
	path := filepath.Join(t.TempDir(), "map.db")
	c := datatest.OpenAt(t, path, base()...)
	if _, err := c.Apply(t.Context(), append(geotest.Puts(geotest.Event("f", "d", "p", day)), geo.Remove(geo.Events, "e", "t", "t"))); err != nil {
		t.Fatal(err)
	}
	before := features(t, c)
	view := c.View()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	again := datatest.OpenAt(t, path)
	if got := features(t, again); got != before {
		t.Errorf("%s\nnot\n%s", got, before)
	}
	if v := again.View(); v.Seq != view.Seq || !v.Time.Equal(view.Time) {
		t.Error("the state is of", v.Seq, v.Time, "not", view.Seq, view.Time)
	}
	if applied, err := again.Apply(t.Context(), geotest.Puts(base()[:2]...)); err != nil || applied.Unchanged != 2 {
		t.Errorf("%+v %v", applied, err)
	}
}

// features lists all that a catalog shows, with the geometry it is shown with.
func features(t *testing.T, c *data.Catalog) string {
	t.Helper()
	var b strings.Builder
	v := c.View()
	for _, k := range geo.Kinds() {
		page, err := v.Query(k, geo.Filter{}, nil, "", 10_000)
		if err != nil {
			t.Fatal(err)
		}
		err = v.Features(page.Rows, func(_ index.Row, parts geo.FeatureParts, geometry []byte) error {
			b.Write(parts.Append(nil, geometry, nil, nil))
			b.WriteByte('\n')
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestAnEventBorrowsTheGeometryOfItsPlace(t *testing.T) {
	c := datatest.Open(t, base()...)
	if got := features(t, c); !strings.Contains(got, `"id":"e","geometry":{"type":"Point","coordinates":[97.75,22.94]}`) {
		t.Error(got)
	}
	if _, err := c.Apply(t.Context(), geotest.Puts(geotest.Place("p", "d", 98, 23))); err != nil {
		t.Fatal(err)
	}
	if got := features(t, c); !strings.Contains(got, `"id":"e","geometry":{"type":"Point","coordinates":[98,23]}`) {
		t.Error("after the place moved:", got)
	}
}

func TestRecordTellsGoneFromNeverThere(t *testing.T) {
	secret := geotest.Event("s", "secret", "p", day)
	c := datatest.Open(t, append(base(), geotest.Dataset("secret", geo.Private), secret)...)
	withdrawn := geotest.Event("e", "d", "p", day)
	withdrawn.Status = geo.Withdrawn
	extra := geotest.Event("x", "d", "p", day)
	if _, err := c.Apply(t.Context(), geotest.Puts(extra, withdrawn)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Apply(t.Context(), []geo.Change{geo.Remove(geo.Events, "x", "t", "t"), geo.Remove(geo.Events, "s", "t", "t")}); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]geo.Code{"e": geo.Gone, "x": geo.Gone, "s": geo.NotFound, "never": geo.NotFound} {
		if _, err := c.View().Row(geo.Events, id); geo.CodeOf(err) != want {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestAttributionsNameEveryLender(t *testing.T) {
	c := datatest.Open(t, append(base(), geotest.Dataset("maps", geo.Public), geotest.Place("q", "maps", 1, 2), geotest.Event("at-q", "d", "q", day))...)
	page, err := c.View().Query(geo.Events, geo.Filter{}, nil, "", 10)
	if err != nil {
		t.Fatal(err)
	}
	if got := data.Attributions(c.View().Datasets(slices.Values(page.Rows))); !reflect.DeepEqual(got, []string{"By d", "By maps"}) {
		t.Error(got)
	}
}

// TestReadersDoNotWaitForWriters runs both side by side; the race detector watches.
func TestReadersDoNotWaitForWriters(t *testing.T) {
	c := datatest.Open(t, base()...)
	var readers sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				v := c.View()
				page, err := v.Query(geo.Events, geo.Filter{}, nil, "", 10_000)
				if err != nil {
					t.Error(err)
					return
				}
				n := 0
				if err := v.Features(page.Rows, func(index.Row, geo.FeatureParts, []byte) error { n++; return nil }); err != nil || n != page.Matched {
					t.Error("a view changed under its reader:", n, page.Matched, err)
					return
				}
			}
		})
	}
	for i := range 30 {
		if _, err := c.Apply(t.Context(), geotest.Puts(geotest.Event(geotest.ID("n", i), "d", "p", day))); err != nil {
			t.Error(err)
		}
	}
	close(done)
	readers.Wait()
	if got := c.View().Seq; got != 33 {
		t.Error("changes:", got)
	}
}

func TestKeepEditsKeepsThem(t *testing.T) {
	c := datatest.Open(t, base()...)
	put := func(status geo.Status, author string, options ...data.Option) data.Applied {
		t.Helper()
		e := geotest.Event("e", "d", "p", day)
		e.Status = status
		applied, err := c.Apply(t.Context(), []geo.Change{geo.Put(e, author, "test")}, options...)
		if err != nil {
			t.Fatal(err)
		}
		return applied
	}
	for _, step := range []struct {
		name    string
		applied data.Applied
		want    data.Applied
	}{
		{"the importer's own record changes", put("disputed", "tester", data.KeepEdits), data.Applied{Changed: 1, Seq: 4}},
		{"an editor corrects it", put("verified", "editor"), data.Applied{Changed: 1, Seq: 5}},
		{"the same file again", put("disputed", "tester", data.KeepEdits), data.Applied{Unchanged: 1, Seq: 5}},
		{"a newer file", put("corroborated", "tester", data.KeepEdits), data.Applied{Kept: []string{"e"}, Seq: 5}},
		{"a record that was never the importer's", put("disputed", "stranger", data.KeepEdits), data.Applied{Kept: []string{"e"}, Seq: 5}},
		{"an edit as edits are made", put("disputed", "tester"), data.Applied{Changed: 1, Seq: 6}},
	} {
		if !reflect.DeepEqual(step.applied, step.want) {
			t.Errorf("%s: %+v, not %+v", step.name, step.applied, step.want)
		}
	}
}

// TestChangesThatCouldNotBeShownAreCaughtUp holds that a batch after one that failed
// to be shown does not leave that one out.
func TestChangesThatCouldNotBeShownAreCaughtUp(t *testing.T) {
	c := datatest.Open(t, base()...)
	before := c.View().Snapshot
	for _, id := range []string{"first", "second"} {
		if _, err := c.Apply(t.Context(), geotest.Puts(geotest.Event(id, "d", "p", day))); err != nil {
			t.Fatal(err)
		}
		if id == "first" {
			c.FallBehind(before)
		}
	}
	if !datatest.Shown(c, geo.Events, "first") || !datatest.Shown(c, geo.Events, "second") {
		t.Error("a change is in the log and is not shown")
	}
}
