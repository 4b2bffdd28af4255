package data

import (
	"fmt"
	"hash/crc32"
	"io"
	"slices"
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

type placeChunk [placesInChunk]known

// known is what is known of a change that put a record. The checksum is written
// before the place, and never becomes another one.
type known struct {
	at   atomic.Uint64 // see place; 0: nothing is known
	sum  atomic.Uint32 // CRC-32C of the record
	kept atomic.Uint32 // where kept has the record, if it still does; see there
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

// find returns what is known of a change; nil: nothing.
func (p *places) find(seq uint64) *known {
	chunks := p.chunks.Load()
	if chunks == nil || seq/placesInChunk >= uint64(len(*chunks)) {
		return nil
	}
	c := (*chunks)[seq/placesInChunk]
	if c == nil || c[seq%placesInChunk].at.Load() == 0 {
		return nil
	}
	return &c[seq%placesInChunk]
}

func (p *places) forget() { p.chunks.Store(nil) }

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

// read reads the record into room, if it lies where it is thought to.
func (k *known) read(file io.ReaderAt, room *[]byte) ([]byte, bool) {
	at := place(k.at.Load())
	b := slices.Grow((*room)[:0], at.length())[:at.length()]
	*room = b
	// Any error is the tree's to meet again: it can say what is wrong with the file.
	_, err := file.ReadAt(b, at.offset())
	return b, err == nil && crc32.Checksum(b, castagnoli) == k.sum.Load()
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
	if k := p.find(seq); k != nil && (k.sum.Load() != sum || place(k.at.Load()).length() != len(feature)) {
		return fmt.Errorf("%w: change %d is not as it was written", ErrDamaged, seq)
	}
	offset := int64(uintptr(unsafe.Pointer(unsafe.SliceData(feature))) - m.start)
	// Where it does not lie there, bbolt has copied it: a log of a few records. And a
	// damaged number is not to make the list large: no file has so many changes.
	if offset <= 0 || offset+int64(len(feature)) > m.size || offset > mostOffset || len(feature) > mostLength || seq > uint64(m.size)/entryHead {
		return nil
	}
	k := &p.chunk(seq)[seq%placesInChunk]
	k.sum.Store(sum)
	k.at.Store(uint64(placeOf(offset, len(feature))))
	return nil
}
