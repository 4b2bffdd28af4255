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

// idsOf lists the texts of which a property is asked to be one, by = or by IN; nil of
// another question.
func idsOf(call cql2.Call, property string) (ids []string) {
	if len(call.Args) != 2 {
		return nil
	}
	p, isProperty := call.Args[0].(cql2.Property)
	items := call.Args[1:]
	if list, isList := items[0].(cql2.List); call.Op == "in" && isList {
		items = list.Items
	} else if call.Op != "=" {
		return nil
	}
	for _, item := range items {
		id, isText := item.(cql2.Text)
		if !isProperty || p.Name != property || !isText {
			return nil
		}
		ids = append(ids, id.Value)
	}
	return ids
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
type placeLeaf struct {
	question
	ids []string // where it is whether the id is one of these
}

// among lists the numbers that may be wanted: of a comparison with ids those alone.
func (n placeLeaf) among(p *part, want bool) []uint32 {
	if n.ids == nil || !want {
		return p.byLoc.keys
	}
	var numbers []uint32
	for _, id := range n.ids {
		if number := n.snapshot.locNumber([]byte(id)); number != 0 {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

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
	for _, number := range n.among(p, want) {
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
	n := &partOfLeaf{q, newBitset(len(q.snapshot.mentions.texts))}
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
		t, err := n.of(n.snapshot.mentions.texts[number])
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
