package geo_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

// TestWhereFaultsPoint holds faults to the character that they are about.
func TestWhereFaultsPoint(t *testing.T) {
	long := "title LIKE '%aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' AND "
	for _, c := range []struct{ filter, language, value, detail string }{
		{"type = 'clash' AND colour = 'red'", "", "type = 'clash' AND colour = 'red'", `character 20: there is no property "colour"`},
		{long + "colour = 1", "", "...aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' AND colour = 1", `character 132: there is no property "colour"`},
		{"S_WITHIN(geometry, BBOX(0, 0, 200, 1))", "", "S_WITHIN(geometry, BBOX(0, 0, 200, 1))", "character 20: (200, 1) is not a longitude from -180 to 180 and a latitude from -90 to 90"},
		{"type = 'clash' AND start > '2024-07-32T'", "cql-text", "type = 'clash' AND start > '2024-07-32T'", "character 28: there is no day 2024-07-32"},
		{`{"op":"=","args":[{"property":"colour"},"red"]}`, "cql2-json", `{"op":"=","args":[{"property":"colour"},"red"]}`, `at /args/0: there is no property "colour"`},
	} {
		query := map[string][]string{"filter": {c.filter}}
		if c.language != "" {
			query["filter-lang"] = []string{c.language}
		}
		_, faults := geo.ParseFilter(geo.Events, query)
		if len(faults) != 1 || faults[0].Name != "filter" || faults[0].Value != c.value || faults[0].Detail != c.detail {
			t.Errorf("%s: %+v", c.filter, faults)
		}
	}
}

// TestWhereIsWrittenAsText: there is one form of an expression, whatever it was
// written in.
func TestWhereIsWrittenAsText(t *testing.T) {
	const want = "CASEI(type) LIKE CASEI('clash') AND start > DATE('2024-07-22')"
	for language, filter := range map[string]string{
		"cql2-text": "( casei(type)LIKE CASEI('clash') )and start>DATE( '2024-07-22')",
		"cql2-json": `{"op":"and","args":[{"op":"like","args":[{"op":"casei","args":[{"property":"type"}]},{"op":"casei","args":["clash"]}]},{"op":">","args":[{"property":"start"},{"date":"2024-07-22"}]}]}`,
		"cql-text":  "(type ILIKE 'clash') AND (start > '2024-07-22T')",
	} {
		f, faults := geo.ParseFilter(geo.Events, map[string][]string{"filter": {filter}, "filter-lang": {language}})
		if got := f.Values().Encode(); len(faults) > 0 || f.Values().Get("filter") != want || len(f.Values()) != 1 {
			t.Errorf("%s: %s %v", filter, got, faults)
		}
	}
}
