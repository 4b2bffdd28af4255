package index

import (
	"sync"
	"sync/atomic"

	"github.com/conflictmap/conflictmap/geo"
)

// area is what the index knows of an area beside its row.
type area struct {
	kind       geo.AreaKind
	start, end int64
	within     string // id
	prepared   *geo.Prepared
}

func newArea(r *geo.Area, prepared *geo.Prepared) *area {
	from, to := times(r.Valid())
	return &area{r.AreaKind, from, to, r.Within, prepared}
}

// areaSets holds, for the areas asked about, what lies in them. It is filled as
// readers ask, and stands as long as no place or area changes.
type areaSets struct{ of sync.Map } // number -> *madeSet

// areaSet is what lies in an area.
type areaSet struct {
	inside bitset // anchors of points and lines in its polygon
	within bitset // places and areas in it: their record says so, upwards, or their point lies in its polygon
}

// madeSet is an areaSet that is made when it is first called for.
type madeSet struct {
	set   func() *areaSet
	asked atomic.Bool // by readers
}

// inArea returns what lies in the area of a number, which may leave.
func (s *Snapshot) inArea(n uint32) *areaSet {
	made := s.madeSet(n)
	made.asked.Store(true)
	return made.set()
}

func (s *Snapshot) madeSet(n uint32) *madeSet {
	made, known := s.sets.of.Load(n)
	if !known {
		made, _ = s.sets.of.LoadOrStore(n, &madeSet{set: sync.OnceValue(func() *areaSet { return s.findInArea(n) })})
	}
	set, _ := made.(*madeSet)
	return set
}

func (s *Snapshot) findInArea(n uint32) *areaSet {
	a, its := s.anchors, s.areas[n]
	set := &areaSet{newBitset(a.len()), newBitset(a.len())}
	geometry := a.shapes[n].geometry
	for m, kind := range a.kind {
		m := uint32(m)
		switch {
		case a.hidden[m]:
		case kind == ownPoint || kind == placePoint:
			if its.prepared.Contains(a.at[m]) {
				set.inside.set(m)
			}
		case kind == ownShape:
			if geo.Inside(a.shapes[m].geometry, geometry) {
				set.inside.set(m)
			}
		}
	}
	below := s.below(n)
	for m, kind := range a.kind {
		m := uint32(m)
		isPlace := kind == placePoint
		if (isPlace || kind == areaShape) && !a.hidden[m] && (below.has(a.within[m]) || isPlace && set.inside.has(m)) {
			set.within.set(m)
		}
	}
	return set
}

// below is the area and all that lie within it by their records, directly or not,
// by way of areas that may leave.
func (s *Snapshot) below(n uint32) bitset {
	set := newBitset(s.anchors.len())
	set.set(n)
	for grown := true; grown; {
		grown = false
		for m := range s.areas {
			if !set.has(m) && !s.anchors.hidden[m] && set.has(s.anchors.within[m]) {
				set.set(m)
				grown = true
			}
		}
	}
	return set
}

// eventsIn puts the events into the set that lie in an area: at a place within it
// while it stood, by a point of their own that is known closely enough, or tied to
// it by id.
func (s *Snapshot) eventsIn(n uint32, p *part, set bitset) {
	its, lies := s.areas[n], s.inArea(n)
	found, own := borrow(p.rows), borrow(p.rows)
	p.at(p.anchor, &p.byAnchor, lies.inside, own)
	close := borrow(p.rows)
	for i, precision := range geo.PlacePrecisions() {
		if precision.CanBeIn(its.kind) {
			close.or(p.byPlacePrecision[i])
		}
	}
	own.and(close)
	p.attachedToAll(lies.within, found)
	found.or(own)
	p.overlapping(found, its.start, its.end)
	set.or(found)
	p.attached(n, set)
	for _, b := range []bitset{found, own, close} {
		b.give()
	}
}
