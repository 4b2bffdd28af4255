package data

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"go.etcd.io/bbolt"
)

// Applied says what Apply did.
type Applied struct {
	Added, Changed, Removed, Unchanged int
	Seq                                uint64 // of the last change in the store

	// Kept lists the records that stay as another author left them, though the
	// change wants them otherwise (with KeepEdits).
	Kept []string
}

// Option changes what Apply does.
type Option int

// KeepEdits leaves a record alone whose last change is another author's: what
// comes from a file again does not undo what a person corrected since. Where the
// file says what it said before, the record counts as unchanged; else it is kept.
const KeepEdits Option = 1

// Apply makes all the changes, in their order, or none: each is checked by
// itself, then what they refer to, then they are written in one transaction and
// on the disk when Apply returns. A record that is already as the change wants it
// is left alone and no change is logged. Errors: Invalid with every fault,
// NotFound for the removal of what is not there.
func (c *Catalog) Apply(ctx context.Context, changes []geo.Change, options ...Option) (Applied, error) {
	processors := runtime.GOMAXPROCS(0)
	if c.snapshot.Load().Seq > 0 {
		processors = 1 // there may be readers, who are not to wait
	}
	entries, err := prepare(changes, processors)
	if err != nil {
		return Applied{}, err
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return Applied{}, fmt.Errorf("before the changes were written: %w", err)
	}
	var w writer
	err = c.store.update(func(tx *bbolt.Tx) error {
		before := &inStore{tx: tx}
		faults := newState(before, changes).faults(changes)
		if before.err != nil {
			return before.err
		}
		if err := geo.Reject("the changes would leave the records in disorder", faults); err != nil {
			return err
		}
		last, err := lastTime(tx)
		if err != nil {
			return err
		}
		w = newWriter(tx, latest(c.now().UTC().Truncate(time.Microsecond), last), len(changes))
		w.keepEdits = slices.Contains(options, KeepEdits)
		return w.write(changes, entries)
	})
	if err != nil {
		return Applied{}, err
	}
	if c.indexed && len(w.logged) > 0 {
		// Where an earlier batch could not be shown, its changes are still to come, and
		// stand in the log.
		next := c.snapshot.Load()
		if next.Seq+1 == w.logged[0].Seq {
			next, err = next.With(w.logged)
		} else {
			next, err = c.store.since(next, w.applied.Seq)
		}
		if err != nil {
			return w.applied, fmt.Errorf("the changes are kept, and cannot be shown: %w", err)
		}
		c.snapshot.Store(next)
	}
	return w.applied, nil
}

// prepared is a change's entry in the log, encoded all but its time and the
// previous change of its record.
type prepared struct {
	entry   []byte
	feature []byte // the record in entry; nothing where it is removed
}

// prepare checks each change by itself and encodes it, on so many processors.
func prepare(changes []geo.Change, processors int) ([]prepared, error) {
	list := make([]prepared, len(changes))
	faults := make([][]geo.Fault, len(changes))
	errs := make([]error, len(changes))
	var workers sync.WaitGroup
	for part := range slices.Chunk(indices(len(changes)), max(64, len(changes)/processors+1)) {
		workers.Go(func() {
			var room []byte
			for _, i := range part {
				if faults[i] = faultsOf(changes[i]); len(faults[i]) == 0 {
					list[i], room, errs[i] = prepareOne(changes[i], room)
				}
			}
		})
	}
	workers.Wait()
	if err := geo.Reject("the changes cannot be made", slices.Concat(faults...)); err != nil {
		return nil, err
	}
	return list, errors.Join(errs...)
}

// prepareOne encodes a change in room, which it returns grown, and copies it from there.
func prepareOne(change geo.Change, room []byte) (prepared, []byte, error) {
	e := entry{kind: change.Kind, op: removed, id: change.ID, author: change.Author, reason: change.Reason}
	if change.Record == nil {
		return prepared{entry: e.encode()}, room, nil
	}
	e.op = put
	room = e.appendHead(room[:0])
	head := len(room)
	room, err := geo.AppendFeature(room, change.Record)
	if err != nil {
		return prepared{}, nil, err
	}
	b := bytes.Clone(room)
	return prepared{b, b[head:]}, room, nil
}

func indices(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func faultsOf(change geo.Change) []geo.Fault {
	var e *geo.Error
	if err := change.Validate(); !asError(err, &e) {
		return nil
	}
	for i := range e.Faults {
		e.Faults[i].Name = string(change.Kind) + "/" + change.ID + ": " + e.Faults[i].Name
	}
	return e.Faults
}
