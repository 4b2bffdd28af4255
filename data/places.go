package data

import (
	"fmt"
	"hash/crc32"
	"io"
	"sync"
	"sync/atomic"
	"unsafe"

	"go.etcd.io/bbolt"
)

// places remembers where in the file records lie, by the number of the change that
// put them, so that they are read there with one call and without bbolt's tree.
//
// bbolt moves a value when it writes its page anew, and gives the old page to
// others once no transaction reads it: a place is a guess, and what is read there
// outside of a transaction may be anything, half written too. But a change is never
// written again: the bytes that it put have the same checksum for ever, and bytes
// that have it are they, wherever they were found. Where they are not found, the
// tree is asked, and the place is learnt anew.
type places struct {
	chunks  atomic.Pointer[[]*placeChunk] // of all changes from 1 on; nil: nothing of these is known
	growing sync.Mutex
}

const placesInChunk = 4096

// placeChunk has the places of some changes. A checksum is written before its
// place, and never becomes another one.
type placeChunk struct {
	at  [placesInChunk]atomic.Uint64 // see place; 0: not known
	sum [placesInChunk]atomic.Uint32 // CRC-32C of the record
}

// place is the offset of a record in the file and its length, both in bytes: 40 and
// 24 bits. What lies or reaches beyond them is left to the tree.
type place uint64

const (
	lengthBits = 24
	mostLength = 1<<lengthBits - 1
	mostOffset = 1<<(64-lengthBits) - 1
)

func placeOf(offset int64, length int) place { return place(offset)<<lengthBits | place(length) }

func (p place) offset() int64 { return int64(p >> lengthBits) }

func (p place) length() int { return int(p & mostLength) }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// find returns the place of a change's record and its checksum; 0 where it is not known.
func (p *places) find(seq uint64) (place, uint32) {
	chunks := p.chunks.Load()
	if chunks == nil || seq/placesInChunk >= uint64(len(*chunks)) {
		return 0, 0
	}
	c := (*chunks)[seq/placesInChunk]
	if c == nil {
		return 0, 0
	}
	at := place(c.at[seq%placesInChunk].Load())
	return at, c.sum[seq%placesInChunk].Load()
}

func (p *places) set(seq uint64, at place, sum uint32) {
	c := p.chunk(seq)
	c.sum[seq%placesInChunk].Store(sum)
	c.at[seq%placesInChunk].Store(uint64(at))
}

// chunk returns the chunk of a change, and makes it where there is none.
func (p *places) chunk(seq uint64) *placeChunk {
	n := seq / placesInChunk
	if chunks := p.chunks.Load(); chunks != nil && n < uint64(len(*chunks)) && (*chunks)[n] != nil {
		return (*chunks)[n]
	}
	p.growing.Lock()
	defer p.growing.Unlock()
	var next []*placeChunk // a copy: others read the list meanwhile
	if chunks := p.chunks.Load(); chunks != nil {
		next = append(next, *chunks...)
	}
	for uint64(len(next)) <= n {
		next = append(next, nil)
	}
	if next[n] == nil {
		next[n] = new(placeChunk)
	}
	p.chunks.Store(&next)
	return next[n]
}

// read appends a change's record to room, if it lies where it is thought to.
func (p *places) read(file io.ReaderAt, seq uint64, room []byte) ([]byte, bool) {
	at, sum := p.find(seq)
	if at == 0 {
		return room, false
	}
	start, end := len(room), len(room)+at.length()
	for cap(room) < end {
		room = append(room[:cap(room)], 0)
	}
	// Any error is the tree's to meet again: it can say what is wrong with the file.
	if _, err := file.ReadAt(room[start:end], at.offset()); err != nil || crc32.Checksum(room[start:end], castagnoli) != sum {
		return room[:start], false
	}
	return room[:end], true
}

// mapping is the file as a transaction sees it in memory.
type mapping struct {
	start uintptr
	size  int64 // in use, in bytes
}

func (s *Store) mapping(tx *bbolt.Tx) mapping { return mapping{s.db.Info().Data, tx.Size()} }

// learn remembers where a change's record lies, which has to be in the mapping, and
// holds it to what is known of it. The error is ErrDamaged.
func (p *places) learn(m mapping, seq uint64, feature []byte) error {
	sum := crc32.Checksum(feature, castagnoli)
	if at, known := p.find(seq); at != 0 && (known != sum || at.length() != len(feature)) {
		return fmt.Errorf("%w: change %d is not as it was written", ErrDamaged, seq)
	}
	offset := int64(uintptr(unsafe.Pointer(unsafe.SliceData(feature))) - m.start)
	// A damaged number is not to make the list large: no file has more changes.
	if offset <= 0 || offset+int64(len(feature)) > m.size || offset > mostOffset || len(feature) > mostLength || seq > uint64(m.size)/entryHead {
		return nil
	}
	p.set(seq, placeOf(offset, len(feature)), sum)
	return nil
}

// feature appends the record that a change put to room, as it is stored. Errors:
// ErrDamaged. It is safe for use by many goroutines, and holds no transaction.
func (s *Store) feature(room []byte, seq uint64) ([]byte, error) {
	if b, found := s.places.read(s.file, seq, room); found {
		return b, nil
	}
	err := s.view(func(tx *bbolt.Tx) error {
		feature, err := featureAt(tx.Bucket(logBucket), seq)
		if err != nil {
			return err
		}
		room = append(room, feature...)
		return s.places.learn(s.mapping(tx), seq, feature)
	})
	return room, err
}

// features calls f with the records that some changes put, as they are stored, in
// the order of the list. The bytes are valid only during the call.
func (s *Store) features(seqs []uint64, f func(i int, feature []byte) error) error {
	room := takeRoom()
	defer giveRoom(room)
	for i, seq := range seqs {
		var err error
		if *room, err = s.feature((*room)[:0], seq); err != nil {
			return err
		}
		if err := f(i, *room); err != nil {
			return err
		}
	}
	return nil
}

// rooms holds the memory that records are read into.
var rooms sync.Pool

// mostRoom is the most that is kept for the next record, in bytes.
const mostRoom = 1 << 20

func takeRoom() *[]byte {
	if room, _ := rooms.Get().(*[]byte); room != nil {
		return room
	}
	room := make([]byte, 0, 8<<10)
	return &room
}

func giveRoom(room *[]byte) {
	if cap(*room) <= mostRoom {
		rooms.Put(room)
	}
}
