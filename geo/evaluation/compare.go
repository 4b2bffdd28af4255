package evaluation

import (
	"cmp"
	"strings"
)

// comparisons are the operators, of how two values compare.
var comparisons = map[string]func(order int) bool{
	"=":  func(order int) bool { return order == 0 },
	"<>": func(order int) bool { return order != 0 },
	"<":  func(order int) bool { return order < 0 },
	">":  func(order int) bool { return order > 0 },
	"<=": func(order int) bool { return order <= 0 },
	">=": func(order int) bool { return order >= 0 },
}

// compared says whether an operator holds of two values. Texts are compared as they
// are, by code points; values of two types, which stand beside each other in arrays
// alone, are not the same. It is not known where one is null.
func compared(operator string, a, b any) Truth {
	if a == nil || b == nil || a == Unknown || b == Unknown {
		return Unknown
	}
	order, same := compare(a, b)
	if !same {
		return truth(operator == "<>")
	}
	return truth(comparisons[operator](order))
}

// compare says how two values of one type compare; false of other ones.
func compare(a, b any) (order int, same bool) {
	switch a := a.(type) {
	case string:
		if b, same := b.(string); same {
			return strings.Compare(a, b), true
		}
	case float64:
		if b, same := b.(float64); same {
			return cmp.Compare(a, b), true
		}
	case Truth:
		if b, same := b.(Truth); same {
			return cmp.Compare(a, b), true
		}
	case moment:
		if b, same := b.(moment); same {
			return a.compare(b), true
		}
	}
	return 0, false
}
