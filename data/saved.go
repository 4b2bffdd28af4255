package data

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/conflictmap/conflictmap/geo/index"
	"go.etcd.io/bbolt"
)

// Beside a store of many records stands FILE.index: the catalog's snapshot as it
// was when it was saved, so that a start reads it and the changes since, and not
// every record. It is made of the store and may be deleted at any time. It has,
// big-endian: uint32, savedFormat; uint64, sequence number of the last change in it;
// uint32, CRC-32 (IEEE) of that change as the log holds it, by which it belongs to
// this store and to no other. Then follow the places of records, and what index.Save
// writes.
const savedHead = 4 + 8 + 4

// savedFormat is raised whenever these bytes change; index.Save has a format of its
// own. The first had neither this number nor places.
const savedFormat uint32 = 2

// worthSaving is from how many changes on a snapshot is saved: fewer are read
// before anyone notices. Tests lower it.
var worthSaving uint64 = 20_000

// freshShare: changes since the snapshot was saved are added to it when they are
// not more than one in so many of all; else the records are read anew.
const freshShare = 4

func savedPath(store string) string { return store + ".index" }

// SaveIndex saves the snapshot for the next start, where that is worth it and it is
// not saved already.
func (c *Catalog) SaveIndex() error {
	c.writing.Lock()
	defer c.writing.Unlock()
	s := c.snapshot.Load()
	if !c.indexed || s.Seq < worthSaving || s.Seq == c.savedSeq {
		return nil
	}
	head, err := c.store.savedHead(s.Seq)
	if err != nil {
		return err
	}
	if err := replaceFile(savedPath(c.store.db.Path()), func(w io.Writer) error {
		if _, err := w.Write(head); err != nil {
			return err
		}
		if err := c.store.places.save(w); err != nil {
			return err
		}
		return s.Save(w)
	}); err != nil {
		return fmt.Errorf("the index for the next start: %w", err)
	}
	c.savedSeq = s.Seq
	return nil
}

// RefreshIndex saves, after long work that only wrote, a snapshot of what the store
// has now, where that is worth it.
func (c *Catalog) RefreshIndex() error {
	last, err := c.store.last()
	if err != nil || last < worthSaving {
		return err
	}
	if err := c.Index(); err != nil {
		return err
	}
	return c.SaveIndex()
}

// last is the number of the last change.
func (s *Store) last() (seq uint64, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		seq = lastSeq(tx)
		return nil
	})
	return seq, err
}

// replaceFile writes a file beside the path and moves it there whole.
func replaceFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // where it was moved there is none any more
	if err := errors.Join(write(f), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// savedHead is what a snapshot begins with that was saved after a change.
func (s *Store) savedHead(seq uint64) (head []byte, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		b := tx.Bucket(logBucket).Get(seqKey(seq))
		if b == nil {
			return fmt.Errorf("%w: change %d is missing", ErrDamaged, seq)
		}
		head = binary.BigEndian.AppendUint32(make([]byte, 0, savedHead), savedFormat)
		head = binary.BigEndian.AppendUint64(head, seq)
		head = binary.BigEndian.AppendUint32(head, crc32.ChecksumIEEE(b))
		return nil
	})
	return head, err
}

// saved reads the snapshot that was saved, and adds the changes since. It returns
// nil where there is none that serves: then the records have to be read.
func (s *Store) saved() (snapshot *index.Snapshot, savedSeq uint64, err error) {
	f, err := os.Open(savedPath(s.db.Path()))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	last, ours, err := s.belongs(f)
	if err != nil || !ours {
		return nil, 0, err
	}
	if snapshot, err = s.load(f, info.Size()); errors.Is(err, index.ErrSaved) || errors.Is(err, errSavedPlaces) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	savedSeq = snapshot.Seq
	snapshot, err = s.since(snapshot, last)
	return snapshot, savedSeq, err
}

// load reads what follows the head of a saved snapshot of so many bytes in all.
func (s *Store) load(f *os.File, size int64) (*index.Snapshot, error) {
	length, err := s.places.load(f, size-savedHead)
	if err != nil {
		return nil, err
	}
	start := savedHead + length
	snapshot, err := index.Load(io.NewSectionReader(f, start, size-start), size-start, s.read)
	if err != nil {
		s.places.forget() // one half of the file is not believed without the other
	}
	return snapshot, err
}

// belongs says whether a saved snapshot is of this store, and fresh enough.
func (s *Store) belongs(f io.Reader) (last uint64, ours bool, err error) {
	head := make([]byte, savedHead)
	if _, err := io.ReadFull(f, head); err != nil {
		return 0, false, nil
	}
	last, err = s.last()
	seq := seqOf(head[4:12])
	if err != nil || seq == 0 || seq > last || (last-seq)*freshShare > last {
		return last, false, err
	}
	want, err := s.savedHead(seq)
	return last, bytes.Equal(head, want), err
}

// since adds the changes that the log has after the snapshot's last.
func (s *Store) since(snapshot *index.Snapshot, last uint64) (*index.Snapshot, error) {
	for snapshot.Seq < last {
		var entries []index.Entry
		err := s.view(func(tx *bbolt.Tx) error {
			log := tx.Bucket(logBucket)
			for seq := snapshot.Seq + 1; seq <= last && len(entries) < sinceBatch; seq++ {
				e, err := logEntry(log, seq)
				if err != nil {
					return err
				}
				entries = append(entries, index.Entry{Kind: e.kind, ID: e.id, Seq: seq, Time: e.time})
				if e.op == put {
					entries[len(entries)-1].Feature = bytes.Clone(e.feature)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if snapshot, err = snapshot.With(entries); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
	}
	return snapshot, nil
}

// sinceBatch is how many changes are added at once.
const sinceBatch = 20_000
