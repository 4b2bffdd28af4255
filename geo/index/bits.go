package index

import (
	"iter"
	"math/bits"
	"sync"
)

// bitset is a set of whole numbers below 64 times its length. A million rows are
// 125 kB, and two such sets are intersected in some microseconds: faster, and
// simpler, than compressed sets (docs/decisions/0030).
type bitset []uint64

func wordsFor(n int) int { return (n + 63) / 64 }

func newBitset(n int) bitset { return make(bitset, wordsFor(n)) }

// scratch holds sets that are done with: a busy server would otherwise allocate
// hundreds of megabytes a second.
var scratch sync.Pool

// borrow returns an empty set, which give takes back.
func borrow(n int) bitset {
	if p, _ := scratch.Get().(*bitset); p != nil && cap(*p) >= wordsFor(n) {
		b := (*p)[:wordsFor(n)]
		clear(b)
		return b
	}
	return newBitset(n)
}

func (b bitset) give() {
	if b != nil {
		scratch.Put(&b)
	}
}

func (b bitset) set(i uint32) { b[i>>6] |= 1 << (i & 63) }

func (b bitset) unset(i uint32) { b[i>>6] &^= 1 << (i & 63) }

// has says whether i is in the set; what lies beyond its end is not.
func (b bitset) has(i uint32) bool {
	w := int(i >> 6)
	return w < len(b) && b[w]>>(i&63)&1 != 0
}

func (b bitset) and(o bitset) {
	for i := range b {
		b[i] &= o[i]
	}
}

func (b bitset) andNot(o bitset) {
	for i := range b {
		b[i] &^= o[i]
	}
}

func (b bitset) or(o bitset) {
	for i := range b {
		b[i] |= o[i]
	}
}

func (b bitset) count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// words counts the words that are not empty.
func (b bitset) words() (n int) {
	for _, w := range b {
		if w != 0 {
			n++
		}
	}
	return n
}

// countAnd counts what is in both.
func (b bitset) countAnd(o bitset) (n int) {
	for i, w := range b {
		n += bits.OnesCount64(w & o[i])
	}
	return n
}

// countRange counts what both hold from one number to before another; a nil o
// holds all.
func (b bitset) countRange(o bitset, from, to int) (n int) {
	if from >= to {
		return 0
	}
	for w := from >> 6; w <= (to-1)>>6; w++ {
		word := b[w]
		if o != nil {
			word &= o[w]
		}
		if w == from>>6 {
			word &= ^uint64(0) << (from & 63)
		}
		if w == (to-1)>>6 {
			word &= ^uint64(0) >> (63 - (to-1)&63)
		}
		n += bits.OnesCount64(word)
	}
	return n
}

// fill puts the first n numbers into the set.
func (b bitset) fill(n int) {
	for i := range b {
		b[i] = ^uint64(0)
	}
	if n&63 != 0 {
		b[len(b)-1] = 1<<(n&63) - 1
	}
}

// all lists what is in the set.
func (b bitset) all() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for w, word := range b {
			for ; word != 0; word &= word - 1 {
				if !yield(uint32(w<<6 | bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}

// next returns the least number in the set from one on.
func (b bitset) next(from int) (uint32, bool) {
	for w := from >> 6; w < len(b); w++ {
		word := b[w]
		if w == from>>6 {
			word &= ^uint64(0) << (from & 63)
		}
		if word != 0 {
			return uint32(w<<6 | bits.TrailingZeros64(word)), true
		}
	}
	return 0, false
}

// keep takes out what the test does not hold for.
func (b bitset) keep(test func(uint32) bool) {
	for w, word := range b {
		for left := word; left != 0; left &= left - 1 {
			if i := bits.TrailingZeros64(left); !test(uint32(w<<6 | i)) {
				word &^= 1 << i
			}
		}
		b[w] = word
	}
}

// last returns the greatest number in the set before one.
func (b bitset) last(before int) (uint32, bool) {
	for w := (before - 1) >> 6; w >= 0 && before > 0; w-- {
		word := b[w]
		if w == (before-1)>>6 {
			word &= ^uint64(0) >> (63 - (before-1)&63)
		}
		if word != 0 {
			return uint32(w<<6 | 63 - bits.LeadingZeros64(word)), true
		}
	}
	return 0, false
}
