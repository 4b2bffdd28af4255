package server_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

// examples say what is asked for each example of the document, by the operation's id.
var examples = map[string]string{
	"getLandingPage":       "",
	"events.getCollection": "",
	"places.getItem":       "?type=bombing_raid",
	"events.getItem":       "",
	"actors.getItem":       "",
	"datasets.getItem":     "",
	"events.getItems":      "?limit=1&type=diplomatic_visit&properties=type,title,start,end,date_precision,place_id",
	"getClusters":          "?zoom=0&type=bombing_raid,offensive&datetime=2024-07-01/..",
	"getHistogram":         "?interval=month&by=type&datetime=2024-06-01/2024-07-31",
	"getFacets":            "?limit=1&type=bombing_raid",
	"getHealth":            "",
	"getReadiness":         "",
}

var changedTimes = regexp.MustCompile(`"changed": "[^"]*"`)

// TestExamples holds each to what is answered over the built-in dataset.
func TestExamples(t *testing.T) {
	s := seeded(t)
	asked := make(map[string]bool)
	for path, item := range contractOf(t, s).document.Paths.Map() {
		o := item.Get
		if o == nil {
			continue
		}
		query, has := examples[o.OperationID]
		if !has {
			continue
		}
		asked[o.OperationID] = true
		_, body := get(t, s, filled(path, o)+query, "Accept: application/json")
		text := changedTimes.ReplaceAll(geotest.Indent(t, body), []byte(`"changed": "2024-08-01T00:00:00Z"`))
		geotest.Golden(t, "../examples/"+o.OperationID+".json", text)
		media := o.Responses.Status(200).Value.Content
		for _, m := range media {
			if m.Example != nil {
				delete(asked, "without "+o.OperationID)
				break
			}
			asked["without "+o.OperationID] = true
		}
	}
	if got, want := slices.Sorted(maps.Keys(asked)), slices.Sorted(maps.Keys(examples)); !slices.Equal(got, want) {
		t.Errorf("asked %v, not %v", got, want)
	}
	files, err := os.ReadDir("examples")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, has := examples[strings.TrimSuffix(f.Name(), ".json")]; !has {
			t.Errorf("%s is no example", f.Name())
		}
	}
}
