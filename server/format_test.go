package server_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/server"
)

func TestFormats(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	const items, geojson, csv, browser = "/collections/events/items", "application/geo+json", "text/csv; charset=utf-8; header=present", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	for _, test := range []struct{ target, accept, want string }{
		{items, "", geojson},
		{items, "*/*", geojson},
		{items, "application/json", geojson},
		{items, "application/geo+json, application/json;q=0.5", geojson},
		{items, "text/csv", csv},
		{items, "text/*", csv},
		{items, "text/csv;q=0.4, application/geo+json;q=0.6", geojson},
		{items, "text/csv;q=0", geojson},
		{items, "image/png", geojson},
		{items, "application/geo+json;application/json", geojson}, // as QGIS asks
		{items + "?f=csv", "application/geo+json", csv},
		{items + "?f=json", "text/csv", geojson},
		{"/", browser, "text/html; charset=utf-8"},
		{"/", "*/*", "application/json"},
		{"/?f=json", browser, "application/json"},
		{"/?f=html", "", "text/html; charset=utf-8"},
	} {
		response, _ := get(t, s, test.target, "Accept: "+test.accept)
		if got := response.Header.Get("Content-Type"); got != test.want {
			t.Errorf("%s for %q is %q, not %q", test.target, test.accept, got, test.want)
		}
		if !strings.Contains(response.Header.Get("Vary"), "Accept") {
			t.Errorf("%s varies by %q", test.target, response.Header.Get("Vary"))
		}
	}
}

func TestLinksStandInTheHeaderToo(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	response := request(t, s, http.MethodHead, "/collections/events/items?limit=1&type=bombing_raid,offensive")
	got := response.Header.Get("Link")
	for _, want := range []string{`>; rel="next"; type="application/geo+json"`, `<http://example.com/collections/events/items?f=csv&limit=1&type=bombing_raid%2Coffensive>; rel="alternate"; type="text/csv"`,
		`<http://example.com/collections/events>; rel="collection"; type="application/json"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestLastModified(t *testing.T) {
	second := time.Now().Truncate(time.Second)
	s := newServer(t, io.Discard, nil)
	const target = "/collections/events/items"
	if response, _ := get(t, s, target); response.Header.Get("Last-Modified") != "" && time.Now().Truncate(time.Second).Equal(second) {
		t.Error("said within the second in which there may be another change")
	}
	started := time.Now().Add(-time.Hour)
	server.StartedAt(s, started) // before the records were made
	response, _ := get(t, s, target)
	for deadline := time.Now().Add(5 * time.Second); response.Header.Get("Last-Modified") == "" && time.Now().Before(deadline); response, _ = get(t, s, target) {
		time.Sleep(10 * time.Millisecond)
	}
	modified, err := http.ParseTime(response.Header.Get("Last-Modified"))
	if err != nil || modified.Before(started) {
		t.Fatal(modified, err)
	}
	for since, want := range map[string]int{
		modified.Format(http.TimeFormat):                   304,
		modified.Add(time.Hour).Format(http.TimeFormat):    304,
		modified.Add(-time.Second).Format(http.TimeFormat): 200,
		"yesterday": 200,
	} {
		if response, body := get(t, s, target, "If-Modified-Since: "+since); response.StatusCode != want || (len(body) == 0) != (want == 304) {
			t.Errorf("%s: %d", since, response.StatusCode)
		}
	}
	if response, _ := get(t, s, target, "If-Modified-Since: "+modified.Format(http.TimeFormat), `If-None-Match: "other"`); response.StatusCode != 200 {
		t.Error("the date counts beside a tag:", response.StatusCode)
	}
}

func TestCaching(t *testing.T) {
	for seconds, want := range map[int]string{0: "no-cache", 300: "public, max-age=300"} {
		s := newServer(t, io.Discard, func(c *server.Config) { c.CacheSeconds = seconds })
		if response, _ := get(t, s, "/collections"); response.Header.Get("Cache-Control") != want {
			t.Errorf("%d seconds: %q", seconds, response.Header.Get("Cache-Control"))
		}
	}
}
