package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestGDALPushesFiltersDown holds that the server filters, not GDAL: what matches arrives, and nothing else was sent.
func TestGDALPushesFiltersDown(t *testing.T) {
	path, stored := gdalStore(t)
	g := newGDAL(t, path)
	text := func(f feature, name string) string {
		s, _ := f.Properties[name].(string)
		return s
	}
	for name, c := range map[string]struct {
		args    []string
		asks    string // in the address, decoded
		matches func(feature) bool
	}{
		"equal": {where("type = 'bombing_raid'"), "type = 'bombing_raid'",
			func(f feature) bool { return text(f, "type") == "bombing_raid" }},
		"not equal": {where("type <> 'clash'"), "type <> 'clash'",
			func(f feature) bool { return text(f, "type") != "clash" }},
		"or, number": {where("type = 'offensive' OR incidents > 1"), "incidents > 1",
			func(f feature) bool { return text(f, "type") == "offensive" || f.Properties["incidents"].(float64) > 1 }},
		"not": {where("NOT (place_precision = 'exact')"), "NOT (place_precision = 'exact')",
			func(f feature) bool { return text(f, "place_precision") != "exact" }},
		"like": {where("place_precision LIKE '%nt%'"), "place_precision LIKE '%nt%'",
			func(f feature) bool { return strings.Contains(text(f, "place_precision"), "nt") }},
		"like, in any case": {where("date_text ILIKE '%JULY%'"), "ILIKE '%JULY%'",
			func(f feature) bool { return strings.Contains(strings.ToLower(text(f, "date_text")), "july") }},
		"from a day on": {where("start >= '2024-07-01'"), "start >= '2024-07-01T'",
			func(f feature) bool { return text(f, "start") >= "2024-07-01" }},
		"a day": {where("start = '2024-07-22'"), "start = '2024-07-22T'",
			func(f feature) bool { return text(f, "start") == "2024-07-22" }},
		"until a day": {where("end <= '2024-07-24'"), "end <= '2024-07-24T'",
			func(f feature) bool { return text(f, "end") != "" && text(f, "end") <= "2024-07-24" }},
		"after a day": {where("end > '2024-07-21'"), "end > '2024-07-21T'",
			func(f feature) bool { return text(f, "end") > "2024-07-21" }},
		"on a day or not": {where("end = '2024-07-24' OR end <> '2024-07-26'"), "end <> '2024-07-26T'",
			func(f feature) bool { return text(f, "end") != "" && text(f, "end") != "2024-07-26" }},
		"between days": {where("start BETWEEN '2024-01-01' AND '2024-06-30'"), "start <= '2024-06-30T'",
			func(f feature) bool { return text(f, "start") >= "2024-01-01" && text(f, "start") <= "2024-06-30" }},
		"before a time": {where("start < '2024-07-01T00:00:00' AND type = 'offensive'"), "start < '2024-07-01T00:00:00Z'",
			func(f feature) bool { return text(f, "start") < "2024-07-01" && text(f, "type") == "offensive" }},
		"null": {where("end IS NULL"), "end IS NULL",
			func(f feature) bool { return f.Properties["end"] == nil }},
		"not null, a quote": {where("part_of IS NOT NULL AND date_text <> 'it''s'"), "date_text <> 'it''s'",
			func(f feature) bool { return f.Properties["part_of"] != nil && f.Properties["date_text"] != nil }},
		"id": {where("id = 'report-2024-07:laukkai-raids'"), "/items/report-2024-07:laukkai-raids",
			func(f feature) bool { return f.ID == "report-2024-07:laukkai-raids" }},
		"box": {[]string{"-spat", "98.7", "23.6", "98.8", "23.7"}, "bbox=98.7",
			inItems(t, g.URL+"/collections/events/items?limit=10000&bbox=98.7,23.6,98.8,23.7")},
		"box and equal": {append([]string{"-spat", "98.7", "23.6", "98.8", "23.7"}, where("type = 'bombing_raid'")...), "bbox=98.7",
			inItems(t, g.URL+"/collections/events/items?limit=10000&bbox=98.7,23.6,98.8,23.7&type=bombing_raid")},
	} {
		t.Run(name, func(t *testing.T) {
			g.forget()
			got := g.read(t, "OAPIF:"+g.url, "events", append([]string{"-oo", "PAGE_SIZE=20"}, c.args...)...)
			want := map[string]bool{}
			for id, f := range stored {
				if c.matches(f) {
					want[id] = true
				}
			}
			if ids := slices.Sorted(maps.Keys(got)); !slices.Equal(ids, slices.Sorted(maps.Keys(want))) {
				t.Errorf("%v, not %v", ids, want)
			}
			g.sentOnly(t, c.asks, len(want))
		})
	}
}

func where(condition string) []string { return []string{"-where", condition} }

// inItems says whether the server's own answer to a request has a feature.
func inItems(t *testing.T, url string) func(feature) bool {
	t.Helper()
	_, body := fetch(t, url)
	in := features(t, body)
	return func(f feature) bool { _, there := in[f.ID]; return there }
}

// sentOnly holds that after the page that describes the layer every request of records has the
// condition, or the cursor of our own link to the next page, and that so many features were sent.
func (g *gdal) sentOnly(t *testing.T, condition string, want int) {
	t.Helper()
	sent, described := 0, false
	for _, a := range g.forget() {
		if !strings.Contains(a.Path, "/items") {
			continue
		}
		if !described {
			described = true
			continue
		}
		query := a.Query()
		asks := a.Path
		for name := range query {
			asks += " " + name + "=" + query.Get(name)
		}
		if !query.Has("cursor") && !strings.Contains(asks, condition) {
			t.Errorf("GDAL asked %s, without %s", asks, condition)
		}
		sent += max(a.features, strings.Count(a.Path, "/items/"))
	}
	if sent != want {
		t.Errorf("%d features were sent for %d", sent, want)
	}
}
