package server_test

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
)

// requirement is one requirement of a standard, and how a server is held to it. What
// it asks, docs/conformance.md says.
type requirement struct {
	id   string
	hold func(t *testing.T, s *server.Server)
}

// holdAll runs each requirement as a subtest of its name, against one server.
func holdAll(t *testing.T, list []requirement) {
	t.Helper()
	s := conformingServer(t)
	for _, r := range list {
		t.Run(r.id, func(t *testing.T) { r.hold(t, s) })
	}
}

// conformingServer has what the standards tell apart: more events than a page, times of
// each sort, places on both sides of the 180th meridian, and one of each other kind.
func conformingServer(t *testing.T) *server.Server {
	t.Helper()
	list := append(records(), geotest.Place("west", "d", 179.5, 10), geotest.Place("east", "d", -179.5, 10))
	for i := range 110 {
		e := geotest.Event(geotest.ID("d:n", i), "d", []string{"town", "west", "east"}[i%3], geo.Date(2023, 1, 1+i))
		if i%10 == 0 {
			e.End = geo.Instant{}
		}
		list = append(list, e)
	}
	return newServer(t, io.Discard, func(c *server.Config) { c.Catalog = datatest.Open(t, list...) })
}

// weblink is a link in a document.
type weblink struct{ Href, Rel, Type, Title string }

// target is the address without the test server's root.
func (l weblink) target() string { return strings.TrimPrefix(l.Href, "http://example.com") }

// fetch asks for a resource that must be there.
func fetch(t *testing.T, s *server.Server, target string, headers ...string) (http.Header, []byte) {
	t.Helper()
	response, body := get(t, s, target, headers...)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %.300s", target, response.StatusCode, body)
	}
	return response.Header, body
}

// refused asks for what must be answered with a 400.
func refused(t *testing.T, s *server.Server, target string) {
	t.Helper()
	response, body := get(t, s, target)
	if response.StatusCode != http.StatusBadRequest {
		t.Errorf("%s: %d", target, response.StatusCode)
		return
	}
	problem(t, response, body)
}

// linksAt lists the links of a document.
func linksAt(t *testing.T, s *server.Server, target string) []weblink {
	t.Helper()
	_, body := fetch(t, s, target)
	var document struct{ Links []weblink }
	unmarshal(t, body, &document)
	return document.Links
}

func withRel(links []weblink, rel string) []weblink {
	return slices.DeleteFunc(slices.Clone(links), func(l weblink) bool { return l.Rel != rel })
}

func itemsOf(k geo.Kind) string { return "/collections/" + string(k) + "/items" }

// feature is a GeoJSON feature.
type feature struct {
	Type, ID string
	Geometry *struct {
		Type        string
		Coordinates any
	}
	Properties map[string]any
	Links      []weblink
}

// features asks for a page of features.
type featurePage struct {
	Type                          string
	NumberMatched, NumberReturned int
	Features                      []feature
	Links                         []weblink
}

func pageAt(t *testing.T, s *server.Server, target string, query url.Values) (page featurePage) {
	t.Helper()
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	_, body := fetch(t, s, target)
	unmarshal(t, body, &page)
	return page
}

// everyFeature asks for all features of a kind that a query selects.
func everyFeature(t *testing.T, s *server.Server, k geo.Kind, query url.Values) []feature {
	t.Helper()
	all := url.Values{"limit": {"10000"}}
	for name, list := range query {
		all[name] = list
	}
	return pageAt(t, s, itemsOf(k), all).Features
}

// positions lists the positions of coordinates of any depth.
func positions(coordinates any) (list [][2]float64) {
	nested, _ := coordinates.([]any)
	if len(nested) == 2 {
		x, isNumber := nested[0].(float64)
		y, _ := nested[1].(float64)
		if isNumber {
			return [][2]float64{{x, y}}
		}
	}
	for _, inner := range nested {
		list = append(list, positions(inner)...)
	}
	return list
}

// linksToFormats holds a document to link to itself and to each further format that it
// is answered in, by what it answers to Accept.
func linksToFormats(t *testing.T, s *server.Server, target string) {
	t.Helper()
	links := linksAt(t, s, target)
	self, alternates := withRel(links, "self"), withRel(links, "alternate")
	if len(self) != 1 || self[0].Type == "" {
		t.Fatalf("%s: the links to itself are %v", target, self)
	}
	linked := map[string]bool{self[0].Type: true}
	for _, l := range alternates {
		header, _ := fetch(t, s, l.target())
		if got, _, _ := strings.Cut(header.Get("Content-Type"), ";"); got != l.Type {
			t.Errorf("%s: the alternate %s is %s, not %s", target, l.Href, got, l.Type)
		}
		linked[l.Type] = true
	}
	for _, accept := range []string{"application/json", "application/geo+json", "text/html", "text/csv", "application/geo+json-seq", "application/x-ndjson",
		"application/vnd.google-earth.kml+xml", "application/vnd.apache.parquet", "application/atom+xml", "application/xml", "application/geopackage+sqlite3"} {
		header, _ := fetch(t, s, target, "Accept: "+accept)
		if got, _, _ := strings.Cut(header.Get("Content-Type"), ";"); got == accept && !linked[got] {
			t.Errorf("%s is also %s, to which it does not link", target, accept)
		}
	}
}
