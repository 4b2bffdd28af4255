package cql2

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestStandardExamples reads the examples of the standard in both forms, and holds
// the forms to each other and to what they are written as.
func TestStandardExamples(t *testing.T) {
	b, err := os.ReadFile("testdata/standard.txt")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(strings.TrimSpace(string(b)), "\n\n")[1:]
	if len(blocks) != 107 {
		t.Errorf("%d examples", len(blocks))
	}
	for _, block := range blocks {
		lines := strings.Split(block, "\n")
		t.Run(lines[0], func(t *testing.T) {
			want := unplaced(parsedJSON(t, lines[len(lines)-1]))
			for _, text := range lines[1 : len(lines)-1] {
				if got := parsedText(t, text); !reflect.DeepEqual(unplaced(got), want) {
					t.Errorf("the text is read as %s\nand the JSON as    %s", AppendJSON(nil, got), AppendJSON(nil, want))
				}
			}
			holdToForms(t, want)
		})
	}
}

// holdToForms writes an expression in both forms and reads it again.
func holdToForms(t *testing.T, want Expression) {
	t.Helper()
	text, asJSON := string(AppendText(nil, want)), string(AppendJSON(nil, want))
	for _, again := range []Expression{parsedText(t, text), parsedJSON(t, asJSON)} {
		if !reflect.DeepEqual(unplaced(again), unplaced(want)) {
			t.Errorf("%s\nis read again as %s", text, AppendText(nil, again))
		}
		if s := string(AppendText(nil, again)); s != text {
			t.Errorf("%s\nis written again as %s", text, s)
		}
		if s := string(AppendJSON(nil, again)); s != asJSON {
			t.Errorf("%s\nis written again as %s", asJSON, s)
		}
	}
}

func parsedText(t *testing.T, s string) Expression {
	t.Helper()
	e, err := ParseText(s)
	if err != nil {
		t.Fatalf("%s\n%v", s, err)
	}
	return e
}

func parsedJSON(t *testing.T, s string) Expression {
	t.Helper()
	e, err := ParseJSON([]byte(s))
	if err != nil {
		t.Fatalf("%s\n%v", s, err)
	}
	return e
}

// unplaced is an expression as if it were read from JSON, without positions.
func unplaced(e Expression) Expression {
	if e == nil {
		return nil
	}
	v := reflect.New(reflect.TypeOf(e)).Elem()
	v.Set(reflect.ValueOf(e))
	v.FieldByName("At").SetInt(-1)
	switch e := v.Interface().(type) {
	case Call:
		e.Args = unplacedAll(e.Args)
		return e
	case List:
		e.Items = unplacedAll(e.Items)
		return e
	case Interval:
		e.Start, e.End = unplaced(e.Start), unplaced(e.End)
		return e
	case Expression:
		return e
	}
	return nil
}

func unplacedAll(list []Expression) []Expression {
	all := []Expression{}
	for _, e := range list {
		all = append(all, unplaced(e))
	}
	return all
}
