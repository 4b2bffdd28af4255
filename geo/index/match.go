package index

import (
	"math"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
)

// plan is a filter made ready for the parts of one kind: each condition narrows a
// set of a part's rows.
type plan struct {
	snapshot   *Snapshot
	kind       geo.Kind
	conditions []condition
	where      node             // of Filter.Where; nil of none
	among      map[*part]bitset // where it is set, the rows to begin with; they meet where
}

// condition narrows a part's rows by one field of the filter.
type condition struct {
	field  string // as the parameter is called
	narrow func(p *part, rows bitset)
}

func (l *plan) add(field string, narrow func(p *part, rows bitset)) {
	l.conditions = append(l.conditions, condition{field, narrow})
}

// gathering is a condition that keeps what fill puts into a set.
func (l *plan) gathering(field string, fill func(p *part, found bitset)) {
	l.add(field, func(p *part, rows bitset) {
		found := borrow(p.rows)
		fill(p, found)
		rows.and(found)
		found.give()
	})
}

// plan makes the filter ready, its conditions first, the cheap and narrow ones
// before others. The error is Invalid.
func (s *Snapshot) plan(k geo.Kind, f geo.Filter) (*plan, error) {
	if err := s.checkIDs(f); err != nil {
		return nil, err
	}
	l := s.conditions(k, f)
	if f.Where == nil {
		return l, nil
	}
	var err error
	l.where, err = s.where(k, f.Where)
	return l, err
}

func (s *Snapshot) conditions(k geo.Kind, f geo.Filter) *plan {
	l := &plan{snapshot: s, kind: k}
	isEvent, isLocation := k == geo.Events, k == geo.Places || k == geo.Areas
	if !f.Time.IsZero() && (isEvent || k == geo.Areas) {
		from, to := times(f.Time)
		l.add("datetime", func(p *part, rows bitset) { p.overlapping(rows, from, to) })
	}
	if isEvent {
		l.events(f)
	}
	if f.Box != nil && (isEvent || isLocation) {
		l.box(*f.Box)
	}
	if len(f.Datasets) > 0 {
		l.datasets(f.Datasets)
	}
	if len(f.Places) > 0 && (isEvent || isLocation) {
		l.places(f.Places)
	}
	if len(f.Areas) > 0 && (isEvent || isLocation) {
		l.areas(f.Areas)
	}
	for _, word := range geo.NewQuery(f.Words) {
		l.word(word)
	}
	return l
}

// events adds the conditions that only events have.
func (l *plan) events(f geo.Filter) {
	if len(f.Types) > 0 {
		l.codes("type", places(f.Types, geo.EventTypes()), func(p *part) []bitset { return p.byType })
	}
	if len(f.Statuses) > 0 {
		l.codes("status", places(f.Statuses, geo.Statuses()), func(p *part) []bitset { return p.byStatus })
	}
	if f.MinFatalities > 0 {
		l.add("min_fatalities", func(p *part, rows bitset) { p.deadly(rows, f.MinFatalities) })
	}
	if len(f.Actors) > 0 {
		actors := l.snapshot.withMembers(f.Actors)
		l.gathering("actor", func(p *part, found bitset) { p.byActor.rowsOfAll(actors, found) })
	}
	if len(f.PartOf) > 0 {
		events := l.snapshot.partsOf(f.PartOf)
		l.gathering("part_of", func(p *part, found bitset) { p.byPartOf.rowsOfAll(events, found) })
	}
}

func (l *plan) codes(field string, codes []int, of func(*part) []bitset) {
	l.gathering(field, func(p *part, found bitset) {
		for _, c := range codes {
			found.or(of(p)[c])
		}
	})
}

// places finds codes in the list of all.
func places[T comparable](codes, all []T) (list []int) {
	for _, c := range codes {
		if i := slices.Index(all, c); i >= 0 {
			list = append(list, i)
		}
	}
	return list
}

// deadly keeps the events that are known to have at least so many deaths: by the
// best estimate, else by the low one (geo.Fatalities.AtLeast).
func (p *part) deadly(rows bitset, n int) {
	least := int32(min(n, math.MaxInt32)) - 1
	for w, word := range rows {
		if word == 0 {
			continue
		}
		var held uint64
		for i := range min(64, p.rows-64*w) {
			held |= uint64(uint32(least-p.deaths[64*w+i])>>31) << i // the sign of what is over it
		}
		rows[w] = word & held
	}
}

func (l *plan) box(box geo.Box) {
	anchors := l.snapshot.anchors.meeting(box)
	if anchors.count() == l.snapshot.anchors.len() {
		return // it holds all there is
	}
	l.add("bbox", func(p *part, rows bitset) { p.anchored(rows, anchors) })
}

// anchored keeps the rows whose anchor is one of the set.
func (p *part) anchored(rows, anchors bitset) {
	if p.kind == geo.Events {
		// To look at each row that is left costs about as much as to take up so many.
		if keys, few := p.byAnchor.few(anchors, min(p.rows, 64*rows.words())/scanShare); few {
			found := borrow(p.rows)
			for _, i := range keys {
				p.byAnchor.into(i, found)
			}
			rows.and(found)
			found.give()
			return
		}
	}
	wherever(rows, p.anchor, anchors)
}

func (l *plan) datasets(ids []string) {
	wanted := newBitset(len(l.snapshot.datasets))
	for _, id := range ids {
		wanted.set(uint32(l.snapshot.datasetNumber([]byte(id))))
	}
	l.add("dataset", func(p *part, rows bitset) { p.ofDatasets(rows, wanted) })
}

// ofDatasets keeps the rows whose dataset is one of the set.
func (p *part) ofDatasets(rows, numbers bitset) {
	for w, word := range rows {
		if word == 0 {
			continue
		}
		var held uint64
		for i, n := range p.table.dataset[64*w : min(64*w+64, p.rows)] {
			held |= (numbers[n>>6] >> (n & 63) & 1) << i
		}
		rows[w] = word & held
	}
}

func (l *plan) places(ids []string) {
	numbers := newBitset(l.snapshot.anchors.len())
	for _, id := range ids {
		numbers.set(l.snapshot.locNumber([]byte(id)))
	}
	if l.kind != geo.Events {
		l.add("place", func(p *part, rows bitset) { wherever(rows, p.anchor, numbers) })
		return
	}
	l.gathering("place", func(p *part, found bitset) {
		for n := range numbers.all() {
			p.attached(n, found)
		}
	})
}

func (l *plan) areas(ids []string) {
	var numbers []uint32
	for _, id := range ids {
		numbers = append(numbers, l.snapshot.numberOf(geo.Areas, []byte(id)))
	}
	l.gathering("area", func(p *part, found bitset) {
		for _, n := range numbers {
			if p.kind == geo.Events {
				l.snapshot.eventsIn(n, p, found)
				continue
			}
			for row, number := range p.anchor {
				if l.snapshot.inArea(n).within.has(number) {
					found.set(uint32(row))
				}
			}
		}
	})
}

// word adds the condition that a word begins one of the texts: of events also the
// names of their place and of the actors that take part.
func (l *plan) word(word string) {
	s := l.snapshot
	var locations, actors bitset
	if l.kind == geo.Events {
		locations, actors = newBitset(s.anchors.len()), newBitset(len(s.actors))
		for _, k := range []geo.Kind{geo.Places, geo.Areas} {
			s.named(k, word, locations)
		}
		s.named(geo.Actors, word, actors)
	}
	l.gathering("q", func(p *part, found bitset) {
		p.words.into(word, found)
		if p.kind == geo.Events {
			p.at(p.loc, &p.byLoc, locations, found)
			p.byActor.rowsOfAll(actors, found)
		}
	})
}

// named puts the numbers of the records that a word finds, and that may leave,
// into a set.
func (s *Snapshot) named(k geo.Kind, word string, numbers bitset) {
	for _, p := range s.parts[k] {
		found := borrow(p.rows)
		p.words.into(word, found)
		found.and(p.visible)
		for row := range found.all() {
			numbers.set(p.anchor[row])
		}
		found.give()
	}
}

// rows returns the rows of a part that meet all conditions but those of some fields.
// The error is of reading records.
func (l *plan) rows(p *part, but ...string) (bitset, error) {
	rows := borrow(p.rows)
	if l.among != nil {
		copy(rows, l.among[p])
	} else {
		copy(rows, p.visible)
	}
	for _, c := range l.conditions {
		if !slices.Contains(but, c.field) {
			c.narrow(p, rows)
		}
	}
	if l.where == nil || l.among != nil {
		return rows, nil
	}
	return rows, l.where.keep(p, rows, true)
}

// settle finds the rows that meet the CQL2 expression, among those that meet all
// conditions but those of some fields. They are found once, and not for each field
// that is left out.
func (l *plan) settle(but ...string) error {
	if l.where == nil {
		return nil
	}
	among := make(map[*part]bitset)
	for _, p := range l.snapshot.parts[l.kind] {
		var err error
		if among[p], err = l.rows(p, but...); err != nil {
			return err
		}
	}
	l.among = among
	return nil
}

// withMembers is the numbers of actors and of all that are members of them,
// directly or not.
func (s *Snapshot) withMembers(ids []string) bitset {
	all := newBitset(len(s.actors))
	for grown := append([]string(nil), ids...); len(grown) > 0; {
		id := grown[0]
		grown = grown[1:]
		if n := s.actorNumber([]byte(id)); n == 0 || all.has(n) {
			continue
		} else {
			all.set(n)
		}
		for _, a := range s.actors {
			if a.leaves && slices.Contains(a.memberOf, id) {
				grown = append(grown, a.id)
			}
		}
	}
	return all
}

// partsOf is the numbers, among the events that others mention, of some events and
// of all that are part of them, directly or not, by way of events that may leave.
func (s *Snapshot) partsOf(ids []string) bitset {
	all := newBitset(len(s.mentions.texts))
	var grown []uint32
	add := func(id string) {
		if n, mentioned := s.mentions.numbers[id]; mentioned && !all.has(n) {
			all.set(n)
			grown = append(grown, n)
		}
	}
	for _, id := range ids {
		add(id)
	}
	for len(grown) > 0 {
		n := grown[0]
		grown = grown[1:]
		for _, p := range s.parts[geo.Events] {
			if i, found := p.byPartOf.find(n); found {
				p.byPartOf.each(i, func(row uint32) {
					if p.visible.has(row) {
						add(p.id(row))
					}
				})
			}
		}
	}
	return all
}
