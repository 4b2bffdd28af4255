package index

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// Snapshot is one state of the records.
type Snapshot struct {
	Seq  uint64    // of the last change in it; 0 of none
	Time time.Time // of the last change in it

	parts    map[geo.Kind][]*part // the larger first
	anchors  *anchors
	datasets []dataset // by number; 0 is no dataset
	actors   []actor   // by number; 0 is no actor
	areas    map[uint32]*area
	mentions *numbering // of the events that others mention
	names    *numbering // of participants without an id
	hidden   *hidden

	sets      *areaSets // which anchors lie in which area
	summaries *sync.Map // of each kind
	locations func() []location

	read Reader
	ctx  context.Context // of whoever asks; nil of the snapshot that all share
}

// Reader reads the records that some changes put, whose numbers ascend, as they
// stand in the log. The bytes need only be valid during the call of add.
type Reader func(seqs []uint64, add func(seq uint64, feature []byte) error) error

// WithContext returns the snapshot for one request: long work for it ends with the
// error of the context when that is done.
func (s *Snapshot) WithContext(ctx context.Context) *Snapshot {
	its := *s
	its.ctx = ctx
	return &its
}

// interrupted is the error of long work that is not wanted any more.
func (s *Snapshot) interrupted() error {
	if s.ctx == nil || s.ctx.Err() == nil {
		return nil
	}
	return fmt.Errorf("the filter was not answered to its end: %w", s.ctx.Err())
}

// done is closed when long work is not wanted any more.
func (s *Snapshot) done() <-chan struct{} {
	if s.ctx == nil {
		return nil
	}
	return s.ctx.Done()
}

// dataset is what the index knows of one.
type dataset struct {
	id     string
	record *geo.Dataset // nil: there is none
	leaves bool         // its records may
}

type actor struct {
	id       string
	memberOf []string
	leaves   bool
}

// numbering gives numbers to texts as they come.
type numbering struct {
	texts   []string // by number; 0 is none
	numbers map[string]uint32
}

func newNumbering() *numbering {
	return &numbering{texts: []string{""}, numbers: make(map[string]uint32)}
}

func (n *numbering) clone() *numbering {
	return &numbering{slices.Clone(n.texts), maps.Clone(n.numbers)}
}

// number is the number of a text, a new one of a text that is new.
func number[T string | []byte](n *numbering, text T) uint32 {
	number, known := n.numbers[string(text)]
	if !known {
		number = uint32(len(n.texts))
		n.texts = append(n.texts, string(text))
		n.numbers[n.texts[number]] = number
	}
	return number
}

// Entry is one change as the log holds it.
type Entry struct {
	Kind    geo.Kind
	ID      string
	Seq     uint64
	Time    time.Time
	Feature []byte // the record as geo.EncodeFeature writes it; nil: it was removed
}

// Empty is the state before the first change. Filters that the columns cannot answer
// are answered by reading records; read is kept for all states that follow.
func Empty(read Reader) *Snapshot {
	s := &Snapshot{read: read, parts: make(map[geo.Kind][]*part), anchors: newAnchors(), datasets: make([]dataset, 1), actors: make([]actor, 1),
		areas: make(map[uint32]*area), mentions: newNumbering(), names: newNumbering(), hidden: new(hidden),
		sets: new(areaSets), summaries: new(sync.Map)}
	s.locations = sync.OnceValue(s.findLocations)
	return s
}

// inOrder lists the kinds so that each comes after those that it refers to.
var inOrder = []geo.Kind{geo.Datasets, geo.Actors, geo.Areas, geo.Places, geo.Events}

// With returns the state after further changes, in the order of the log. It costs
// by the number of changes, not of records. It is for one writer at a time, and
// for the newest state only.
func (s *Snapshot) With(entries []Entry) (*Snapshot, error) {
	w := newWriter(s)
	byKind := make(map[geo.Kind][]Entry)
	last := make(map[[2]string]int)
	for i, e := range entries {
		last[[2]string{string(e.Kind), e.ID}] = i
		w.Seq, w.Time = e.Seq, e.Time
	}
	for i, e := range entries {
		if last[[2]string{string(e.Kind), e.ID}] == i {
			byKind[e.Kind] = append(byKind[e.Kind], e)
		}
	}
	for _, k := range inOrder {
		if len(byKind[k]) == 0 {
			continue
		}
		w.kill(k, byKind[k])
		read := func(_, _ int, add func(uint64, []byte) error) error {
			for _, e := range byKind[k] {
				if e.Feature == nil {
					continue
				}
				if err := add(e.Seq, e.Feature); err != nil {
					return fmt.Errorf("change %d: %w", e.Seq, err)
				}
			}
			return nil
		}
		if err := w.bring(k, 1, read); err != nil {
			return nil, err
		}
	}
	w.settle()
	w.makeReady(s)
	return w.Snapshot, nil
}

// Build makes the state after a change from all records that stand then: of each
// kind the numbers of the changes that put them, ascending. It reads in so many
// goroutines.
func Build(seq uint64, at time.Time, shares int, standing map[geo.Kind][]uint64, read Reader) (*Snapshot, error) {
	w := newWriter(Empty(read))
	w.Seq, w.Time = seq, at
	for _, k := range inOrder {
		n := shares
		if k != geo.Events {
			n = 1 // few, and they get their numbers as they come
		}
		all := standing[k]
		if err := w.bring(k, n, func(share, shares int, add func(uint64, []byte) error) error {
			return read(all[len(all)*share/shares:len(all)*(share+1)/shares], add)
		}); err != nil {
			return nil, err
		}
	}
	w.settle()
	return w.Snapshot, nil
}

// rowOf finds the part and the row of a record that stands.
func rowOf[T string | []byte](s *Snapshot, k geo.Kind, id T) (int, uint32, bool) {
	for i, p := range s.parts[k] {
		if row, found := find(p.table, id); found && p.alive.has(row) {
			return i, row, true
		}
	}
	return 0, 0, false
}

func (s *Snapshot) numberOf(k geo.Kind, id []byte) uint32 {
	if i, row, found := rowOf(s, k, id); found {
		return s.parts[k][i].anchor[row]
	}
	return 0
}

func (s *Snapshot) datasetNumber(id []byte) uint16 { return uint16(s.numberOf(geo.Datasets, id)) }

func (s *Snapshot) actorNumber(id []byte) uint32 { return s.numberOf(geo.Actors, id) }

// locNumber is the number of a place or an area; 0 of none.
func (s *Snapshot) locNumber(id []byte) uint32 {
	if len(id) == 0 {
		return 0
	}
	if n := s.numberOf(geo.Places, id); n != 0 {
		return n
	}
	return s.numberOf(geo.Areas, id)
}

// visible finds the row of a record that may leave.
func (s *Snapshot) visible(k geo.Kind, id string) (*part, uint32, bool) {
	i, row, found := rowOf(s, k, id)
	if !found || !s.parts[k][i].visible.has(row) {
		return nil, 0, false
	}
	return s.parts[k][i], row, true
}

// Dataset returns a dataset's record, whether it may leave or not: it is what
// decides on others. nil where there is none.
func (s *Snapshot) Dataset(id string) *geo.Dataset {
	return s.datasets[s.datasetNumber([]byte(id))].record
}

// most is the greatest number of datasets.
const most = math.MaxUint16

// Find returns the row of a record that may leave, and false where there is none.
func (s *Snapshot) Find(k geo.Kind, id string) (Row, bool) {
	p, row, found := s.visible(k, id)
	if !found {
		return Row{}, false
	}
	return s.row(p, row), true
}

// Location returns the row of the place or the area of an id.
func (s *Snapshot) Location(id string) (Row, bool) {
	if r, found := s.Find(geo.Places, id); found {
		return r, true
	}
	return s.Find(geo.Areas, id)
}

// location is the row of a place or an area.
type location struct {
	part *part
	row  uint32
}

// findLocations lists the rows of places and areas by their numbers.
func (s *Snapshot) findLocations() []location {
	list := make([]location, s.anchors.len())
	for _, k := range []geo.Kind{geo.Places, geo.Areas} {
		for _, p := range s.parts[k] {
			for row := range p.alive.all() {
				list[p.anchor[row]] = location{p, row}
			}
		}
	}
	return list
}

// locationID is the id of the place or area of a number, "" of none.
func (s *Snapshot) locationID(n uint32) string {
	at := s.locations()[n]
	if at.part == nil {
		return ""
	}
	return at.part.id(at.row)
}
