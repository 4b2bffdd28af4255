package index

import (
	"strings"
	"sync"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/evaluation"
)

// anchorLeaf is a question about the geometry. It is asked of anchors, which are
// fewer than rows, and of those alone that may meet the geometry it names.
type anchorLeaf struct {
	question
	far     evaluation.Truth // of what does not meet the box
	box     *geo.Box         // around the geometry that the question names; nil: it names none
	isBox   bool             // which is that box
	answers func() (anchorAnswers, error)
}

// anchorAnswers is which anchors the question is true of, and which false.
type anchorAnswers struct{ yes, no bitset }

func newAnchorLeaf(q question, call cql2.Call) node {
	n := &anchorLeaf{question: q}
	if strings.HasPrefix(call.Op, "s_") {
		n.far = evaluation.False
		if call.Op == "s_disjoint" {
			n.far = evaluation.True
		}
		for _, arg := range call.Args {
			n.surround(arg)
		}
		n.isBox = n.isBox && (call.Op == "s_intersects" || call.Op == "s_disjoint")
	}
	n.answers = sync.OnceValues(n.ask)
	return n
}

// surround notes the box around a geometry that the question names.
func (n *anchorLeaf) surround(e cql2.Expression) {
	switch e := e.(type) {
	case cql2.Box:
		n.box, n.isBox = &geo.Box{West: e.West, South: e.South, East: e.East, North: e.North}, true
	case cql2.Geometry:
		if box, found := geo.Extent(e.Value); found {
			n.box = &box
		}
	}
}

func (n *anchorLeaf) cost() cost { return byAnchor }

func (n *anchorLeaf) keep(p *part, rows bitset, want bool) error {
	answers, err := n.answers()
	if err != nil {
		return err
	}
	if want {
		p.anchored(rows, answers.yes)
	} else {
		p.anchored(rows, answers.no)
	}
	return nil
}

// ask asks the question of all anchors. Where they are nowhere, the answer may be
// yes or no too: of IS NULL.
func (n *anchorLeaf) ask() (anchorAnswers, error) {
	a := n.snapshot.anchors
	nowhere := a.spatial().everywhere
	if n.isBox {
		return n.meeting(nowhere), nil
	}
	found, near := anchorAnswers{newBitset(a.len()), newBitset(a.len())}, newBitset(a.len())
	near.fill(a.len())
	if n.box != nil {
		copy(near, a.near(*n.box))
		if set := found.of(n.far); set != nil {
			set.fill(a.len())
			set.andNot(near)
			set.andNot(nowhere)
		}
	}
	near.andNot(nowhere)
	if err := n.askEach(near, found); err != nil {
		return found, err
	}
	none, err := n.of(nil)
	if set := found.of(none); set != nil {
		set.or(nowhere)
	}
	return found, err
}

// askEach asks the question of some anchors.
func (n *anchorLeaf) askEach(numbers bitset, found anchorAnswers) error {
	asked := 0
	for number := range numbers.all() {
		if asked++; asked%betweenLooks == 0 && n.snapshot.interrupted() != nil {
			return n.snapshot.interrupted()
		}
		t, err := n.of(n.snapshot.anchors.geometry(number))
		if err != nil {
			return err
		}
		if set := found.of(t); set != nil {
			set.set(number)
		}
	}
	return nil
}

// of is the set of a truth; nil of Unknown.
func (a anchorAnswers) of(t evaluation.Truth) bitset {
	switch t {
	case evaluation.True:
		return a.yes
	case evaluation.False:
		return a.no
	}
	return nil
}

// meeting is the answers where the question is whether a box is met.
func (n *anchorLeaf) meeting(nowhere bitset) anchorAnswers {
	met := n.snapshot.anchors.meeting(*n.box)
	met.andNot(nowhere)
	rest := newBitset(n.snapshot.anchors.len())
	rest.fill(n.snapshot.anchors.len())
	rest.andNot(met)
	rest.andNot(nowhere)
	if n.far == evaluation.True {
		return anchorAnswers{rest, met}
	}
	return anchorAnswers{met, rest}
}

// betweenLooks is how many geometries are asked between two looks at the context.
const betweenLooks = 1_000
