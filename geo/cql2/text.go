package cql2

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"
)

// goyacc, which the Go team keeps, makes the parser: an LALR one never goes back, so
// that time is in proportion to the text, and stops at the first character that no
// expression can go on with. That is also where a person looks for the mistake.
//
//go:generate go tool goyacc -p cql -l -v "" -o grammar.go grammar.y

// Limits of an expression: a wall for accidents and for those who would keep a
// server busy, far above what people write.
const (
	lengthLimit = 1 << 20 // bytes, of which most can only be a long outline
	depthLimit  = 100     // expressions in one another
	nodeLimit   = 2_000   // expressions in all
)

// ParseText reads CQL2 text. The error is an *Error that points at a character: the
// first fault, be it of the grammar or of what stands where (a text where a number is
// needed). Which properties there are, and of which type, is for Check.
func ParseText(s string) (Expression, error) { return ParseTextIn(s, nil) }

// ParseTextIn reads CQL2 text whose geometries are in another reference system.
func ParseTextIn(s string, place Place) (Expression, error) {
	return parseText(&lexer{rest: s, place: place})
}

func parseText(l *lexer) (Expression, error) {
	if len(l.rest) > lengthLimit {
		return nil, &Error{Detail: fmt.Sprintf("the expression is longer than %d bytes", lengthLimit)}
	}
	cqlParse(l)
	if l.fault != nil {
		return nil, l.fault
	}
	if faults := check(l.result, nil); len(faults) > 0 {
		return nil, faults[0]
	}
	return l.result, nil
}

// group is what stands in parentheses before it is known whether it is one expression
// or a list. It never leaves the parser.
type group struct {
	items []Expression
	at    int
}

func (g group) Position() int { return g.at }

// single reads e where no list may stand: parentheses around one expression are gone.
// Those around none or several make a list, which check refuses.
func single(e Expression) Expression {
	g, isGroup := e.(group)
	switch {
	case !isGroup:
		return e
	case len(g.items) == 1:
		return single(g.items[0])
	}
	return element(g)
}

// element reads e where a list may stand: there, as in the standard's grammar,
// parentheses make a list, also around one expression.
func element(e Expression) Expression {
	if g, isGroup := e.(group); isGroup {
		return List{Items: elements(g.items), At: g.at}
	}
	return e
}

func singles(list []Expression) []Expression {
	for i, e := range list {
		list[i] = single(e)
	}
	return list
}

func elements(list []Expression) []Expression {
	for i, e := range list {
		list[i] = element(e)
	}
	return list
}

func join(op string, list []Expression) Expression {
	if len(list) == 1 {
		return list[0]
	}
	return call(op, list...)
}

func call(op string, args ...Expression) Expression {
	return Call{Op: op, At: args[0].Position(), Args: singles(args)}
}

func negate(e Expression) Expression {
	return Call{Op: "not", Args: []Expression{e}, At: e.Position()}
}

// opposite is -e. CQL2 JSON has no minus of one argument: it is -1 * e.
func opposite(at int, e Expression) Expression {
	if n, isNumber := e.(Number); isNumber {
		return Number{Value: negative(n.Value), At: at}
	}
	return Call{Op: "*", Args: []Expression{Number{Value: -1, At: at}, e}, At: at}
}

// negative is -v, but 0 for 0: that there are two in floating point is no business of
// the language.
func negative(v float64) float64 { return 0 - v }

// operation is what is written as a function and is a part of the language.
func operation(name token, args []Expression) Expression {
	op := strings.ToLower(name.text)
	if operators[op].takesLists {
		return Call{Op: op, Args: elements(args), At: name.at}
	}
	return Call{Op: op, Args: singles(args), At: name.at}
}

// function is what is written as one and is no part of the language.
func (l *lexer) function(name token, args []Expression) Expression {
	if strings.EqualFold(name.text, "isNull") {
		l.fail(name.at, "%s is the JSON form: write x IS NULL", name.text)
	}
	return Call{Op: name.text, Args: elements(args), At: name.at}
}

func (l *lexer) date(name, text token) Expression {
	value, fault := parseDate(text.text)
	if fault != "" {
		l.fail(text.at, "%s", fault)
	}
	return Date{Value: value, At: name.at}
}

func (l *lexer) timestamp(name, text token) Expression {
	value, fault := parseTimestamp(text.text)
	if fault != "" {
		l.fail(text.at, "%s", fault)
	}
	return Timestamp{Value: value, At: name.at}
}

// bound is an end of an interval.
func (l *lexer) bound(text token) Expression {
	e, fault := parseBound(text.text, text.at)
	if fault != "" {
		l.fail(text.at, "%s", fault)
	}
	return e
}

func (l *lexer) box(name token, tokens []token) Expression {
	numbers := make([]float64, len(tokens))
	for i, t := range tokens {
		numbers[i] = t.number
	}
	box, fault := boxOf(numbers, l.place)
	if fault != "" {
		l.fail(name.at, "%s", fault)
	}
	box.At = name.at
	return box
}

func (l *lexer) geometry(name token, s shape) Expression {
	g, fault := geometryOf(geometryNames[strings.ToUpper(name.text)], s, l.place)
	if fault != nil {
		l.fail(fault.Position, "%s", fault.Detail)
	}
	return Geometry{Value: g, At: name.at}
}

func collection(name token, members []Expression) Expression {
	c := make(orb.Collection, len(members))
	for i, m := range members {
		c[i] = m.(Geometry).Value
	}
	return Geometry{Value: c, At: name.at}
}

// parts is the shape of a list that begins at a parenthesis.
func parts(open token, list []shape) shape {
	return shape{at: open.at, parts: list}
}

func textPosition(lon, lat token) shape {
	return shape{at: lon.at, isPosition: true, position: orb.Point{lon.number, lat.number}}
}
