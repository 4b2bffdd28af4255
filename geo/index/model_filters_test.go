package index_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// filter asks by one field, or by several. What it names is mostly there and may be
// seen.
func (w *randomWorld) filter(s *state) (f geo.Filter) {
	fields := []func(*geo.Filter){
		func(f *geo.Filter) { f.Box = w.box() },
		func(f *geo.Filter) { f.Time = w.interval() },
		func(f *geo.Filter) { f.Types = some(w, geo.EventTypes()) },
		func(f *geo.Filter) { f.Actors = w.known(s, geo.Actors) },
		func(f *geo.Filter) { f.Places = append(w.known(s, geo.Places), w.known(s, geo.Areas)[1:]...) },
		func(f *geo.Filter) { f.Areas = w.known(s, geo.Areas) },
		func(f *geo.Filter) { f.Datasets = w.known(s, geo.Datasets) },
		func(f *geo.Filter) { f.PartOf = w.known(s, geo.Events) },
		func(f *geo.Filter) { f.Statuses = some(w, geo.Statuses()) },
		func(f *geo.Filter) { f.MinFatalities = pick(w, []int{1, 2, 5, 6, 11, 1_000_000_000}) },
		func(f *geo.Filter) { f.Words = w.search() },
		func(f *geo.Filter) { f.Where = choice{w.Rand, s}.where(geo.Events) },
		func(f *geo.Filter) { f.Where = choice{w.Rand, s}.where(geo.Events) },
		func(f *geo.Filter) { f.Where = choice{w.Rand, s}.where(geo.Events) },
	}
	for pick(w, fields)(&f); !w.one(3); {
		pick(w, fields)(&f)
	}
	return f
}

func some[T any](w *randomWorld, list []T) (values []T) {
	for values = append(values, pick(w, list)); w.one(2); {
		values = append(values, pick(w, list))
	}
	return values
}

// known is some ids of a kind: mostly of records that may leave, else of others, or
// of none.
func (w *randomWorld) known(s *state, k geo.Kind) []string {
	var ids []string
	for len(ids) == 0 || w.one(2) {
		id := pick(w, []string{"nobody", w.any(k), w.any(geo.Events), w.location()})
		if rows := s.rows[k]; len(rows) > 0 && !w.one(40) {
			r := pick(w, rows)
			id = r.id()
			if e, isEvent := r.record.(*geo.Event); isEvent && e.PartOf != "" {
				id = e.PartOf
			}
		}
		ids = append(ids, id)
	}
	return ids
}

// box runs through points there are, crosses the 180th meridian, touches it or a
// pole, or has no width: all as it comes.
func (w *randomWorld) box() *geo.Box {
	p, q := pick(w, w.points), pick(w, w.points)
	switch w.IntN(8) {
	case 0:
		p, q = orb.Point{float64(w.IntN(361)) - 180, float64(w.IntN(181)) - 90}, orb.Point{360*w.Float64() - 180, 180*w.Float64() - 90}
	case 1:
		p[0], q[0] = pick(w, []float64{-180, 180, 170}), pick(w, []float64{-180, 180, -170})
	case 2:
		p[1], q[1] = -90, pick(w, []float64{-90, 90})
	case 3:
		q = p
	}
	return &geo.Box{West: p[0], South: min(p[1], q[1]), East: q[0], North: max(p[1], q[1])}
}

// search is the beginning of a word, or a piece of one, once or twice.
func (w *randomWorld) search() string {
	letters := []rune(pick(w, words))
	from := 0
	if w.one(4) {
		from = w.IntN(len(letters))
	}
	q := string(letters[from : from+1+w.IntN(len(letters)-from)])
	if w.one(4) {
		q = strings.ToUpper(q)
	}
	if w.one(4) {
		q += pick(w, []string{" ", " - ", ","}) + w.search()
	}
	return q
}

// disorder says what of the records the store would not have let through.
func (m *model) disorder() error {
	for _, k := range geo.Kinds() {
		for id, of := range m.records[k] {
			if err := errors.Join(geo.Validate(of.record), m.dangling(of.record)); err != nil {
				return err
			}
			if _, shared := m.records[geo.Areas][id]; shared && k == geo.Places {
				return fmt.Errorf("a place and an area are %s", id)
			}
		}
	}
	return nil
}

// dangling says what of a record's mentions is not there.
func (m *model) dangling(r geo.Record) error {
	for _, ref := range r.References() {
		if !slices.ContainsFunc(ref.Kinds, func(k geo.Kind) bool { _, found := m.records[k][ref.ID]; return found }) {
			return fmt.Errorf("%s %s mentions %s, which is not there", r.Kind(), r.Key(), ref.ID)
		}
	}
	return nil
}
