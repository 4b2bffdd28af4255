package data

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"go.etcd.io/bbolt"
)

// Report is what Check found.
type Report struct {
	Changes  uint64
	Records  map[geo.Kind]int // that stand now
	Problems []string         // empty where the file is whole
}

// maxProblems bounds the report of a file that is wrong all through.
const maxProblems = 100

// Check reads the whole store at path and holds it against itself: bbolt's pages,
// the log without gaps and in order, each record as geo writes and accepts it,
// each record's chain of changes, the pointers, and whether everything that
// records mention is there. It locks the file for writers and changes nothing.
// The error is of opening the file; what is wrong inside stands in the report.
func Check(ctx context.Context, path string) (Report, error) {
	s, err := openExisting(path, true)
	if err != nil {
		return Report{}, err
	}
	r, err := s.check(ctx)
	return r, errors.Join(err, s.db.Close())
}

func (s *Store) check(ctx context.Context) (Report, error) {
	c := checker{Report: Report{Records: make(map[geo.Kind]int)}, last: make(map[stateKey]pointerTo)}
	if err := checkPages(ctx, s.db.Path()); err != nil {
		if ctx.Err() != nil {
			return c.Report, err
		}
		c.problem("pages: %v", err)
		return c.Report, nil
	}
	err := s.view(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			c.problem("pages: %v", err)
		}
		if len(c.Problems) > 0 {
			return nil // what lies on broken pages cannot be read further
		}
		if err := c.checkLog(ctx, tx); err != nil {
			return err
		}
		c.checkPointers(tx)
		return nil
	})
	if errors.Is(err, ErrDamaged) {
		c.problem("%v", err)
		err = nil
	}
	if err != nil || len(c.Problems) > 0 {
		return c.Report, err
	}
	c.checkState()
	return c.Report, nil
}

type pointerTo struct {
	seq uint64
	op  operation
}

type checker struct {
	Report
	last      map[stateKey]pointerTo
	standing  []geo.Change
	foundLast time.Time
}

func (c *checker) problem(format string, args ...any) {
	if len(c.Problems) < maxProblems {
		c.Problems = append(c.Problems, fmt.Sprintf(format, args...))
	}
}

func (c *checker) checkLog(ctx context.Context, tx *bbolt.Tx) error {
	return tx.Bucket(logBucket).ForEach(func(k, b []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.Changes++
		if seqOf(k) != c.Changes {
			c.problem("log: change %d stands where %d should", seqOf(k), c.Changes)
			return nil
		}
		e, err := decodeEntry(b)
		if err != nil {
			c.problem("log: change %d %v", c.Changes, err)
			return nil
		}
		c.checkEntry(e)
		return nil
	})
}

func (c *checker) checkEntry(e entry) {
	seq := c.Changes
	if e.time.Before(c.foundLast) {
		c.problem("log: change %d is of %s, before the one it follows", seq, e.time)
	}
	c.foundLast = e.time
	key := stateKey{e.kind, e.id}
	before := c.last[key]
	if e.previous != before.seq {
		c.problem("log: change %d of %s %q names %d as the one before it, which is %d", seq, e.kind, e.id, e.previous, before.seq)
	}
	if e.op == removed && before.op != put {
		c.problem("log: change %d removes %s %q, which did not stand", seq, e.kind, e.id)
	}
	c.last[key] = pointerTo{seq, e.op}
	change, err := e.change(seq)
	if err != nil {
		c.problem("log: change %d: %v", seq, err)
		return
	}
	if err := change.Validate(); err != nil {
		c.problem("log: change %d: %v", seq, err)
		return
	}
	if change.Record != nil {
		if written, err := geo.EncodeFeature(change.Record); err != nil || !bytes.Equal(written, e.feature) {
			c.problem("log: change %d: %s %q is not as this program writes it", seq, e.kind, e.id)
		}
	}
	c.standing = append(c.standing, change)
}

func (c *checker) checkPointers(tx *bbolt.Tx) {
	pointers := 0
	for _, k := range geo.Kinds() {
		err := tx.Bucket(bucketOf(k)).ForEach(func(id, b []byte) error {
			pointers++
			seq, op, err := decodePointer(b)
			if want := c.last[stateKey{k, string(id)}]; err != nil || seq != want.seq || op != want.op {
				c.problem("%s: %q points to change %d (operation %d), its last is %d (operation %d)", k, id, seq, op, want.seq, want.op)
			}
			if op == put {
				c.Records[k]++
			}
			return nil
		})
		if err != nil {
			c.problem("%s: %v", k, err)
		}
	}
	if pointers != len(c.last) {
		c.problem("%d records have pointers, and the log holds %d", pointers, len(c.last))
	}
}

// checkState plays the log and looks whether what stands at its end makes sense together.
func (c *checker) checkState() {
	stand := make(inMemory)
	for _, change := range c.standing {
		if key := (stateKey{change.Kind, change.ID}); change.Record == nil {
			delete(stand, key)
		} else {
			stand[key] = change.Record
		}
	}
	now := newState(stand, nil)
	now.before.all(func(r geo.Record) bool {
		for _, f := range now.faultsOf(r) {
			c.problem("%s", f)
		}
		return true
	})
}
