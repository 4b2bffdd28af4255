package index

import (
	"cmp"
	"errors"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
)

// Facet is what values a field has, each with how many events.
type Facet struct {
	Field  string
	Values []Value // the most frequent first, then by value; a field of few codes lists those that occur
	More   int     // further values that occur, beyond the limit
}

// Value is one value of a facet.
type Value struct {
	Value  string
	Events int
}

// Facets is how many events there are of each value.
type Facets struct {
	Matched int // events that the whole filter matches
	Facets  []Facet
}

// FacetFields lists the fields that have a facet.
func FacetFields() []string {
	return []string{"type", "actor", "dataset", "place", "status", "date_precision", "place_precision"}
}

// Facets counts the events that the filter matches by the values of their fields:
// for each value as many as the filter would match with that value in place of its
// own choice. limit bounds the values of actor, dataset and place. The error is
// Invalid where the filter names what is not there.
func (s *Snapshot) Facets(f geo.Filter, limit int) (Facets, error) {
	plan, err := s.plan(geo.Events, f)
	if err != nil {
		return Facets{}, err
	}
	if err := plan.settle("type", "actor", "dataset", "place", "status"); err != nil {
		return Facets{}, err
	}
	whole, err := plan.selection()
	if err != nil {
		return Facets{}, err
	}
	// without is the rows with the field's own choice set aside.
	without := func(field string) Selection {
		if !slices.ContainsFunc(plan.conditions, func(c condition) bool { return c.field == field }) {
			return whole
		}
		rows, failed := plan.selection(field)
		err = errors.Join(err, failed)
		return rows
	}
	facets := Facets{whole.len, []Facet{
		without("type").codes("type", names(geo.EventTypes()), func(p *part) []bitset { return p.byType }),
		without("actor").actors(limit),
		without("dataset").datasets(limit),
		without("place").places(limit),
		without("status").codes("status", names(geo.Statuses()), func(p *part) []bitset { return p.byStatus }),
		whole.codes("date_precision", names(geo.DatePrecisions()), func(p *part) []bitset { return p.byDatePrecision }),
		whole.codes("place_precision", names(geo.PlacePrecisions()), (*part).precisions),
	}}
	return facets, err
}

func (s Selection) codes(field string, codes []string, sets func(p *part) []bitset) Facet {
	counts := make([]int, len(codes))
	for i, p := range s.parts {
		for v, set := range sets(p) {
			counts[v] += s.rows[i].countAnd(set)
		}
	}
	f := Facet{Field: field}
	for v, code := range codes {
		if counts[v] > 0 {
			f.Values = append(f.Values, Value{code, counts[v]})
		}
	}
	slices.SortFunc(f.Values, compareValues)
	return f
}

// compareValues puts the most frequent first.
func compareValues(a, b Value) int {
	return cmp.Or(-cmp.Compare(a.Events, b.Events), cmp.Compare(a.Value, b.Value))
}

// mostFrequent makes a facet of counts by number: the limit most frequent.
func mostFrequent(field string, counts []int, limit int, id func(n uint32) string) Facet {
	f := Facet{Field: field}
	for n, count := range counts {
		if count == 0 {
			continue
		}
		// Few come among the first, so that ids are seldom looked up.
		if last := len(f.Values) - 1; last+1 == limit {
			f.More++
			if least := f.Values[last]; count < least.Events || count == least.Events && id(uint32(n)) > least.Value {
				continue
			}
			f.Values = f.Values[:last]
		}
		v := Value{id(uint32(n)), count}
		at, _ := slices.BinarySearchFunc(f.Values, v, compareValues)
		f.Values = slices.Insert(f.Values, at, v)
	}
	return f
}

func (s Selection) datasets(limit int) Facet {
	counts := make([]int, len(s.snapshot.datasets))
	for i, p := range s.parts {
		for row := range s.rows[i].all() {
			counts[p.table.dataset[row]]++
		}
	}
	return mostFrequent("dataset", counts, limit, func(n uint32) string { return s.snapshot.datasets[n].id })
}

// actors counts an actor's events and its members', as the filter does.
func (s Selection) actors(limit int) Facet {
	counts := make([]int, len(s.snapshot.actors))
	isGroup := make(map[string]bool)
	for _, a := range s.snapshot.actors {
		for _, id := range a.memberOf {
			isGroup[id] = isGroup[id] || a.leaves
		}
	}
	for n, a := range s.snapshot.actors {
		switch {
		case !a.leaves:
		case isGroup[a.id]:
			counts[n] = s.countGroup(s.snapshot.withMembers([]string{a.id}))
		default:
			for i, p := range s.parts {
				if at, found := p.byActor.find(uint32(n)); found {
					counts[n] += p.byActor.countIn(at, s.rows[i])
				}
			}
		}
	}
	return mostFrequent("actor", counts, limit, func(n uint32) string { return s.snapshot.actors[n].id })
}

func (s Selection) countGroup(actors bitset) (n int) {
	for i, p := range s.parts {
		found := borrow(p.rows)
		p.byActor.rowsOfAll(actors, found)
		n += found.countAnd(s.rows[i])
		found.give()
	}
	return n
}

// places counts events at each place and area that they name as where they
// happened.
func (s Selection) places(limit int) Facet {
	counts := make([]int, s.snapshot.anchors.len())
	for i, p := range s.parts {
		for row := range s.rows[i].all() {
			counts[p.loc[row]]++
		}
		s.routes(p, s.rows[i], counts)
	}
	counts[0] = 0
	for _, n := range s.snapshot.hidden.locations {
		counts[n] = 0
	}
	return mostFrequent("place", counts, limit, s.snapshot.locationID)
}

// routes adds the ends of routes that are not the event's place already.
func (s Selection) routes(p *part, rows bitset, counts []int) {
	for i, to := range p.byTo.keys {
		p.byTo.each(i, func(row uint32) {
			if rows.has(row) && p.loc[row] != to {
				counts[to]++
			}
		})
	}
	for i, from := range p.byFrom.keys {
		p.byFrom.each(i, func(row uint32) {
			isTo := false
			if at, found := p.byTo.find(from); found {
				p.byTo.each(at, func(other uint32) { isTo = isTo || other == row })
			}
			if rows.has(row) && p.loc[row] != from && !isTo && (p.lostRoute == nil || !p.lostRoute.has(row)) {
				counts[from]++
			}
		})
	}
}
