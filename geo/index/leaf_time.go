package index

import (
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
)

// timeLeaf is a temporal function of a record's time and one that is given, in
// microseconds. What is before, after or in it is found by columns; of what is left
// the rest is evaluated.
type timeLeaf struct {
	question
	function string
	from, to int64
	rest     *rowLeaf
}

// turned are the functions that say the same when their arguments change places.
var turned = map[string]string{"t_after": "t_before", "t_before": "t_after"}

// timeLeafOf makes one of a function of datetime and a literal; nil of others.
func timeLeafOf(q question, call cql2.Call) node {
	if len(call.Args) != 2 || len(call.Op) < 2 || call.Op[:2] != "t_" {
		return nil
	}
	n := &timeLeaf{question: q, function: call.Op, rest: &rowLeaf{q}}
	given := call.Args[1]
	if _, isSecond := given.(cql2.Property); isSecond {
		given = call.Args[0]
		if op, changes := turned[call.Op]; changes {
			n.function = op
		}
	} else if _, isFirst := call.Args[0].(cql2.Property); !isFirst {
		return nil
	}
	var isLiteral bool
	if n.from, n.to, isLiteral = stretchOf(given); !isLiteral {
		return nil
	}
	return n
}

// stretchOf is the microseconds that a time covers; false where it hangs on a
// property.
func stretchOf(e cql2.Expression) (from, to int64, isLiteral bool) {
	v, isInterval := e.(cql2.Interval)
	if !isInterval {
		return covered(e)
	}
	from, to, isLiteral = always, still, true
	if v.Start != nil {
		if from, _, isLiteral = covered(v.Start); !isLiteral {
			return 0, 0, false
		}
	}
	if v.End != nil {
		_, to, isLiteral = covered(v.End)
	}
	return from, to, isLiteral
}

func (n *timeLeaf) cost() cost { return byColumn }

func (n *timeLeaf) keep(p *part, rows bitset, want bool) error {
	function := n.function
	switch {
	case function == "t_disjoint" && !want:
		function, want = "t_intersects", true
	case function == "t_intersects" && !want:
		function, want = "t_disjoint", true
	case !want:
		return n.rest.keep(p, rows, false)
	}
	switch function {
	case "t_after":
		n.after(p, rows)
	case "t_before":
		n.before(p, rows)
	case "t_disjoint":
		earlier := borrow(p.rows)
		defer earlier.give()
		copy(earlier, rows)
		n.before(p, earlier)
		n.after(p, rows)
		rows.or(earlier)
	case "t_intersects":
		p.intersecting(rows, n.from, n.to)
	default:
		p.intersecting(rows, n.from, n.to) // what all the others ask, too
		return n.rest.keep(p, rows, true)
	}
	return nil
}

func (n *timeLeaf) after(p *part, rows bitset) {
	if n.to == still {
		clear(rows)
		return
	}
	n.ranged(p, rows, "start", ">")
}

func (n *timeLeaf) before(p *part, rows bitset) {
	if n.from == always {
		clear(rows)
		return
	}
	n.ranged(p, rows, "end", "<")
}

func (n *timeLeaf) ranged(p *part, rows bitset, property, operator string) {
	its := columnOf(property).compared(operator, n.from, n.to)
	its.skip(p, rows)
	within(rows, its.times(p.table), its, true)
}

// intersecting keeps the rows that were surely going on between two times: of an
// event whose start is not known only where its end lies between them.
func (p *part) intersecting(rows bitset, from, to int64) {
	p.overlapping(rows, from, to)
	if p.kind != geo.Events {
		return
	}
	for w, word := range rows {
		if word == 0 || p.spans[w].minStart != always {
			continue
		}
		for i := range min(64, p.rows-64*w) {
			if row := 64*w + i; p.start[row] == always && (p.end[row] > to || p.end[row] == still) {
				word &^= 1 << i
			}
		}
		rows[w] = word
	}
}
