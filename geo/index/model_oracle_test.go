package index_test

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// model is the records of all kinds as they are decoded. What the index answers
// from columns and sets, it answers by a loop over all records; it knows nothing
// of package index.
type model struct {
	seq     uint64
	records map[geo.Kind]map[string]kept
	folded  map[geo.Record]geo.Words // folding is dear, and records do not change
	log     *sync.Map                // the record that each change put, by its number
}

type kept struct {
	record geo.Record
	seq    uint64
}

func newModel() *model {
	m := &model{records: make(map[geo.Kind]map[string]kept), folded: make(map[geo.Record]geo.Words), log: new(sync.Map)}
	for _, k := range geo.Kinds() {
		m.records[k] = make(map[string]kept)
	}
	return m
}

// keep puts the record of a change.
func (m *model) keep(r geo.Record, seq uint64) {
	m.records[r.Kind()][r.Key()] = kept{r, seq}
	m.log.Store(seq, r)
}

// read is the log as an index reads it, also one that is behind.
func (m *model) read(seqs []uint64, add func(seq uint64, feature []byte) error) error {
	for i, seq := range seqs {
		r, found := m.log.Load(seq)
		if !found || i > 0 && seqs[i-1] >= seq {
			return fmt.Errorf("the changes %v do not ascend, or %d put nothing", seqs, seq)
		}
		feature, err := geo.EncodeFeature(r.(geo.Record))
		if err = errors.Join(err, add(seq, feature)); err != nil {
			return err
		}
	}
	return nil
}

func (m *model) ids(k geo.Kind) []string { return slices.Sorted(maps.Keys(m.records[k])) }

func (m *model) mayLeave(k geo.Kind, id string) bool {
	of, found := m.records[k][id]
	if !found {
		return false
	}
	d, _ := m.records[geo.Datasets][of.record.InDataset()].record.(*geo.Dataset)
	return geo.ReleaseOf(d, of.record) == geo.Whole
}

func (m *model) words(r geo.Record) geo.Words {
	w, known := m.folded[r]
	if !known {
		w = geo.SearchText(r)
		m.folded[r] = w
	}
	return w
}

// state is what of a model may leave. It stays as it is when the model changes.
type state struct {
	rows map[geo.Kind][]*seen // in the order of answers
	byID map[geo.Kind]map[string]*seen
	lies map[[2]string]bool // event and area, as far as it was asked
}

// seen is a record as it may leave.
type seen struct {
	stored   geo.Record
	record   geo.Record // without its mentions of what may not leave
	masked   bool
	seq      uint64
	shape    orb.Geometry
	shapeSeq uint64
	lender   string // dataset of the place that lends its geometry
	texts    []geo.Words
	order    int64 // the sort key before the id
}

func (r *seen) id() string { return r.record.Key() }

func (m *model) state() *state {
	s := &state{make(map[geo.Kind][]*seen), make(map[geo.Kind]map[string]*seen), make(map[[2]string]bool)}
	for _, k := range []geo.Kind{geo.Datasets, geo.Actors, geo.Areas, geo.Places, geo.Events} {
		s.byID[k] = make(map[string]*seen)
		for _, id := range m.ids(k) {
			if m.mayLeave(k, id) {
				s.byID[k][id] = s.see(m, m.records[k][id])
			}
		}
		s.rows[k] = slices.SortedFunc(maps.Values(s.byID[k]), compareSeen)
	}
	return s
}

func compareSeen(a, b *seen) int {
	return cmp.Or(cmp.Compare(a.order, b.order), strings.Compare(a.id(), b.id()))
}

func (s *state) see(m *model, of kept) *seen {
	r := &seen{stored: of.record, seq: of.seq, shape: of.record.Shape()}
	r.record, r.masked = geo.Mask(of.record, m.mayLeave)
	if r.shape != nil {
		r.shapeSeq = of.seq
	}
	if r.masked {
		r.texts = []geo.Words{geo.SearchText(r.record)}
	} else {
		r.texts = []geo.Words{m.words(r.record)}
	}
	e, isEvent := r.record.(*geo.Event)
	if !isEvent {
		return r
	}
	r.order = math.MaxInt64
	if at, dated := firstKnown(e); dated {
		r.order = -at.UnixMicro()
	}
	if place := s.location(e.PlaceID); place != nil {
		r.texts = append(r.texts, place.texts...)
		if r.shape == nil {
			r.shape, r.shapeSeq, r.lender = place.shape, place.shapeSeq, place.record.InDataset()
		}
	}
	for _, p := range e.Participants {
		if actor := s.byID[geo.Actors][p.ActorID]; actor != nil {
			r.texts = append(r.texts, actor.texts...)
		}
	}
	return r
}

// firstKnown is an event's start, else its end.
func firstKnown(e *geo.Event) (time.Time, bool) {
	if at, known := e.Time().FirstTime(); known {
		return at, true
	}
	return e.Time().LastTime()
}

func dated(r *seen) bool { return !r.record.(*geo.Event).Time().IsZero() }

// location is the place or the area of an id; nil where there is none.
func (s *state) location(id string) *seen {
	if r := s.byID[geo.Places][id]; r != nil {
		return r
	}
	return s.byID[geo.Areas][id]
}

// faults lists the ids of a filter that no record has.
func (s *state) faults(f geo.Filter) (faults []geo.Fault) {
	for _, named := range []struct {
		parameter string
		ids       []string
		kinds     []geo.Kind
	}{
		{"actor", f.Actors, []geo.Kind{geo.Actors}}, {"place", f.Places, []geo.Kind{geo.Places, geo.Areas}}, {"area", f.Areas, []geo.Kind{geo.Areas}},
		{"dataset", f.Datasets, []geo.Kind{geo.Datasets}}, {"part_of", f.PartOf, []geo.Kind{geo.Events}},
	} {
		for _, id := range named.ids {
			if !slices.ContainsFunc(named.kinds, func(k geo.Kind) bool { return s.byID[k][id] != nil }) {
				faults = append(faults, geo.Fault{Name: named.parameter, Value: id, Detail: "there is no such record"})
			}
		}
	}
	return faults
}

// find lists the rows of a kind that the filter matches, in order.
func (s *state) find(k geo.Kind, f geo.Filter) (found []*seen) {
	query, where := geo.NewQuery(f.Words), meets(k, f)
	for _, r := range s.rows[k] {
		if s.matches(f, query, r) && where(r) {
			found = append(found, r)
		}
	}
	return found
}

func (s *state) matches(f geo.Filter, query geo.Query, r *seen) bool {
	if len(f.Datasets) > 0 && !slices.Contains(f.Datasets, r.record.InDataset()) ||
		len(query) > 0 && !query.Match(r.texts...) ||
		f.Box != nil && r.shape != nil && !geo.Intersects(r.shape, *f.Box) {
		return false
	}
	within := func(area string) bool { return s.within(r, area) }
	switch record := r.record.(type) {
	case *geo.Event:
		return s.matchesEvent(f, r, record)
	case *geo.Area:
		return record.Valid().Overlaps(f.Time) && (len(f.Places) == 0 || slices.Contains(f.Places, record.ID)) &&
			(len(f.Areas) == 0 || slices.ContainsFunc(f.Areas, within))
	case *geo.Place:
		return (len(f.Places) == 0 || slices.Contains(f.Places, record.ID)) && (len(f.Areas) == 0 || slices.ContainsFunc(f.Areas, within))
	}
	return true
}

func (s *state) matchesEvent(f geo.Filter, r *seen, e *geo.Event) bool {
	deaths, known := e.Fatalities.AtLeast()
	any := func(ids []string, test func(id string) bool) bool {
		return len(ids) == 0 || slices.ContainsFunc(ids, test)
	}
	return (len(f.Types) == 0 || slices.Contains(f.Types, e.Type)) &&
		(len(f.Statuses) == 0 || slices.Contains(f.Statuses, e.Status)) &&
		e.Time().Overlaps(f.Time) &&
		(f.MinFatalities == 0 || known && deaths >= f.MinFatalities) &&
		any(f.Places, func(id string) bool { return slices.Contains(named(e), id) }) &&
		any(f.Actors, func(id string) bool { return s.takesPart(e, id) }) &&
		any(f.PartOf, func(id string) bool { return s.isPartOf(e, id) }) &&
		any(f.Areas, func(id string) bool { return s.inArea(r, id) })
}

// named lists the places and areas that an event names as where it happened.
func named(e *geo.Event) (ids []string) {
	if e.PlaceID != "" {
		ids = append(ids, e.PlaceID)
	}
	if e.Route != nil {
		ids = append(ids, e.Route.To)
		if e.Route.From != "" && !e.Route.Assumed {
			ids = append(ids, e.Route.From)
		}
	}
	return ids
}

func (s *state) takesPart(e *geo.Event, actor string) bool {
	return slices.ContainsFunc(e.Participants, func(p geo.Participant) bool { return p.ActorID != "" && s.isMember(p.ActorID, actor) })
}

// isMember says whether an actor is another one, or a member of it, directly or
// by way of actors that may leave.
func (s *state) isMember(id, of string) bool {
	if id == of {
		return true
	}
	r := s.byID[geo.Actors][id]
	return r != nil && slices.ContainsFunc(r.record.(*geo.Actor).MemberOf, func(group string) bool { return s.isMember(group, of) })
}

func (s *state) isPartOf(e *geo.Event, operation string) bool {
	for e.PartOf != "" && e.PartOf != operation {
		e = s.byID[geo.Events][e.PartOf].record.(*geo.Event)
	}
	return e.PartOf == operation
}

// inArea says whether an event lies in an area.
func (s *state) inArea(r *seen, area string) bool {
	key := [2]string{r.id(), area}
	lies, known := s.lies[key]
	if !known {
		lies = s.findInArea(r, area)
		s.lies[key] = lies
	}
	return lies
}

func (s *state) findInArea(r *seen, id string) bool {
	e, area := r.record.(*geo.Event), s.byID[geo.Areas][id].record.(*geo.Area)
	at := named(e)
	if slices.Contains(at, id) {
		return true // tied to it by its id
	}
	if !area.Valid().Overlaps(e.Time()) {
		return false
	}
	for _, place := range at {
		if s.within(s.location(place), id) {
			return true
		}
	}
	// The outline of the area that an event is tied to does not tell where it is.
	_, isPoint := r.shape.(orb.Point)
	return (isPoint || e.Geometry != nil) && e.PlacePrecision.CanBeIn(area.AreaKind) && geo.Inside(r.shape, area.Geometry)
}

// within says whether a place or an area lies within an area, at whatever time: its
// record says so, upwards, or it is a point in the outline.
func (s *state) within(r *seen, area string) bool {
	up := ""
	switch record := r.record.(type) {
	case *geo.Place:
		if geo.Inside(r.shape, s.byID[geo.Areas][area].shape) {
			return true
		}
		up = record.Within
	case *geo.Area:
		up = record.Within
	}
	for up != "" && up != area {
		up = s.byID[geo.Areas][up].record.(*geo.Area).Within
	}
	return up == area
}

// attached says whether an event is attached to a place or an area.
func (s *state) attached(r, to *seen) bool {
	switch to.record.(type) {
	case *geo.Area:
		return s.inArea(r, to.id())
	case *geo.Place:
		return slices.Contains(named(r.record.(*geo.Event)), to.id())
	}
	return false
}

// datasetsOf lists the ids of the datasets whose work rows show.
func datasetsOf(rows []*seen) []string {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.record.InDataset())
		if r.lender != "" {
			ids = append(ids, r.lender)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// cellOf is the square of the Web Mercator map that a point is in, of so many a
// side: wiki.openstreetmap.org/wiki/Slippy_map_tilenames.
func cellOf(p orb.Point, bits uint) (x, y uint32) {
	side := math.Exp2(float64(bits))
	fx := (p.Lon() + 180) / 360
	fy := (1 - math.Asinh(math.Tan(p.Lat()*math.Pi/180))/math.Pi) / 2
	square := func(f float64) uint32 { return uint32(min(max(math.Floor(f*side), 0), side-1)) }
	return square(fx), square(fy)
}

// stretch is a bin of a histogram.
type stretch struct {
	first, last time.Time // days
	from, to    int64     // microseconds
	rows        []*seen
}

func (b stretch) interval() geo.Interval {
	day := func(t time.Time) geo.Instant { return geo.Date(t.Year(), t.Month(), t.Day()) }
	return geo.Interval{Start: day(b.first), End: day(b.last)}
}

// stretchAt is the day, week, month, quarter or year around a time, without rows.
func stretchAt(interval string, t time.Time) stretch {
	first := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	for !begins(interval, first) {
		first = first.AddDate(0, 0, -1)
	}
	years, months, days := 0, 0, 0
	switch interval {
	case "day":
		days = 1
	case "week":
		days = 7
	case "month":
		months = 1
	case "quarter":
		months = 3
	case "year":
		years = 1
	}
	next := first.AddDate(years, months, days)
	return stretch{first: first, last: next.AddDate(0, 0, -1), from: first.UnixMicro(), to: next.UnixMicro() - 1}
}

func begins(interval string, day time.Time) bool {
	switch interval {
	case "week":
		return day.Weekday() == time.Monday
	case "month":
		return day.Day() == 1
	case "quarter":
		return day.Day() == 1 && day.Month()%3 == 1
	case "year":
		return day.YearDay() == 1
	}
	return true
}

// stretches lists the bins that hold two times and all between; one more than most
// where there are more.
func stretches(interval string, from, to time.Time, most int) (bins []stretch) {
	for at := from; len(bins) <= most; at = bins[len(bins)-1].last.AddDate(0, 0, 1) {
		if len(bins) > 0 && at.After(to) {
			break
		}
		bins = append(bins, stretchAt(interval, at))
	}
	return bins
}

// fill puts rows into the bins that they may cover: in one alone, that of the time
// that each is sorted by, or in all.
func fill(bins []stretch, rows []*seen, once bool, within geo.Interval) {
	for _, r := range rows {
		from, to := int64(math.MinInt64), int64(math.MaxInt64)
		if at, known := r.record.(*geo.Event).Time().FirstTime(); known {
			from = at.UnixMicro()
		}
		if at, known := r.record.(*geo.Event).Time().LastTime(); known {
			to = at.UnixMicro()
		}
		if once {
			at, _ := firstKnown(r.record.(*geo.Event))
			from, to = moved(at, within).UnixMicro(), moved(at, within).UnixMicro()
		}
		for i := range bins {
			if b := &bins[i]; from <= b.to && b.from <= to {
				b.rows = append(b.rows, r)
			}
		}
	}
}

// moved puts a time into those asked for.
func moved(t time.Time, within geo.Interval) time.Time {
	if low, known := within.FirstTime(); known && t.Before(low) {
		return low
	}
	if high, known := within.LastTime(); known && t.After(high) {
		return high
	}
	return t
}

// reach is the least and the greatest time that a histogram of the dated rows is
// to hold: once by the time that each is sorted by, else by all that are known.
func reach(rows []*seen, once bool, within geo.Interval) (from, to time.Time) {
	for i, r := range rows {
		e := r.record.(*geo.Event)
		first, _ := firstKnown(e)
		last := first
		if at, known := e.Time().LastTime(); known && !once {
			last = at
		}
		first, last = moved(first, within), moved(last, within)
		if i == 0 || first.Before(from) {
			from = first
		}
		if i == 0 || last.After(to) {
			to = last
		}
	}
	return from, to
}
