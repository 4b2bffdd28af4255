package cql2

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// patience is far above what any of the inputs below takes (0.2 s on an idle machine,
// most of them less than a millisecond), since tests share the machine; and far below
// what a parser takes that goes back at each parenthesis.
const patience = 10 * time.Second

// TestLimits gives what is too deep, too long or too much, all of it within patience.
func TestLimits(t *testing.T) {
	chain := func(n int, part, between string) string {
		return strings.TrimSuffix(strings.Repeat(part+between, n), between)
	}
	for _, c := range []struct{ name, text, fault string }{
		{"104 parentheses", strings.Repeat("(", 104) + "a = 1" + strings.Repeat(")", 104), ""},
		{"105 parentheses", strings.Repeat("(", 105) + "a = 1" + strings.Repeat(")", 105), "parentheses are nested more than 104 deep"},
		{"a deep text", strings.Repeat("CASEI(", 98) + "a" + strings.Repeat(")", 98) + " LIKE 'a'", ""},
		{"too deep a text", strings.Repeat("CASEI(", 99) + "a" + strings.Repeat(")", 99) + " LIKE 'a'", "the expression is nested more than 100 deep"},
		{"a deep text in a list", "a IN (" + strings.Repeat("CASEI(", 97) + "b" + strings.Repeat(")", 97) + ")", ""},
		{"too deep a text in a list", "a IN (" + strings.Repeat("CASEI(", 98) + "b" + strings.Repeat(")", 98) + ")", "the expression is nested more than 100 deep"},
		{"a deep text before a list", strings.Repeat("CASEI(", 98) + "a" + strings.Repeat(")", 98) + " IN ('b')", ""},
		{"too deep a text before a list", strings.Repeat("CASEI(", 99) + "a" + strings.Repeat(")", 99) + " IN ('b')", "the expression is nested more than 100 deep"},
		{"a deep pattern", "a LIKE " + strings.Repeat("CASEI(", 98) + "'a'" + strings.Repeat(")", 98), ""},
		{"too deep a pattern", "a LIKE " + strings.Repeat("CASEI(", 99) + "'a'" + strings.Repeat(")", 99), "the expression is nested more than 100 deep"},
		{"16 KiB of parentheses", strings.Repeat("(", 1<<13) + "a = 1" + strings.Repeat(")", 1<<13), "parentheses are nested more than 104 deep"},
		{"16 KiB of open parentheses", strings.Repeat("(", 1<<14), "parentheses are nested more than 104 deep"},
		{"conditions in parentheses", strings.Repeat("NOT (a = 1 AND ", 60) + "TRUE" + strings.Repeat(")", 60), "the expression is nested more than 100 deep"},
		{"lists", "A_EQUALS(a, " + strings.Repeat("(", 97) + strings.Repeat(")", 97) + ")", ""},
		{"deep lists", "A_EQUALS(a, " + strings.Repeat("(", 100) + strings.Repeat(")", 100) + ")", "the expression is nested more than 100 deep"},
		{"functions", strings.Repeat("f(", 99) + "a" + strings.Repeat(")", 99), ""},
		{"deep functions", strings.Repeat("f(", 100) + "a" + strings.Repeat(")", 100), "the expression is nested more than 100 deep"},
		{"a collection", "S_WITHIN(g, " + strings.Repeat("f(", 97) + "1, GEOMETRYCOLLECTION(POINT(1 2))" + strings.Repeat(")", 97) + ")", ""},
		{"a deep collection", "S_WITHIN(g, " + strings.Repeat("f(", 98) + "1, GEOMETRYCOLLECTION(POINT(1 2))" + strings.Repeat(")", 98) + ")", "the expression is nested more than 100 deep"},
		{"a deep polygon", "S_WITHIN(g, " + strings.Repeat("f(", 98) + "1, MULTIPOLYGON(((1 2, 3 4, 5 6, 1 2)))" + strings.Repeat(")", 98) + ")", ""},
		{"a sum", "a = " + chain(98, "1", " + "), ""},
		{"a long sum", "a = " + chain(5_000, "1", " + "), "the expression is nested more than 100 deep"},
		{"conditions", chain(600, "a = 1", " AND "), ""},
		{"many conditions", chain(1_000, "a = 1", " AND "), "the expression has more than 2000 parts"},
		{"values", "a IN (" + chain(1_997, "1", ",") + ")", ""},
		{"many values", "a IN (" + chain(1_998, "1", ",") + ")", "the expression has more than 2000 parts"},
		{"an outline", "S_WITHIN(g, POLYGON((" + chain(10_000, "1.123456 2.123456", ",") + ")))", ""},
		{"a long outline", "S_WITHIN(g, POLYGON((" + chain(100_000, "1.123456 2.123456", ",") + ")))", "the expression is longer than 1048576 bytes"},
		{"a long text", "a = '" + strings.Repeat("'", 1<<16) + "'", ""},
		{"a long name", strings.Repeat("x", 1<<16) + " = 1", ""},
		{"minuses", strings.Repeat("-", 1<<16) + "1 = 1", `there is "-" where a name, a value or "(" was expected`},
	} {
		start := time.Now()
		e, err := ParseText(c.text)
		if took := time.Since(start); took > patience {
			t.Errorf("%s: took %v", c.name, took)
		}
		if fault := faultOf(err); fault != c.fault {
			t.Errorf("%s: %q and not %q", c.name, fault, c.fault)
		}
		if err == nil {
			holdToForms(t, e)
		}
	}
}

func faultOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestLimitsOfJSON(t *testing.T) {
	nested := func(n int, open, inner, shut string) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(shut, n)
	}
	for _, c := range []struct{ name, json, fault string }{
		{"nots", nested(99, `{"op":"not","args":[`, "true", "]}"), ""},
		{"deep nots", nested(100, `{"op":"not","args":[`, "true", "]}"), "the expression is nested more than 100 deep"},
		{"a million nots", nested(40_000, `{"op":"not","args":[`, "true", "]}"), "the expression is nested more than 100 deep"},
		{"arrays", nested(1<<16, "[", "", "]"), "the expression is nested more than 100 deep"},
		{"coordinates", `{"type":"Point","coordinates":` + nested(1<<16, "[", "", "]") + "}", "coordinates are nested more than 4 deep"},
		{"collections", nested(1<<14, `{"type":"GeometryCollection","geometries":[`, "", "]}"), "the expression is nested more than 100 deep"},
		{"another member", `{"op":"not","x":` + nested(1<<16, "[", "", "]") + "}", "this is not JSON: exceeded max depth"},
		{"values", `{"op":"in","args":[1,[1` + strings.Repeat(",1", 3_000) + `]]}`, "the expression has more than 2000 parts"},
		{"long", `"` + strings.Repeat("x", 1<<20) + `"`, "the expression is longer than 1048576 bytes"},
	} {
		start := time.Now()
		e, err := ParseJSON([]byte(c.json))
		if took := time.Since(start); took > patience {
			t.Errorf("%s: took %v", c.name, took)
		}
		if fault := faultOf(err); fault != c.fault {
			t.Errorf("%s: %q and not %q", c.name, fault, c.fault)
		}
		if err == nil {
			holdToForms(t, e)
		}
	}
}

// TestGrammarIsMade makes sure that grammar.go is what goyacc makes of grammar.y.
func TestGrammarIsMade(t *testing.T) {
	made := filepath.Join(t.TempDir(), "grammar.go")
	out, err := exec.Command("go", "tool", "goyacc", "-p", "cql", "-l", "-v", "", "-o", made, "grammar.y").CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Fatalf("goyacc: %v\n%s", err, out) // it tells conflicts on its output
	}
	want, err := os.ReadFile(made)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("grammar.go")
	if err != nil {
		t.Fatal(err)
	}
	_, want, _ = bytes.Cut(want, []byte("\n")) // the first line names the file
	_, got, _ = bytes.Cut(got, []byte("\n"))
	if !bytes.Equal(got, want) {
		t.Error("run go generate ./geo/cql2")
	}
}
