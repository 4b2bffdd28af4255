package geo

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Code says what kind of error an Error is. The server maps it to an HTTP
// status, the command to an exit text; nothing else looks at an error's words.
type Code string

// The codes.
const (
	Invalid     Code = "invalid"     // the caller's input is wrong; Faults say where
	NotFound    Code = "not_found"   // there is no such record or collection
	Gone        Code = "gone"        // there was one, and it has been withdrawn or removed
	Conflict    Code = "conflict"    // the change does not fit the present state
	Unavailable Code = "unavailable" // the store cannot answer now
)

// Fault is one thing wrong with an input: which field or parameter, the value
// that was given, and what is wrong with it.
type Fault struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Detail string `json:"detail"`
}

func (f Fault) String() string {
	if f.Value == "" {
		return f.Name + ": " + f.Detail
	}
	return fmt.Sprintf("%s: %q: %s", f.Name, f.Value, f.Detail)
}

// Error is the one error type that crosses the rooms' borders.
type Error struct {
	Code    Code
	Message string
	Faults  []Fault
	cause   error
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	for i, f := range e.Faults {
		if i == 0 && e.Message != "" {
			b.WriteString(": ")
		} else if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(f.String())
	}
	return b.String()
}

// Unwrap returns what caused the error, for errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.cause }

// Errorf makes an Error. A %w in the format keeps the cause.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), cause: errors.Unwrap(err)}
}

// Reject makes an Invalid error of faults, or nil of none.
func Reject(message string, faults []Fault) error {
	if len(faults) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Message: message, Faults: faults}
}

// CodeOf returns the code of the Error in err's chain, or "".
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// faultValueLimit keeps a fault readable, and an answer small, whatever was sent.
const faultValueLimit = 120

// Quote shortens a value for a Fault and makes it valid UTF-8.
func Quote(value string) string {
	value = strings.ToValidUTF8(value, "\uFFFD")
	if utf8.RuneCountInString(value) <= faultValueLimit {
		return value
	}
	return string([]rune(value)[:faultValueLimit]) + "..."
}

// faults gathers what is wrong with one input.
type faults []Fault

func (fs *faults) add(name, value, format string, args ...any) {
	*fs = append(*fs, Fault{Name: Quote(name), Value: Quote(value), Detail: fmt.Sprintf(format, args...)})
}
