package index

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// writer makes the next snapshot of one. It copies what it changes, once.
type writer struct {
	*Snapshot
	before                  *Snapshot
	ownsAnchors             bool
	ownsMentions, ownsNames bool
	released                bool // a dataset changed: what may leave has to be worked out anew
	moved                   bool // areas or what lies in them changed
	place                   geo.Brief
}

func newWriter(s *Snapshot) *writer {
	next := *s
	next.parts, next.summaries = maps.Clone(s.parts), new(sync.Map)
	next.datasets, next.actors, next.areas = slices.Clone(s.datasets), slices.Clone(s.actors), maps.Clone(s.areas)
	next.locations = sync.OnceValue(next.findLocations)
	return &writer{Snapshot: &next, before: s}
}

// ownAnchors returns the anchors, to be changed.
func (w *writer) ownAnchors() *anchors {
	if !w.ownsAnchors {
		w.anchors, w.ownsAnchors = w.anchors.clone(), true
	}
	return w.anchors
}

// geometryNumber is the anchor of a geometry that a row has of its own. A point
// that is known changes nothing.
func (w *writer) geometryNumber(g orb.Geometry) uint32 {
	if p, isPoint := g.(orb.Point); isPoint {
		if n, known := w.anchors.known(p); known {
			return n
		}
		return w.ownAnchors().point(p)
	}
	return w.ownAnchors().shape(g)
}

func (w *writer) mention(id string) uint32 { return ownNumber(&w.mentions, &w.ownsMentions, id) }

func (w *writer) name(name string) uint32 { return ownNumber(&w.names, &w.ownsNames, name) }

// ownNumber is the number of a text. One that is known changes nothing.
func ownNumber(n **numbering, owned *bool, text string) uint32 {
	if known, is := (*n).numbers[text]; is {
		return known
	}
	if !*owned {
		*n, *owned = (*n).clone(), true
	}
	return number(*n, text)
}

// kill lets the rows die that changes replace or remove. What has a number keeps it.
func (w *writer) kill(k geo.Kind, entries []Entry) {
	rows := make(map[int][]uint32)
	for _, e := range entries {
		i, row, found := rowOf(w.Snapshot, k, e.ID)
		if !found {
			continue
		}
		rows[i] = append(rows[i], row)
		if e.Feature == nil {
			w.remove(k, w.parts[k][i].anchor[row])
		}
	}
	parts := slices.Clone(w.parts[k])
	for i, dead := range rows {
		parts[i] = parts[i].without(dead)
	}
	w.parts[k] = parts
}

// remove takes away what stands under a number.
func (w *writer) remove(k geo.Kind, n uint32) {
	switch k {
	case geo.Datasets:
		w.datasets[n].record, w.released = nil, true
	case geo.Actors:
		w.actors[n].memberOf, w.actors[n].leaves = nil, false
	case geo.Areas:
		delete(w.areas, n)
		w.moved = true
	}
}

// bring reads records of a kind in so many goroutines and adds them as a part.
func (w *writer) bring(k geo.Kind, shares int, read func(share, shares int, add func(seq uint64, feature []byte) error) error) error {
	chunks := make([]*chunk, shares)
	errs := make([]error, shares)
	var workers sync.WaitGroup
	for i := range chunks {
		workers.Go(func() {
			chunks[i] = newChunk(w.Snapshot, k)
			errs[i] = read(i, shares, func(seq uint64, feature []byte) error {
				if err := chunks[i].add(seq, feature, w.number(k)); err != nil {
					return err
				}
				c := chunks[i]
				if k == geo.Events {
					return nil
				}
				return w.note(k, c.anchor[c.rows-1], c.table.dataset[c.rows-1], seq, feature)
			})
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return fmt.Errorf("%s: %w", k, err)
		}
	}
	chunks = slices.DeleteFunc(chunks, func(c *chunk) bool { return c.rows == 0 })
	for _, c := range chunks {
		c.number(w)
	}
	tables := make([]*part, len(chunks))
	for i, c := range chunks {
		workers.Go(func() { tables[i] = newPart(c.finish()) })
	}
	workers.Wait()
	w.addParts(k, tables)
	if k == geo.Areas {
		w.placeAreas()
	}
	return nil
}

// number gives the numbers of a kind: what is known by its id keeps its own.
func (w *writer) number(k geo.Kind) func(id []byte) (uint32, error) {
	return func(id []byte) (uint32, error) {
		// The row may be dead by now: it is its number that counts. A place that becomes
		// an area, or the other way round, keeps what names it.
		kinds := []geo.Kind{k}
		if k == geo.Places || k == geo.Areas {
			kinds = []geo.Kind{geo.Places, geo.Areas}
		}
		for _, k := range kinds {
			if n := w.before.numberOf(k, id); n != 0 {
				return n, nil
			}
		}
		switch k {
		case geo.Datasets:
			if len(w.datasets) > most {
				return 0, fmt.Errorf("there are more than %d datasets", most)
			}
			w.datasets = append(w.datasets, dataset{id: string(id)})
			return uint32(len(w.datasets) - 1), nil
		case geo.Actors:
			w.actors = append(w.actors, actor{id: string(id)})
			return uint32(len(w.actors) - 1), nil
		default:
			a := w.ownAnchors()
			return a.append(nowhere, a.at[0]), nil
		}
	}
}

// note keeps what the index needs of a record beside its row.
func (w *writer) note(k geo.Kind, n uint32, dataset uint16, seq uint64, feature []byte) error {
	if k == geo.Places {
		if err := w.place.Read(k, feature); err != nil {
			return err
		}
		w.ownAnchors().lendPoint(n, w.place.Point, seq, dataset, w.locNumber(w.place.Within))
		return nil
	}
	r, err := geo.DecodeFeature(k, feature)
	if err != nil {
		return err
	}
	switch r := r.(type) {
	case *geo.Dataset:
		w.datasets[n].record, w.released = r, true
	case *geo.Actor:
		w.actors[n].memberOf = r.MemberOf
	case *geo.Area:
		prepared := geo.Prepare(r.Geometry)
		w.areas[n] = newArea(r, prepared)
		w.ownAnchors().lendShape(n, newShape(r.Geometry, prepared), seq, dataset)
		w.moved = true
	}
	return nil
}

// placeAreas finds, when all areas have their numbers, in which each lies.
func (w *writer) placeAreas() {
	for n, a := range w.areas {
		within := w.numberOf(geo.Areas, []byte(a.within))
		if w.anchors.within[n] != within {
			w.ownAnchors().within[n] = within
		}
	}
}

// mergeShare: a part is merged into the one before it when that has not at least
// so many times its rows. So a record is merged again only when the rows around it
// have grown by half or so, and a snapshot has few parts.
const mergeShare = 4

func (w *writer) addParts(k geo.Kind, added []*part) {
	parts := slices.DeleteFunc(slices.Clone(w.parts[k]), func(p *part) bool { return p.living == 0 })
	if len(added) > 1 {
		added = []*part{newPart(merge(k, added))}
	}
	parts = append(parts, added...)
	for len(parts) > 1 {
		last := len(parts) - 1
		if parts[last-1].living >= mergeShare*parts[last].living {
			break
		}
		parts = append(parts[:last-1], newPart(merge(k, parts[last-1:])))
	}
	for i, p := range parts {
		if p.living*2 < p.rows {
			parts[i] = newPart(merge(k, []*part{p}))
		}
	}
	w.parts[k] = parts
}

// settle works out what may leave, and what follows from it.
func (w *writer) settle() {
	for i, d := range w.datasets {
		w.datasets[i].leaves = geo.ReleaseOf(d.record, d.record) == geo.Whole
	}
	for k, parts := range w.parts {
		parts = slices.Clone(parts)
		for i, p := range parts {
			if p.visible == nil || w.released {
				next := *p
				next.release(w.datasets)
				parts[i] = &next
			}
		}
		w.parts[k] = parts
	}
	w.settleLocations()
	w.settleActors()
	h := &hidden{w.hidden.locations, w.hidden.actors, w.missing()}
	w.hidden = h
	memberOfHidden := func(n uint32) bool {
		return slices.ContainsFunc(w.actors[n].memberOf, func(id string) bool { return !w.actors[w.actorNumber([]byte(id))].leaves })
	}
	all := !h.equal(w.before.hidden)
	known := make(map[*table]bool)
	for _, parts := range w.before.parts {
		for _, p := range parts {
			known[p.table] = true
		}
	}
	for k, parts := range w.parts {
		parts = slices.Clone(parts)
		for i, p := range parts {
			if all || !known[p.table] {
				next := *p
				next.hide(h, w.anchors, memberOfHidden)
				parts[i] = &next
			}
		}
		w.parts[k] = parts
	}
	if w.moved || w.ownsAnchors {
		w.sets = new(areaSets)
	}
}

// settleLocations hides the places and areas that may not leave.
func (w *writer) settleLocations() {
	if !w.ownsAnchors && !w.released && !w.changed(geo.Places) && !w.changed(geo.Areas) {
		return
	}
	shown := newBitset(w.anchors.len())
	for _, k := range []geo.Kind{geo.Places, geo.Areas} {
		for _, p := range w.parts[k] {
			for row := range p.visible.all() {
				shown.set(p.anchor[row])
			}
		}
	}
	var locations []uint32
	for n, kind := range w.anchors.kind {
		n := uint32(n)
		isHidden := (kind == placePoint || kind == areaShape) && !shown.has(n)
		if w.anchors.hidden[n] != isHidden {
			w.ownAnchors().hidden[n] = isHidden
		}
		if isHidden {
			locations = append(locations, n)
		}
	}
	w.hidden = &hidden{locations, w.hidden.actors, w.hidden.mentions}
}

func (w *writer) settleActors() {
	if !w.released && !w.changed(geo.Actors) {
		return
	}
	shown := newBitset(len(w.actors))
	for _, p := range w.parts[geo.Actors] {
		for row := range p.visible.all() {
			shown.set(p.anchor[row])
		}
	}
	var actors []uint32
	for n := range w.actors {
		if w.actors[n].leaves = shown.has(uint32(n)); n > 0 && !w.actors[n].leaves {
			actors = append(actors, uint32(n))
		}
	}
	w.hidden = &hidden{w.hidden.locations, actors, w.hidden.mentions}
}

// changed says whether the rows of a kind are others than before.
func (w *writer) changed(k geo.Kind) bool {
	return !slices.EqualFunc(w.parts[k], w.before.parts[k], func(a, b *part) bool { return a == b })
}

// missing lists the events that others mention and that may not leave.
func (w *writer) missing() (numbers []uint32) {
	for n, id := range w.mentions.texts {
		if _, _, found := w.visible(geo.Events, id); n > 0 && !found {
			numbers = append(numbers, uint32(n))
		}
	}
	return numbers
}
