package index

import "github.com/conflictmap/conflictmap/geo/cql2"

// participantLeaf is a question whether certain participants take part: actors by
// their id, others by their name.
type participantLeaf struct {
	snapshot *Snapshot
	function string // of the participants and those that are asked for, in this order
	asked    []participant
}

// participant is a text that a filter asks for: an actor's id, a name, or both.
type participant struct{ actor, name uint32 } // numbers; 0: it is none, or may not leave

// swapped are the array functions when their arguments change places.
var swapped = map[string]string{"a_contains": "a_containedby", "a_containedby": "a_contains", "a_equals": "a_equals", "a_overlaps": "a_overlaps"}

// participantLeafOf makes one of an array function of participants and texts; nil of
// others.
func participantLeafOf(q question, call cql2.Call) node {
	function, isOfArrays := swapped[call.Op]
	if !isOfArrays {
		return nil
	}
	list, isList := call.Args[0].(cql2.List)
	if _, isFirst := call.Args[0].(cql2.Property); isFirst {
		function = call.Op
		list, isList = call.Args[1].(cql2.List)
	}
	if !isList {
		return nil
	}
	n := &participantLeaf{snapshot: q.snapshot, function: function}
	for _, item := range list.Items {
		text, isText := item.(cql2.Text)
		if !isText {
			return nil
		}
		of := participant{actor: q.snapshot.actorNumber([]byte(text.Value)), name: q.snapshot.names.numbers[text.Value]}
		if !q.snapshot.actors[of.actor].leaves {
			of.actor = 0
		}
		n.asked = append(n.asked, of)
	}
	return n
}

func (n *participantLeaf) cost() cost { return byColumn }

func (n *participantLeaf) keep(p *part, rows bitset, want bool) error {
	found := borrow(p.rows)
	defer found.give()
	switch n.function {
	case "a_overlaps":
		n.overlapping(p, found)
	case "a_contains":
		n.containing(p, found)
	case "a_containedby":
		n.within(p, found)
	case "a_equals":
		n.containing(p, found)
		within := borrow(p.rows)
		defer within.give()
		n.within(p, within)
		found.and(within)
	}
	if want {
		rows.and(found)
	} else {
		rows.andNot(found)
	}
	return nil
}

// overlapping finds the rows that have one of those asked for.
func (n *participantLeaf) overlapping(p *part, found bitset) {
	for _, of := range n.asked {
		of.into(p, found)
	}
}

func (of participant) into(p *part, found bitset) {
	p.byActor.rowsOf(of.actor, found)
	p.byName.rowsOf(of.name, found)
}

// containing finds the rows that have all of those asked for.
func (n *participantLeaf) containing(p *part, found bitset) {
	its := borrow(p.rows)
	defer its.give()
	found.fill(p.rows)
	for _, of := range n.asked {
		clear(its)
		of.into(p, its)
		found.and(its)
	}
}

// within finds the rows that have none but those asked for.
func (n *participantLeaf) within(p *part, found bitset) {
	actors, names := newBitset(len(n.snapshot.actors)), newBitset(len(n.snapshot.names.texts))
	for _, of := range n.asked {
		actors.set(of.actor)
		names.set(of.name)
	}
	others := borrow(p.rows)
	defer others.give()
	for i, actor := range p.byActor.keys {
		if n.snapshot.actors[actor].leaves && !actors.has(actor) {
			p.byActor.into(i, others)
		}
	}
	for i, name := range p.byName.keys {
		if !names.has(name) {
			p.byName.into(i, others)
		}
	}
	found.fill(p.rows)
	found.andNot(others)
}
