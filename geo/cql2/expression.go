// Package cql2 reads and writes OGC Common Query Language (CQL2, OGC 21-065r2) in
// its text and its JSON form. It knows the language and nothing of records: what a
// property is, and whether a record meets an expression, is for others to say.
package cql2

import (
	"time"

	"github.com/paulmach/orb"
)

// Expression is a node of a filter: a Call, a Property or one of the literals Text,
// Number, Truth, Date, Timestamp, Interval, Geometry, Box and List.
type Expression interface {
	// Position is where the expression begins in the text it was read from, as a
	// count of characters from 0; -1 where it was read from JSON.
	Position() int
}

// Call is an operator or a function with its arguments. Op is spelled as in CQL2
// JSON and in lower case, also where it was read from text: and, or, not, =, <>, <,
// >, <=, >=, isNull, like, between, in, casei, accenti, +, -, *, /, %, div, ^,
// s_..., t_..., a_... (isNull alone keeps its capital), or a function's name as it was
// written. -x, where x is no number, is -1 * x. NOT LIKE, NOT IN, NOT BETWEEN and IS
// NOT NULL are a not around the operator. The second argument of in is a List; and
// and or have two arguments or more.
type Call struct {
	Op   string
	Args []Expression
	At   int
}

// Property is the value that a record has under a name.
type Property struct {
	Name string
	At   int
}

// The literals.
type (
	// Text is a character string.
	Text struct {
		Value string
		At    int
	}
	// Number is a number; never NaN or infinite.
	Number struct {
		Value float64
		At    int
	}
	// Truth is TRUE or FALSE.
	Truth struct {
		Value bool
		At    int
	}
	// Date is a whole day of UTC: Value is its first instant.
	Date struct {
		Value time.Time
		At    int
	}
	// Timestamp is an instant, in UTC.
	Timestamp struct {
		Value time.Time
		At    int
	}
	// Interval is from Start to End, both a Date, a Timestamp, a Property or a function's
	// Call; nil is an open side ("..").
	Interval struct {
		Start, End Expression
		At         int
	}
	// Geometry is a geometry in degrees, longitude first. Heights are dropped, as those
	// of a Box are.
	Geometry struct {
		Value orb.Geometry
		At    int
	}
	// Box is BBOX(west, south, east, north) in degrees; west greater than east crosses
	// the 180th meridian. Heights, where six numbers were given, are dropped: nothing
	// here has any.
	Box struct {
		West, South, East, North float64
		At                       int
	}
	// List is an array.
	List struct {
		Items []Expression
		At    int
	}
)

func (e Call) Position() int      { return e.At }
func (e Property) Position() int  { return e.At }
func (e Text) Position() int      { return e.At }
func (e Number) Position() int    { return e.At }
func (e Truth) Position() int     { return e.At }
func (e Date) Position() int      { return e.At }
func (e Timestamp) Position() int { return e.At }
func (e Interval) Position() int  { return e.At }
func (e Geometry) Position() int  { return e.At }
func (e Box) Position() int       { return e.At }
func (e List) Position() int      { return e.At }

// Error is what is wrong with an expression.
type Error struct {
	Detail   string
	Position int    // characters from 0 of the text; -1 of JSON
	Path     string // a JSON pointer (RFC 6901) of JSON; "" of text
}

func (e *Error) Error() string { return e.Detail }
