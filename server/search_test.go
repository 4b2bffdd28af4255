package server_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
)

const (
	jsonBody = "application/json"
	formBody = "application/x-www-form-urlencoded"
)

func TestASearchIsTheGetOfItsBody(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	const search, raids = "/collections/events/search", `{"op":"=","args":[{"property":"type"},"bombing_raid"]}`
	for query, bodies := range map[string][][2]string{
		"":                           {{jsonBody, "{}"}, {formBody, ""}},
		"?type=bombing_raid&limit=5": {{jsonBody, `{"type": "bombing_raid", "limit": 5}`}, {formBody, "limit=5&type=bombing_raid"}, {jsonBody + "; charset=utf-8", `{"type": ["bombing_raid"], "limit": "5"}`}},
		"?bbox=97,22.5,98,23":        {{jsonBody, `{"bbox": [97, 22.5, 98, 23]}`}},
		"?filter-lang=cql2-json&filter=" + url.QueryEscape(raids): {{jsonBody, `{"filter-lang": "cql2-json", "filter": ` + raids + `}`}},
	} {
		_, want := get(t, s, "/collections/events/items"+query)
		for _, body := range bodies {
			response, got := post(t, s, search, body[0], body[1])
			if response.StatusCode != 200 || !bytes.Equal(got, want) {
				t.Errorf("%s: %d %s, not %s", body[1], response.StatusCode, got, want)
			}
			if response.Header.Get("Cache-Control") != "no-store" || response.Header.Get("ETag") != "" {
				t.Errorf("%s: may be kept", body[1])
			}
		}
	}
}

func TestBadSearches(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	for _, test := range []struct {
		target, contentType, body string
		status                    int
		says                      string
	}{
		{"/collections/events/search", jsonBody, `{"limit": 0}`, 400, "limit"},
		{"/collections/events/search", jsonBody, `{"colour": "red"}`, 400, "colour"},
		{"/collections/events/search", jsonBody, `{"limit": true}`, 400, "limit"},
		{"/collections/events/search", jsonBody, `{"type": [["talks"]]}`, 400, "type"},
		{"/collections/events/search", jsonBody, `{"type": ["talks,clash"]}`, 400, "comma"},
		{"/collections/events/search", jsonBody, `{"q": "a", "q": "b"}`, 400, "body"},
		{"/collections/events/search", jsonBody, `[]`, 400, "body"},
		{"/collections/events/search", jsonBody, `null`, 400, "body"},
		{"/collections/events/search", formBody, "a=%zz", 400, "body"},
		{"/collections/events/search", "text/plain", "{}", 415, "text/plain"},
		{"/collections/events/search", "", "{}", 415, "Content-Type"},
		{"/collections/events/search", jsonBody, `{"q": "` + strings.Repeat("a", 256<<10) + `"}`, 413, "bytes"},
		{"/collections/events/search?limit=1", jsonBody, "{}", 400, "URL"},
		{"/collections/weather/search", jsonBody, "{}", 404, "weather"},
		{"/collections/events/items", jsonBody, "{}", 405, "method"},
	} {
		response, body := post(t, s, test.target, test.contentType, test.body)
		detail, _ := problem(t, response, body)
		if response.StatusCode != test.status || !strings.Contains(detail, test.says) {
			t.Errorf("%s %.60s: %d %s", test.target, test.body, response.StatusCode, detail)
		}
	}
	response := request(t, s, http.MethodGet, "/collections/events/search")
	if response.StatusCode != 405 || response.Header.Get("Allow") != "POST, OPTIONS" {
		t.Error(response.StatusCode, response.Header.Get("Allow"))
	}
	preflight := request(t, s, http.MethodOptions, "/collections/events/search", "Origin: https://other.example", "Access-Control-Request-Method: POST")
	if h := preflight.Header; h.Get("Access-Control-Allow-Methods") != "POST, OPTIONS" || !strings.Contains(h.Get("Access-Control-Allow-Headers"), "Content-Type") {
		t.Error(h)
	}
}

// TestALongSearchIsWalked follows next links that no URL could hold.
func TestALongSearchIsWalked(t *testing.T) {
	list := records()
	var places []string
	for i := range 300 {
		place := geotest.Place(fmt.Sprintf("place-with-a-long-name-to-fill-the-url-%04d", i), "d", 97, 22)
		places = append(places, place.ID)
		list = append(list, place, geotest.Event(geotest.ID("d:n", i), "d", place.ID, geo.Date(2024, 1, 1)))
	}
	s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = datatest.Open(t, list...) })
	body := `{"limit": 100, "place": "` + strings.Join(places, ",") + `"}`
	seen := make(map[string]bool)
	for pages := 1; ; pages++ {
		response, answer := post(t, s, "/collections/events/search", jsonBody, body)
		var page struct {
			Features []struct{ ID string }
			Links    []struct {
				Rel, Href, Method string
				Body              map[string]string
			}
		}
		unmarshal(t, answer, &page)
		if response.StatusCode != 200 || len(page.Features) != 100 {
			t.Fatalf("%d %.300s", response.StatusCode, answer)
		}
		for _, f := range page.Features {
			seen[f.ID] = true
		}
		body = ""
		for _, l := range page.Links {
			if len(l.Href) > 16<<10 {
				t.Errorf("a link of %d bytes", len(l.Href))
			}
			if l.Rel == "next" && l.Method == http.MethodPost && strings.HasSuffix(l.Href, "/collections/events/search") {
				body = string(marshal(t, l.Body))
			}
		}
		if body == "" {
			if pages != 3 || len(seen) != 300 {
				t.Errorf("%d pages with %d events", pages, len(seen))
			}
			return
		}
	}
}
