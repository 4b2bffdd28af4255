package data

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"go.etcd.io/bbolt"
)

// openWith makes a catalog with so many events, each as long as its number says,
// which the test closes itself or leaves to its end.
func openWith(t testing.TB, events int) *Catalog {
	t.Helper()
	c, err := Open(filepath.Join(t.TempDir(), "map.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	records := []geo.Record{geotest.Dataset("d", geo.Public), geotest.Place("p", "d", 97, 22)}
	for i := range events {
		records = append(records, eventOf(i, events+i))
	}
	apply(t, c, records...)
	return c
}

func eventOf(number, length int) *geo.Event {
	e := geotest.Event(geotest.ID("e", number), "d", "p", geo.Date(2024, 7, 22))
	e.Summary = geo.Text{"en": strings.Repeat(string(rune('a'+length%26)), 1+length%500)}
	return e
}

func apply(t testing.TB, c *Catalog, records ...geo.Record) {
	t.Helper()
	if _, err := c.Apply(t.Context(), geotest.Puts(records...)); err != nil {
		t.Fatal(err)
	}
}

// inTree reads all records by bbolt alone.
func inTree(t testing.TB, s *Store) map[uint64]string {
	t.Helper()
	all := make(map[uint64]string)
	if err := s.view(func(tx *bbolt.Tx) error {
		return tx.Bucket(logBucket).ForEach(func(k, v []byte) error {
			feature, err := cutEntry(v)
			all[seqOf(k)] = string(feature)
			return err
		})
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// checkRecords reads records by their places, with and without keeping them.
func checkRecords(t testing.TB, s *Store, want map[uint64]string) {
	t.Helper()
	for _, keep := range []bool{false, true, true} {
		seqs := make([]uint64, 0, len(want))
		for seq := range maps.Keys(want) { // in no order
			seqs = append(seqs, seq)
		}
		read := 0
		if err := s.features(seqs, keep, func(i int, feature []byte) error {
			if read++; string(feature) != want[seqs[i]] {
				return fmt.Errorf("change %d is read as\n%s\nnot\n%s", seqs[i], feature, want[seqs[i]])
			}
			return nil
		}); err != nil || read != len(want) {
			t.Fatalf("%d of %d records: %v", read, len(want), err)
		}
	}
}

// atTheirPlaces counts the records that are found without the tree.
func atTheirPlaces(s *Store, want map[uint64]string) (found int) {
	room := new([]byte)
	for seq := range want {
		if k := s.places.find(seq); k != nil {
			if b, ok := k.read(s.file, room); ok && string(b) == want[seq] {
				found++
			}
		}
	}
	return found
}

// TestPlacesAreLearnt holds that a record is read without the tree from the second
// time on, and from the first after a start.
func TestPlacesAreLearnt(t *testing.T) {
	c := openWith(t, 3*ahead)
	want := inTree(t, c.store)
	checkRecords(t, c.store, want)
	if found := atTheirPlaces(c.store, want); found != len(want) {
		t.Errorf("after they were read %d of %d are found", found, len(want))
	}
	path := c.store.db.Path()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if found := atTheirPlaces(again.store, want); found != len(want) {
		t.Errorf("after a start %d of %d are found", found, len(want))
	}
}

// TestWrongPlaces makes places wrong in every way, and reads what the store holds.
func TestWrongPlaces(t *testing.T) {
	c := openWith(t, 300)
	s := c.store
	want := inTree(t, s)
	info, err := os.Stat(s.db.Path())
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 0))
	other := func() place { return place(s.places.find(1 + random.Uint64N(uint64(len(want)))).at.Load()) }
	for name, wrong := range map[string]func(p place) place{
		"a byte later":      func(p place) place { return placeOf(p.offset()+1, p.length()) },
		"another's":         func(p place) place { return placeOf(other().offset(), p.length()) },
		"anywhere":          func(p place) place { return placeOf(random.Int64N(info.Size()), p.length()) },
		"the first page":    func(p place) place { return placeOf(1, p.length()) },
		"over the end":      func(p place) place { return placeOf(info.Size()-1, p.length()) },
		"far behind it":     func(p place) place { return placeOf(mostOffset-1, p.length()) },
		"not known":         func(place) place { return 0 },
		"as it was (right)": func(p place) place { return p },
	} {
		t.Run(name, func(t *testing.T) {
			checkRecords(t, s, want)
			s.kept = newKept()
			for seq := range want {
				k := s.places.find(seq)
				k.at.Store(uint64(wrong(place(k.at.Load()))))
			}
			checkRecords(t, s, want)
			if found := atTheirPlaces(s, want); found != len(want) {
				t.Errorf("%d of %d places are learnt again", found, len(want))
			}
		})
	}
}

// TestRecordsAreReadWhilePagesMove reads at known places while edits move the pages
// that they are on, and give them to others.
func TestRecordsAreReadWhilePagesMove(t *testing.T) {
	c := openWith(t, 100)
	s := c.store
	want := inTree(t, s)
	checkRecords(t, s, want)
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for n := range 3 {
		readers.Go(func() {
			random := rand.New(rand.NewPCG(uint64(n), 0))
			room := new([]byte)
			for {
				select {
				case <-stop:
					return
				default:
				}
				seq := 1 + random.Uint64N(uint64(len(want)))
				feature, err := s.feature(room, seq, n == 0)
				if err != nil || string(feature) != want[seq] {
					t.Errorf("change %d, %v:\n%s\nnot\n%s", seq, err, feature, want[seq])
					return
				}
			}
		})
	}
	noise := []byte("noise")
	for round := range 60 {
		apply(t, c, eventOf(round, 7*round), eventOf(1_000+round, round))
		// Our own writer only adds to the log. To move the rest, values are put there anew
		// that are as they were.
		if err := s.update(func(tx *bbolt.Tx) error {
			log := tx.Bucket(logBucket)
			for i := range 20 {
				key := seqKey(uint64(1 + (round*20+i)%len(want)))
				if err := log.Put(key, bytes.Clone(log.Get(key))); err != nil {
					return err
				}
			}
			return tx.Bucket(metaBucket).Put(noise, bytes.Repeat([]byte{byte(round)}, round*900))
		}); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	readers.Wait()
	checkRecords(t, s, inTree(t, s))
}

// TestDamagedRecordsAreFound flips a byte of a record in the file: what is answered
// is what was written, or an error.
func TestDamagedRecordsAreFound(t *testing.T) {
	c := openWith(t, 50)
	s := c.store
	want := inTree(t, s)
	checkRecords(t, s, want)
	s.kept = newKept()
	const seq = 20
	at := place(s.places.find(seq).at.Load())
	middle := at.offset() + int64(at.length()/2)
	flip := func() {
		t.Helper()
		f, err := os.OpenFile(s.db.Path(), os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 1)
		_, err = f.ReadAt(b, middle)
		b[0] ^= 1
		_, errWrite := f.WriteAt(b, middle)
		if err := errors.Join(err, errWrite, f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	flip()
	_, err := s.feature(new([]byte), seq, true)
	if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "change 20 ") {
		t.Errorf("a damaged record: %v", err)
	}
	flip()
	checkRecords(t, s, want)
}

// TestHugeNumbersAreNotLearnt holds that a damaged number takes no memory.
func TestHugeNumbersAreNotLearnt(t *testing.T) {
	s := openWith(t, 50).store
	if err := s.view(func(tx *bbolt.Tx) error {
		feature, err := featureAt(tx.Bucket(logBucket), 1)
		return errors.Join(err, s.places.learn(s.mapping(tx), 1, feature), s.places.learn(s.mapping(tx), 1<<40, feature))
	}); err != nil {
		t.Fatal(err)
	}
	if s.places.find(1) == nil || s.places.find(1<<40) != nil {
		t.Error("a change that no file can hold is learnt, or one that it holds is not")
	}
}
