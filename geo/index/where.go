package index

import (
	"cmp"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
)

// node is a part of a CQL2 expression made ready for the parts of one kind. What is
// not known needs no set of its own: a filter wants the rows of which an expression
// is true, its NOT those of which it is false, and AND and OR the same of theirs.
type node interface {
	// keep keeps the rows that the node is true of, or those that it is false of
	// (want). Those of which it is not known are kept by neither.
	keep(p *part, rows bitset, want bool) error
	cost() cost
}

// cost is how dear it is to ask a row.
type cost int

// The costs, the cheapest first.
const (
	bySets cost = iota // a few sets are intersected
	byColumn
	byAnchor
	byRow    // the expression is evaluated for each row, from columns
	byRecord // and the record is read
)

// where makes an expression ready. The error is Invalid, with what is wrong with it.
func (s *Snapshot) where(k geo.Kind, e cql2.Expression) (node, error) {
	n, err := (&planner{s, k}).node(e)
	if err != nil {
		return nil, geo.Reject("the filter cannot be used", geo.WhereFaults("", err))
	}
	return n, nil
}

// planner finds for each part of an expression the cheapest way to answer it.
type planner struct {
	snapshot *Snapshot
	kind     geo.Kind
}

func (l *planner) node(e cql2.Expression) (node, error) {
	call, isCall := e.(cql2.Call)
	switch {
	case isCall && (call.Op == "and" || call.Op == "or"):
		return l.junction(call)
	case isCall && call.Op == "not":
		return l.negation(call)
	}
	return l.leaf(e)
}

// junction is AND or OR. What needs records is asked last, and together: a record is
// read once, and only where the rest does not decide.
func (l *planner) junction(call cql2.Call) (node, error) {
	j := &junction{isOr: call.Op == "or"}
	var reading []cql2.Expression
	var last node
	for _, arg := range call.Args {
		n, err := l.node(arg)
		if err != nil {
			return nil, err
		}
		if _, reads := n.(*readLeaf); reads {
			reading, last = append(reading, arg), n
			continue
		}
		j.parts = append(j.parts, n)
	}
	slices.SortStableFunc(j.parts, func(a, b node) int { return cmp.Compare(a.cost(), b.cost()) })
	if len(reading) > 1 {
		var err error
		if last, err = l.leaf(cql2.Call{Op: call.Op, Args: reading, At: call.At}); err != nil {
			return nil, err
		}
	}
	if len(j.parts) == 0 {
		return last, nil
	}
	if last != nil {
		j.parts = append(j.parts, last)
	}
	return j, nil
}

func (l *planner) negation(call cql2.Call) (node, error) {
	n, err := l.node(call.Args[0])
	if err != nil {
		return nil, err
	}
	if _, reads := n.(*readLeaf); reads {
		return l.leaf(call)
	}
	return negated{n}, nil
}

type negated struct{ node }

func (n negated) keep(p *part, rows bitset, want bool) error { return n.node.keep(p, rows, !want) }

type junction struct {
	isOr  bool
	parts []node
}

func (j *junction) cost() cost { return j.parts[len(j.parts)-1].cost() }

func (j *junction) keep(p *part, rows bitset, want bool) error {
	if j.isOr == want {
		return j.keepAny(p, rows, want)
	}
	// AND is true where all are, OR is false where all are.
	for _, n := range j.parts {
		if err := n.keep(p, rows, want); err != nil {
			return err
		}
	}
	return nil
}

// keepAny keeps the rows for which one part decides: OR is true where one is, AND is
// false where one is. What one has decided the next is not asked.
func (j *junction) keepAny(p *part, rows bitset, want bool) error {
	open, asked := borrow(p.rows), borrow(p.rows)
	defer open.give()
	defer asked.give()
	copy(open, rows)
	clear(rows)
	for _, n := range j.parts {
		copy(asked, open)
		if err := n.keep(p, asked, want); err != nil {
			return err
		}
		rows.or(asked)
		open.andNot(asked)
	}
	return nil
}
