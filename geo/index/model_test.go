package index_test

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/paulmach/orb"
)

var (
	modelSeed   = flag.Uint64("seed", 0, "of the one world that TestModel makes")
	modelWorlds = flag.Uint64("worlds", 30, "how many worlds TestModel makes")
)

// TestModel edits random worlds, and holds all answers after each batch to what a
// loop over the records says (model). To run one world: -run TestModel -seed 7.
func TestModel(t *testing.T) {
	first, last := uint64(1), *modelWorlds
	if testing.Short() {
		last = 8
	}
	if *modelSeed > 0 {
		first, last = *modelSeed, *modelSeed
	}
	for seed := first; seed <= last; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			if err := liveThrough(seed, 40); err != nil {
				t.Fatalf("world %d (-seed %d): %v", seed, seed, err)
			}
		})
	}
}

// TestClustersOfMany counts so many events that it takes several processors.
func TestClustersOfMany(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP with -short: it makes 100,000 events")
	}
	w := newRandomWorld(1)
	m := newModel()
	m.keep(geotest.Dataset("d", geo.Public), 1)
	var rows []*seen
	for n := range 101_000 {
		e := geotest.RandomEvent(w.Rand, fmt.Sprint(n))
		e.Title, e.Geometry = geo.Text{"en": "x"}, pick(w, w.points)
		if w.one(100) {
			e.Geometry = orb.LineString{pick(w, w.points), pick(w, w.points)}
		}
		if e.PlacePrecision = pick(w, geo.PlacePrecisions()); w.one(9) {
			e.Geometry, e.PlacePrecision = nil, geo.UnknownPlace
		}
		seq := uint64(n) + 2
		m.keep(e, seq)
		rows = append(rows, &seen{record: e, seq: seq, shape: e.Geometry, shapeSeq: seq})
	}
	s, err := m.again(index.Empty(m.read), 2)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.Select(geo.Events, geo.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	a := asking{Rand: w.Rand, index: s}
	for range 3 {
		if err := a.clusters(all, rows); err != nil {
			t.Error(err)
		}
	}
}

// liveThrough edits a world and asks it, round after round. Another reader asks the
// state before while the next one is made.
func liveThrough(seed uint64, rounds int) error {
	w := newRandomWorld(seed)
	now := asking{w.Rand, newModel().state(), index.Empty(w.model.read), index.Position{}}
	for round := range rounds {
		before, behind := now, make(chan error, 1)
		before.Rand = rand.New(rand.NewPCG(seed, uint64(round)))
		filters := []geo.Filter{{}, w.filter(before.plain)}
		go func() { behind <- before.ask(filters) }()
		err := w.next(&now)
		if stale := <-behind; stale != nil {
			return fmt.Errorf("round %d, of the state before: %w", round, stale)
		}
		if err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
	}
	return nil
}

// next makes a batch of edits and asks about the state after it: the one that With
// makes and, now and then, one that is made of all records.
func (w *randomWorld) next(now *asking) error {
	for range pick(w, []int{0, 1, 1, 1, 2, 2, 3, 3, 5, 10, 70}) {
		w.edit()
	}
	entries, err := w.entries()
	if err != nil {
		return err
	}
	if now.index, err = now.index.With(entries); err != nil {
		return err
	}
	now.plain = w.model.state()
	filters := []geo.Filter{w.filter(now.plain), w.filter(now.plain), w.filter(now.plain)}
	if w.one(3) {
		filters[0] = geo.Filter{}
	}
	if err := errors.Join(now.ask(filters), now.records(w.model)); err != nil || !w.one(5) {
		return err
	}
	again := *now
	if again.index, err = w.model.again(now.index, w.IntN(5)); err != nil {
		return err
	}
	if err := errors.Join(again.ask(filters), again.records(w.model)); err != nil {
		return fmt.Errorf("made of all records: %w", err)
	}
	*now = again
	return nil
}

// entries ends a batch as the store would hand it on.
func (w *randomWorld) entries() ([]index.Entry, error) {
	var entries []index.Entry
	for _, c := range w.changes() {
		if err := c.Validate(); err != nil {
			return nil, err
		}
		e := index.Entry{Kind: c.Kind, ID: c.ID, Seq: c.Seq, Time: c.Time}
		if c.Record != nil {
			var err error
			if e.Feature, err = geo.EncodeFeature(c.Record); err != nil {
				return nil, err
			}
		}
		entries = append(entries, e)
	}
	return entries, w.model.disorder()
}

// again makes the snapshot anew: of all records in so many shares, or of what it
// saves of itself where there are none.
func (m *model) again(s *index.Snapshot, shares int) (*index.Snapshot, error) {
	standing := make(map[geo.Kind][]uint64)
	for _, k := range geo.Kinds() {
		for _, of := range m.records[k] {
			standing[k] = append(standing[k], of.seq)
		}
		slices.Sort(standing[k])
	}
	if shares > 0 {
		return index.Build(s.Seq, s.Time, shares, standing, m.read)
	}
	var saved bytes.Buffer
	if err := s.Save(&saved); err != nil {
		return nil, err
	}
	return index.Load(bytes.NewReader(saved.Bytes()), int64(saved.Len()), m.read)
}

// asking holds one snapshot to the plain loop.
type asking struct {
	*rand.Rand
	plain *state
	index *index.Snapshot
	after index.Position // some row of an earlier state
}

func (a *asking) ask(filters []geo.Filter) error {
	for i, f := range filters {
		if err := a.askOne(f, i); err != nil {
			return fmt.Errorf("events?%s: %w", f.Values().Encode(), err)
		}
		k := geo.Kinds()[a.IntN(5)]
		if f.Areas = nil; k == geo.Places || k == geo.Areas {
			f.Areas = filters[i].Areas
		}
		if f.Where != nil {
			f.Where = choice{a.Rand, a.plain}.where(k)
		}
		if _, _, err := a.rows(k, f); err != nil {
			return fmt.Errorf("%s?%s: %w", k, f.Values().Encode(), err)
		}
	}
	return nil
}

// askOne asks about events all that takes a filter; of what is dear, one question
// after the other.
func (a *asking) askOne(f geo.Filter, turn int) error {
	selection, rows, err := a.rows(geo.Events, f)
	if err != nil || len(a.plain.faults(f)) > 0 {
		return err
	}
	defer selection.Release()
	if err := errors.Join(a.clusters(selection, rows), a.histogram(selection, rows, f), a.drawn(selection, rows)); err != nil {
		return err
	}
	if turn%2 == 0 {
		return a.facets(f)
	}
	return a.attachments(f)
}

// rows holds a selection to the rows that the loop finds.
func (a *asking) rows(k geo.Kind, f geo.Filter) (index.Selection, []*seen, error) {
	selection, err := a.index.Select(k, f)
	if faults := a.plain.faults(f); len(faults) > 0 || err != nil {
		_, inFacets := a.index.Facets(f, 1)
		_, inAttached := a.index.Attachments(f)
		return selection, nil, errors.Join(refused(err, faults), refused(inFacets, faults), refused(inAttached, a.plain.faults(f.Attached())))
	}
	want := a.plain.find(k, f)
	return selection, want, errors.Join(a.sameRows(selection, want), a.sorted(selection, want, k, f))
}

func refused(err error, faults []geo.Fault) error {
	var e *geo.Error
	if errors.As(err, &e) && e.Code == geo.Invalid && slices.Equal(e.Faults, faults) || err == nil && len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("is answered with the error %v, not with that of %v", err, faults)
}

// sameRows walks through a selection by pages.
func (a *asking) sameRows(of index.Selection, want []*seen) error {
	var got []index.Row
	for after, more, limit := (*index.Position)(nil), true, 1+a.IntN(40); more; {
		var page []index.Row
		if page, more = of.Page(after, limit); len(page) > limit || more && len(page) < limit {
			return fmt.Errorf("a page of %d rows has %d, and there are more", limit, len(page))
		}
		got = append(got, page...)
		if more {
			at := page[len(page)-1].Position()
			after = &at
		}
	}
	if of.Len() != len(want) {
		return fmt.Errorf("%d are counted, not %d: %s", of.Len(), len(want), difference(got, want))
	}
	if err := a.rowByRow(got, want); err != nil {
		return err
	}
	n := a.IntN(len(want) + 2)
	first := of.First(n)
	if want := want[:min(n, len(want))]; first.Len() != len(want) || difference(all(first), want) != "" {
		return fmt.Errorf("of the first %d: %s", n, difference(all(first), want))
	}
	for _, s := range []struct {
		datasets []*geo.Dataset
		of       []*seen
	}{{of.Datasets(), want}, {first.Datasets(), want[:first.Len()]}, {a.index.Datasets(first.Rows(nil)), want[:first.Len()]}} {
		if err := a.sameDatasets(s.datasets, s.of); err != nil {
			return err
		}
	}
	later := slices.DeleteFunc(slices.Clone(want), func(r *seen) bool {
		return cmp.Or(cmp.Compare(r.order, a.after.Order), strings.Compare(r.id(), a.after.ID)) <= 0
	})
	if rest := slices.Collect(of.Rows(&a.after)); difference(rest, later) != "" {
		return fmt.Errorf("after %v: %s", a.after, difference(rest, later))
	}
	if len(got) > 0 {
		a.after = got[a.IntN(len(got))].Position()
	}
	return nil
}

// difference says where two lists differ; "" where they do not.
func difference(got []index.Row, want []*seen) string {
	for i := range max(len(got), len(want)) {
		switch {
		case i == len(got):
			return fmt.Sprintf("row %d is missing: %s", i, want[i].describe())
		case i == len(want):
			return fmt.Sprintf("row %d is one too many: %+v", i, got[i])
		case got[i].ID != want[i].id():
			return fmt.Sprintf("row %d is %+v, not %s", i, got[i], want[i].describe())
		}
	}
	return ""
}

func (r *seen) describe() string {
	b, err := geo.EncodeFeature(r.record)
	return fmt.Sprintf("%s %v (change %d, shape of %d)", b, err, r.seq, r.shapeSeq)
}

func (a *asking) rowByRow(got []index.Row, want []*seen) error {
	if d := difference(got, want); d != "" {
		return errors.New(d)
	}
	for i, r := range got {
		w := want[i]
		found, isFound := a.index.Find(w.record.Kind(), r.ID)
		switch {
		case r.Kind != w.record.Kind() || r.Seq != w.seq || r.Masked != w.masked || r.ShapeSeq != w.shapeSeq:
			return fmt.Errorf("the row %+v should be of %s, masked: %v", r, w.describe(), w.masked)
		case !isFound || found != r:
			return fmt.Errorf("the row %+v is found as %+v", r, found)
		case (a.index.Shape(r) == nil) != (w.shape == nil) || w.shape != nil && !orb.Equal(a.index.Shape(r), w.shape):
			return fmt.Errorf("the row %+v has the shape %v, not %v", r, a.index.Shape(r), w.shape)
		case w.masked && !reflect.DeepEqual(a.index.Mask(w.stored), w.record):
			return fmt.Errorf("%s is masked as %+v", w.describe(), a.index.Mask(w.stored))
		}
	}
	return nil
}

func (a *asking) sameDatasets(got []*geo.Dataset, of []*seen) error {
	want := datasetsOf(of)
	for i, d := range got {
		if len(got) != len(want) || d.ID != want[i] || !reflect.DeepEqual(d, a.plain.byID[geo.Datasets][d.ID].record) {
			return fmt.Errorf("dataset %d of %d is %v: they should be %v", i, len(got), d, want)
		}
	}
	if len(got) != len(want) {
		return fmt.Errorf("there are %d datasets, not %v", len(got), want)
	}
	return nil
}

// records holds what is found by id, and what is said of whole collections.
func (a *asking) records(m *model) error {
	for _, k := range geo.Kinds() {
		for _, id := range append(m.ids(k), "nobody") {
			want := a.plain.byID[k][id]
			r, found := a.index.Find(k, id)
			at, isLocation := a.index.Location(id)
			switch {
			case found != (want != nil):
				return fmt.Errorf("%s %s is found: %v", k, id, found)
			case (k == geo.Places || k == geo.Areas) && (isLocation != found || at != r):
				return fmt.Errorf("the location %s is %+v, not %+v", id, at, r)
			case want != nil && !reflect.DeepEqual(a.index.Mask(want.stored), want.record):
				return fmt.Errorf("%s is masked as %+v", want.describe(), a.index.Mask(want.stored))
			}
		}
		if err := a.summary(k); err != nil {
			return fmt.Errorf("of the %s: %w", k, err)
		}
	}
	for _, id := range m.ids(geo.Datasets) {
		if d := a.index.Dataset(id); !reflect.DeepEqual(d, m.records[geo.Datasets][id].record) {
			return fmt.Errorf("the dataset %s is %v", id, d)
		}
	}
	if a.index.Seq != m.seq || !a.index.Time.Equal(timeOf(m.seq)) {
		return fmt.Errorf("the last change is %d of %v, not %d", a.index.Seq, a.index.Time, m.seq)
	}
	return nil
}

func (a *asking) summary(k geo.Kind) error {
	var shapes orb.Collection
	var span geo.Interval
	dates := 0
	for _, r := range a.plain.rows[k] {
		if r.shape != nil {
			shapes = append(shapes, r.shape)
		}
		if e, isEvent := r.record.(*geo.Event); isEvent && dated(r) {
			if dates++; dates == 1 {
				span = e.Time()
			}
			span = span.Union(e.Time())
		}
	}
	got := a.index.Summary(k)
	box, somewhere := geo.Extent(shapes)
	if (got.Box != nil) != somewhere || somewhere && *got.Box != box {
		return fmt.Errorf("the box is %v, not %v", got.Box, box)
	}
	if !sameTimes(got.Span, span) {
		return fmt.Errorf("the span is %v, not %v", got.Span, span)
	}
	return a.sameDatasets(got.Datasets, a.plain.rows[k])
}

// sameTimes holds two intervals to the microseconds they cover.
func sameTimes(a, b geo.Interval) bool {
	return a.Start.IsZero() == b.Start.IsZero() && a.End.IsZero() == b.End.IsZero() && a.Start.First().Equal(b.Start.First()) && a.End.Last().Equal(b.End.Last())
}

func (a *asking) attachments(f geo.Filter) error {
	attachments, err := a.index.Attachments(f)
	if err != nil {
		return err
	}
	matched := a.plain.find(geo.Events, f.Attached())
	for _, k := range []geo.Kind{geo.Places, geo.Areas, geo.Actors} {
		for _, to := range a.plain.rows[k] {
			want := slices.DeleteFunc(slices.Clone(matched), func(r *seen) bool { return !a.plain.attached(r, to) })
			r, _ := a.index.Find(k, to.id())
			got := attachments.Of(r)
			if got.Len() != len(want) || difference(all(got), want) != "" {
				return fmt.Errorf("attached to %s: %d are counted, not %d: %s", to.describe(), got.Len(), len(want), difference(all(got), want))
			}
			got.Release()
		}
	}
	return nil
}
