package cql2

// How tightly the forms of text bind, from the loosest to the tightest.
const (
	bindsOr = iota
	bindsAnd
	bindsNot
	bindsPredicate
	bindsSum
	bindsProduct
	bindsPower
	bindsPrimary
)

// binding is how tightly a call binds as AppendText writes it.
func binding(e Call) int {
	switch e.Op {
	case "or":
		return bindsOr
	case "and":
		return bindsAnd
	case "not":
		if _, isInside := negated(e); isInside {
			return bindsPredicate
		}
		return bindsNot
	case "=", "<>", "<", ">", "<=", ">=", "isNull", "like", "between", "in":
		return bindsPredicate
	case "+", "-":
		return bindsSum
	case "*", "/", "%", "div":
		return bindsProduct
	case "^":
		return bindsPower
	}
	return bindsPrimary
}

// negated returns the predicate that a not is written inside of: x NOT LIKE y.
func negated(e Call) (inner Call, isInside bool) {
	if e.Op != "not" {
		return Call{}, false
	}
	inner, isCall := e.Args[0].(Call)
	switch {
	case !isCall:
		return Call{}, false
	case inner.Op == "isNull", inner.Op == "like", inner.Op == "between", inner.Op == "in":
		return inner, true
	}
	return Call{}, false
}

// appendOperand writes e, in parentheses if it binds more loosely than its place asks.
func appendOperand(dst []byte, e Expression, least int) []byte {
	if c, isCall := e.(Call); isCall && binding(c) < least {
		return append(AppendText(append(dst, '('), e), ')')
	}
	return AppendText(dst, e)
}

func appendCall(dst []byte, e Call) []byte {
	if inner, isInside := negated(e); isInside {
		return appendPredicate(dst, inner, "NOT ")
	}
	switch binds := binding(e); {
	case e.Op == "not":
		return appendOperand(append(dst, "NOT "...), e.Args[0], bindsPredicate)
	case binds == bindsPredicate:
		return appendPredicate(dst, e, "")
	case binds == bindsPrimary:
		if _, isOperator := operators[e.Op]; isOperator {
			dst = append(dst, written(e.Op)...)
		} else {
			dst = append(dst, e.Op...)
		}
		return appendArguments(dst, e.Args)
	case binds == bindsSum || binds == bindsProduct: // a - b - c is (a - b) - c
		return appendInfix(appendOperand(dst, e.Args[0], binds), e, binds+1)
	default:
		return appendInfix(appendOperand(dst, e.Args[0], binds+1), e, binds+1)
	}
}

// appendInfix writes the operator and what follows it.
func appendInfix(dst []byte, e Call, least int) []byte {
	for _, arg := range e.Args[1:] {
		dst = append(append(append(dst, ' '), written(e.Op)...), ' ')
		dst = appendOperand(dst, arg, least)
	}
	return dst
}

// appendPredicate writes what has a value on its left; not is "NOT " or nothing.
func appendPredicate(dst []byte, e Call, not string) []byte {
	dst = append(appendOperand(dst, e.Args[0], bindsSum), ' ')
	switch e.Op {
	case "isNull":
		return append(append(append(dst, "IS "...), not...), "NULL"...)
	case "between":
		dst = appendOperand(append(append(dst, not...), "BETWEEN "...), e.Args[1], bindsSum)
		return appendOperand(append(dst, " AND "...), e.Args[2], bindsSum)
	case "in":
		return AppendText(append(append(dst, not...), "IN "...), e.Args[1])
	}
	dst = append(append(append(dst, not...), written(e.Op)...), ' ')
	return appendOperand(dst, e.Args[1], bindsSum)
}
