package index

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
)

// part is a table as one snapshot sees it: which of its rows stand, and what of
// them may leave.
type part struct {
	*table
	living  int    // rows that stand
	alive   bitset // those
	visible bitset // those of them that may leave

	// What follows from other records that may not leave; nil for nothing.
	masked    bitset // rows that mention one
	lost      bitset // events without a geometry of their own whose place is one: where they were is unknown
	lostRoute bitset // events whose route leads to one, and so has no start either
}

func newPart(t *table) *part {
	p := &part{table: t, living: t.rows, alive: newBitset(t.rows)}
	p.alive.fill(t.rows)
	return p
}

// without returns the part with some rows dead.
func (p *part) without(rows []uint32) *part {
	next := *p
	next.alive, next.visible = slices.Clone(p.alive), slices.Clone(p.visible)
	for _, row := range rows {
		if next.alive.has(row) {
			next.living--
		}
		next.alive.unset(row)
		if next.visible != nil {
			next.visible.unset(row)
		}
	}
	return &next
}

// withdrawn is the place of geo.Withdrawn among the statuses.
var withdrawn = slices.Index(geo.Statuses(), geo.Withdrawn)

// release works out which rows may leave, as geo.ReleaseOf says of a dataset and
// of what was withdrawn.
func (p *part) release(datasets []dataset) {
	p.visible = slices.Clone(p.alive)
	if p.kind == geo.Events {
		p.visible.andNot(p.byStatus[withdrawn])
	}
	if slices.ContainsFunc(datasets, func(d dataset) bool { return !d.leaves }) {
		p.visible.keep(func(row uint32) bool { return datasets[p.table.dataset[row]].leaves })
	}
}

// hide works out what follows for the part from records that may not leave.
func (p *part) hide(h *hidden, a *anchors, memberOf func(actor uint32) bool) {
	p.masked, p.lost, p.lostRoute = nil, nil, nil
	switch p.kind {
	case geo.Places, geo.Areas:
		if len(h.locations) > 0 {
			p.masked = p.where(func(row uint32) bool { within := a.within[p.anchor[row]]; return within != 0 && a.hidden[within] })
		}
	case geo.Actors:
		if len(h.actors) > 0 {
			p.masked = p.where(func(row uint32) bool { return memberOf(p.anchor[row]) })
		}
	case geo.Events:
		p.hideEvents(h)
	}
}

func (p *part) where(test func(row uint32) bool) bitset {
	set := slices.Clone(p.alive)
	set.keep(test)
	return set
}

func (p *part) hideEvents(h *hidden) {
	if h.none() {
		return
	}
	p.masked, p.lost, p.lostRoute = newBitset(p.rows), newBitset(p.rows), newBitset(p.rows)
	for _, n := range h.locations {
		p.byLoc.rowsOf(n, p.lost)
		p.byTo.rowsOf(n, p.lostRoute)
		p.byFrom.rowsOf(n, p.masked)
		p.byAssumed.rowsOf(n, p.masked)
	}
	p.masked.or(p.lost)
	p.masked.or(p.lostRoute)
	p.lost.andNot(p.ownGeometry)
	for _, n := range h.actors {
		p.byActor.rowsOf(n, p.masked)
	}
	for _, n := range h.mentions {
		p.byMention.rowsOf(n, p.masked)
	}
}

// hidden lists what may not leave and others may mention, by number.
type hidden struct{ locations, actors, mentions []uint32 }

func (h *hidden) none() bool { return len(h.locations)+len(h.actors)+len(h.mentions) == 0 }

func (h *hidden) equal(o *hidden) bool {
	return slices.Equal(h.locations, o.locations) && slices.Equal(h.actors, o.actors) && slices.Equal(h.mentions, o.mentions)
}

// attached puts the events that name a place or an area as where they happened
// into the set. An assumed start of a journey is not one.
func (p *part) attached(n uint32, set bitset) {
	p.byLoc.rowsOf(n, set)
	p.byTo.rowsOf(n, set)
	if i, found := p.byFrom.find(n); found {
		p.byFrom.each(i, func(row uint32) {
			if p.lostRoute == nil || !p.lostRoute.has(row) {
				set.set(row)
			}
		})
	}
}

// attachedToAll is attached for the places and areas of a set.
func (p *part) attachedToAll(numbers, set bitset) {
	p.at(p.loc, &p.byLoc, numbers, set)
	p.byTo.rowsOfAll(numbers, set)
	for _, n := range p.byFrom.keys {
		if numbers.has(n) {
			p.attached(n, set)
		}
	}
}

// scanShare is how large a share of a table's rows lists may have before it is
// cheaper to look at each row's column.
const scanShare = 8

// at puts the rows whose column holds a number of the set into another.
func (p *part) at(column []uint32, by *keyed, numbers, set bitset) {
	if keys, few := by.few(numbers, p.rows/scanShare); few {
		for _, i := range keys {
			by.into(i, set)
		}
		return
	}
	found := borrow(p.rows)
	found.fill(p.rows)
	wherever(found, column, numbers)
	set.or(found)
	found.give()
}
