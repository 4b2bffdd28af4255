package server_test

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestFilterWithCQL2: every endpoint that takes the filter answers a CQL2 expression as
// it answers the parameters that say the same.
func TestFilterWithCQL2(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	const plain = "type=bombing_raid,offensive&bbox=90,20,100,25&datetime=2024-07-01/2024-07-31"
	where := url.QueryEscape("type IN ('bombing_raid', 'offensive') AND S_INTERSECTS(geometry, BBOX(90, 20, 100, 25)) AND T_INTERSECTS(datetime, INTERVAL('2024-07-01', '2024-07-31'))")
	// What repeats the question.
	question := regexp.MustCompile(`"(href|self|links)":("[^"]*"|\[[^]]*\])|Selection: [^\n]*`)
	for _, target := range []string{"items?limit=10", "items?limit=1", "items?f=csv", "items?f=geojsonl", "items?f=kml", "items?sortby=id&limit=10", "clusters?zoom=5", "clusters?zoom=5&events=9", "facets?limit=9", "histogram?interval=year",
		"tiles/WebMercatorQuad/5/13/24?f=mvt"} {
		mark := "&"
		if !strings.Contains(target, "?") {
			mark = "?"
		}
		var bodies [2]string
		for i, query := range []string{plain, "filter=" + where} {
			response := request(t, s, http.MethodGet, "/collections/events/"+target+mark+query)
			b, err := io.ReadAll(response.Body)
			if err != nil || response.StatusCode != http.StatusOK {
				t.Fatalf("%s: %d %s %v", target, response.StatusCode, b, err)
			}
			bodies[i] = question.ReplaceAllString(string(b), "")
		}
		if strings.Contains(target, "facets") {
			bodies[0], bodies[1] = bodies[0][:30], bodies[1][:30] // an expression is no facet's own choice
		}
		if bodies[0] != bodies[1] || len(bodies[0]) == 0 {
			t.Errorf("%s: %s\nwith CQL2: %s", target, bodies[0], bodies[1])
		}
	}
}

// TestFilterFaults: what is wrong with an expression is a 400 that points at it,
// also what the evaluation alone can see.
func TestFilterFaults(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	for filter, want := range map[string]string{
		"type = ": "character 8: ", "colour = 'red'": "character 1: there is no property", "S_WITHIN(geometry, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))": "character 20: the geometry is not valid",
	} {
		for _, target := range []string{"items", "clusters", "histogram", "facets"} {
			response := request(t, s, http.MethodGet, "/collections/events/"+target+"?zoom=5&filter="+url.QueryEscape(filter))
			if target != "clusters" {
				response = request(t, s, http.MethodGet, "/collections/events/"+target+"?filter="+url.QueryEscape(filter))
			}
			b, err := io.ReadAll(response.Body)
			if err != nil || response.StatusCode != http.StatusBadRequest || !strings.Contains(string(b), want) {
				t.Errorf("%s of %s: %d %s", target, filter, response.StatusCode, b)
			}
		}
	}
}
