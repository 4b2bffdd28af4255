package evaluation

import "github.com/conflictmap/conflictmap/geo/cql2"

func (c *compiler) isNull(call cql2.Call) (predicate, error) {
	v, err := c.value(call.Args[0])
	return func(s Subject) (Truth, error) {
		got, err := v(s)
		return truth(got == nil || got == Unknown), err
	}, err
}

// like is LIKE, whose pattern is the same for all records.
func (c *compiler) like(call cql2.Call) (predicate, error) {
	text, err := c.value(call.Args[0])
	if err != nil {
		return nil, err
	}
	if !isConstant(call.Args[1]) {
		return nil, fault(call.Args[1], "the pattern of LIKE must not hang on a property")
	}
	v, err := c.value(call.Args[1])
	if err != nil {
		return nil, err
	}
	written, err := v(nil)
	if err != nil {
		return nil, err
	}
	s, _ := written.(string)
	p, err := parsePattern(s)
	if err != nil {
		return nil, fault(call.Args[1], "%s", err)
	}
	return func(s Subject) (Truth, error) {
		got, err := text(s)
		if t, known := got.(string); known && err == nil {
			return truth(p.matches(t)), nil
		}
		return Unknown, err
	}, nil
}

func (c *compiler) between(call cql2.Call) (predicate, error) {
	values, err := c.values(call.Args)
	return func(s Subject) (Truth, error) {
		got, err := values(s)
		if err != nil {
			return Unknown, err
		}
		return all(compared(">=", got[0], got[1]), compared("<=", got[0], got[2])), nil
	}, err
}

func (c *compiler) in(call cql2.Call) (predicate, error) {
	return c.both(call, func(v, list any) (Truth, error) {
		among, _ := list.([]any)
		return isIn(v, among), nil
	})
}

// temporal is a temporal function of two times.
func temporal(function string, a, b any) Truth {
	left, known := asInterval(a)
	right, alsoKnown := asInterval(b)
	if !known || !alsoKnown {
		return Unknown
	}
	return relations[function](left, right)
}

// asInterval is a time as an interval: an instant or a day begins and ends with
// itself.
func asInterval(v any) (interval, bool) {
	switch v := v.(type) {
	case interval:
		return v, true
	case moment:
		return instant(v), true
	}
	return interval{}, false
}

func spatially(function string, a, b any) (Truth, error) {
	left, known := a.(*shape)
	right, alsoKnown := b.(*shape)
	if !known || !alsoKnown {
		return Unknown, nil
	}
	return relate(function, left, right)
}

func ofArrays(function string, a, b any) Truth {
	left, known := a.([]any)
	right, alsoKnown := b.([]any)
	if !known || !alsoKnown {
		return Unknown
	}
	return arrays[function](left, right)
}
