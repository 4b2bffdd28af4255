package index_test

import (
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
