package data

import (
	"errors"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

func asError(err error, target **geo.Error) bool { return errors.As(err, target) }

// state is the records as they would stand after some changes.
type state struct {
	before  *index.Snapshot
	changed map[stateKey]geo.Change // the last change of each record
}

type stateKey struct {
	kind geo.Kind
	id   string
}

func newState(before *index.Snapshot, changes []geo.Change) state {
	s := state{before, make(map[stateKey]geo.Change, len(changes))}
	for _, c := range changes {
		s.changed[stateKey{c.Kind, c.ID}] = c
	}
	return s
}

func (s state) hasChanged(k geo.Kind, id string) bool {
	_, changed := s.changed[stateKey{k, id}]
	return changed
}

func (s state) record(k geo.Kind, id string) geo.Record {
	if c, changed := s.changed[stateKey{k, id}]; changed {
		return c.Record
	}
	r, _, _ := s.before.Lookup(k, id)
	return r
}

// faultsOf reports what a record mentions that is not there, an id that a place
// and an area would share, and a way upwards that leads back.
func (s state) faultsOf(r geo.Record) []geo.Fault {
	faults := s.dangling(r)
	at := string(r.Kind()) + "/" + r.Key() + ": "
	for kind, other := range map[geo.Kind]geo.Kind{geo.Places: geo.Areas, geo.Areas: geo.Places} {
		if r.Kind() == kind && s.record(other, r.Key()) != nil {
			faults = append(faults, geo.Fault{Name: at + "id", Value: r.Key(), Detail: "is taken: places and areas share their ids, and one of the " + string(other) + " has it"})
		}
	}
	for _, field := range []string{"within", "part_of", "member_of"} {
		if s.leadsTo(r, field, r.Key(), nil) {
			faults = append(faults, geo.Fault{Name: at + field, Value: r.Key(), Detail: "leads back to the record itself"})
		}
	}
	return faults
}

// dangling reports each mention of a record that is not there.
func (s state) dangling(r geo.Record) (faults []geo.Fault) {
	for _, ref := range r.References() {
		there := slices.ContainsFunc(ref.Kinds, func(k geo.Kind) bool { return s.record(k, ref.ID) != nil })
		if !there {
			faults = append(faults, geo.Fault{Name: string(r.Kind()) + "/" + r.Key() + ": " + ref.Field, Value: ref.ID, Detail: "there is no such record"})
		}
	}
	return faults
}

// upwards lists the ids one step up a record's hierarchy.
func upwards(r geo.Record, field string) []string {
	switch r := r.(type) {
	case *geo.Area:
		if field == "within" {
			return []string{r.Within}
		}
	case *geo.Event:
		if field == "part_of" {
			return []string{r.PartOf}
		}
	case *geo.Actor:
		if field == "member_of" {
			return r.MemberOf
		}
	}
	return nil
}

// leadsTo says whether steps upwards from r reach the record of that id.
func (s state) leadsTo(r geo.Record, field, id string, seen map[string]bool) bool {
	if seen == nil {
		seen = make(map[string]bool)
	}
	for _, up := range upwards(r, field) {
		if up == id {
			return true
		}
		if up == "" || seen[up] {
			continue
		}
		seen[up] = true
		if next := s.record(r.Kind(), up); next != nil && s.leadsTo(next, field, id, seen) {
			return true
		}
	}
	return false
}
