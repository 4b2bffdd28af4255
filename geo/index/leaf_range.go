package index

import (
	"math"
	"math/bits"

	"github.com/conflictmap/conflictmap/geo/cql2"
)

// numbers is a column of whole numbers that a filter compares: counts, or times in
// microseconds.
type numbers struct {
	counts func(t *table) []int32
	times  func(t *table) []int64
	span   func(s span) (least, greatest int64) // of times
	null   int64                                // what stands where the number is not known
}

// columnOf is the column of a property; nil where it has none.
func columnOf(property string) *numbers {
	count := func(of func(t *table) []int32) *numbers { return &numbers{counts: of, null: int64(unknown)} }
	switch property {
	case "incidents":
		return count(func(t *table) []int32 { return t.incidents })
	case "fatalities.best":
		return count(func(t *table) []int32 { return t.best })
	case "fatalities.low":
		return count(func(t *table) []int32 { return t.low })
	case "fatalities.high":
		return count(func(t *table) []int32 { return t.high })
	case "start":
		return &numbers{times: func(t *table) []int64 { return t.start }, span: func(s span) (int64, int64) { return s.minStart, s.maxStart }, null: always}
	case "end":
		return &numbers{times: func(t *table) []int64 { return t.end }, span: func(s span) (int64, int64) { return s.minEnd, s.maxEnd }, null: still}
	}
	return nil
}

// rangeLeaf is a question whether a number lies from low to high.
type rangeLeaf struct {
	*numbers
	low, high int64 // neither is null
	outside   bool  // the question is whether it does not
}

// mirrored are the operators whose sides have changed places.
var mirrored = map[string]string{"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

// rangeLeafOf makes one of a comparison of a property with a number or a time; nil
// of others.
func rangeLeafOf(call cql2.Call) node {
	op, isComparison := mirrored[call.Op]
	if !isComparison {
		return nil
	}
	property, isProperty := call.Args[1].(cql2.Property)
	to := call.Args[0]
	if !isProperty {
		op, to = call.Op, call.Args[1]
		property, _ = call.Args[0].(cql2.Property)
	}
	column := columnOf(property.Name)
	from, until, isLiteral := covered(to)
	if column == nil || !isLiteral {
		return nil
	}
	return column.compared(op, from, until)
}

// compared is the question how the numbers compare with one that covers the whole
// numbers from one to another, as a day its microseconds. One that is not whole
// covers none: from is then until+1.
func (c *numbers) compared(op string, from, until int64) *rangeLeaf {
	n := &rangeLeaf{numbers: c, low: math.MinInt64 + 1, high: math.MaxInt64 - 1, outside: op == "<>"}
	if c.counts != nil {
		n.low = 0
	}
	switch op {
	case "=", "<>":
		n.low, n.high = max(n.low, from), until
	case "<":
		n.high = from - 1
	case "<=":
		n.high = until
	case ">":
		n.low = max(n.low, until+1)
	case ">=":
		n.low = max(n.low, from)
	}
	return n
}

// covered is the whole numbers, or the microseconds, that a literal covers. What lies
// beyond all counts is as good as any such number.
func covered(e cql2.Expression) (from, until int64, isLiteral bool) {
	const beyond = 1 << 52
	switch e := e.(type) {
	case cql2.Number:
		v := max(-beyond, min(e.Value, beyond))
		return int64(math.Ceil(v)), int64(math.Floor(v)), true
	case cql2.Date:
		return e.Value.UnixMicro(), e.Value.UnixMicro() + day - 1, true
	case cql2.Timestamp:
		return e.Value.UnixMicro(), e.Value.UnixMicro(), true
	}
	return 0, 0, false
}

func (n *rangeLeaf) cost() cost { return byColumn }

func (n *rangeLeaf) keep(p *part, rows bitset, want bool) error {
	inside := want != n.outside
	if n.low > n.high {
		// Nothing lies there: what is known is outside.
		whole := rangeLeaf{numbers: n.numbers, low: math.MinInt64 + 1, high: math.MaxInt64 - 1}
		if inside {
			clear(rows)
			return nil
		}
		n, inside = &whole, true
		if n.counts != nil {
			n.low = 0
		}
	}
	if n.counts != nil {
		within(rows, n.counts(p.table), n, inside)
		return nil
	}
	if inside {
		n.skip(p, rows)
	}
	within(rows, n.times(p.table), n, inside)
	return nil
}

// skip takes out the rows that stand together and none of which lies in the range.
func (n *rangeLeaf) skip(p *part, rows bitset) {
	for w, word := range rows {
		if word == 0 {
			continue
		}
		if least, greatest := n.span(p.spans[w]); greatest < n.low || least > n.high {
			rows[w] = 0
		}
	}
}

// within keeps the rows whose number is known and lies inside the range, or outside.
// The borrow of a subtraction tells, without branches.
func within[T int32 | int64](rows bitset, column []T, n *rangeLeaf, inside bool) {
	width, low, null := uint64(n.high)-uint64(n.low), uint64(n.low), uint64(n.null)
	isIn := uint64(0)
	if inside {
		isIn = 1
	}
	for w, word := range rows {
		if word == 0 {
			continue
		}
		var held uint64
		for i, v := range column[64*w : min(64*w+64, len(column))] {
			_, out := bits.Sub64(width, uint64(int64(v))-low, 0)
			_, known := bits.Sub64(0, uint64(int64(v))^null, 0)
			held |= ((out ^ isIn) & known) << i
		}
		rows[w] = word & held
	}
}
