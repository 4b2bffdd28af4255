package data

import (
	"bytes"
	"fmt"

	"github.com/conflictmap/conflictmap/geo"
	"go.etcd.io/bbolt"
)

// pointers is the bucket of a kind as one transaction writes it.
type pointers struct {
	kind   geo.Kind
	bucket *bbolt.Bucket
	cursor *bbolt.Cursor

	// How many new ids came, and how many of them right behind the one before,
	// with no older id between them.
	added, inRow int
	behind       []byte // what follows the id that was looked for last; nil: nothing
	last         []byte // what followed the new id before
	isNew        bool   // the id that was looked for last
}

func newPointers(tx *bbolt.Tx, k geo.Kind) *pointers {
	b := tx.Bucket(bucketOf(k))
	return &pointers{kind: k, bucket: b, cursor: b.Cursor()}
}

// find finds a record's last change; seq is 0 where there never was one.
func (p *pointers) find(id string) (seq uint64, op operation, err error) {
	key, b := p.cursor.Seek([]byte(id))
	if p.isNew = string(key) != id; p.isNew {
		p.behind = key
		return 0, 0, nil
	}
	if seq, op, err = decodePointer(b); err != nil {
		err = fmt.Errorf("%w: %s %q: %w", ErrDamaged, p.kind, id, err)
	}
	return seq, op, err
}

// put points the record that was looked for last to its change.
func (p *pointers) put(id string, pointer []byte) error {
	if p.isNew {
		if p.added > 0 && bytes.Equal(p.behind, p.last) {
			p.inRow++
		}
		p.added, p.last = p.added+1, p.behind
	}
	return p.bucket.Put([]byte(id), pointer)
}

// fullShare is how full the pages are left where new ids come in a row.
const fullShare = 0.9

// fill decides how pages are split. Where new ids follow one another, as those of a
// file in the order of its ids, the half of a page that stays behind is never
// filled later: it had better be full. Where they fall here and there, full pages
// would be split again and again, and halves fill up.
func (p *pointers) fill() {
	if p.inRow*2 > p.added {
		p.bucket.FillPercent = fullShare
	}
}
