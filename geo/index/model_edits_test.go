package index_test

import (
	"slices"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// put and remove make a change, for the model to know at once.
func (w *randomWorld) put(r geo.Record) {
	w.batch = append(w.batch, geo.Put(r, "tester", "test"))
	w.model.records[r.Kind()][r.Key()] = kept{record: r}
}

func (w *randomWorld) remove(k geo.Kind, id string) {
	w.batch = append(w.batch, geo.Remove(k, id, "tester", "test"))
	delete(w.model.records[k], id)
}

// edit changes one record, or some that hang together.
func (w *randomWorld) edit() {
	pick(w, []func(){
		w.addEvent, w.addEvent, w.changeEvent, w.changeEvent, w.alterEvent, w.alterEvent, w.alterEvent, w.removeSome, w.removeSome, w.removeMentioned,
		w.alterPlace, w.alterPlace, w.alterArea, w.alterArea, w.alterActor, w.alterDataset, w.addOther, w.restore, w.repeat, w.turn,
	})()
}

// mostEvents bounds a world, so that its rounds stay short.
const mostEvents = 300

func (w *randomWorld) addEvent() {
	if len(w.model.records[geo.Events]) < mostEvents {
		w.put(w.event(w.id("e")))
	}
}

func (w *randomWorld) changeEvent() {
	if id := w.any(geo.Events); id != "" {
		w.put(w.event(id))
	}
}

// alterEvent changes one thing of an event.
func (w *randomWorld) alterEvent() {
	id := w.any(geo.Events)
	if id == "" {
		return
	}
	e, fresh := *w.model.records[geo.Events][id].record.(*geo.Event), w.event(id)
	switch w.IntN(7) {
	case 0:
		e.Title = fresh.Title
	case 1:
		e.Start, e.End, e.DatePrecision = fresh.Start, fresh.End, fresh.DatePrecision
	case 2:
		w.locate(&e)
	case 3:
		e.Participants, e.DatasetID = fresh.Participants, fresh.DatasetID
	case 4:
		e.PartOf, e.Related = fresh.PartOf, fresh.Related
	case 5:
		if e.Status = geo.Withdrawn; w.one(2) {
			e.Status = fresh.Status
		}
	case 6:
		e.Fatalities, e.Incidents, e.Type = fresh.Fatalities, fresh.Incidents, fresh.Type
	}
	w.put(&e)
}

func (w *randomWorld) alterPlace() {
	id := w.any(geo.Places)
	if id == "" {
		return
	}
	p, fresh := *w.model.records[geo.Places][id].record.(*geo.Place), w.place(id)
	switch w.IntN(5) {
	case 0, 1:
		p.Geometry = fresh.Geometry
	case 2:
		p.Names, p.OtherNames = fresh.Names, fresh.OtherNames
	case 3:
		p.Within = fresh.Within
	case 4:
		p.DatasetID = fresh.DatasetID
	}
	w.put(&p)
}

func (w *randomWorld) alterArea() {
	id := w.any(geo.Areas)
	if id == "" {
		return
	}
	a, fresh := *w.model.records[geo.Areas][id].record.(*geo.Area), w.area(id)
	switch w.IntN(6) {
	case 0:
		a.Geometry = fresh.Geometry
	case 1:
		a.Names, a.OtherNames = fresh.Names, fresh.OtherNames
	case 2:
		a.Within = fresh.Within
	case 3:
		a.DatasetID = fresh.DatasetID
	case 4:
		a.Start, a.End = fresh.Start, fresh.End
	case 5:
		a.AreaKind = fresh.AreaKind
	}
	w.put(&a)
}

func (w *randomWorld) alterActor() {
	id := w.any(geo.Actors)
	if id == "" {
		return
	}
	a, fresh := *w.model.records[geo.Actors][id].record.(*geo.Actor), w.actor(id)
	switch w.IntN(3) {
	case 0:
		a.Names = fresh.Names
	case 1:
		a.MemberOf = fresh.MemberOf
	case 2:
		a.DatasetID = fresh.DatasetID
	}
	w.put(&a)
}

// alterDataset lets all of a dataset leave, or no more.
func (w *randomWorld) alterDataset() {
	d := *w.model.records[geo.Datasets][w.any(geo.Datasets)].record.(*geo.Dataset)
	d.Redistribution, d.Attribution = pick(w, append(geo.Redistributions(), geo.Public, geo.Public)), w.phrase()
	w.put(&d)
}

func (w *randomWorld) addOther() {
	switch {
	case len(w.model.records[geo.Places]) < 20 && w.one(2):
		w.put(w.place(w.id("l")))
	case len(w.model.records[geo.Areas]) < 14:
		w.put(w.area(w.id("l")))
	case len(w.model.records[geo.Actors]) < 14:
		w.put(w.actor(w.id("a")))
	case len(w.model.records[geo.Datasets]) < 7:
		w.put(geotest.Dataset(w.id("d"), pick(w, geo.Redistributions())))
	}
}

// repeat puts a record as it is already, with a new number in the log.
func (w *randomWorld) repeat() {
	if k := pick(w, geo.Kinds()); w.any(k) != "" {
		w.put(w.model.records[k][w.any(k)].record)
	}
}

// removeSome removes a record that no other mentions.
func (w *randomWorld) removeSome() {
	k := geo.Events
	if w.one(3) {
		k = pick(w, geo.Kinds())
	}
	if id := w.any(k); id != "" && len(w.mentioning(k, id)) == 0 && (k != geo.Datasets || len(w.model.records[k]) > 1) {
		w.gone = append(w.gone, geo.Put(w.model.records[k][id].record, "", ""))
		if w.remove(k, id); w.one(8) {
			w.restore() // the same id again, perhaps in the same batch
		}
	}
}

// removeMentioned takes the mentions of a place, an area or an actor away, and then itself.
func (w *randomWorld) removeMentioned() {
	k := pick(w, []geo.Kind{geo.Places, geo.Areas, geo.Actors})
	id := w.any(k)
	if id == "" {
		return
	}
	for _, r := range w.mentioning(k, id) {
		unmentioned, _ := geo.Mask(r, func(_ geo.Kind, other string) bool { return other != id })
		if geo.Validate(unmentioned) != nil {
			return
		}
		w.put(unmentioned)
	}
	w.remove(k, id)
}

// mentioning lists the records that mention another.
func (w *randomWorld) mentioning(k geo.Kind, id string) (list []geo.Record) {
	for _, other := range geo.Kinds() {
		for _, its := range w.model.ids(other) {
			r := w.model.records[other][its].record
			if slices.ContainsFunc(r.References(), func(ref geo.Reference) bool { return ref.ID == id && slices.Contains(ref.Kinds, k) }) {
				list = append(list, r)
			}
		}
	}
	return list
}

// restore puts a record again that was removed, where what it mentions is still there.
func (w *randomWorld) restore() {
	if len(w.gone) == 0 {
		return
	}
	c := w.gone[len(w.gone)-1]
	w.gone = w.gone[:len(w.gone)-1]
	_, isPlace := w.model.records[geo.Places][c.ID]
	_, isArea := w.model.records[geo.Areas][c.ID]
	taken := isPlace && c.Kind == geo.Areas || isArea && c.Kind == geo.Places
	if !taken && w.model.dangling(c.Record) == nil {
		w.put(c.Record)
	}
}

// turn makes an area of a place, or a place of an area, that keeps its id: what
// happened there stays there.
func (w *randomWorld) turn() {
	id := w.location()
	_, isPlace := w.model.records[geo.Places][id]
	switch {
	case id == "":
	case isPlace:
		w.remove(geo.Places, id)
		w.put(w.area(id))
	case !slices.ContainsFunc(w.mentioning(geo.Areas, id), func(r geo.Record) bool { return r.Kind() != geo.Events }):
		w.remove(geo.Areas, id)
		w.put(w.place(id))
	}
}

// timeOf is when a change was made.
func timeOf(seq uint64) time.Time { return time.Unix(int64(seq), 0).UTC() }

// changes ends a batch: its changes in another order, of which only that of each
// record's own counts, with their numbers.
func (w *randomWorld) changes() []geo.Change {
	type key struct {
		kind geo.Kind
		id   string
	}
	inOrder := make(map[key][]geo.Change)
	for _, c := range w.batch {
		inOrder[key{c.Kind, c.ID}] = append(inOrder[key{c.Kind, c.ID}], c)
	}
	batch := w.batch
	if w.batch = nil; w.one(2) {
		w.Shuffle(len(batch), func(i, j int) { batch[i], batch[j] = batch[j], batch[i] })
	}
	for i, c := range batch {
		its := key{c.Kind, c.ID}
		c, inOrder[its] = inOrder[its][0], inOrder[its][1:]
		w.model.seq++
		c.Seq, c.Time = w.model.seq, timeOf(w.model.seq)
		if batch[i] = c; c.Record != nil && len(inOrder[its]) == 0 {
			w.model.keep(c.Record, c.Seq)
		}
	}
	return batch
}
