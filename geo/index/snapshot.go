package index

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// Row is one record as the index knows it.
type Row struct {
	ID   string
	Kind geo.Kind
	Seq  uint64 // where the record stands in the log

	// ShapeSeq is where the record stands whose geometry this one has: Seq itself,
	// the place's of an event without geometry of its own, or 0: it is nowhere.
	ShapeSeq uint64
	Dataset  string

	record geo.Record
	masked bool // the record is not as it is stored: what it mentions may not leave
	shape  orb.Geometry
	lender string      // the dataset of the place that lends its geometry
	order  int64       // the sort key before the id
	texts  []geo.Words // what q is matched against
	areas  []string    // ids of the areas that the row lies in, itself left out
	at     []string    // of events: ids of the places and areas it is attached to by name
}

// Record is the record itself. It is shared: do not change it.
func (r *Row) Record() geo.Record { return r.record }

// Masked says that the record is not as it is stored: it mentions there what may
// not leave, and here it does not.
func (r *Row) Masked() bool { return r.masked }

// Datasets lists the datasets whose work the row shows: its own, and that of the
// place whose geometry it has.
func (r *Row) Datasets() []string {
	if r.lender == "" || r.lender == r.Dataset {
		return []string{r.Dataset}
	}
	return []string{r.Dataset, r.lender}
}

// Shape is the geometry that the row has, its own or its place's; nil: nowhere.
func (r *Row) Shape() orb.Geometry { return r.shape }

// Snapshot is one state of the records.
type Snapshot struct {
	Seq  uint64    // of the last change in it; 0 of none
	Time time.Time // of the last change in it

	all   map[geo.Kind]map[string]entry // every record, whatever may leave
	rows  map[geo.Kind][]*Row           // those that may leave, in the order of answers
	byID  map[geo.Kind]map[string]*Row
	there map[string][]*Row // events by the id of the place or area they are attached to, in order
}

type entry struct {
	record geo.Record
	seq    uint64
}

// Empty is the state before the first change.
func Empty() *Snapshot { return new(Snapshot).With(nil) }

// With returns the state after further changes, in the order of the log.
func (s *Snapshot) With(changes []geo.Change) *Snapshot {
	next := &Snapshot{Seq: s.Seq, Time: s.Time, all: make(map[geo.Kind]map[string]entry)}
	for _, k := range geo.Kinds() {
		next.all[k] = maps.Clone(s.all[k])
		if next.all[k] == nil {
			next.all[k] = make(map[string]entry)
		}
	}
	for _, c := range changes {
		if c.Record == nil {
			delete(next.all[c.Kind], c.ID)
		} else {
			next.all[c.Kind][c.ID] = entry{c.Record, c.Seq}
		}
		next.Seq, next.Time = c.Seq, c.Time
	}
	next.derive()
	return next
}

// derive makes the rows from the records.
func (s *Snapshot) derive() {
	s.rows = make(map[geo.Kind][]*Row)
	s.byID = make(map[geo.Kind]map[string]*Row)
	for _, k := range []geo.Kind{geo.Datasets, geo.Actors, geo.Areas, geo.Places, geo.Events} {
		s.byID[k] = make(map[string]*Row)
		for id, e := range s.all[k] {
			if s.mayLeave(k, id) {
				s.byID[k][id] = s.row(id, e)
			}
		}
		s.rows[k] = slices.SortedFunc(maps.Values(s.byID[k]), compareRows)
	}
	s.place()
}

// mayLeave says whether there is such a record and it may leave as it is.
func (s *Snapshot) mayLeave(k geo.Kind, id string) bool {
	e, found := s.all[k][id]
	return found && geo.ReleaseOf(s.dataset(e.record.InDataset()), e.record) == geo.Whole
}

func compareRows(a, b *Row) int {
	return cmp.Or(cmp.Compare(a.order, b.order), strings.Compare(a.ID, b.ID))
}

func (s *Snapshot) row(id string, e entry) *Row {
	r := &Row{ID: id, Kind: e.record.Kind(), Seq: e.seq, Dataset: e.record.InDataset()}
	r.record, r.masked = geo.Mask(e.record, s.mayLeave)
	if r.shape = e.record.Shape(); r.shape != nil {
		r.ShapeSeq = e.seq
	}
	r.texts = []geo.Words{geo.SearchText(r.record)}
	event, isEvent := r.record.(*geo.Event)
	if !isEvent {
		return r
	}
	r.order = newestFirst(event)
	if place := s.location(event.PlaceID); place != nil {
		r.texts = append(r.texts, place.texts...)
		if r.shape == nil {
			r.shape, r.ShapeSeq, r.lender = place.shape, place.ShapeSeq, place.Dataset
		}
	}
	for _, p := range event.Participants {
		if actor := s.byID[geo.Actors][p.ActorID]; actor != nil {
			r.texts = append(r.texts, actor.texts...)
		}
	}
	return r
}

// newestFirst sorts events by their start, the undated last.
func newestFirst(e *geo.Event) int64 {
	if start, known := e.Time().FirstTime(); known {
		return -start.UnixMicro()
	}
	if end, known := e.Time().LastTime(); known {
		return -end.UnixMicro()
	}
	return math.MaxInt64
}

// dataset finds a dataset among all, private ones too: it decides what leaves.
func (s *Snapshot) dataset(id string) *geo.Dataset {
	d, _ := s.all[geo.Datasets][id].record.(*geo.Dataset)
	return d
}

// location finds the row of a place or an area; nil where there is none that may
// leave, so that the point of a private place does not leave by a public event.
func (s *Snapshot) location(id string) *Row {
	if r := s.byID[geo.Places][id]; r != nil {
		return r
	}
	return s.byID[geo.Areas][id]
}

// Find returns the row of a record that may leave, or nil.
func (s *Snapshot) Find(k geo.Kind, id string) *Row { return s.byID[k][id] }

// Lookup returns a record whether it may leave or not, and where it stands in the
// log. It is for the one door, which checks references; no answer is made of it.
func (s *Snapshot) Lookup(k geo.Kind, id string) (geo.Record, uint64, bool) {
	e, found := s.all[k][id]
	return e.record, e.seq, found
}

// All calls f with every record, whether it may leave or not, until f returns false.
func (s *Snapshot) All(f func(geo.Record) bool) {
	for _, k := range geo.Kinds() {
		for _, e := range s.all[k] {
			if !f(e.record) {
				return
			}
		}
	}
}
