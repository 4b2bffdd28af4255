package cql2

import (
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// What a parser takes is written in both forms so that it is read as the same; what it
// does not take is an Error that points into the input.

func FuzzParseText(f *testing.F) {
	addExamples(f, false)
	for _, s := range []string{`a = '\\''' AND "date" IS NULL`, "A_EQUALS((), ((1), f()))", "NOT a NOT IN (-1, - 2)",
		"-(a + 1) ^ -2 = 1e-7", "S_WITHIN(BBOX(1,2,3,4,5,6), POINT Z (1 2 3))", "((((TRUE))))", "(a = 1) IS NULL"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := ParseText(s)
		if err == nil {
			holdToForms(t, e)
			return
		}
		var fault *Error
		if !errors.As(err, &fault) || fault.Detail == "" || fault.Position < 0 || fault.Position > utf8.RuneCountInString(s) || fault.Path != "" {
			t.Fatalf("%q: %+v", s, err)
		}
	})
}

func FuzzParseJSON(f *testing.F) {
	addExamples(f, true)
	for _, s := range []string{`{"op":"and","args":[{"op":"and","args":[true,false]},true]}`, `{"op":"f","args":[[],[[1e-7]]]}`,
		`{"op":"not","args":[{"op":"not","args":[{"op":"isNull","args":[{"property":"Not"}]}]}]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := ParseJSON(b)
		if err == nil {
			holdToForms(t, e)
			return
		}
		var fault *Error
		if !errors.As(err, &fault) || fault.Detail == "" || fault.Position != -1 || fault.Path != "" && fault.Path[0] != '/' {
			t.Fatalf("%q: %+v", b, err)
		}
	})
}

// addExamples seeds with the examples of the standard.
func addExamples(f *testing.F, asJSON bool) {
	b, err := os.ReadFile("testdata/standard.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "{") && asJSON:
			f.Add([]byte(line))
		case !strings.HasPrefix(line, "{") && !asJSON:
			f.Add(line)
		}
	}
}
