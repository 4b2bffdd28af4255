package cql2

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// TestTextForms holds ways to write the same to the one that is written.
func TestTextForms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a=1", "a = 1"},
		{" \t\n\u00a0\u3000a = 1 ", "a = 1"},
		{"a = 1 and b = 2 Or nOt c = 3", "a = 1 AND b = 2 OR NOT c = 3"},
		{"(a = 1 AND b = 2) AND c = 3", "(a = 1 AND b = 2) AND c = 3"},
		{"(a = 1 OR b = 2) AND (c = 3)", "(a = 1 OR b = 2) AND c = 3"},
		{"((((TRUE))))", "TRUE"},
		{"NOT (NOT a = 1)", "NOT (NOT a = 1)"},
		{"NOT (a LIKE 'x')", "a NOT LIKE 'x'"},
		{"NOT (a NOT LIKE 'x')", "NOT a NOT LIKE 'x'"},
		{"(a = 1) IS NULL", "(a = 1) IS NULL"},
		{"a is not null", "a IS NOT NULL"},
		{`a = 'it''s' AND b = 'it\'s'`, "a = 'it''s' AND b = 'it''s'"},
		{`a LIKE '\%\_\\%'`, `a LIKE '\%\_\\%'`},
		{`a = '\\''`, `a = '\\''`},
		{"a = ''", "a = ''"},
		{`"a" = 1 AND "date" = 2 AND "Or" = 3`, `a = 1 AND "date" = 2 AND "Or" = 3`},
		{"a.b:c_1 = အမည် AND z = Ω", "a.b:c_1 = အမည် AND z = Ω"},
		{"a = 1.50 AND b = .5 AND c = 5. AND d = 1E3 AND e = 2.5e-3", "a = 1.5 AND b = 0.5 AND c = 5 AND d = 1000 AND e = 0.0025"},
		{"a = 1e21 AND b = 1e-7 AND c = 123456789012345680000", "a = 1e+21 AND b = 1e-07 AND c = 123456789012345680000"},
		{"a = -0 AND b = +5 AND c = - 5", "a = 0 AND b = 5 AND c = -5"},
		{"a = -b AND c = -(d + 1)", "a = -1 * b AND c = -1 * (d + 1)"},
		{"a = b - (c - d) - e", "a = b - (c - d) - e"},
		{"a = (b * c) + d % (e DIV f) / g", "a = b * c + d % (e DIV f) / g"},
		{"a = (b + c) * -2 ^ 2", "a = (b + c) * -2 ^ 2"},
		{"a = (b ^ c) ^ d", "a = (b ^ c) ^ d"},
		{"a+1 NOT BETWEEN -1 AND b*2", "a + 1 NOT BETWEEN -1 AND b * 2"},
		{"a BETWEEN b - 1 AND (c + 1)", "a BETWEEN b - 1 AND c + 1"},
		{"start BETWEEN DATE('2024-01-01') AND TIMESTAMP('2024-07-22T10:30:00.50Z')", "start BETWEEN DATE('2024-01-01') AND TIMESTAMP('2024-07-22T10:30:00.5Z')"},
		{"(a) NOT IN (1, (2), 3)", "a NOT IN (1, 2, 3)"},
		{"a_equals((), (('x')))", "A_EQUALS((), (('x')))"},
		{"a_contains(tags, ('x'))", "A_CONTAINS(tags, ('x'))"},
		{"casei((a)) = casei('B')", "CASEI(a) = CASEI('B')"},
		{"s_within(g, point z (1 2 3))", "S_WITHIN(g, POINT(1 2))"},
		{"s_within(g, geometrycollection Z (point(1 2)))", "S_WITHIN(g, GEOMETRYCOLLECTION(POINT(1 2)))"},
		{"s_within(g, MultiPoint(1 2, +3 -4))", "S_WITHIN(g, MULTIPOINT((1 2), (3 -4)))"},
		{"s_within(g, BBOX(170, -10, -170, 10))", "S_WITHIN(g, BBOX(170, -10, -170, 10))"},
		{"s_within(g, BBOX(1,2,-5,3,4,5))", "S_WITHIN(g, BBOX(1, 2, 3, 4))"},
		{"t_after(t, INTERVAL('..', '..'))", "T_AFTER(t, INTERVAL('..', '..'))"},
		{"t_during(INTERVAL(\"date\", f(x)), INTERVAL('2024-01-01','2024-01-01T23:00:00Z'))", "T_DURING(INTERVAL(\"date\", f(x)), INTERVAL('2024-01-01', '2024-01-01T23:00:00Z'))"},
		{"a = DATE('0001-01-01') OR a = TIMESTAMP('9999-12-31T23:59:59.999999Z')", "a = DATE('0001-01-01') OR a = TIMESTAMP('9999-12-31T23:59:59.999999Z')"},
		{"now() > DATE('2024-02-29')", "now() > DATE('2024-02-29')"},
	} {
		e := parsedText(t, c.text)
		if got := string(AppendText(nil, e)); got != c.want {
			t.Errorf("%s\nis written %s\nand not    %s", c.text, got, c.want)
		}
		holdToForms(t, e)
	}
}

func TestPositions(t *testing.T) {
	e := parsedText(t, "အမည် = '🌍' AND (a + 1) > -2 AND T_AFTER(t, INTERVAL(b, '2024-01-01')) AND x IN (DATE('2024-01-01'))")
	var got []int
	Walk(e, func(e Expression) bool {
		got = append(got, e.Position())
		return true
	})
	want := []int{0, 0, 0, 7, 15, 16, 16, 20, 25, 32, 40, 43, 52, 55, 74, 74, 79, 80}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("positions %v\nand not   %v", got, want)
	}
}

func TestWalkLeavesOut(t *testing.T) {
	var names []string
	Walk(parsedText(t, "a = 1 AND s_within(b, POINT(1 2)) AND T_AFTER(INTERVAL(c, '..'), d) AND e IN (f)"), func(e Expression) bool {
		if p, isProperty := e.(Property); isProperty {
			names = append(names, p.Name)
		}
		c, isCall := e.(Call)
		return !isCall || c.Op != "s_within"
	})
	if got := strings.Join(names, ""); got != "acdef" {
		t.Errorf("visited %q", got)
	}
}

// TestTextFaults points at what is wrong: ^ stands below the character.
func TestTextFaults(t *testing.T) {
	for _, c := range []struct{ text, at, detail string }{
		{"", "^", `the expression ends where a name, a value or "(" was expected`},
		{"a =", "   ^", `the expression ends where a name, a value or "(" was expected`},
		{"အမည် = = 1", "       ^", `there is "=" where a name, a value or "(" was expected: equal is one =`},
		{"a = 1 b = 2", "      ^", `there is the name "b" where an operator (such as = or AND) or the end was expected`},
		{"a = 'x' 'y'", "        ^", `there is the text 'y' where an operator (such as = or AND) or the end was expected`},
		{"(a = 1", "      ^", `the expression ends where an operator (such as = or AND), "," or ")" was expected`},
		{"f((a 1)) = 2", "     ^", `there is "1" where an operator (such as = or AND), "," or ")" was expected`},
		{"a = 1)", "     ^", `there is ")" where an operator (such as = or AND) or the end was expected`},
		{"a != 1", "  ^", `'!' means nothing in CQL2: "not equal" is <>, and "not" is NOT`},
		{"a = 1 && b = 2", "      ^", `'&' means nothing in CQL2: write AND or OR`},
		{"a = [1]", "    ^", `'[' means nothing in CQL2: a list is written in parentheses, ('a', 'b')`},
		{"a = ‘b’", "    ^", `'‘' means nothing in CQL2: a text is written in straight quotes, 'so'`},
		{"a = 1; b", "     ^", `';' means nothing in CQL2`},
		{"a = 'b", "    ^", `the text that begins here has no closing quote '`},
		{`a = 'b\'`, "    ^", `the text that begins here has no closing quote '`},
		{"a = 'b\x00'", "      ^", `a text may not hold the character U+0000`},
		{"a = '\xff'", "     ^", `a text may not hold the character U+FFFD`},
		{"a\xff = 1", " ^", `'�' means nothing in CQL2`},
		{`a = "b`, "    ^", `the name that begins here has no closing quote "`},
		{`a = "b c"`, "    ^", `"b c" is not a name; a text is written in single quotes, 'so'`},
		{"a = 1e999", "    ^", `the number 1e999 is too large`},
		{"a = NULL", "    ^", `there is "NULL" where a name, a value or "(" was expected: write IS NULL`},
		{"a IS 5", "     ^", `there is "5" where NOT or NULL was expected`},
		{"a NOT 5", "      ^", `there is "5" where LIKE, BETWEEN or IN was expected`},
		{"NOT", "   ^", `the expression ends where a condition was expected`},
		{"NOT NOT a = 1", "    ^", `there is "NOT" where a condition was expected`},
		{"a BETWEEN 1, 2", "           ^", `there is "," where AND, "+" or "-" was expected`},
		{"a IN 5", "     ^", `there is "5" where "(" was expected`},
		{"a IN ()", "      ^", `there is ")" where a name, a value or "(" was expected`},
		{"a = b = c", "      ^", `there is "=" where an operator (such as = or AND) or the end was expected`},
		{"a ^ b ^ c = 1", "      ^", `there is "^" where an operator (such as = or AND) or the end was expected`},
		{"a = date", "        ^", `the expression ends where "(" was expected: date is a word of CQL2, and a property of that name is written in double quotes`},
		{"div = 2", "^", `there is "div" where a name, a value or "(" was expected: div is a word of CQL2, and a property of that name is written in double quotes`},
		{"a = DATE '2024-01-01'", "         ^", `there is the text '2024-01-01' where "(" was expected`},
		{"a = DATE(2024)", "         ^", `there is "2024" where a text in quotes was expected`},
		{"isNull(a)", "^", `isNull is the JSON form: write x IS NULL`},
		{"a = DATE('2024-02-30')", "         ^", `there is no day 2024-02-30`},
		{"a = DATE('2024-2-3')", "         ^", `a date has the form '2024-07-22', not '2024-2-3'`},
		{"a = DATE('0000-01-01')", "         ^", `a date is of the years 0001 to 9999`},
		{"a = DATE('2024-01-01T00:00:00Z')", "         ^", `a date has the form '2024-07-22', not '2024-01-01T00:00:00Z'`},
		{"a = TIMESTAMP('2024-01-01')", "              ^", `a timestamp has the form '2024-07-22T10:30:00Z', not '2024-01-01'`},
		{"a = TIMESTAMP('2024-01-01T25:00:00Z')", "              ^", `there is no time 2024-01-01T25:00:00Z`},
		{"a = TIMESTAMP('2024-01-01T10:00:60Z')", "              ^", `there is no time 2024-01-01T10:00:60Z`},
		{"a = TIMESTAMP('2024-01-01T10:00:00+06:30')", "              ^", `a timestamp of CQL2 is in UTC and ends in Z, as '2024-07-22T10:30:00Z': '2024-01-01T10:00:00+06:30' has an offset`},
		{"a = TIMESTAMP('2024-01-01t10:00:00z')", "              ^", `a timestamp has the form '2024-07-22T10:30:00Z', not '2024-01-01t10:00:00z'`},
		{"a = TIMESTAMP('2024-01-01T10:00:00.Z')", "              ^", `a timestamp has the form '2024-07-22T10:30:00Z', not '2024-01-01T10:00:00.Z'`},
		{"a = TIMESTAMP('2024-01-01T10:00:00,5Z')", "              ^", `a timestamp has the form '2024-07-22T10:30:00Z', not '2024-01-01T10:00:00,5Z'`},
		{"a = TIMESTAMP('2024-01-01T10:00:00.0000001Z')", "              ^", `a timestamp has microseconds at most: '2024-01-01T10:00:00.0000001Z' is finer`},
		{"a = TIMESTAMP('2024-01-01T10:00:00')", "              ^", `a timestamp has the form '2024-07-22T10:30:00Z', not '2024-01-01T10:00:00'`},
		{"a = TIMESTAMP('0000-01-01T10:00:00Z')", "              ^", `a timestamp is of the years 0001 to 9999`},
		{"a = TIMESTAMP('" + strings.Repeat("9", 50) + "')", "              ^", `a timestamp has the form '2024-07-22T10:30:00Z', not '` + strings.Repeat("9", 40) + `...'`},
		{"T_AFTER(a, INTERVAL('2024-13-01', '..'))", "                    ^", `there is no day 2024-13-01`},
		{"T_AFTER(a, INTERVAL('2024-01-02', '2024-01-01'))", "           ^", `the interval ends before it starts`},
		{"T_AFTER(a, INTERVAL('2024-01-01T00:00:01Z', '2024-01-01T00:00:00Z'))", "           ^", `the interval ends before it starts`},
		{"T_AFTER(a, INTERVAL(DATE('2024-01-02'), '..'))", "                    ^", `there is "DATE" where a name, a name in double quotes or a text in quotes was expected: times stand in it as texts, INTERVAL('2024-07-22', '..')`},
		{"casei = 2", "      ^", `there is "=" where "(" was expected: casei is a word of CQL2, and a property of that name is written in double quotes`},
		{"point = 2", "      ^", `there is "=" where "(" was expected: point is a word of CQL2, and a property of that name is written in double quotes`},
		{"S_WITHIN(g, POINT Z 1 2)", "                    ^", `there is "1" where "(" was expected`},
		{"S_WITHIN(g, POINT(1, 2))", "                   ^", `there is "," where a number was expected`},
		{"S_WITHIN(g, POINT(1 2 3 4))", "                        ^", `there is "4" where ")" was expected`},
		{"S_WITHIN(g, POINT(1 -91))", "                  ^", `(1, -91) is not a longitude from -180 to 180 and a latitude from -90 to 90`},
		{"S_WITHIN(g, LINESTRING(1 2, 181 3))", "                            ^", `(181, 3) is not a longitude from -180 to 180 and a latitude from -90 to 90`},
		{"S_WITHIN(g, GEOMETRYCOLLECTION(POINT(1 2) POINT(3 4)))", "                                          ^", `there is "POINT" where ")" or "," was expected`},
		{"S_WITHIN(g, POINT(1 2) 5)", "                       ^", `there is "5" where an operator (such as = or AND), "," or ")" was expected`},
		{"S_WITHIN(g, POLYGON((1 2, 3 4) 5))", "                               ^", `there is "5" where ")" or "," was expected`},
		{"S_WITHIN(g, LINESTRING(1 2))", "                      ^", `1 positions where 2 or more are needed`},
		{"S_WITHIN(g, POLYGON((1 1, 2 2, 1 1)))", "                    ^", `3 positions where 4 or more are needed`},
		{"S_WITHIN(g, MULTIPOLYGON(((1 1, 2 2, 3 3, 1 1)), ((1 1, 2 2, 3 3, 4 4))))", "                                                  ^", `a ring ends at (4, 4) and not where it starts, (1, 1)`},
		{"S_WITHIN(g, BBOX(1, 2, 3))", "            ^", `a box has 4 numbers (west, south, east, north), or 6 with heights: not 3`},
		{"S_WITHIN(g, BBOX(1, 3, 3, 2))", "            ^", `the box's south 3 is north of its north, 2`},
		{"S_WITHIN(g, BBOX(1, 2, 9, 3, 3, 8))", "            ^", `the lowest height 9 is above the highest, 8`},
		{"S_WITHIN(g, BBOX(1, 2, 3, 91))", "            ^", `(3, 91) is not a longitude from -180 to 180 and a latitude from -90 to 90`},
	} {
		_, err := ParseText(c.text)
		want := &Error{Detail: c.detail, Position: strings.Index(c.at, "^")}
		if got := (*Error)(nil); !errors.As(err, &got) || *got != *want {
			t.Errorf("%s\n%s\nis %+v\nand not   %+v", c.text, c.at, err, want.Detail)
			if got != nil {
				t.Errorf("at %d", got.Position)
			}
		}
	}
}
