package geo

import (
	"strconv"

	"github.com/paulmach/orb"
)

// ActorKind is what sort of organisation or person an actor is.
type ActorKind string

// ActorKinds lists them.
func ActorKinds() []ActorKind {
	return []ActorKind{"state_forces", "armed_group", "alliance", "government", "party", "person", "civilians", "other"}
}

// Actor is an organisation or a person who takes part in events.
type Actor struct {
	ID string `json:"-"`

	Names      Text      `json:"names"`
	OtherNames []string  `json:"other_names,omitempty"`
	ActorKind  ActorKind `json:"kind"`
	MemberOf   []string  `json:"member_of,omitempty"` // ids of actors
	Summary    Text      `json:"summary,omitempty"`
	DatasetID  string    `json:"dataset_id"`
}

// Kind is Actors.
func (a *Actor) Kind() Kind { return Actors }

// Key is the actor's id.
func (a *Actor) Key() string { return a.ID }

// Shape is nil: an actor is nowhere.
func (a *Actor) Shape() orb.Geometry { return nil }

// InDataset is the id of the actor's dataset.
func (a *Actor) InDataset() string { return a.DatasetID }

// References lists the dataset and the actors this one is a member of.
func (a *Actor) References() []Reference {
	var rs references
	rs.add("dataset_id", a.DatasetID, datasets...)
	for i, id := range a.MemberOf {
		rs.add("member_of["+strconv.Itoa(i)+"]", id, actors...)
	}
	return rs
}

func (a *Actor) setFeature(id string, _ orb.Geometry) { a.ID = id }

func (a *Actor) check() (fs faults) {
	fs = append(fs, a.Names.check("names", true)...)
	fs = append(fs, checkLines("other_names", a.OtherNames)...)
	fs = append(fs, checkOneOf("kind", a.ActorKind, ActorKinds())...)
	fs = append(fs, checkLines("member_of", a.MemberOf)...)
	for i, id := range a.MemberOf {
		name := "member_of[" + strconv.Itoa(i) + "]"
		fs = append(fs, checkID(name, id)...)
		if id == a.ID {
			fs.add(name, id, "an actor cannot be a member of itself")
		}
	}
	fs = append(fs, a.Summary.check("summary", false)...)
	return append(fs, checkID("dataset_id", a.DatasetID)...)
}
