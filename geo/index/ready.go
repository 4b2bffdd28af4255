package index

import "sync/atomic"

// What readers ask of a state for the first time is made then, and the others who ask
// wait for it. While changes come, each state is asked for the first time again and
// again: so its writer makes what readers had asked of the state before.

// asked is what readers asked of some anchors: a bit for each grid of cells, by its
// number of bits, and one for the grid of degrees.
type asked struct{ bits atomic.Uint64 }

const degrees = maxCellBits + 1

func (a *asked) ask(what uint) {
	if !a.has(what) {
		a.bits.Or(1 << what)
	}
}

func (a *asked) has(what uint) bool { return a.bits.Load()>>what&1 != 0 }

// makeReady makes what readers had asked of the state before and changes took away.
func (s *Snapshot) makeReady(before *Snapshot) {
	if was := before.anchors.lookup; was != s.anchors.lookup {
		for bits := range uint(degrees) {
			if was.asked.has(bits) {
				s.anchors.makeCells(bits)
			}
		}
		if was.asked.has(degrees) {
			s.anchors.makeSpatial()
		}
	}
	if before.sets == s.sets {
		return
	}
	before.sets.of.Range(func(key, made any) bool {
		n, _ := key.(uint32)
		set, _ := made.(*madeSet)
		if set.asked.Load() && s.areas[n] != nil {
			s.madeSet(n).set()
		}
		return true
	})
}
