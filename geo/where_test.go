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
	const want = "type = 'clash' AND fatalities.best > 5"
	for language, filter := range map[string]string{
		"cql2-text": "( type='clash' )and fatalities.best>5.0",
		"cql2-json": `{"op":"and","args":[{"op":"=","args":[{"property":"type"},"clash"]},{"op":">","args":[{"property":"fatalities.best"},5]}]}`,
	} {
		f, faults := geo.ParseFilter(geo.Events, map[string][]string{"filter": {filter}, "filter-lang": {language}})
		if got := f.Values().Encode(); len(faults) > 0 || f.Values().Get("filter") != want || len(f.Values()) != 1 {
			t.Errorf("%s: %s %v", filter, got, faults)
		}
	}
}
