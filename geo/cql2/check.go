package cql2

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"
)

// Check holds an expression to the properties there are, by their types, and returns
// all that is wrong with it (the first 20): unknown properties and functions, and values of types
// that do not go together. There are no functions besides the standard's own. An
// Error of an expression that was read from JSON has a Path, one of a text a Position.
func Check(e Expression, properties map[string]Type) []*Error {
	if properties == nil {
		properties = map[string]Type{}
	}
	return check(e, properties)
}

// check with nil properties takes any property and any function for a value of any
// type: so it finds what is wrong wherever the expression is used.
func check(e Expression, properties map[string]Type) []*Error {
	c := &checker{properties: properties}
	c.condition(e, "", 1)
	return c.faults
}

// faultLimit is how many faults of an expression are told.
const faultLimit = 20

type checker struct {
	properties map[string]Type
	faults     []*Error
	nodes      int
	isFull     bool // a limit is passed: the rest is not looked at
}

func (c *checker) fail(e Expression, path string, format string, args ...any) {
	if c.isFull || len(c.faults) == faultLimit {
		return
	}
	fault := &Error{Detail: fmt.Sprintf(format, args...), Position: e.Position()}
	if fault.Position < 0 {
		fault.Path = path
	}
	c.faults = append(c.faults, fault)
}

// condition checks what must be true or false by itself: a bare property is not, so
// that a condition says what it compares.
func (c *checker) condition(e Expression, path string, depth int) {
	p, isProperty := e.(Property)
	switch {
	case !isProperty:
		c.want(e, path, depth, of(TruthType), "a condition is needed here, which is true or false")
	case of(TruthType).has(c.typeOf(e, path, depth)):
		c.fail(e, path, "the property %q alone is not a condition: write %s = TRUE", shorten(p.Name), shorten(p.Name))
	default:
		c.fail(e, path, "the property %q alone is not a condition: compare it with something", shorten(p.Name))
	}
}

// want checks e and that it is of one of the types; need says what needs it to be.
func (c *checker) want(e Expression, path string, depth int, types set, need string) Type {
	t := c.typeOf(e, path, depth)
	if !types.has(t) {
		c.fail(e, path, "%s: not %s", need, t)
		return 0
	}
	return t
}

// typeOf checks an expression and returns its type, 0 where that cannot be known.
func (c *checker) typeOf(e Expression, path string, depth int) Type {
	c.nodes++
	switch {
	case c.isFull:
		return 0
	case depth > depthLimit:
		c.fail(e, path, "the expression is nested more than %d deep", depthLimit)
		c.isFull = true
		return 0
	case c.nodes > nodeLimit:
		c.fail(e, path, "the expression has more than %d parts", nodeLimit)
		c.isFull = true
		return 0
	}
	switch e := e.(type) {
	case Call:
		return c.call(e, path, depth)
	case Property:
		return c.property(e, path)
	case Text:
		c.text(e, path)
	case Interval:
		c.interval(e, path, depth)
	case Geometry:
		if _, isCollection := e.Value.(orb.Collection); isCollection && depth == depthLimit {
			c.fail(e, path, "the expression is nested more than %d deep", depthLimit) // as its members are counted in JSON
		}
	case List:
		for i, item := range e.Items {
			c.typeOf(item, path+"/"+strconv.Itoa(i), depth+1)
		}
	}
	return c.kind(e)
}

func (c *checker) property(p Property, path string) Type {
	if !isName(p.Name) {
		c.fail(p, path, "%q is not a name: a letter, _ or : comes first, then more of them, digits and points", shorten(p.Name))
		return 0
	}
	if c.properties == nil {
		return 0
	}
	t, known := c.properties[p.Name]
	if !known {
		c.fail(p, path, "there is no property %q%s", shorten(p.Name), didYouMean(p.Name, c.properties))
	}
	return t
}

// text holds a text to what CQL2 text can write, so that every expression has both
// forms.
func (c *checker) text(t Text, path string) {
	if at := strings.IndexFunc(t.Value, func(r rune) bool { return !isTextCharacter(r) }); at >= 0 {
		c.fail(t, path, "a text may not hold the character %U", []rune(t.Value[at:])[0])
	}
	if strings.HasSuffix(t.Value, `\`) {
		c.fail(t, path, `a text may not end in a backslash, which CQL2 text cannot write: \' is a quote there`)
	}
}

func (c *checker) interval(e Interval, path string, depth int) {
	for i, end := range []Expression{e.Start, e.End} {
		if end != nil {
			c.want(end, path+"/interval/"+strconv.Itoa(i), depth+1, of(InstantType), "the end of an interval is a time")
		}
	}
	start, startIsKnown := firstInstant(e.Start)
	end, endIsKnown := firstInstant(e.End)
	if _, isDate := e.End.(Date); isDate {
		end = end.AddDate(0, 0, 1).Add(-1) // the last instant of the day
	}
	if startIsKnown && endIsKnown && end.Before(start) {
		c.fail(e, path, "the interval ends before it starts")
	}
}

func firstInstant(e Expression) (time.Time, bool) {
	switch e := e.(type) {
	case Date:
		return e.Value, true
	case Timestamp:
		return e.Value, true
	}
	return time.Time{}, false
}
