package data

import (
	"bytes"
	"encoding/binary"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"go.etcd.io/bbolt"
)

// writer turns changes into log entries within one transaction.
type writer struct {
	tx        *bbolt.Tx
	log       *bbolt.Bucket
	kinds     map[geo.Kind]*pointers
	room      []byte // for all pointers that are written: bbolt keeps values until the end
	now       time.Time
	keepEdits bool
	applied   Applied
	logged    []index.Entry
}

func newWriter(tx *bbolt.Tx, now time.Time, changes int) writer {
	w := writer{tx: tx, now: now, log: tx.Bucket(logBucket), kinds: make(map[geo.Kind]*pointers),
		room: make([]byte, 0, changes*pointerSize), logged: make([]index.Entry, 0, changes)}
	w.log.FillPercent = 1 // keys only ever grow: a split page is never filled later
	for _, k := range geo.Kinds() {
		w.kinds[k] = newPointers(tx, k)
	}
	return w
}

func (w *writer) write(changes []geo.Change, entries []prepared) error {
	w.applied.Seq = lastSeq(w.tx)
	for i, change := range changes {
		if err := w.writeOne(change, entries[i]); err != nil {
			return err
		}
	}
	for _, k := range w.kinds {
		k.fill()
	}
	return nil
}

func (w *writer) writeOne(change geo.Change, p prepared) error {
	pointers := w.kinds[change.Kind]
	previous, op, err := pointers.find(change.ID)
	if err != nil {
		return err
	}
	if w.keepEdits && previous > 0 {
		if edited, err := w.isEdited(previous, change, p.feature); edited || err != nil {
			return err
		}
	}
	stands := op == put
	switch {
	case change.Record == nil && !stands:
		return geo.Errorf(geo.NotFound, "there is no record %q among the %s that could be removed", geo.Quote(change.ID), change.Kind)
	case change.Record == nil:
		w.applied.Removed++
	default:
		if same, err := w.isSame(previous, stands, p.feature); err != nil || same {
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
	w.logged = append(w.logged, index.Entry{Kind: change.Kind, ID: change.ID, Seq: change.Seq, Time: w.now, Feature: p.feature})
	stamp(p.entry, w.now, previous)
	if err := w.log.Put(seqKey(change.Seq), p.entry); err != nil {
		return err
	}
	op = removed
	if change.Record != nil {
		op = put
	}
	start := len(w.room)
	w.room = appendPointer(w.room, change.Seq, op)
	return pointers.put(change.ID, w.room[start:])
}

// isEdited says whether the record's last change is another author's, and counts
// what becomes of it.
func (w *writer) isEdited(seq uint64, change geo.Change, feature []byte) (bool, error) {
	last, err := readEntry(w.tx, seq)
	if err != nil || last.author == change.Author {
		return false, err
	}
	for e := last; e.previous > 0 && e.author != change.Author; {
		if e, err = readEntry(w.tx, e.previous); err != nil {
			return false, err
		}
		last = e
	}
	if last.author == change.Author && bytes.Equal(last.feature, feature) {
		w.applied.Unchanged++
	} else {
		w.applied.Kept = append(w.applied.Kept, change.ID)
	}
	return true, nil
}

func (w *writer) isSame(seq uint64, stands bool, feature []byte) (bool, error) {
	if !stands {
		return false, nil
	}
	e, err := readEntry(w.tx, seq)
	return err == nil && bytes.Equal(e.feature, feature), err
}

// lastTime returns the time of the newest change.
func lastTime(tx *bbolt.Tx) (time.Time, error) {
	seq := lastSeq(tx)
	if seq == 0 {
		return time.Time{}, nil
	}
	e, err := readEntry(tx, seq)
	return e.time, err
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
