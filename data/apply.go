package data

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"go.etcd.io/bbolt"
)

// Applied says what Apply did.
type Applied struct {
	Added, Changed, Removed, Unchanged int
	Seq                                uint64 // of the last change in the store
}

// Apply makes all the changes, in their order, or none: each is checked by
// itself, then what they refer to, then they are written in one transaction and
// on the disk when Apply returns. A record that is already as the change wants it
// is left alone and no change is logged. Errors: Invalid with every fault,
// NotFound for the removal of what is not there.
func (c *Catalog) Apply(ctx context.Context, changes []geo.Change) (Applied, error) {
	if err := checkEach(changes); err != nil {
		return Applied{}, err
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return Applied{}, fmt.Errorf("before the changes were written: %w", err)
	}
	before := c.snapshot.Load()
	if err := checkReferences(before, changes); err != nil {
		return Applied{}, err
	}
	w := writer{now: latest(c.now().UTC().Truncate(time.Microsecond), before.Time)}
	err := c.store.update(func(tx *bbolt.Tx) error { return w.write(tx, changes) })
	if err != nil {
		return Applied{}, err
	}
	if len(w.logged) > 0 {
		c.snapshot.Store(before.With(w.logged))
	}
	return w.applied, nil
}

// latest keeps the log's times in order when the machine's clock is set back.
func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func seqOf(key []byte) uint64 {
	if len(key) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(key)
}

func checkEach(changes []geo.Change) error {
	var faults []geo.Fault
	for _, change := range changes {
		var e *geo.Error
		if err := change.Validate(); asError(err, &e) {
			for _, f := range e.Faults {
				f.Name = string(change.Kind) + "/" + change.ID + ": " + f.Name
				faults = append(faults, f)
			}
		}
	}
	return geo.Reject("the changes cannot be made", faults)
}

// writer turns changes into log entries within one transaction.
type writer struct {
	now     time.Time
	applied Applied
	logged  []geo.Change
}

func (w *writer) write(tx *bbolt.Tx, changes []geo.Change) error {
	*w = writer{now: w.now} // bbolt may run the transaction's function again
	w.applied.Seq = lastSeq(tx)
	for _, change := range changes {
		if err := w.writeOne(tx, change); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) writeOne(tx *bbolt.Tx, change geo.Change) error {
	previous, op, err := pointer(tx, change.Kind, change.ID)
	if err != nil {
		return err
	}
	e := entry{kind: change.Kind, op: removed, time: w.now, previous: previous, id: change.ID, author: change.Author, reason: change.Reason}
	stands := op == put
	switch {
	case change.Record == nil && !stands:
		return geo.Errorf(geo.NotFound, "there is no record %q among the %s that could be removed", geo.Quote(change.ID), change.Kind)
	case change.Record == nil:
		w.applied.Removed++
	default:
		e.op = put
		if e.feature, err = geo.EncodeFeature(change.Record); err != nil {
			return err
		}
		if same, err := sameFeature(tx, previous, stands, e.feature); err != nil || same {
			if same {
				w.applied.Unchanged++
			}
			return err
		}
		if stands {
			w.applied.Changed++
		} else {
			w.applied.Added++
		}
	}
	w.applied.Seq++
	change.Seq, change.Time = w.applied.Seq, w.now
	w.logged = append(w.logged, change)
	return appendEntry(tx, change.Seq, e)
}

func sameFeature(tx *bbolt.Tx, seq uint64, stands bool, feature []byte) (bool, error) {
	if !stands {
		return false, nil
	}
	e, err := readEntry(tx, seq)
	return err == nil && bytes.Equal(e.feature, feature), err
}

// checkReferences holds the state after the changes to be whole: whatever a
// record mentions is there, no place has an area's id, nothing lies within
// itself by way of others. It reports every fault.
func checkReferences(before *index.Snapshot, changes []geo.Change) error {
	after := newState(before, changes)
	var faults []geo.Fault
	removes := false
	for _, change := range after.changed {
		if change.Record == nil {
			removes = true
			continue
		}
		faults = append(faults, after.faultsOf(change.Record)...)
	}
	if removes {
		before.All(func(r geo.Record) bool {
			if !after.hasChanged(r.Kind(), r.Key()) {
				faults = append(faults, after.dangling(r)...)
			}
			return true
		})
		// All has no order; what a person reads should have one.
		slices.SortFunc(faults, func(a, b geo.Fault) int { return bytes.Compare([]byte(a.String()), []byte(b.String())) })
	}
	return geo.Reject("the changes would leave the records in disorder", faults)
}
