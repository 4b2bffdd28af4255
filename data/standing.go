package data

import (
	"bytes"

	"github.com/conflictmap/conflictmap/geo"
	"go.etcd.io/bbolt"
)

// Standing is one record that stands, while Catalog.Standing looks at it.
type Standing struct {
	ID    string
	seq   uint64
	store *inStore
}

// Record reads the record.
func (s Standing) Record() (geo.Record, error) {
	r := s.store.read(s.seq)
	return r, s.store.err
}

// Size returns the length of the record as it is stored, in bytes.
func (s Standing) Size() (int, error) {
	e, err := readEntry(s.store.tx, s.seq)
	return len(e.feature), err
}

// Entered returns the sequence number of the record's first change.
func (s Standing) Entered() (uint64, error) {
	seq := s.seq
	for {
		e, err := readEntry(s.store.tx, seq)
		if err != nil || e.previous == 0 {
			return seq, err
		}
		seq = e.previous
	}
}

// Standing calls f with every record of a kind whose id begins with the prefix,
// by id, until f returns an error. It is for those who edit: it shows what may
// not leave.
func (c *Catalog) Standing(k geo.Kind, prefix string, f func(Standing) error) error {
	return c.store.view(func(tx *bbolt.Tx) error {
		store := &inStore{tx: tx}
		cursor := tx.Bucket(bucketOf(k)).Cursor()
		for id, b := cursor.Seek([]byte(prefix)); id != nil && bytes.HasPrefix(id, []byte(prefix)); id, b = cursor.Next() {
			seq, op, err := decodePointer(b)
			if err != nil {
				return err
			}
			if op != put {
				continue
			}
			if err := f(Standing{string(id), seq, store}); err != nil {
				return err
			}
		}
		return store.err
	})
}
