package index_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/paulmach/orb"
)

// randomWorld makes records of all sorts and edits them at random. What it makes is
// always what the store would let through: valid, and in order with one another.
type randomWorld struct {
	*rand.Rand
	model   *model
	batch   []geo.Change
	numbers map[string]int // of ids: hierarchies lead to smaller numbers, and so never back
	made    map[string]int
	points  []orb.Point   // few, so that many things are at one
	days    []geo.Instant // few, so that times meet
	sharing bool          // of ids between kinds
	gone    []geo.Change
}

func newRandomWorld(seed uint64) *randomWorld {
	w := &randomWorld{Rand: rand.New(rand.NewPCG(seed, 4)), model: newModel(), numbers: make(map[string]int), made: make(map[string]int)}
	w.sharing = w.one(8)
	w.points = append(slices.Clone(awkwardPoints), orb.Point{float64(w.IntN(360)) - 180, float64(w.IntN(180)) - 90})
	for range 4 + w.IntN(20) {
		w.points = append(w.points, orb.Point{-15 + 30*w.Float64(), -15 + 30*w.Float64()}, orb.Point{float64(w.IntN(21)) - 10, float64(w.IntN(21)) - 10})
	}
	w.days = w.someDays()
	for _, r := range []geo.Redistribution{geo.Public, geo.Public, geo.Derived, geo.Private} {
		w.put(geotest.Dataset(w.id("d"), r))
	}
	for range 3 + w.IntN(8) {
		w.put(w.actor(w.id("a")))
	}
	for range 3 + w.IntN(10) {
		w.put(w.area(w.id("l")))
	}
	for range 3 + w.IntN(12) {
		w.put(w.place(w.id("l")))
	}
	events := 50 + w.IntN(90)
	if w.one(6) {
		events = mostEvents - w.IntN(100)
	}
	for range events {
		w.put(w.event(w.id("e")))
	}
	return w
}

// awkwardPoints are on edges of grids: of degrees, of the map's cells, of the globe.
var awkwardPoints = []orb.Point{{0, 0}, {180, 0}, {-180, 0}, {180, 5}, {-180, 5}, {180, 90}, {-180, -90}, {17, 90}, {0, -90},
	{45, 0}, {90, 45}, {-90, 85.06}, {11.25, -85.05}, {-0.5, -89.999}, {5, 5}, {5, 0}, {179.999, 5}, {10, 10}}

// awkwardShapes are those that a record may have, and more of those that cross the
// 180th meridian.
var awkwardShapes = func() []orb.Geometry {
	shapes := []orb.Geometry{orb.MultiPoint{{178, 5}, {-178, 5}}, orb.MultiLineString{{{175, -5}, {180, 0}}, {{-180, 0}, {-175, 5}}},
		orb.MultiPolygon{orb.Bound{Min: orb.Point{171, -3}, Max: orb.Point{180, 6}}.ToPolygon(), orb.Bound{Min: orb.Point{-180, -3}, Max: orb.Point{-171, 6}}.ToPolygon()}}
	for _, g := range geo.AwkwardGeometries {
		if g.Valid {
			shapes = append(shapes, g.Geometry)
		}
	}
	return shapes
}()

func (w *randomWorld) someDays() []geo.Instant {
	days := []geo.Instant{geo.Date(2023, 12, 31), geo.Date(2024, 1, 1), geo.Date(2024, 2, 29), geo.Date(2024, 3, 31), geo.Date(2024, 4, 1), geo.Date(2024, 7, 7), geo.Date(2024, 7, 8)}
	for range 8 {
		days = append(days, geo.Date(2024, 1, 1+w.IntN(60)))
	}
	switch w.IntN(40) {
	case 0, 1, 2: // so that days are too many
		days = append(days, geo.Date(1969, 12, 31), geo.Date(1970, 1, 1))
	case 3: // the first and the last there are
		days = append(days, geo.Date(1, 1, 2), geo.Date(9999, 12, 31))
	}
	return days
}

func (w *randomWorld) one(in int) bool { return w.IntN(in) == 0 }

func pick[T any](w *randomWorld, list []T) T { return list[w.IntN(len(list))] }

// id makes a new id. Some begin others, and not all are ASCII; records of two kinds
// may have the same.
func (w *randomWorld) id(prefix string) string {
	w.made[prefix]++
	n := w.made[prefix]
	id := prefix + pick(w, []string{"", "-", ":", "é", "-0"}) + fmt.Sprint(n)
	if w.sharing {
		id = fmt.Sprint(n)
	}
	w.numbers[id] = n
	return id
}

// any is the id of a record of a kind, "" where there is none.
func (w *randomWorld) any(k geo.Kind) string {
	if ids := w.model.ids(k); len(ids) > 0 {
		return pick(w, ids)
	}
	return ""
}

// below is any, of a smaller number than another id.
func (w *randomWorld) below(k geo.Kind, id string) string {
	if other := w.any(k); w.numbers[other] < w.numbers[id] {
		return other
	}
	return ""
}

func (w *randomWorld) location() string {
	if w.one(4) {
		return w.any(geo.Areas)
	}
	return w.any(geo.Places)
}

// dataset is mostly one that may leave.
func (w *randomWorld) dataset() string {
	id := w.any(geo.Datasets)
	for tries := 0; tries < 3 && !w.model.mayLeave(geo.Datasets, id); tries++ {
		id = w.any(geo.Datasets)
	}
	return id
}

// words share beginnings, within their scripts and across, and have letters that fold.
var words = []string{"La", "Lashio", "lash", "Läshio", "LASHING", "Łódź", "lodz", "10", "105mm", "1050", "x", "don't", "ﬁre", "fire", "Москва", "мос", "Đà", "Straße", "STRASSE",
	"လား", "လားရှိုး", "ရှိုး", "腊戌", "腊", "戌市", "x腊y", "10腊", "ラシオ", "ABC", "ａｂｃ", "şan", "Shan-State", "a/b", `"quoted"`, `back\slash`, "e\u0301tat", "état", "၁၀", "ไทย"}

func (w *randomWorld) phrase() string {
	var list []string
	for range 1 + w.IntN(3) {
		list = append(list, pick(w, words))
	}
	return strings.Join(list, pick(w, []string{" ", ", ", "", "\n"}))
}

func (w *randomWorld) text() geo.Text {
	t := geo.Text{"en": w.phrase()}
	for w.one(3) {
		t[pick(w, []string{"my", "zh", "shn"})] = w.phrase()
	}
	return t
}

// instant is mostly a day, else a time: at its beginning, its end, or between.
func (w *randomWorld) instant() geo.Instant {
	day := pick(w, w.days)
	switch w.IntN(9) {
	case 0:
		return geo.At(day.First())
	case 1:
		return geo.At(day.Last())
	case 2:
		return geo.At(day.First().Add(time.Duration(w.Int64N(86_400_000_000)) * time.Microsecond))
	}
	return day
}

// interval has an open end, or two, now and then; often it is one day.
func (w *randomWorld) interval() (v geo.Interval) {
	v.Start = w.instant()
	if v.End = v.Start; w.one(2) {
		v.End = w.instant()
	}
	if v.End.Last().Before(v.Start.First()) {
		v.Start, v.End = v.End, v.Start
	}
	if w.one(6) {
		v.Start = geo.Instant{}
	}
	if w.one(6) {
		v.End = geo.Instant{}
	}
	return v
}

func (w *randomWorld) actor(id string) *geo.Actor {
	a := geotest.Actor(id, w.dataset())
	a.Names = w.text()
	for w.one(2) {
		if group := w.below(geo.Actors, id); group != "" && !slices.Contains(a.MemberOf, group) {
			a.MemberOf = append(a.MemberOf, group)
		}
	}
	return a
}

func (w *randomWorld) place(id string) *geo.Place {
	p := geotest.Place(id, w.dataset(), 0, 0)
	p.Geometry, p.Names = pick(w, w.points), w.text()
	if w.one(3) {
		p.OtherNames = []string{w.phrase()}
	}
	if w.one(2) {
		p.Within = w.any(geo.Areas)
	}
	return p
}

func (w *randomWorld) area(id string) *geo.Area {
	a := geotest.Area(id, w.dataset(), pick(w, geo.AreaKinds()), 0, 0, 1, 1)
	a.Geometry, a.Names = w.outline(), w.text()
	if w.one(2) {
		a.Within = w.below(geo.Areas, id)
	}
	if w.one(3) {
		v := w.interval()
		a.Start, a.End = v.Start, v.End
	}
	return a
}

// outline is often a box whose edges run through the points there are.
func (w *randomWorld) outline() orb.Geometry {
	for w.one(5) {
		switch g := pick(w, awkwardShapes); g.(type) {
		case orb.Polygon, orb.MultiPolygon:
			return g
		}
	}
	p, q := pick(w, w.points), pick(w, w.points)
	if w.one(3) {
		return orb.Polygon{{p, {q[0], p[1]}, q, p}}
	}
	return orb.MultiPoint{p, q}.Bound().ToPolygon()
}

func (w *randomWorld) event(id string) *geo.Event {
	e := geotest.Event(id, w.dataset(), "", geo.Instant{})
	e.Type, e.Status, e.Title = pick(w, geo.EventTypes()), pick(w, geo.Statuses()), w.text()
	v := w.interval()
	e.Start, e.End, e.DatePrecision = v.Start, v.End, pick(w, geo.DatePrecisions())
	if v.IsZero() {
		e.DatePrecision = geo.UnknownDate
	}
	e.Incidents = pick(w, []int{1, 1, 1, 2, 7, 1000})
	if w.one(2) {
		e.Fatalities = &geo.Fatalities{Best: w.count(), Low: w.count(), High: w.count()}
	}
	w.locate(e)
	for w.one(2) {
		p := geo.Participant{ActorID: w.any(geo.Actors), Role: pick(w, geo.Roles())}
		if p.ActorID == "" || w.one(4) {
			p.ActorID, p.Name = "", w.phrase()
		}
		e.Participants = append(e.Participants, p)
	}
	if w.one(3) {
		e.PartOf = w.below(geo.Events, id)
	}
	for w.one(6) {
		if other := w.any(geo.Events); other != "" && other != id {
			e.Related = append(e.Related, geo.Relation{Event: other, Relation: pick(w, geo.RelationKinds())})
		}
	}
	return e
}

// count may be null, and a best estimate higher than the high one.
func (w *randomWorld) count() *int {
	if w.one(3) {
		return nil
	}
	n := pick(w, []int{0, 1, 2, 5, 10, 1 << 30})
	return &n
}

// locate says where an event was: nowhere, at a place, by a geometry of its own, both.
func (w *randomWorld) locate(e *geo.Event) {
	e.PlaceID, e.Geometry, e.PlacePrecision, e.Route = "", nil, pick(w, geo.PlacePrecisions()), nil
	if w.one(2) {
		e.PlacePrecision = geo.Exact
	}
	if !w.one(3) {
		e.PlaceID = w.location()
	}
	switch w.IntN(10) {
	case 0:
		e.Geometry = pick(w, awkwardShapes)
	case 1:
		e.Geometry = orb.LineString{pick(w, w.points), pick(w, w.points)}
	case 2, 3, 4, 5:
		e.Geometry = pick(w, w.points)
	}
	if e.Geometry == nil && e.PlaceID == "" {
		e.PlacePrecision = pick(w, []geo.PlacePrecision{geo.UnknownPlace, geo.International})
	}
	if to := w.location(); w.one(6) && to != "" {
		e.Route = &geo.Route{From: w.location(), To: to}
		e.Route.Assumed = e.Route.From != "" && w.one(2)
	}
}

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
			w.model.records[c.Kind][c.ID] = kept{c.Record, c.Seq}
		}
	}
	return batch
}

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
