package data

import (
	"encoding/binary"
	"fmt"
	"runtime"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"go.etcd.io/bbolt"
)

// snapshot reads the records that stand, on all processors.
func (s *Store) snapshot() (*index.Snapshot, error) {
	standing := make(map[geo.Kind][]uint64) // sequence numbers, ascending
	var last entry
	var seq uint64
	err := s.view(func(tx *bbolt.Tx) (err error) {
		if seq = lastSeq(tx); seq > 0 {
			if last, err = readEntry(tx, seq); err != nil {
				return err
			}
		}
		for _, k := range geo.Kinds() {
			if standing[k], err = standingOf(tx, k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return index.Build(seq, last.time, runtime.GOMAXPROCS(0), standing, s.read)
}

func standingOf(tx *bbolt.Tx, k geo.Kind) (seqs []uint64, err error) {
	err = tx.Bucket(bucketOf(k)).ForEach(func(id, b []byte) error {
		seq, op, err := decodePointer(b)
		if err != nil {
			return fmt.Errorf("%w: %s %q: %w", ErrDamaged, k, id, err)
		}
		if op == put {
			seqs = append(seqs, seq)
		}
		return nil
	})
	slices.Sort(seqs)
	return seqs, err
}

// read calls add with the records that some changes put, which ascend, and learns
// their places.
func (s *Store) read(seqs []uint64, add func(seq uint64, feature []byte) error) error {
	return s.view(func(tx *bbolt.Tx) error {
		log, memory := tx.Bucket(logBucket).Cursor(), s.mapping(tx)
		var key, value []byte
		for _, seq := range seqs {
			// Most changes are some record's last: then the next one is the one wanted.
			if key != nil {
				key, value = log.Next()
			}
			if len(key) != 8 || binary.BigEndian.Uint64(key) != seq {
				key, value = log.Seek(seqKey(seq))
			}
			if len(key) != 8 || binary.BigEndian.Uint64(key) != seq {
				return fmt.Errorf("%w: change %d is missing", ErrDamaged, seq)
			}
			feature, err := cutEntry(value)
			if err == nil {
				err = add(seq, feature)
			}
			if err == nil {
				err = s.places.learn(memory, seq, feature)
			}
			if err != nil {
				return fmt.Errorf("%w: change %d: %w", ErrDamaged, seq, err)
			}
		}
		return nil
	})
}
