package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// Kind is what a record is, and the name of the collection it stands in.
type Kind string

// The kinds.
const (
	Datasets Kind = "datasets"
	Actors   Kind = "actors"
	Areas    Kind = "areas"
	Places   Kind = "places"
	Events   Kind = "events"
)

// Kinds lists the kinds in the order in which they are shown.
func Kinds() []Kind { return []Kind{Places, Areas, Events, Actors, Datasets} }

// ParseKind reads a collection's name. The error is NotFound.
func ParseKind(s string) (Kind, error) {
	if k := Kind(s); slices.Contains(Kinds(), k) {
		return k, nil
	}
	return "", Errorf(NotFound, "there is no collection %q: the collections are %s", Quote(s), join(Kinds()))
}

// Record is a *Place, *Area, *Event, *Actor or *Dataset.
type Record interface {
	Kind() Kind
	// Key is the record's id, unique within its kind; places and areas share theirs.
	Key() string
	// Shape is the record's own geometry, or nil.
	Shape() orb.Geometry
	// InDataset is the id of the dataset the record belongs to; a dataset's own id.
	InDataset() string
	// References lists the records that must exist for this one to make sense.
	References() []Reference

	check() faults
	setFeature(id string, g orb.Geometry)
}

// Reference is one record's mention of another.
type Reference struct {
	Field string // the property that mentions it
	Kinds []Kind // of which kind it may be
	ID    string
}

// What a field may name: location of a place_id or a route, of others one kind.
var (
	location = []Kind{Places, Areas}
	datasets = []Kind{Datasets}
	actors   = []Kind{Actors}
	areas    = []Kind{Areas}
	events   = []Kind{Events}
)

func newRecord(k Kind) Record {
	switch k {
	case Places:
		return new(Place)
	case Areas:
		return new(Area)
	case Events:
		return new(Event)
	case Actors:
		return new(Actor)
	case Datasets:
		return new(Dataset)
	}
	return nil
}

// Validate reports everything that is wrong with a record by itself, as one
// Invalid error. Whether what it refers to exists, the catalog knows.
func Validate(r Record) error {
	fs := checkID("id", r.Key())
	return Reject(string(r.Kind())+" "+Quote(r.Key()), append(fs, r.check()...))
}

// references collects the mentions that are not empty.
type references []Reference

func (rs *references) add(field, id string, kinds ...Kind) {
	if id != "" {
		*rs = append(*rs, Reference{Field: field, Kinds: kinds, ID: id})
	}
}
