package data

import (
	"sync"
	"sync/atomic"
)

// kept holds records in memory that were read for answers: to read one again from
// the file costs about two microseconds, most of them the kernel's way to a page
// that no processor has near. What a change put never changes, so that nothing here
// is ever out of date.
//
// The records stand in a ring. The oldest makes room, unless it was asked for since
// it came there: then it goes round once more ("second chance").
type kept struct {
	ring []atomic.Pointer[keptRecord]

	writing        sync.Mutex // finding needs none
	oldest, newest uint64     // oldest <= n < newest are taken; n stands at n % len(ring)
	bytes          int
}

type keptRecord struct {
	known   *known
	seq     uint64
	feature []byte
	used    atomic.Bool // since it has stood where it stands
}

// keptBudget is how many bytes of records are kept: those of some 35,000 events.
// It is half of what else pages of the file may take, see residentBudget.
const keptBudget = 48 << 20

const (
	keptRecords = 1 << 16
	keptHead    = 64      // what a record takes beside its bytes
	mostKept    = 1 << 20 // bytes of one
	mostRounds  = 4096    // how many are sent round to make room for one, while other readers may wait
)

func newKept() *kept { return &kept{ring: make([]atomic.Pointer[keptRecord], keptRecords)} }

// find returns a change's record, for reading only; nil where it is not kept.
func (k *kept) find(of *known, seq uint64) []byte {
	return k.at(of).of(seq)
}

func (k *kept) at(of *known) *keptRecord { return k.ring[of.kept.Load()].Load() }

// of returns the record if it is that of the change; r may be nil.
func (r *keptRecord) of(seq uint64) []byte {
	if r == nil || r.seq != seq {
		return nil
	}
	if !r.used.Load() {
		r.used.Store(true)
	}
	return r.feature
}

// add keeps a change's record, whose bytes are its own from now on.
func (k *kept) add(of *known, seq uint64, feature []byte) {
	if len(feature) > mostKept {
		return
	}
	k.writing.Lock()
	defer k.writing.Unlock()
	if k.find(of, seq) != nil { // another reader was quicker
		return
	}
	size := keptHead + len(feature)
	for rounds := 0; k.bytes+size > keptBudget || k.newest-k.oldest == uint64(len(k.ring)); {
		r := k.take()
		if rounds < mostRounds && r.used.Swap(false) {
			rounds++
			k.put(r)
		}
	}
	k.put(&keptRecord{known: of, seq: seq, feature: feature})
}

func (k *kept) take() *keptRecord {
	r := k.ring[k.oldest%uint64(len(k.ring))].Swap(nil)
	k.oldest++
	k.bytes -= keptHead + len(r.feature)
	return r
}

func (k *kept) put(r *keptRecord) {
	at := k.newest % uint64(len(k.ring))
	k.newest++
	k.bytes += keptHead + len(r.feature)
	k.ring[at].Store(r)
	r.known.kept.Store(uint32(at))
}
