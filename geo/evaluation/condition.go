// Package evaluation says whether a record meets a CQL2 expression. It is exact and
// plain, one record after the other; package index, which is quick, answers what it
// would.
//
// Logic has three values (OGC 21-065r2, clause 6.2): where a property that a
// predicate hangs on is null, the predicate is not known, and neither is its NOT; a
// filter matches what it is true of. A start stands for its first instant and an end
// for its last; a DATE is compared by whole days of UTC, a TIMESTAMP by instants.
package evaluation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/paulmach/orb"
)

// Subject is what an expression is evaluated over.
type Subject interface {
	// Value is the value of a property, as geo.Queryable.Value returns it; of datetime
	// it may be Micros.
	Value(q geo.Queryable) any
}

// Record is a record as it may leave, with the geometry that it is answered with.
type Record struct {
	geo.Record
	Shape orb.Geometry
}

// Value is the value of a property.
func (r Record) Value(q geo.Queryable) any { return q.Value(r.Record, r.Shape) }

// Condition is an expression made ready for many records of one kind. It may be
// asked by several goroutines at once.
type Condition struct {
	holds      predicate
	properties []geo.Queryable
}

type (
	predicate func(s Subject) (Truth, error)

	// value returns nil, string, float64, Truth, moment, interval, []any or *shape.
	value func(s Subject) (any, error)
)

// Compile makes an expression ready that geo.CheckWhere finds nothing wrong with.
// The error is a *cql2.Error: of what that cannot see, a pattern that ends in the
// middle, a geometry that is not valid.
func Compile(k geo.Kind, e cql2.Expression) (*Condition, error) {
	c := &compiler{kind: k}
	holds, err := c.predicate(e)
	if err != nil {
		return nil, err
	}
	return &Condition{holds, c.properties}, nil
}

// Of says whether the condition holds of a record. The error is none of the
// record's: the geometries defeat the library.
func (c *Condition) Of(s Subject) (Truth, error) { return c.holds(s) }

// Properties lists the properties that the condition hangs on, each once.
func (c *Condition) Properties() []geo.Queryable { return c.properties }

// Members lists the members of a feature's properties that hold them.
func (c *Condition) Members() []string {
	var members []string
	for _, q := range c.properties {
		members = append(members, q.Members()...)
	}
	slices.Sort(members)
	return slices.Compact(members)
}

type compiler struct {
	kind       geo.Kind
	properties []geo.Queryable
}

// fault is what is wrong with an expression.
func fault(e cql2.Expression, format string, args ...any) error {
	return &cql2.Error{Detail: fmt.Sprintf(format, args...), Position: e.Position()}
}

// predicate makes ready what is true, false or not known.
func (c *compiler) predicate(e cql2.Expression) (predicate, error) {
	call, isCall := e.(cql2.Call)
	if !isCall {
		v, err := c.value(e)
		return func(s Subject) (Truth, error) { return truthOf(v(s)) }, err
	}
	switch op := call.Op; {
	case op == "and":
		return c.logic(call, False)
	case op == "or":
		return c.logic(call, True)
	case op == "not":
		return c.negation(call)
	case op == "isNull":
		return c.isNull(call)
	case op == "like":
		return c.like(call)
	case op == "between":
		return c.between(call)
	case op == "in":
		return c.in(call)
	case comparisons[op] != nil:
		return c.both(call, func(a, b any) (Truth, error) { return compared(op, a, b), nil })
	case relations[op] != nil:
		return c.both(call, func(a, b any) (Truth, error) { return temporal(op, a, b), nil })
	case spatial[op] != nil || op == "s_intersects" || op == "s_disjoint":
		return c.both(call, func(a, b any) (Truth, error) { return spatially(op, a, b) })
	case arrays[op] != nil:
		return c.both(call, func(a, b any) (Truth, error) { return ofArrays(op, a, b), nil })
	}
	return nil, fault(e, "%s is not something that is true or false", strings.ToUpper(call.Op))
}

// truthOf is the truth of a value: TRUE, or of a property that is true or false.
func truthOf(v any, err error) (Truth, error) {
	t, _ := v.(Truth)
	return t, err
}

// logic is AND, which False decides, or OR, which True does.
func (c *compiler) logic(call cql2.Call, decisive Truth) (predicate, error) {
	parts := make([]predicate, len(call.Args))
	for i, arg := range call.Args {
		var err error
		if parts[i], err = c.predicate(arg); err != nil {
			return nil, err
		}
	}
	return func(s Subject) (Truth, error) {
		result := not(decisive)
		for _, part := range parts {
			t, err := part(s)
			switch {
			case err != nil:
				return Unknown, err
			case t == decisive:
				return t, nil
			case t == Unknown:
				result = Unknown
			}
		}
		return result, nil
	}, nil
}

func (c *compiler) negation(call cql2.Call) (predicate, error) {
	part, err := c.predicate(call.Args[0])
	return func(s Subject) (Truth, error) {
		t, err := part(s)
		return not(t), err
	}, err
}

// both is a predicate over two values.
func (c *compiler) both(call cql2.Call, holds func(a, b any) (Truth, error)) (predicate, error) {
	a, err := c.value(call.Args[0])
	if err != nil {
		return nil, err
	}
	b, err := c.value(call.Args[1])
	return func(s Subject) (Truth, error) {
		left, err := a(s)
		if err != nil {
			return Unknown, err
		}
		right, err := b(s)
		if err != nil {
			return Unknown, err
		}
		return holds(left, right)
	}, err
}
