package exchange

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"

	"github.com/conflictmap/conflictmap/geo"
)

// Seen is a set of records by kind and id. The ids of a million rows lie in one
// piece of memory, where the garbage collector does not look at each.
type Seen struct {
	hash  func(key []byte) uint64
	at    map[uint64]int  // hash -> where its key begins in keys
	keys  []byte          // each after its length as a uvarint
	rest  map[string]bool // keys whose hash another one had before
	asked []byte          // the key that is looked up
}

// NewSeen makes an empty set.
func NewSeen() *Seen {
	seed := maphash.MakeSeed()
	return &Seen{hash: func(key []byte) uint64 { return maphash.Bytes(seed, key) }, at: make(map[uint64]int), rest: make(map[string]bool)}
}

// add adds a record, and says whether it was not yet there.
func (s *Seen) add(k geo.Kind, id string) bool { return s.addKey(s.key(k, id)) }

// has says whether the record is there.
func (s *Seen) has(k geo.Kind, id string) bool {
	key := s.key(k, id)
	at, known := s.at[s.hash(key)]
	return known && (bytes.Equal(s.keyAt(at), key) || s.rest[string(key)])
}

// addAll adds all of another set.
func (s *Seen) addAll(o *Seen) {
	for at := 0; at < len(o.keys); {
		n, size := binary.Uvarint(o.keys[at:])
		at += size + int(n)
		s.addKey(o.keys[at-int(n) : at])
	}
	for key := range o.rest {
		s.addKey([]byte(key))
	}
}

func (s *Seen) key(k geo.Kind, id string) []byte {
	s.asked = append(append(append(s.asked[:0], k...), '/'), id...)
	return s.asked
}

func (s *Seen) keyAt(at int) []byte {
	n, size := binary.Uvarint(s.keys[at:])
	return s.keys[at+size : at+size+int(n)]
}

func (s *Seen) addKey(key []byte) bool {
	hash := s.hash(key)
	at, known := s.at[hash]
	switch {
	case !known:
		s.at[hash] = len(s.keys)
		s.keys = append(binary.AppendUvarint(s.keys, uint64(len(key))), key...)
		return true
	case bytes.Equal(s.keyAt(at), key) || s.rest[string(key)]:
		return false
	}
	s.rest[string(key)] = true
	return true
}
