package data

import (
	"bytes"
	"math/rand/v2"
	"sync"
	"testing"
)

// knownOf are changes whose records are not in any file.
func knownOf(n int) []known { return make([]known, n) }

func recordOf(seq uint64, length int) []byte {
	return bytes.Repeat([]byte{byte(seq), byte(seq >> 8)}, length/2)
}

// TestKeptHoldsItsBudget keeps more records than there is room for, of many lengths.
func TestKeptHoldsItsBudget(t *testing.T) {
	for _, most := range []int{200, 20_000, mostKept - 2} { // by their number, by their bytes, and a few
		holdsItsBudget(t, most)
	}
}

func holdsItsBudget(t *testing.T, most int) {
	k, list := newKept(), knownOf(min(100_000, 10*keptBudget/most))
	random := rand.New(rand.NewPCG(1, 0))
	for seq := range uint64(len(list)) {
		length := random.IntN(most)
		k.add(&list[seq], seq, recordOf(seq, length+2))
		k.find(&list[random.IntN(int(seq)+1)], random.Uint64N(seq+1))
		if k.bytes > keptBudget || k.newest-k.oldest > keptRecords {
			t.Fatalf("%d bytes of %d records are kept", k.bytes, k.newest-k.oldest)
		}
	}
	bytesKept, found := 0, uint64(0)
	for seq := range uint64(len(list)) {
		b := k.find(&list[seq], seq)
		if b == nil {
			continue
		}
		if found++; b[0] != byte(seq) || b[1] != byte(seq>>8) {
			t.Fatalf("record %d is another's", seq)
		}
		bytesKept += keptHead + len(b)
	}
	if bytesKept != k.bytes || found != k.newest-k.oldest || found == 0 {
		t.Errorf("%d records of %d bytes are found, of %d of %d", found, bytesKept, k.newest-k.oldest, k.bytes)
	}
}

// TestKeptStays holds that what is asked for again and again outlives a long row of
// others.
func TestKeptStays(t *testing.T) {
	const often, once = 1_000, 200_000
	k, list := newKept(), knownOf(often+once)
	for seq := range uint64(often) {
		k.add(&list[seq], seq, recordOf(seq, 1_000))
	}
	for seq := uint64(often); seq < often+once; seq++ {
		k.add(&list[seq], seq, recordOf(seq, 1_000))
		for i := range uint64(5) {
			k.find(&list[(5*seq+i)%often], (5*seq+i)%often)
		}
	}
	lost := 0
	for seq := range uint64(often) {
		if k.find(&list[seq], seq) == nil {
			lost++
		}
	}
	if lost > 0 {
		t.Errorf("%d of %d records that are asked for often are gone", lost, often)
	}
}

// TestKeptLeavesOutTheLarge holds that one record does not drive out all.
func TestKeptLeavesOutTheLarge(t *testing.T) {
	k, list := newKept(), knownOf(2)
	k.add(&list[0], 0, recordOf(0, 1_000))
	k.add(&list[1], 1, make([]byte, mostKept+1))
	if k.find(&list[0], 0) == nil || k.find(&list[1], 1) != nil {
		t.Error("the large one is kept")
	}
}

// TestKeptByManyReaders is for the race detector.
func TestKeptByManyReaders(t *testing.T) {
	k, list := newKept(), knownOf(2_000)
	var readers sync.WaitGroup
	for n := range 4 {
		readers.Go(func() {
			random := rand.New(rand.NewPCG(uint64(n), 0))
			for range 20_000 {
				seq := random.Uint64N(uint64(len(list)))
				b := k.find(&list[seq], seq)
				if b == nil {
					k.add(&list[seq], seq, recordOf(seq, mostKept/16))
				} else if b[0] != byte(seq) || b[1] != byte(seq>>8) {
					t.Errorf("record %d is another's", seq)
				}
			}
		})
	}
	readers.Wait()
}
