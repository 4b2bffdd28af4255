package cql2

// Walk visits e and all expressions in it, each before its own parts and in the order
// of the text. Where visit returns false the parts are left out.
func Walk(e Expression, visit func(Expression) bool) {
	if e == nil || !visit(e) {
		return
	}
	switch e := e.(type) {
	case Call:
		walkAll(e.Args, visit)
	case List:
		walkAll(e.Items, visit)
	case Interval:
		walkAll([]Expression{e.Start, e.End}, visit)
	}
}

func walkAll(list []Expression, visit func(Expression) bool) {
	for _, e := range list {
		Walk(e, visit)
	}
}
