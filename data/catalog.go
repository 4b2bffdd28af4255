package data

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"go.etcd.io/bbolt"
)

// Catalog is a store with its records in memory. Apply is the only way in, View
// the only way out. It is safe for use by many goroutines: readers never wait.
type Catalog struct {
	store    *Store
	now      func() time.Time
	writing  sync.Mutex
	indexed  bool   // guarded by writing
	savedSeq uint64 // guarded by writing: of the snapshot beside the store, 0 of none
	snapshot atomic.Pointer[index.Snapshot]
}

// Open opens the store at path, making it where there is none, and reads its
// records. Errors: ErrLocked, ErrForeign, ErrTruncated, ErrDamaged, ErrNewer.
func Open(path string) (*Catalog, error) {
	c, err := OpenToWrite(path)
	if err != nil {
		return nil, err
	}
	if err := c.Index(); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// OpenExisting opens the store at path and reads its records, as Open does; where
// there is none it makes none.
func OpenExisting(path string) (*Catalog, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	return Open(path)
}

// OpenToWrite opens the store without reading its records, for long work that
// only writes: View shows none of them until Index is called.
func OpenToWrite(path string) (*Catalog, error) {
	store, err := openStore(path)
	if err != nil {
		return nil, err
	}
	c := &Catalog{store: store, now: time.Now}
	c.snapshot.Store(index.Empty(store.read))
	return c, nil
}

// Index makes View show the records: from the snapshot that was saved beside the
// store and the changes since, or by reading them all.
func (c *Catalog) Index() error {
	c.writing.Lock()
	defer c.writing.Unlock()
	snapshot, savedSeq, err := c.store.saved()
	if err == nil && snapshot == nil {
		snapshot, err = c.store.snapshot()
	}
	if err != nil {
		return fmt.Errorf("store %s: %w", c.store.db.Path(), err)
	}
	c.snapshot.Store(snapshot)
	c.indexed, c.savedSeq = true, savedSeq
	return nil
}

// Close lets go of the store, after the change under way.
func (c *Catalog) Close() error {
	c.writing.Lock()
	defer c.writing.Unlock()
	return c.store.Close()
}

// History lists the changes of a record, the newest first. It is for editors: it
// holds what was withdrawn and what may not leave. The error is NotFound where
// there never was such a record.
func (c *Catalog) History(k geo.Kind, id string) ([]geo.Change, error) {
	var changes []geo.Change
	err := c.store.view(func(tx *bbolt.Tx) error {
		seq, _, err := pointer(tx, k, id)
		for err == nil && seq > 0 {
			var e entry
			if e, err = readEntry(tx, seq); err != nil {
				return err
			}
			var change geo.Change
			if change, err = e.change(seq); err != nil {
				return fmt.Errorf("%w: change %d: %w", ErrDamaged, seq, err)
			}
			changes = append(changes, change)
			if e.previous >= seq {
				return fmt.Errorf("%w: change %d names %d as the one before it", ErrDamaged, seq, e.previous)
			}
			seq = e.previous
		}
		return err
	})
	if err == nil && len(changes) == 0 {
		return nil, geo.Errorf(geo.NotFound, "there never was a record %q among the %s", geo.Quote(id), k)
	}
	return changes, err
}
