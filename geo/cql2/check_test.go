package cql2

import (
	"fmt"
	"strings"
	"testing"
)

// known are the properties of the tests below.
var known = map[string]Type{
	"name": TextType, "names": TextType, "title": TextType, "deaths": NumberType, "low": NumberType, "exact": TruthType,
	"start": InstantType, "span": IntervalType, "geometry": GeometryType, "tags": ListType,
}

func TestCheck(t *testing.T) {
	for _, c := range []struct{ text, faults string }{
		{"name = 'a' AND deaths > low + 1 AND exact = TRUE AND start > DATE('2024-01-01')", ""},
		{"S_INTERSECTS(geometry, BBOX(1, 2, 3, 4)) AND T_AFTER(start, span) AND A_OVERLAPS(tags, ('a', title))", ""},
		{"T_DURING(span, INTERVAL(start, '..')) AND CASEI(name) LIKE CASEI('a%') AND geometry IS NULL", ""},
		{"start BETWEEN start AND TIMESTAMP('2024-01-01T00:00:00Z') AND name IN ('a', title)", ""},
		{"nam = 1", `0 there is no property "nam": did you mean "name" or "names"?`},
		{"Titel = 'a' AND xyzzy = 1", `0 there is no property "Titel": did you mean "title"?; 16 there is no property "xyzzy"`},
		{"lo = 1", `0 there is no property "lo": did you mean "low"?`},
		{"nams = 1", `0 there is no property "nams": did you mean "name", "names" or "tags"?`},
		{strings.Repeat("x", 40) + " = 1", `0 there is no property "` + strings.Repeat("x", 40) + `"`},
		{strings.Repeat("x", 50) + " = 1", `0 there is no property "` + strings.Repeat("x", 40) + `..."`},
		{"f(nam) = 1", `0 there is no function f; 2 there is no property "nam": did you mean "name" or "names"?`},
		{"name = 1", "7 = compares values of one type, not a text with a number"},
		{"1 < name", "4 < compares values of one type, not a number with a text"},
		{"start = '2024-01-01'", "8 = compares values of one type, not a time with a text"},
		{"exact = 'true'", "8 = compares values of one type, not true or false with a text"},
		{"geometry = POINT(1 2)", "0 = needs a text, a number, true or false or a time: not a geometry; 11 = needs a text, a number, true or false or a time: not a geometry"},
		{"tags = 'a'", "0 = needs a text, a number, true or false or a time: not a list"},
		{"span > DATE('2024-01-01')", "0 > needs a text, a number, true or false or a time: not an interval"},
		{"name + 1 = deaths", "0 + needs a number: not a text"},
		{"deaths LIKE '1%'", "0 LIKE needs a text: not a number"},
		{"name LIKE title", "10 the pattern of LIKE is a text in quotes, as it is or in CASEI or ACCENTI"},
		{"name LIKE CASEI(title)", "10 the pattern of LIKE is a text in quotes, as it is or in CASEI or ACCENTI"},
		{"CASEI(deaths) = 'a'", "6 CASEI needs a text: not a number"},
		{"name BETWEEN 1 AND 2", "0 BETWEEN needs a number or a time: not a text"},
		{"deaths BETWEEN 1 AND start", "21 BETWEEN compares values of one type, not a number with a time"},
		{"name IN ('a', 2, deaths)", "14 IN compares values of one type, not a text with a number; 17 IN compares values of one type, not a text with a number"},
		{"tags IN ('a')", "0 IN needs a text, a number, true or false or a time: not a list"},
		{"deaths IN (1, (2, 3))", "14 IN needs a text, a number, true or false or a time: not a list"},
		{"tags IS NULL AND geometry IS NULL AND span IS NULL AND (exact = TRUE) IS NULL", ""},
		{"(tags, 1) IS NULL", "0 IS NULL needs a value: not a list in parentheses"},
		{"S_WITHIN(name, geometry)", "9 S_WITHIN needs a geometry: not a text"},
		{"T_AFTER(deaths, start)", "8 T_AFTER needs a time or an interval: not a number"},
		{"T_DURING(start, span)", "9 T_DURING needs an interval, INTERVAL(start, end): not a time"},
		{"T_AFTER(INTERVAL(name, '..'), start)", "17 the end of an interval is a time: not a text"},
		{"A_EQUALS(tags, (1, name, deaths))", "16 the list is compared with one of texts: not a number; 25 the list is compared with one of texts: not a number"},
		{"A_EQUALS(name, tags)", "9 A_EQUALS needs a list: not a text"},
		{"deaths", `0 the property "deaths" alone is not a condition: compare it with something`},
		{"(exact) AND NOT exact", `1 the property "exact" alone is not a condition: write exact = TRUE; 16 the property "exact" alone is not a condition: write exact = TRUE`},
		{"deaths + 1", "0 a condition is needed here, which is true or false: not a number"},
		{"(deaths = 1) = exact", "1 a condition cannot be compared: join conditions by AND, OR and NOT"},
	} {
		e := parsedLoosely(t, c.text)
		var got []string
		for _, f := range Check(e, known) {
			got = append(got, fmt.Sprintf("%d %s", f.Position, f.Detail))
			if f.Path != "" {
				t.Errorf("%s: a path, %s", c.text, f.Path)
			}
		}
		if s := strings.Join(got, "; "); s != c.faults {
			t.Errorf("%s\nis      %s\nand not %s", c.text, s, c.faults)
		}
	}
}

// parsedLoosely parses without the check, to see what Check finds by itself.
func parsedLoosely(t *testing.T, s string) Expression {
	t.Helper()
	l := &lexer{rest: s}
	cqlParse(l)
	if l.fault != nil {
		t.Fatalf("%s: %v", s, l.fault)
	}
	return l.result
}

func TestCheckOfJSONHasPaths(t *testing.T) {
	e := parsedJSON(t, `{"op":"and","args":[{"op":"in","args":[{"property":"deaths"},[{"property":"x"}]]},
		{"op":"t_after","args":[{"interval":[{"property":"y"},".."]},{"property":"start"}]}, {"op":"a_equals","args":[[[{"property":"z"}]],[]]}]}`)
	var got []string
	for _, f := range Check(e, known) {
		got = append(got, fmt.Sprintf("%d %s", f.Position, f.Path))
	}
	if s := strings.Join(got, ", "); s != "-1 /args/0/args/1/0, -1 /args/1/args/0/interval/0, -1 /args/2/args/0/0/0" {
		t.Errorf("faults at %s", s)
	}
}

// TestCheckWithoutProperties is of a collection that has none, which is not the same
// as not being asked.
func TestCheckWithoutProperties(t *testing.T) {
	if faults := Check(parsedText(t, "a = 1"), nil); len(faults) != 1 {
		t.Errorf("%d faults", len(faults))
	}
}

func TestManyFaultsAreCut(t *testing.T) {
	s := strings.TrimSuffix(strings.Repeat("x = 1 OR ", 100), " OR ")
	if faults := Check(parsedText(t, s), known); len(faults) != faultLimit {
		t.Errorf("%d faults", len(faults))
	}
}

func TestTypesAreInWords(t *testing.T) {
	if s := anything.String(); s != "a text, a number, true or false, a time, an interval, a geometry or a list" {
		t.Error(s)
	}
	if s := Type(0).String(); s != "nothing" {
		t.Error(s)
	}
}
