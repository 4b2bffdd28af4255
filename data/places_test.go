package data

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
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

// TestSavedPlacesAreAsWritten holds the bytes to what places_saved.go says of them:
// where they change, savedFormat does.
func TestSavedPlacesAreAsWritten(t *testing.T) {
	var p places
	k := &p.chunk(2)[2]
	k.sum.Store(0x01020304)
	k.at.Store(uint64(placeOf(0x0506070809, 0x0a0b0c)))
	var saved bytes.Buffer
	if err := p.save(&saved); err != nil {
		t.Fatal(err)
	}
	want := make([]byte, 8+savedChunk)
	want[0] = 1
	copy(want[8+2*8:], "\x0c\x0b\x0a\x09\x08\x07\x06\x05")
	copy(want[8+placesInChunk*8+2*4:], "\x04\x03\x02\x01")
	want = binary.LittleEndian.AppendUint32(want, crc32.Checksum(want, castagnoli))
	if savedFormat != 2 || !bytes.Equal(saved.Bytes(), want) {
		t.Errorf("places are saved as %d bytes that are others than those of format %d", saved.Len(), savedFormat)
	}
}

// TestSavedPlaces saves places and loads them.
func TestSavedPlaces(t *testing.T) {
	var p, back places
	random := rand.New(rand.NewPCG(1, 0))
	for range 1_000 {
		k := &p.chunk(random.Uint64N(5*placesInChunk) % (4 * placesInChunk))[random.IntN(placesInChunk)]
		k.sum.Store(random.Uint32())
		k.at.Store(random.Uint64())
	}
	p.chunk(6 * placesInChunk) // and none before it
	var saved bytes.Buffer
	if err := p.save(&saved); err != nil {
		t.Fatal(err)
	}
	b := saved.Bytes()
	n, err := back.load(bytes.NewReader(append(b, "more"...)), int64(len(b)+4))
	if err != nil || n != int64(len(b)) {
		t.Fatalf("%d of %d bytes: %v", n, len(b), err)
	}
	for seq := range uint64(8 * placesInChunk) {
		a, b := p.find(seq), back.find(seq)
		if (a == nil) != (b == nil) || a != nil && (a.at.Load() != b.at.Load() || a.sum.Load() != b.sum.Load()) {
			t.Fatalf("change %d is %v, was %v", seq, b, a)
		}
	}
	for _, at := range []int{0, 7, 8, 5_000, len(b) - 1} {
		damaged := bytes.Clone(b)
		damaged[at] ^= 1
		var none places
		for name, bad := range map[string][]byte{"damaged": damaged, "cut": b[:at]} {
			if _, err := none.load(bytes.NewReader(bad), int64(len(bad))); !errors.Is(err, errSavedPlaces) || none.chunks.Load() != nil {
				t.Errorf("%s at %d: %v", name, at, err)
			}
		}
	}
}

// TestForeignPlacesAreForgotten starts from a saved index whose places are another
// store's, and which cannot be read further.
func TestForeignPlacesAreForgotten(t *testing.T) {
	defer SetWorthSaving(10)()
	saved := func(events int) (path string, head, rest []byte) {
		c := openWith(t, events)
		checkRecords(t, c.store, inTree(t, c.store))
		path = savedPath(c.store.db.Path())
		if err := errors.Join(c.SaveIndex(), c.Close()); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return path, b[:savedHead], b[savedHead:]
	}
	_, _, foreign := saved(30)
	path, head, _ := saved(20)
	if err := os.WriteFile(path, append(head, foreign[:len(foreign)-1]...), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Open(strings.TrimSuffix(path, ".index"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	want := inTree(t, c.store)
	if found := atTheirPlaces(c.store, want); found != len(want) {
		t.Errorf("%d of %d are found", found, len(want))
	}
}
