package data

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

// BenchmarkRandomReads reads one change after the other at random, on all
// processors, with and without a keeper: from the store at STORE, or else from one
// of 512 MiB. It reports the most that files took of memory, and what readers waited at most.
func BenchmarkRandomReads(b *testing.B) {
	s := storeToRead(b)
	for _, kept := range []bool{false, true} {
		b.Run(fmt.Sprintf("kept=%v", kept), func(b *testing.B) {
			// The kernel's cache is warm and every page mapped.
			if err := s.view(func(tx *bbolt.Tx) error {
				return tx.Bucket(logBucket).ForEach(func(_, v []byte) error { return touch(v) })
			}); err != nil {
				b.Fatal(err)
			}
			if kept {
				s.begun = make(chan struct{}, 1)
				k := s.startKeeper()
				defer k.end()
			}
			time.Sleep(20 * busyLook)
			most := watchResident(b)
			b.ResetTimer()
			waits := readAtRandom(b, s)
			b.StopTimer()
			b.ReportMetric(float64(most()>>20), "MiB-of-files")
			slices.Sort(waits)
			for _, q := range []float64{0.5, 0.99, 0.999, 1} {
				b.ReportMetric(float64(waits[int(q*float64(len(waits)-1))].Microseconds()), fmt.Sprintf("us-p%v", q*100))
			}
		})
	}
}

// watchResident looks every few milliseconds how much of the process is pages of
// files, until the function it returns is called, which tells the most it saw.
func watchResident(b *testing.B) func() int64 {
	statm, err := os.Open("/proc/self/statm")
	if err != nil {
		b.Fatal(err)
	}
	stop, most := make(chan struct{}), make(chan int64)
	go func() {
		defer statm.Close()
		for peak := int64(0); ; {
			select {
			case <-stop:
				most <- peak
				return
			case <-time.After(5 * time.Millisecond):
			}
			now, err := residentFiles(statm)
			if err != nil {
				b.Error(err)
			}
			peak = max(peak, now)
		}
	}()
	return func() int64 {
		close(stop)
		return <-most
	}
}

func storeToRead(b *testing.B) *Store {
	path := os.Getenv("STORE")
	if path == "" {
		return bigStore(b, 64<<10)
	}
	s, err := openExisting(path, false)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	return s
}

// readAtRandom returns how long each read took.
func readAtRandom(b *testing.B, s *Store) (waits []time.Duration) {
	var mutex sync.Mutex
	b.RunParallel(func(pb *testing.PB) {
		random := rand.New(rand.NewPCG(rand.Uint64(), 0))
		var own []time.Duration
		for pb.Next() {
			start := time.Now()
			if err := s.view(func(tx *bbolt.Tx) error {
				return touch(tx.Bucket(logBucket).Get(seqKey(1 + random.Uint64N(lastSeq(tx)))))
			}); err != nil {
				b.Error(err)
				return
			}
			own = append(own, time.Since(start))
		}
		mutex.Lock()
		defer mutex.Unlock()
		waits = append(waits, own...)
	})
	return waits
}

// touch reads a value as an answer does that copies it.
func touch(v []byte) error {
	if copied := slices.Clone(v); len(copied) == 0 {
		return fmt.Errorf("an empty value")
	}
	return nil
}
