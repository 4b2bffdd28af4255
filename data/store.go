package data

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Errors of opening a store. Each comes wrapped with the path and what was found.
var (
	ErrLocked    = errors.New("another process holds it")
	ErrForeign   = errors.New("not a conflictmap store")
	ErrTruncated = errors.New("cut short")
	ErrDamaged   = errors.New("damaged")
	ErrNewer     = errors.New("written by a newer version of conflictmap")
)

// lockTimeout is how long Open waits for another process to let go of the file:
// long enough for a restart to overlap, short enough for a person to wait.
const lockTimeout = 2 * time.Second

// Store is the file. It knows the layout and nothing of what records mean.
type Store struct {
	db     *bbolt.DB
	file   *os.File // bbolt's own, which closes it
	places places
	kept   *kept
	holder *holder       // nil where the file was opened for reading only
	begun  chan struct{} // likewise; tells the keeper that a transaction has begun
	keeper *keeper       // nil also while the file is small
}

// openStore opens the file at path, and makes it where there is none. It never
// writes to a file that is not a whole conflictmap store.
func openStore(path string) (*Store, error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if err := createStore(path); err != nil {
			return nil, err
		}
	}
	s, err := openExisting(path, false)
	if err != nil {
		return nil, err
	}
	if s.holder, err = claim(path); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	s.begun = make(chan struct{}, 1)
	s.keepIfLarge()
	return s, nil
}

// openExisting opens a file that is there. Read only, it is locked for writers.
func openExisting(path string, readOnly bool) (s *Store, err error) {
	// bbolt maps the file into memory and trusts its pages: what is not a whole
	// store has to be found before.
	if err := probe(path); err != nil {
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	db, file, err := openBolt(path, readOnly)
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, fmt.Errorf("store %s: %w: %s", path, ErrLocked, whoHolds(path))
	}
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	s = &Store{db: db, file: file, kept: newKept()}
	if err := s.view(func(tx *bbolt.Tx) error { return checkMeta(tx) }); err != nil {
		return nil, errors.Join(fmt.Errorf("store %s: %w", path, err), db.Close())
	}
	return s, nil
}

// pageSize is of new files, in bytes. A record has a kilobyte or two: of pages of
// 4 KiB a third stays empty, and writing takes four times the calls.
const pageSize = 16 << 10

// growBytes is by how much the file grows beyond what is written, each time with a
// sync of its own. Left to itself bbolt grows a file with a large mapping by 16 MiB
// from the start, and the smallest store would have as much.
const growBytes = 4 * pageSize

// openBolt opens the file. With the list of free pages in it, that reads a page or
// two; without, bbolt would read them all.
func openBolt(path string, readOnly bool) (db *bbolt.DB, file *os.File, err error) {
	defer recoverDamage(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	options := bbolt.Options{Timeout: lockTimeout, ReadOnly: readOnly, FreelistType: bbolt.FreelistMapType, PageSize: pageSize}
	if !readOnly { // for readers alone the file cannot grow
		options.InitialMmapSize = initialMapSize()
	}
	options.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		f, err := os.OpenFile(name, flag, mode)
		if file == nil { // later ones are of copies
			file = f
		}
		return f, err
	}
	if db, err = bbolt.Open(path, 0o600, &options); err != nil {
		return nil, nil, err
	}
	db.AllocSize = growBytes
	return db, file, nil
}

// createStore makes an empty store beside path and moves it there whole, so that
// a crash leaves either no file or a good one.
func createStore(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("store %s: %w", path, err)
	}
	temp, err := os.CreateTemp(dir, filepath.Base(path)+".new-*")
	if err != nil {
		return fmt.Errorf("store %s: %w", path, err)
	}
	defer os.Remove(temp.Name())
	if err := temp.Close(); err != nil {
		return err
	}
	db, _, err := openBolt(temp.Name(), false)
	if err != nil {
		return fmt.Errorf("store %s: %w", path, err)
	}
	if err := errors.Join(db.Update(initialise), db.Close()); err != nil {
		return fmt.Errorf("store %s: %w", path, err)
	}
	// Link, not rename: where another process was quicker, its file stays.
	if err := os.Link(temp.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("store %s: %w", path, err)
	}
	return nil
}

func initialise(tx *bbolt.Tx) error {
	meta, err := tx.CreateBucketIfNotExists(metaBucket)
	if err != nil {
		return err
	}
	names := [][]byte{logBucket}
	for _, k := range geo.Kinds() {
		names = append(names, bucketOf(k))
	}
	for _, name := range names {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return errors.Join(meta.Put(applicationKey, application),
		meta.Put(formatKey, binary.BigEndian.AppendUint32(nil, format)))
}

func checkMeta(tx *bbolt.Tx) error {
	meta := tx.Bucket(metaBucket)
	if meta == nil || !bytes.Equal(meta.Get(applicationKey), application) {
		return fmt.Errorf("%w: a bbolt file of another program", ErrForeign)
	}
	number := meta.Get(formatKey)
	if len(number) != 4 {
		return fmt.Errorf("%w: its format number has %d bytes", ErrDamaged, len(number))
	}
	if f := binary.BigEndian.Uint32(number); f > format {
		return fmt.Errorf("%w: its format is %d, this program knows up to %d", ErrNewer, f, format)
	} else if f < format {
		return fmt.Errorf("%w: its format is %d, and no version had that", ErrDamaged, f)
	}
	for _, k := range append(geo.Kinds(), geo.Kind(logBucket)) {
		if tx.Bucket(bucketOf(k)) == nil {
			return fmt.Errorf("%w: the bucket %s is missing", ErrDamaged, k)
		}
	}
	return nil
}

// view runs f in a read transaction. bbolt panics where it meets a damaged page, or
// is led by one to read outside of its memory; that is an error of the file, and
// no reason for the program to die.
func (s *Store) view(f func(tx *bbolt.Tx) error) (err error) {
	defer recoverDamage(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	s.begin()
	return s.db.View(f)
}

func (s *Store) update(f func(tx *bbolt.Tx) error) (err error) {
	defer recoverDamage(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	s.begin()
	if err := s.db.Update(f); err != nil {
		return err
	}
	s.keepIfLarge()
	return nil
}

func recoverDamage(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%w: %v", ErrDamaged, p)
	}
}

// Close lets go of the file. It waits for the readers under way.
func (s *Store) Close() error {
	h, k := s.holder, s.keeper
	s.holder, s.keeper = nil, nil // a second Close does nothing
	k.end()
	return errors.Join(s.db.Close(), h.release())
}

// lastSeq returns the sequence number of the newest change, 0 of none.
func lastSeq(tx *bbolt.Tx) uint64 {
	k, _ := tx.Bucket(logBucket).Cursor().Last()
	if len(k) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(k)
}

// readEntry reads the change with the sequence number.
func readEntry(tx *bbolt.Tx, seq uint64) (entry, error) { return logEntry(tx.Bucket(logBucket), seq) }

func logEntry(log *bbolt.Bucket, seq uint64) (entry, error) {
	b := log.Get(seqKey(seq))
	if b == nil {
		return entry{}, fmt.Errorf("%w: change %d is missing", ErrDamaged, seq)
	}
	e, err := decodeEntry(b)
	if err != nil {
		return entry{}, fmt.Errorf("%w: change %d %w", ErrDamaged, seq, err)
	}
	return e, nil
}

// featureAt returns the record that a change put, in the log's memory, without
// decoding the rest of the change.
func featureAt(log *bbolt.Bucket, seq uint64) ([]byte, error) {
	b := log.Get(seqKey(seq))
	if b == nil {
		return nil, fmt.Errorf("%w: change %d is missing", ErrDamaged, seq)
	}
	feature, err := cutEntry(b)
	if err != nil {
		return nil, fmt.Errorf("%w: change %d %w", ErrDamaged, seq, err)
	}
	return feature, nil
}

// pointer finds a record's last change; seq is 0 where there never was one.
func pointer(tx *bbolt.Tx, k geo.Kind, id string) (seq uint64, op operation, err error) {
	b := tx.Bucket(bucketOf(k)).Get([]byte(id))
	if b == nil {
		return 0, 0, nil
	}
	if seq, op, err = decodePointer(b); err != nil {
		err = fmt.Errorf("%w: %s %q: %w", ErrDamaged, k, id, err)
	}
	return seq, op, err
}
