package data

import (
	"errors"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"go.etcd.io/bbolt"
)

// NoSuchRecord is the detail of a fault that names a record that is not there.
const NoSuchRecord = "there is no such record"

func asError(err error, target **geo.Error) bool { return errors.As(err, target) }

// standing finds the records that stand before some changes.
type standing interface {
	// stands says whether there is such a record. It is asked for every mention.
	stands(k geo.Kind, id string) bool
	// record returns it, or nil.
	record(k geo.Kind, id string) geo.Record
	// all calls f with every record until f returns false.
	all(f func(geo.Record) bool)
}

// state is the records as they would stand after some changes.
type state struct {
	before  standing
	changed map[stateKey]geo.Record // as the last change of each leaves it; nil: removed
}

type stateKey struct {
	kind geo.Kind
	id   string
}

func newState(before standing, changes []geo.Change) state {
	s := state{before, make(map[stateKey]geo.Record, len(changes))}
	for _, c := range changes {
		s.changed[stateKey{c.Kind, c.ID}] = c.Record
	}
	return s
}

func (s state) hasChanged(k geo.Kind, id string) bool {
	_, changed := s.changed[stateKey{k, id}]
	return changed
}

func (s state) stands(k geo.Kind, id string) bool {
	if r, changed := s.changed[stateKey{k, id}]; changed {
		return r != nil
	}
	return s.before.stands(k, id)
}

func (s state) record(k geo.Kind, id string) geo.Record {
	if r, changed := s.changed[stateKey{k, id}]; changed {
		return r
	}
	return s.before.record(k, id)
}

// faults reports all that would be in disorder after the changes.
func (s state) faults(changes []geo.Change) (faults []geo.Fault) {
	removes := false
	for _, change := range changes {
		removes = removes || change.Record == nil
		if last := s.changed[stateKey{change.Kind, change.ID}]; change.Record != nil && last == change.Record {
			faults = append(faults, s.faultsOf(change.Record)...)
		}
	}
	if removes {
		s.before.all(func(r geo.Record) bool {
			if !s.hasChanged(r.Kind(), r.Key()) {
				faults = append(faults, s.dangling(r)...)
			}
			return true
		})
		// all has no order; what a person reads should have one.
		slices.SortFunc(faults, func(a, b geo.Fault) int { return strings.Compare(a.String(), b.String()) })
	}
	return faults
}

// inStore is the records that stand in the file, as one transaction sees it. A
// damaged record is not there, and the first damage stands in err.
type inStore struct {
	tx  *bbolt.Tx
	err error

	// asked remembers what stands: many events mention one place. It is of the
	// transaction as it began, as all here is.
	asked map[stateKey]bool
}

func (s *inStore) stands(k geo.Kind, id string) bool {
	key := stateKey{k, id}
	if is, known := s.asked[key]; known {
		return is
	}
	_, op, err := pointer(s.tx, k, id)
	s.note(err)
	if s.asked == nil {
		s.asked = make(map[stateKey]bool)
	}
	s.asked[key] = op == put
	return op == put
}

func (s *inStore) record(k geo.Kind, id string) geo.Record {
	seq, op, err := pointer(s.tx, k, id)
	s.note(err)
	if err != nil || op != put {
		return nil
	}
	return s.read(seq)
}

func (s *inStore) read(seq uint64) geo.Record {
	e, err := readEntry(s.tx, seq)
	s.note(err)
	if err != nil {
		return nil
	}
	c, err := e.change(seq)
	s.note(err)
	return c.Record
}

func (s *inStore) note(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *inStore) all(f func(geo.Record) bool) {
	for _, k := range geo.Kinds() {
		cursor := s.tx.Bucket(bucketOf(k)).Cursor()
		for id, b := cursor.First(); id != nil && s.err == nil; id, b = cursor.Next() {
			seq, op, err := decodePointer(b)
			s.note(err)
			if err != nil || op != put {
				continue
			}
			if r := s.read(seq); r != nil && !f(r) {
				return
			}
		}
	}
}

// inMemory is records without a file.
type inMemory map[stateKey]geo.Record

func (m inMemory) stands(k geo.Kind, id string) bool { return m[stateKey{k, id}] != nil }

func (m inMemory) record(k geo.Kind, id string) geo.Record { return m[stateKey{k, id}] }

func (m inMemory) all(f func(geo.Record) bool) {
	for _, r := range m {
		if !f(r) {
			return
		}
	}
}

// faultsOf reports what a record mentions that is not there, an id that a place
// and an area would share, and a way upwards that leads back.
func (s state) faultsOf(r geo.Record) []geo.Fault {
	faults := s.dangling(r)
	if other, shares := sharing[r.Kind()]; shares && s.stands(other, r.Key()) {
		faults = append(faults, faultOf(r, "id", r.Key(), "is taken: places and areas share their ids, and one of the "+string(other)+" has it"))
	}
	if field, ups := upwards(r); len(ups) > 0 && s.leadsTo(r, r.Key(), make(map[string]bool)) {
		faults = append(faults, faultOf(r, field, r.Key(), "leads back to the record itself"))
	}
	return faults
}

// sharing are the kinds that share their ids.
var sharing = map[geo.Kind]geo.Kind{geo.Places: geo.Areas, geo.Areas: geo.Places}

func faultOf(r geo.Record, field, value, detail string) geo.Fault {
	return geo.Fault{Name: string(r.Kind()) + "/" + r.Key() + ": " + field, Value: value, Detail: detail}
}

// dangling reports each mention of a record that is not there.
func (s state) dangling(r geo.Record) (faults []geo.Fault) {
	for _, ref := range r.References() {
		there := slices.ContainsFunc(ref.Kinds, func(k geo.Kind) bool { return s.stands(k, ref.ID) })
		if !there {
			faults = append(faults, faultOf(r, ref.Field, ref.ID, NoSuchRecord))
		}
	}
	return faults
}

// upwards lists the ids one step up a record's hierarchy, and the field that has them.
func upwards(r geo.Record) (field string, ids []string) {
	switch r := r.(type) {
	case *geo.Area:
		return "within", given(r.Within)
	case *geo.Event:
		return "part_of", given(r.PartOf)
	case *geo.Actor:
		return "member_of", r.MemberOf
	}
	return "", nil
}

func given(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

// leadsTo says whether steps upwards from r reach the record of that id.
func (s state) leadsTo(r geo.Record, id string, seen map[string]bool) bool {
	_, ups := upwards(r)
	for _, up := range ups {
		if up == id {
			return true
		}
		if up == "" || seen[up] {
			continue
		}
		seen[up] = true
		if next := s.record(r.Kind(), up); next != nil && s.leadsTo(next, id, seen) {
			return true
		}
	}
	return false
}
