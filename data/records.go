package data

import (
	"bytes"
	"sync"

	"go.etcd.io/bbolt"
)

// feature returns the record that a change put, as it is stored. It is for reading
// only, and valid until room, whose memory it may have, is used again. It is safe
// for use by many goroutines, and holds no transaction. Errors: ErrDamaged.
//
// A record of a page, which others may soon ask for, is to be kept in memory; those
// of a long list are not: they would drive out the others.
func (s *Store) feature(room *[]byte, seq uint64, keep bool) ([]byte, error) {
	k := s.places.find(seq)
	if k == nil {
		return s.seek(room, seq)
	}
	if b := s.kept.find(k, seq); b != nil {
		return b, nil
	}
	b, found := k.read(s.file, room)
	if !found {
		return s.seek(room, seq)
	}
	if keep {
		s.kept.add(k, seq, bytes.Clone(b))
	}
	return b, nil
}

// seek finds a record in the tree, and learns its place.
func (s *Store) seek(room *[]byte, seq uint64) ([]byte, error) {
	err := s.view(func(tx *bbolt.Tx) error {
		feature, err := featureAt(tx.Bucket(logBucket), seq)
		if err != nil {
			return err
		}
		*room = append((*room)[:0], feature...)
		return s.places.learn(s.mapping(tx), seq, feature)
	})
	return *room, err
}

// features calls f with the records that some changes put, as feature returns them,
// in the order of the list. The bytes are valid during the call.
func (s *Store) features(seqs []uint64, keep bool, f func(i int, feature []byte) error) error {
	room := takeRoom()
	defer giveRoom(room)
	for start := 0; start < len(seqs); start += ahead {
		part := seqs[start:min(start+ahead, len(seqs))]
		there := s.look(part)
		for i, seq := range part {
			feature, err := there[i], error(nil)
			if feature == nil {
				feature, err = s.feature(room, seq, keep)
			}
			if err == nil {
				err = f(start+i, feature)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// ahead is how many records are looked for at once.
const ahead = 16

// look finds those of some records that are kept. It takes each step for all of them
// before the next: nothing of this is near the processor, which so waits for many
// at once.
func (s *Store) look(seqs []uint64) (there [ahead][]byte) {
	var places [ahead]*known
	for i, seq := range seqs {
		places[i] = s.places.find(seq)
	}
	var records [ahead]*keptRecord
	for i, k := range places[:len(seqs)] {
		if k != nil {
			records[i] = s.kept.at(k)
		}
	}
	for i, seq := range seqs {
		there[i] = records[i].of(seq)
	}
	return there
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
