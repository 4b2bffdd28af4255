package evaluation

import (
	"slices"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/paulmach/orb"
)

// value makes ready what has a value. One that hangs on no property is found once.
func (c *compiler) value(e cql2.Expression) (value, error) {
	v, err := c.variable(e)
	if err != nil || !isConstant(e) {
		return v, err
	}
	constant, err := v(nil)
	return func(Subject) (any, error) { return constant, nil }, err
}

func (c *compiler) variable(e cql2.Expression) (value, error) {
	switch e := e.(type) {
	case cql2.Property:
		return c.property(e)
	case cql2.Text:
		return constant(e.Value)
	case cql2.Number:
		return constant(e.Value)
	case cql2.Truth:
		return constant(truth(e.Value))
	case cql2.Date:
		return constant(moment{e.Value.UnixMicro(), true})
	case cql2.Timestamp:
		return constant(momentOf(e.Value))
	case cql2.Interval:
		return c.interval(e)
	case cql2.Geometry:
		return c.geometry(e)
	case cql2.Box:
		return constant(newBox(geo.Box{West: e.West, South: e.South, East: e.East, North: e.North}))
	case cql2.List:
		values, err := c.values(e.Items)
		return func(s Subject) (any, error) { return values(s) }, err
	case cql2.Call:
		return c.call(e)
	}
	return nil, fault(e, "%T cannot be evaluated", e)
}

func constant(v any) (value, error) { return func(Subject) (any, error) { return v, nil }, nil }

// values makes several ready.
func (c *compiler) values(list []cql2.Expression) (func(s Subject) ([]any, error), error) {
	made := make([]value, len(list))
	for i, e := range list {
		var err error
		if made[i], err = c.value(e); err != nil {
			return nil, err
		}
	}
	return func(s Subject) ([]any, error) {
		got := make([]any, len(made))
		for i, v := range made {
			var err error
			if got[i], err = v(s); err != nil {
				return nil, err
			}
		}
		return got, nil
	}, nil
}

func (c *compiler) property(e cql2.Property) (value, error) {
	q, found := geo.FindQueryable(c.kind, e.Name)
	if !found {
		return nil, fault(e, "%s have no property %q", c.kind, geo.Quote(e.Name))
	}
	if !slices.ContainsFunc(c.properties, func(other geo.Queryable) bool { return other.Name == q.Name }) {
		c.properties = append(c.properties, q)
	}
	startIsKnown := c.kind != geo.Events // an area without a start stands since ever
	return func(s Subject) (any, error) {
		switch v := s.Value(q).(type) {
		case bool:
			return truth(v), nil
		case time.Time:
			return momentOf(v), nil
		case geo.Interval:
			return microsOf(v).interval(startIsKnown), nil
		case Micros:
			return v.interval(startIsKnown), nil
		case []string:
			return each(v, func(s string) any { return s }), nil
		case orb.Geometry:
			return newShape(v), nil
		default:
			return v, nil
		}
	}, nil
}

func (c *compiler) geometry(e cql2.Geometry) (value, error) {
	s := newShape(e.Value)
	if err := s.check(); err != nil {
		return nil, fault(e, "the geometry is not valid: %s", err)
	}
	return constant(s)
}

// interval is of two instants. A property that is null is an end that is not known.
func (c *compiler) interval(e cql2.Interval) (value, error) {
	start, err := c.end(e.Start, always)
	if err != nil {
		return nil, err
	}
	end, err := c.end(e.End, still)
	return func(s Subject) (any, error) {
		from, err := start(s)
		if err != nil {
			return nil, err
		}
		to, err := end(s)
		return interval{from, to}, err
	}, err
}

func (c *compiler) end(e cql2.Expression, open int64) (func(s Subject) (end, error), error) {
	if e == nil {
		return func(Subject) (end, error) { return knownEnd(moment{at: open}), nil }, nil
	}
	v, err := c.value(e)
	return func(s Subject) (end, error) {
		got, err := v(s)
		if m, known := got.(moment); known {
			return knownEnd(m), err
		}
		return unknownEnd, err
	}, err
}

// call makes ready an operator or a function.
func (c *compiler) call(e cql2.Call) (value, error) {
	operator := arithmetic[e.Op]
	switch {
	case e.Op == "casei":
		return c.folded(e, geo.FoldCase)
	case e.Op == "accenti":
		return c.folded(e, geo.FoldAccents)
	case operator != nil && len(e.Args) == 2:
		values, err := c.values(e.Args)
		return func(s Subject) (any, error) {
			got, err := values(s)
			if err != nil {
				return nil, err
			}
			a, known := got[0].(float64)
			b, alsoKnown := got[1].(float64)
			if !known || !alsoKnown {
				return nil, nil
			}
			return number(operator(a, b)), nil
		}, err
	}
	holds, err := c.predicate(e)
	return func(s Subject) (any, error) { return holds(s) }, err
}

func (c *compiler) folded(e cql2.Call, fold func(string) string) (value, error) {
	v, err := c.value(e.Args[0])
	return func(s Subject) (any, error) {
		got, err := v(s)
		if t, known := got.(string); known {
			return fold(t), err
		}
		return nil, err
	}, err
}

// isConstant says whether an expression hangs on no property.
func isConstant(e cql2.Expression) bool {
	switch e := e.(type) {
	case cql2.Property:
		return false
	case cql2.Interval:
		return (e.Start == nil || isConstant(e.Start)) && (e.End == nil || isConstant(e.End))
	case cql2.List:
		return !slices.ContainsFunc(e.Items, isVariable)
	case cql2.Call:
		return !slices.ContainsFunc(e.Args, isVariable)
	}
	return true
}

func isVariable(e cql2.Expression) bool { return !isConstant(e) }
