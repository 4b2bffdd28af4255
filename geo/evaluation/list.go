package evaluation

// arrays are the array functions. Both arrays are sets: how often a value stands in
// one, and where, is no matter.
var arrays = map[string]func(a, b []any) Truth{
	"a_contains":    subset(func(a, b []any) (of, in []any) { return b, a }),
	"a_containedby": subset(func(a, b []any) (of, in []any) { return a, b }),
	"a_equals": func(a, b []any) Truth {
		return all(isSubset(a, b), isSubset(b, a))
	},
	"a_overlaps": func(a, b []any) Truth {
		found := False
		for _, v := range a {
			found = some(found, isIn(v, b))
		}
		return found
	},
}

func subset(order func(a, b []any) (of, in []any)) func(a, b []any) Truth {
	return func(a, b []any) Truth { return isSubset(order(a, b)) }
}

func isSubset(of, in []any) Truth {
	held := True
	for _, v := range of {
		held = all(held, isIn(v, in))
	}
	return held
}

// isIn says whether a value is among others: of IN, too.
func isIn(v any, list []any) Truth {
	found := False
	for _, other := range list {
		found = some(found, compared("=", v, other))
	}
	return found
}
