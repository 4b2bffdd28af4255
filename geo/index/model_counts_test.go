package index_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// valueOf is the value of a field by which a histogram is split.
func (r *seen) valueOf(by index.Grouping) string {
	switch e := r.record.(*geo.Event); by {
	case "type":
		return string(e.Type)
	case "status":
		return string(e.Status)
	case "date_precision":
		return string(e.DatePrecision)
	case "place_precision":
		return string(e.PlacePrecision)
	case "dataset":
		return e.DatasetID
	}
	return ""
}

func (a *asking) histogram(of index.Selection, rows []*seen, f geo.Filter) error {
	interval, counting := index.Intervals()[a.IntN(6)], index.Countings()[a.IntN(2)]
	by := append(index.Groupings(), "")[a.IntN(6)]
	got, err := of.Histogram(interval, counting, by, f.Time)
	where := fmt.Sprintf("histogram by %s, each %s, of %q", interval, counting, by)
	undated := slices.DeleteFunc(slices.Clone(rows), dated)
	want, chosen := a.bins(slices.DeleteFunc(slices.Clone(rows), func(r *seen) bool { return !dated(r) }), interval, counting, f.Time)
	if len(want) > index.MaxBins {
		if geo.CodeOf(err) != geo.Invalid {
			return fmt.Errorf("%s: %d bins and the error %v", where, len(want), err)
		}
		return nil
	}
	if err != nil || len(got.Bins) != len(want) || got.Interval != chosen {
		return fmt.Errorf("%s: %d bins of a %s, not %d of a %s, error %v", where, len(got.Bins), got.Interval, len(want), chosen, err)
	}
	for i, b := range want {
		if err := sameBin(got.Bins[i], b.rows, by, got.Groups); err != nil || b.interval() != (geo.Interval{Start: got.Bins[i].Start, End: got.Bins[i].End}) {
			return fmt.Errorf("%s: bin %d is %v, not %v: %v", where, i, got.Bins[i], b.interval(), err)
		}
	}
	if err := sameBin(got.Undated, undated, by, got.Groups); err != nil {
		return fmt.Errorf("%s: undated: %w", where, err)
	}
	if len(want) == 0 || counting != index.Each {
		return nil
	}
	// A bin that lies within the time asked for is what the filter finds with it.
	i := a.IntN(len(want))
	if bin := want[i].interval(); moved(bin.Start.First(), f.Time).Equal(bin.Start.First()) && moved(bin.End.Last(), f.Time).Equal(bin.End.Last()) {
		f.Time = bin
		if in, err := a.index.Select(geo.Events, f); err != nil || in.Len() != got.Bins[i].Events+len(undated) {
			return fmt.Errorf("%s: bin %v counts %d, and %d of its time are found, %d of them undated, error %v", where, bin, got.Bins[i].Events, in.Len(), len(undated), err)
		}
	}
	return nil
}

// bins is a histogram by a loop, and of which interval it is.
func (a *asking) bins(rows []*seen, interval index.Interval, counting index.Counting, within geo.Interval) ([]stretch, index.Interval) {
	from, to := reach(rows, counting == index.Once, within)
	list := func(most int) []stretch {
		if len(rows) == 0 {
			return nil
		}
		return stretches(string(interval), from, to, most)
	}
	if interval == index.Auto {
		for _, interval = range []index.Interval{index.Day, index.Week, index.Month, index.Quarter, index.Year} {
			if len(list(120)) <= 120 {
				break
			}
		}
	}
	bins := list(index.MaxBins)
	if len(bins) <= index.MaxBins {
		fill(bins, rows, counting == index.Once, within)
	}
	return bins, interval
}

func sameBin(got index.Bin, want []*seen, by index.Grouping, groups []string) error {
	if len(want) == 0 && got.Events == 0 && got.By == nil {
		return nil
	}
	left := len(want)
	for v, group := range groups {
		n := 0
		for _, r := range want {
			if r.valueOf(by) == group {
				n++
			}
		}
		if left -= n; n > 0 && (got.By == nil || got.By[v] != n) || n == 0 && got.By != nil && got.By[v] != 0 {
			return fmt.Errorf("%v of %v, where %d are %s", got.By, groups, n, group)
		}
	}
	if got.Events != len(want) || by == "" && (groups != nil || got.By != nil) || by != "" && left != 0 {
		return fmt.Errorf("%d events by %v of %v, not %d", got.Events, got.By, groups, len(want))
	}
	return nil
}

// facet is a field of events, its values, and how a filter asks for one of them;
// or, where no filter does, how a record has it.
type facet struct {
	name   string
	values []string
	ask    func(f *geo.Filter, values []string)
	by     index.Grouping
}

func (a *asking) facetList() []facet {
	ids := func(kinds ...geo.Kind) (list []string) {
		for _, k := range kinds {
			for _, r := range a.plain.rows[k] {
				list = append(list, r.id())
			}
		}
		return list
	}
	return []facet{
		{"type", codes(geo.EventTypes()), func(f *geo.Filter, v []string) { f.Types = codesOf[geo.EventType](v) }, ""},
		{"actor", ids(geo.Actors), func(f *geo.Filter, v []string) { f.Actors = v }, ""},
		{"dataset", ids(geo.Datasets), func(f *geo.Filter, v []string) { f.Datasets = v }, ""},
		{"place", ids(geo.Places, geo.Areas), func(f *geo.Filter, v []string) { f.Places = v }, ""},
		{"status", codes(geo.Statuses()), func(f *geo.Filter, v []string) { f.Statuses = codesOf[geo.Status](v) }, ""},
		{"date_precision", codes(geo.DatePrecisions()), nil, "date_precision"},
		{"place_precision", codes(geo.PlacePrecisions()), nil, "place_precision"},
	}
}

func codes[T ~string](list []T) []string { return codesOf[string](list) }

func codesOf[To, From ~string](list []From) (codes []To) {
	for _, c := range list {
		codes = append(codes, To(c))
	}
	return codes
}

func (a *asking) facets(f geo.Filter) error {
	limit := 1 + a.IntN(12)
	got, err := a.index.Facets(f, limit)
	matched := a.plain.find(geo.Events, f)
	list := a.facetList()
	if err != nil || got.Matched != len(matched) || len(got.Facets) != len(list) {
		return fmt.Errorf("facets of %d events and not %d, %d of them, error %v", got.Matched, len(matched), len(got.Facets), err)
	}
	for i, field := range list {
		rows := matched
		if field.ask != nil {
			without := f
			field.ask(&without, nil)
			rows = a.plain.find(geo.Events, without)
		}
		want := index.Facet{Field: field.name}
		for _, value := range field.values {
			if n := a.countOf(field, value, rows); n > 0 {
				want.Values = append(want.Values, index.Value{Value: value, Events: n})
			}
		}
		slices.SortFunc(want.Values, func(a, b index.Value) int { return cmp.Or(b.Events-a.Events, strings.Compare(a.Value, b.Value)) })
		if field.name == "actor" || field.name == "dataset" || field.name == "place" {
			want.More = max(0, len(want.Values)-limit)
			want.Values = want.Values[:len(want.Values)-want.More]
		}
		if !reflect.DeepEqual(got.Facets[i], want) {
			return fmt.Errorf("the facet, of %d values, is %+v, not %+v", limit, got.Facets[i], want)
		}
		if len(want.Values) == 0 || field.ask == nil {
			continue
		}
		v := want.Values[a.IntN(len(want.Values))]
		with := f
		field.ask(&with, []string{v.Value})
		if found, err := a.index.Select(geo.Events, with); err != nil || found.Len() != v.Events {
			return fmt.Errorf("the facet counts %+v, and %d are found, error %v", v, found.Len(), err)
		}
	}
	return nil
}

// countOf is how many of the events, which the filter matches without its own
// choice, have a value.
func (a *asking) countOf(field facet, value string, rows []*seen) (n int) {
	var f geo.Filter
	if field.ask != nil {
		field.ask(&f, []string{value})
	}
	for _, r := range rows {
		if field.ask != nil && a.plain.matches(f, nil, r) || field.ask == nil && r.valueOf(field.by) == value {
			n++
		}
	}
	return n
}
