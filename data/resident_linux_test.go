package data

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

// valueBytes is the length of each value of a big store, two to a page: a
// checksum, its number, and noise.
const valueBytes = 8000

func valueOf(seq uint64, noise *rand.ChaCha8) []byte {
	v := make([]byte, valueBytes)
	noise.Read(v)
	binary.BigEndian.PutUint64(v[4:], seq)
	binary.BigEndian.PutUint32(v, crc32.ChecksumIEEE(v[4:]))
	return v
}

func checkValue(seq uint64, v []byte) error {
	if len(v) != valueBytes || binary.BigEndian.Uint64(v[4:]) != seq || binary.BigEndian.Uint32(v) != crc32.ChecksumIEEE(v[4:]) {
		return fmt.Errorf("value %d has %d bytes and they are not those written", seq, len(v))
	}
	return nil
}

// bigStore makes a store of so many values and opens it, without a keeper.
func bigStore(t testing.TB, values uint64) *Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "big.db")
	if err := createStore(path); err != nil {
		t.Fatal(err)
	}
	s, err := openExisting(path, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	write(t, s, values)
	return s
}

// write puts so many values into a store, from 1 up.
func write(t testing.TB, s *Store, values uint64) {
	t.Helper()
	noise := rand.NewChaCha8([32]byte{1})
	for seq := uint64(1); seq <= values; {
		if err := s.update(func(tx *bbolt.Tx) error {
			tx.Bucket(logBucket).FillPercent = 1
			for range min(4096, values-seq+1) {
				if err := tx.Bucket(logBucket).Put(seqKey(seq), valueOf(seq, noise)); err != nil {
					return err
				}
				seq++
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// readAll reads every value and returns a checksum of all.
func readAll(t testing.TB, s *Store) uint32 {
	t.Helper()
	sum := crc32.NewIEEE()
	if err := s.view(func(tx *bbolt.Tx) error {
		return tx.Bucket(logBucket).ForEach(func(k, v []byte) error {
			sum.Write(v)
			return checkValue(seqOf(k), v)
		})
	}); err != nil {
		t.Fatal(err)
	}
	return sum.Sum32()
}

// mappedMiB is what the kernel counts of the store's mapping for this process, in MiB.
func mappedMiB(t testing.TB, s *Store) int {
	t.Helper()
	kib := -1
	if err := s.view(func(*bbolt.Tx) error {
		smaps, err := os.ReadFile("/proc/self/smaps")
		if err != nil {
			return err
		}
		_, own, found := bytes.Cut(smaps, fmt.Appendf(nil, "\n%08x-", s.db.Info().Data))
		_, own, counted := bytes.Cut(own, []byte("\nRss:"))
		own, _, _ = bytes.Cut(own, []byte("kB"))
		if !found || !counted {
			return errors.New("smaps does not tell")
		}
		kib, err = strconv.Atoi(string(bytes.TrimSpace(own)))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return kib >> 10
}

func TestDroppedPagesAreReadAgain(t *testing.T) {
	s := bigStore(t, 24<<10)
	path := s.db.Path()
	for _, at := range []struct {
		name string
		do   func() error
	}{
		{"in its place", func() error { return nil }},
		{"renamed", func() error { return os.Rename(path, path+" (moved)") }},
		{"another file in its place", func() error { return createStore(path) }},
		{"deleted", func() error { return os.Remove(path + " (moved)") }},
	} {
		t.Run(at.name, func(t *testing.T) {
			if err := at.do(); err != nil {
				t.Fatal(err)
			}
			before := readAll(t, s)
			if n := mappedMiB(t, s); n < 150 {
				t.Fatalf("after all was read %d MiB are mapped: this test sees nothing", n)
			}
			if err := s.dropPages(); err != nil {
				t.Fatal(err)
			}
			if n := mappedMiB(t, s); n > 2 {
				t.Errorf("%d MiB are still mapped", n)
			}
			if after := readAll(t, s); after != before {
				t.Error("other bytes are read after the pages were dropped")
			}
		})
	}
}

// TestDropUnderReadersAndWriter drops pages over and over while values are read,
// written anew and appended.
func TestDropUnderReadersAndWriter(t *testing.T) {
	const values = 4 << 10
	s := bigStore(t, values)
	end := time.Now().Add(2 * time.Second)
	var work sync.WaitGroup
	repeat := func(name string, f func(random *rand.Rand) error) {
		work.Go(func() {
			random := rand.New(rand.NewPCG(3, uint64(len(name))))
			n := 0
			for ; time.Now().Before(end); n++ {
				if err := f(random); err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
			}
			t.Logf("%s: %d times", name, n)
		})
	}
	for _, name := range []string{"read", "read too"} {
		repeat(name, func(random *rand.Rand) error {
			return s.view(func(tx *bbolt.Tx) error {
				seq := 1 + random.Uint64N(values)
				v := tx.Bucket(logBucket).Get(seqKey(seq))
				return errors.Join(checkValue(seq, v), dropMapping(s.db.Info().Data), checkValue(seq, v))
			})
		})
	}
	noise := rand.NewChaCha8([32]byte{2})
	repeat("write", func(random *rand.Rand) error {
		return s.update(func(tx *bbolt.Tx) error {
			for _, seq := range []uint64{1 + random.Uint64N(values), lastSeq(tx) + 1} {
				if err := tx.Bucket(logBucket).Put(seqKey(seq), valueOf(seq, noise)); err != nil {
					return err
				}
			}
			return nil
		})
	})
	repeat("drop", func(*rand.Rand) error { return s.dropPages() })
	work.Wait()
	readAll(t, s)
	if err := checkPages(t.Context(), s.db.Path()); err != nil {
		t.Error(err)
	}
}

func TestResidentIsKeptLow(t *testing.T) {
	s := bigStore(t, 24<<10)
	readAll(t, s)
	before := mappedMiB(t, s)
	s.begun = make(chan struct{}, 1)
	s.keeper = s.startKeeper()
	waitUntil(t, "the pages that were read before are dropped", func() bool { return mappedMiB(t, s) < residentBudget>>20 })
	for range 3 {
		readAll(t, s)
		waitUntil(t, "pages that are read again are dropped again", func() bool { return mappedMiB(t, s) < residentBudget>>20 })
	}
	if before < 3*residentBudget/2>>20 {
		t.Errorf("without a keeper %d MiB were mapped: this test sees nothing", before)
	}
	k := s.keeper
	s.keeper = nil
	k.end()
	select {
	case <-k.done:
	default:
		t.Error("the keeper goes on after its end")
	}
}

func waitUntil(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not in 20 seconds: ", what)
		}
	}
}

// TestLargeStoreHasAKeeper lets a store grow, and opens it again.
func TestLargeStoreHasAKeeper(t *testing.T) {
	path := filepath.Join(t.TempDir(), "map.db")
	for _, large := range []bool{false, true} {
		s, err := openStore(path)
		if err != nil {
			t.Fatal(err)
		}
		if (s.keeper != nil) != large {
			t.Errorf("large: %v; it has a keeper: %v", large, s.keeper != nil)
		}
		write(t, s, 2*residentBudget/valueBytes)
		if s.keeper == nil {
			t.Fatal("the store is large now and has no keeper")
		}
		done := s.keeper.done
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		select {
		case <-done:
		default:
			t.Error("it goes on after the store was closed")
		}
	}
}

// TestTransactionsWakeTheKeeper holds each kind of transaction to tell it.
func TestTransactionsWakeTheKeeper(t *testing.T) {
	s := bigStore(t, 1)
	s.begun = make(chan struct{}, 1)
	nothing := func(*bbolt.Tx) error { return nil }
	for name, transaction := range map[string]func(func(*bbolt.Tx) error) error{"view": s.view, "update": s.update} {
		for range 2 { // it is not to wait for the keeper either
			if err := transaction(nothing); err != nil {
				t.Fatal(err)
			}
		}
		select {
		case <-s.begun:
		default:
			t.Errorf("%s does not", name)
		}
	}
}
