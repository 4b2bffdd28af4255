package cql2

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// call checks an operator or a function and its arguments.
func (c *checker) call(e Call, path string, depth int) Type {
	o, known := operators[e.Op]
	if !known {
		return c.function(e, path, depth)
	}
	if n := len(e.Args); n < o.least || o.most > 0 && n > o.most {
		c.fail(e, path, "%s has %s, not %d", written(e.Op), arguments(o), n)
		return o.yields
	}
	switch e.Op {
	case "and", "or", "not":
		for i, arg := range e.Args {
			c.condition(arg, argPath(path, i), depth+1)
		}
	case "like":
		c.like(e, path, depth)
	case "isNull":
		if _, isList := e.Args[0].(List); isList {
			c.fail(e.Args[0], argPath(path, 0), "IS NULL needs a value: not a list in parentheses")
		}
		c.arguments(e, o, path, depth)
	case "in":
		c.in(e, path, depth)
	default:
		c.arguments(e, o, path, depth)
	}
	return o.yields
}

func arguments(o operator) string {
	switch {
	case o.most == 0:
		return fmt.Sprintf("%d arguments or more", o.least)
	case o.most == 1:
		return "one argument"
	}
	return fmt.Sprintf("%d arguments", o.most)
}

func argPath(path string, i int) string { return path + "/args/" + strconv.Itoa(i) }

// written is how text writes an Op.
func written(op string) string {
	if o := operators[op]; o.text != "" {
		return o.text
	}
	return strings.ToUpper(op)
}

func (c *checker) arguments(e Call, o operator, path string, depth int) {
	need := fmt.Sprintf("%s needs %s", written(e.Op), o.takes)
	if o.takes == of(IntervalType) {
		need += ", INTERVAL(start, end)" // that an instant will not do surprises
	}
	for i, arg := range e.Args {
		c.want(arg, argPath(path, i), depth+1, o.takes, need)
	}
	if o.sameTypes {
		c.comparable(e.Op, o.takes, e.Args, func(i int) string { return argPath(path, i) })
	}
	if o.takesLists {
		c.listsOfText(e, path)
	}
}

// like checks a text and its pattern.
func (c *checker) like(e Call, path string, depth int) {
	c.want(e.Args[0], argPath(path, 0), depth+1, of(TextType), "LIKE needs a text")
	if !isPattern(e.Args[1]) {
		c.fail(e.Args[1], argPath(path, 1), "the pattern of LIKE is a text in quotes, as it is or in CASEI or ACCENTI")
		return
	}
	c.typeOf(e.Args[1], argPath(path, 1), depth+1)
}

// in checks a value and the list it may be in.
func (c *checker) in(e Call, path string, depth int) {
	list, isList := e.Args[1].(List)
	if !isList || len(list.Items) == 0 {
		c.fail(e.Args[1], argPath(path, 1), "IN needs a list of one value or more")
		return
	}
	pathOf := func(i int) string {
		if i == 0 {
			return argPath(path, 0)
		}
		return argPath(path, 1) + "/" + strconv.Itoa(i-1)
	}
	c.nodes++ // the list
	values := append([]Expression{e.Args[0]}, list.Items...)
	need := "IN needs " + scalars.String()
	for i, value := range values {
		c.want(value, pathOf(i), depth+1+min(i, 1), scalars, need)
	}
	c.comparable(e.Op, scalars, values, pathOf)
}

// comparable checks that values are of one type, and that none is itself a condition:
// the standard compares true and false only with a property or a function.
func (c *checker) comparable(op string, takes set, values []Expression, pathOf func(i int) string) {
	first := Type(0)
	for i, value := range values {
		t := c.kind(value)
		if _, isCall := value.(Call); isCall && t == TruthType {
			c.fail(value, pathOf(i), "a condition cannot be compared: join conditions by AND, OR and NOT")
			continue
		}
		if first == 0 {
			first = t
		}
		if t != 0 && t != first && takes.has(t) && takes.has(first) { // others have a fault already
			c.fail(value, pathOf(i), "%s compares values of one type, not %s with %s", written(op), first, t)
		}
	}
}

// listsOfText checks that a list is one of texts where it meets a property: all lists
// of records are.
func (c *checker) listsOfText(e Call, path string) {
	if c.properties == nil || !slices.ContainsFunc(e.Args, isProperty) {
		return
	}
	for i, arg := range e.Args {
		list, isList := arg.(List)
		if !isList {
			continue
		}
		for j, item := range list.Items {
			if t := c.kind(item); t != 0 && t != TextType {
				c.fail(item, argPath(path, i)+"/"+strconv.Itoa(j), "the list is compared with one of texts: not %s", t)
			}
		}
	}
}

func isProperty(e Expression) bool {
	_, is := e.(Property)
	return is
}

// kind is the type of an expression that has been checked, without a look inside.
func (c *checker) kind(e Expression) Type {
	switch e := e.(type) {
	case Call:
		return operators[e.Op].yields
	case Property:
		return c.properties[e.Name]
	case Text:
		return TextType
	case Number:
		return NumberType
	case Truth:
		return TruthType
	case Date, Timestamp:
		return InstantType
	case Interval:
		return IntervalType
	case Geometry, Box:
		return GeometryType
	case List:
		return ListType
	}
	return 0
}

// function checks what the standard does not name.
func (c *checker) function(e Call, path string, depth int) Type {
	switch {
	case !isName(e.Op) || isKeyword(e.Op) || otherSpelling(e.Op) != "":
		c.fail(e, path, "%q is not an operator of CQL2 and cannot be a function%s", shorten(e.Op), otherSpelling(e.Op))
	case c.properties != nil:
		c.fail(e, path, "there is no function %s", shorten(e.Op))
	}
	for i, arg := range e.Args {
		c.typeOf(arg, argPath(path, i), depth+1)
	}
	return 0
}

// otherSpelling names the operator that was probably meant.
func otherSpelling(op string) string {
	for name := range opsOfJSON {
		if strings.EqualFold(name, op) || strings.EqualFold(written(opsOfJSON[name]), op) {
			return ": it is written " + name
		}
	}
	switch op {
	case "!=", "==", "&&", "||", "!":
		return ": CQL2 has =, <>, and, or, not"
	}
	return ""
}
