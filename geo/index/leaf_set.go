package index

import (
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/evaluation"
)

// codeLeaf is a question about a property of few values: it is asked of each value,
// and answered by the sets of the rows that have it.
type codeLeaf struct {
	truths []evaluation.Truth // of each code
	sets   func(p *part) []bitset
}

func newCodeLeaf[T ~string](q question, codes []T, sets func(p *part) []bitset) (node, error) {
	n := &codeLeaf{sets: sets}
	for _, code := range codes {
		t, err := q.of(string(code))
		if err != nil {
			return nil, err
		}
		n.truths = append(n.truths, t)
	}
	return n, nil
}

func (n *codeLeaf) cost() cost { return bySets }

func (n *codeLeaf) keep(p *part, rows bitset, want bool) error {
	found := borrow(p.rows)
	defer found.give()
	for i, set := range n.sets(p) {
		if wanted(n.truths[i], want) {
			found.or(set)
		}
	}
	rows.and(found)
	return nil
}

// datasetLeaf is a question about the dataset's id.
type datasetLeaf struct{ truths []evaluation.Truth } // of each dataset

func newDatasetLeaf(q question) (node, error) {
	n := new(datasetLeaf)
	for _, d := range q.snapshot.datasets {
		t, err := q.of(d.id)
		if err != nil {
			return nil, err
		}
		n.truths = append(n.truths, t)
	}
	return n, nil
}

func (n *datasetLeaf) cost() cost { return byColumn }

func (n *datasetLeaf) keep(p *part, rows bitset, want bool) error {
	numbers := newBitset(len(n.truths))
	for i, t := range n.truths {
		if wanted(t, want) {
			numbers.set(uint32(i))
		}
	}
	p.ofDatasets(rows, numbers)
	return nil
}

// idLeaf is a question whether the id is one of some.
type idLeaf struct{ ids []string }

func idLeafOf(call cql2.Call) node {
	p, isProperty := call.Args[0].(cql2.Property)
	if !isProperty || p.Name != "id" || len(call.Args) != 2 { // id IS NULL has one
		return nil
	}
	items := call.Args[1:]
	if list, isList := items[0].(cql2.List); call.Op == "in" && isList {
		items = list.Items
	} else if call.Op != "=" {
		return nil
	}
	n := new(idLeaf)
	for _, item := range items {
		id, isText := item.(cql2.Text)
		if !isText {
			return nil
		}
		n.ids = append(n.ids, id.Value)
	}
	return n
}

func (n *idLeaf) cost() cost { return bySets }

func (n *idLeaf) keep(p *part, rows bitset, want bool) error {
	found := borrow(p.rows)
	defer found.give()
	for _, id := range n.ids {
		if row, stands := find(p.table, id); stands {
			found.set(row)
		}
	}
	if want {
		rows.and(found)
	} else {
		rows.andNot(found)
	}
	return nil
}

// placeLeaf is a question about the place or area that an event names. Where that
// may not leave, there is none.
type placeLeaf struct{ question }

func (n placeLeaf) cost() cost { return byColumn }

func (n placeLeaf) keep(p *part, rows bitset, want bool) error {
	numbers, hidden := newBitset(n.snapshot.anchors.len()), n.snapshot.anchors.hidden
	none, err := n.of(nil)
	if err != nil {
		return err
	}
	if wanted(none, want) {
		numbers.set(0)
	}
	for _, number := range p.byLoc.keys {
		t := none
		if !hidden[number] {
			if t, err = n.of(n.snapshot.locationID(number)); err != nil {
				return err
			}
		}
		if wanted(t, want) {
			numbers.set(number)
		}
	}
	if numbers.has(0) {
		wherever(rows, p.loc, numbers)
		return nil
	}
	found := borrow(p.rows)
	defer found.give()
	p.at(p.loc, &p.byLoc, numbers, found)
	rows.and(found)
	return nil
}

// partOfLeaf is a question about the operation that an event belongs to. Where that
// may not leave, there is none.
type partOfLeaf struct {
	question
	hidden bitset // of the events that are mentioned
}

func newPartOfLeaf(q question) node {
	n := &partOfLeaf{q, newBitset(len(q.snapshot.mentions.ids))}
	for _, number := range q.snapshot.hidden.mentions {
		n.hidden.set(number)
	}
	return n
}

func (n *partOfLeaf) cost() cost { return byColumn }

func (n *partOfLeaf) keep(p *part, rows bitset, want bool) error {
	found, known := borrow(p.rows), borrow(p.rows)
	defer found.give()
	defer known.give()
	for i, number := range p.byPartOf.keys {
		if n.hidden.has(number) {
			continue
		}
		t, err := n.of(n.snapshot.mentions.ids[number])
		if err != nil {
			return err
		}
		p.byPartOf.into(i, known)
		if wanted(t, want) {
			p.byPartOf.into(i, found)
		}
	}
	none, err := n.of(nil)
	if err != nil {
		return err
	}
	if wanted(none, want) {
		known.andNot(found)
		rows.andNot(known) // what is of no operation stays, with what was found
	} else {
		rows.and(found)
	}
	return nil
}

// actorLeaf is a question whether certain actors take part, all of them or any.
// Participants with a name and no id stand in no list: their events are read.
type actorLeaf struct {
	question
	actors []uint32 // 0: one that is not on record, or may not leave
	any    bool
	rest   *readLeaf
}

func actorLeafOf(q question, call cql2.Call) node {
	if len(call.Args) != 2 || call.Op != "a_contains" && call.Op != "a_overlaps" {
		return nil
	}
	_, isProperty := call.Args[0].(cql2.Property)
	list, isList := call.Args[1].(cql2.List)
	if !isProperty || !isList {
		return nil
	}
	n := &actorLeaf{question: q, any: call.Op == "a_overlaps", rest: &readLeaf{q, q.condition.Members()}}
	for _, item := range list.Items {
		id, isText := item.(cql2.Text)
		if !isText {
			return nil
		}
		number := q.snapshot.actorNumber([]byte(id.Value))
		if !q.snapshot.actors[number].leaves {
			number = 0
		}
		n.actors = append(n.actors, number)
	}
	return n
}

func (n *actorLeaf) cost() cost { return byColumn }

func (n *actorLeaf) keep(p *part, rows bitset, want bool) error {
	found, its, named := borrow(p.rows), borrow(p.rows), borrow(p.rows)
	defer found.give()
	defer its.give()
	defer named.give()
	if !n.any {
		found.fill(p.rows)
	}
	for _, number := range n.actors {
		clear(its)
		p.byActor.rowsOf(number, its)
		if n.any {
			found.or(its)
		} else {
			found.and(its)
		}
	}
	copy(named, rows)
	named.and(p.named)
	rows.andNot(p.named)
	if want {
		rows.and(found)
	} else {
		rows.andNot(found)
	}
	if err := n.rest.keep(p, named, want); err != nil {
		return err
	}
	rows.or(named)
	return nil
}
