package cql2

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// ParseJSON reads CQL2 JSON. The error is an *Error whose Path is the JSON pointer of
// the first fault, as that of ParseText is.
func ParseJSON(b []byte) (Expression, error) { return ParseJSONIn(b, nil) }

// ParseJSONIn reads CQL2 JSON whose geometries are in another reference system.
func ParseJSONIn(b []byte, place Place) (Expression, error) {
	if len(b) > lengthLimit {
		return nil, &Error{Detail: fmt.Sprintf("the expression is longer than %d bytes", lengthLimit), Position: -1}
	}
	d := &decoder{in: jsontext.NewDecoder(bytes.NewReader(b)), place: place}
	e := d.expression("", 1)
	if _, err := d.in.ReadToken(); d.fault == nil && err != io.EOF {
		d.fail("", "something follows the expression")
	}
	if d.fault != nil {
		return nil, d.fault
	}
	if faults := check(e, nil); len(faults) > 0 {
		return nil, faults[0]
	}
	return e, nil
}

// decoder reads the values of CQL2 JSON, and keeps the first fault. After one nothing
// that it returns means anything.
type decoder struct {
	in    *jsontext.Decoder
	place Place // of the geometries
	fault *Error
}

func (d *decoder) fail(path string, format string, args ...any) {
	if d.fault == nil {
		d.fault = &Error{Detail: fmt.Sprintf(format, args...), Position: -1, Path: path}
	}
}

// token reads on; at a fault of the JSON it returns the zero token.
func (d *decoder) token() jsontext.Token {
	if d.fault != nil {
		return jsontext.Token{}
	}
	t, err := d.in.ReadToken()
	if err != nil {
		d.syntax(err)
	}
	return t
}

func (d *decoder) syntax(err error) {
	var fault *jsontext.SyntacticError
	switch {
	case !errors.As(err, &fault):
		d.fail("", "the JSON ends before the expression does")
	case errors.Is(err, jsontext.ErrDuplicateName):
		d.fail(string(fault.JSONPointer), "this name stands twice in its object")
	default:
		d.fail(string(fault.JSONPointer), "this is not JSON: %v", fault.Err)
	}
}

// more says whether the array or object that is being read goes on; if not, it reads
// its end.
func (d *decoder) more() bool {
	if d.fault != nil {
		return false
	}
	switch d.in.PeekKind() {
	case jsontext.KindEndArray, jsontext.KindEndObject:
		d.token()
		return false
	}
	return true
}

// expression reads any value.
func (d *decoder) expression(path string, depth int) Expression {
	if depth > depthLimit {
		d.fail(path, "the expression is nested more than %d deep", depthLimit)
	}
	t := d.token()
	if d.fault != nil {
		return nil
	}
	switch t.Kind() {
	case jsontext.KindString:
		return Text{Value: t.String(), At: -1}
	case jsontext.KindNumber:
		return Number{Value: d.number(t, path), At: -1}
	case jsontext.KindTrue, jsontext.KindFalse:
		return Truth{Value: t.Bool(), At: -1}
	case jsontext.KindBeginArray:
		return List{Items: d.list(path, depth), At: -1}
	case jsontext.KindBeginObject:
		return d.object(path, depth)
	}
	d.fail(path, "null is no value of CQL2: write isNull")
	return nil
}

func (d *decoder) number(t jsontext.Token, path string) float64 {
	v, err := strconv.ParseFloat(t.String(), 64)
	if err != nil {
		d.fail(path, "the number %s is too large", shorten(t.String()))
	}
	return v + 0 // 0 for -0
}

// list reads the expressions of an array whose bracket has been read.
func (d *decoder) list(path string, depth int) []Expression {
	var items []Expression
	for d.more() {
		items = append(items, d.expression(path+"/"+strconv.Itoa(len(items)), depth+1))
	}
	return items
}
