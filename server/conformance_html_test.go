package server_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

// htmlResources are the resources of OGC API - Features, with a record of each kind.
func htmlResources() []string {
	list := []string{"/", "/api", "/conformance", "/collections", "/collections/events/items/d:telling"}
	for _, k := range geo.Kinds() {
		list = append(list, "/collections/"+string(k), "/collections/"+string(k)+"/items")
	}
	for _, r := range records() {
		if r.InDataset() != "secret" {
			list = append(list, "/collections/"+string(r.Kind())+"/items/"+r.Key())
		}
	}
	return list
}

// TestConformanceHTML holds the requirements class HTML of OGC API - Features Part 1
// (17-069r4, clause 8.3), and of Common Part 1, which asks the same.
func TestConformanceHTML(t *testing.T) {
	for _, r := range []requirement{
		{"/req/html/definition", func(t *testing.T, s *server.Server) {
			for _, target := range htmlResources() {
				for _, as := range []string{target, target + "?f=html"} {
					if response, _ := get(t, s, as, "Accept: text/html"); response.StatusCode != 200 || response.Header.Get("Content-Type") != "text/html; charset=utf-8" {
						t.Error(as, response.StatusCode, response.Header.Get("Content-Type"))
					}
				}
			}
		}},
		{"/req/html/content", func(t *testing.T, s *server.Server) {
			holdLanding(t, s)
			for _, target := range htmlResources()[2:] { // the page for /api is not the definition in other words, but how to use it
				_, page := pageOf(t, s, target)
				body := newHaystack(holdPage(t, target, page))
				_, answer := get(t, s, target, "Accept: application/json")
				var document map[string]any
				if err := json.Unmarshal(answer, &document); err != nil {
					t.Fatal(err)
				}
				if strings.HasSuffix(target, "/items") {
					shorten(document)
				}
				for _, missing := range body.missing("", document) {
					t.Errorf("%s: the page has no %s", target, missing)
				}
			}
		}},
	} {
		s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = datatest.Open(t, append(records(), telling())...) })
		t.Run(r.id, func(t *testing.T) { r.hold(t, s) })
	}
}

// holdLanding holds the map page, which is the landing page's HTML, to say without
// scripts what the landing page does. Its title the server writes.
func holdLanding(t *testing.T, s *server.Server) {
	t.Helper()
	index, err := os.ReadFile("../web/index.html")
	if err != nil {
		t.Fatal(err)
	}
	_, answer := get(t, s, "/?f=json")
	var document map[string]any
	if err := json.Unmarshal(answer, &document); err != nil {
		t.Fatal(err)
	}
	body := newHaystack(elements(t, string(index)))
	for _, missing := range body.missing("", map[string]any{"description": document["description"], "links": document["links"]}) {
		t.Errorf("the map page has no %s", missing)
	}
}

// shorten leaves of the features of a list what names them: their own pages, to which
// the list leads, say all.
func shorten(document map[string]any) {
	features, _ := document["features"].([]any)
	for i := range features {
		feature, _ := features[i].(map[string]any)
		properties, _ := feature["properties"].(map[string]any)
		features[i] = map[string]any{"id": feature["id"], "names": properties["names"], "title": properties["title"]}
	}
}

// haystack is what a page says: its text, and where and to what times it leads.
type haystack struct {
	text  string
	links map[string]bool
}

func newHaystack(list []element) haystack {
	h := haystack{links: make(map[string]bool)}
	for _, e := range list {
		if e.tag == "body" {
			h.text = strings.ToLower(e.text)
		}
		if e.tag == "a" {
			h.links[addressed(e.attributes["href"])] = true
		}
	}
	for _, e := range list {
		h.text += "\n" + strings.ToLower(e.attributes["datetime"]) + "\n" + e.attributes["href"]
	}
	return h
}

// addressed is an address without the server's name and the format.
func addressed(href string) string {
	u, err := url.Parse(href)
	if err != nil {
		return href
	}
	query := u.Query()
	query.Del("f")
	if u.Host != "example.com" && u.Host != "" {
		return href
	}
	return u.EscapedPath() + "?" + query.Encode()
}

// unsaid are members that are for programs alone.
var unsaid = map[string]bool{"type": true, "crs": true, "storageCrs": true, "trs": true, "itemType": true, "rel": true, "version": true, "timeStamp": true, "numberReturned": true, "href": true, "events_href": true}

// missing lists what of a JSON document a page does not say.
func (h haystack) missing(name string, value any) (list []string) {
	switch value := value.(type) {
	case map[string]any:
		if href, isLink := value["href"].(string); isLink && value["rel"] != nil {
			if rel := value["rel"]; rel != "profile" && !h.links[addressed(href)] {
				list = append(list, fmt.Sprintf("link to %s (%s)", href, rel))
			}
			return list
		}
		if kind, isShape := value["type"].(string); isShape && value["coordinates"] != nil && kind != "Point" {
			return nil // an outline is said by its box, and whole in the GeoJSON that the page leads to
		}
		for member, inner := range value {
			if !unsaid[member] || member == "type" && value["title"] != nil {
				list = append(list, h.missing(member, inner)...)
			}
		}
	case []any:
		for _, inner := range value {
			list = append(list, h.missing(name, inner)...)
		}
	case nil:
	default:
		if name == "date_precision" && value == "day" {
			return nil // a date without further words
		}
		text := strings.ToLower(fmt.Sprint(value))
		if value == true {
			text = name
		}
		for _, as := range []string{text, strings.ToLower(server.Code(name, text)), server.Number(text)} {
			if as != "" && strings.Contains(h.text, as) {
				return nil
			}
		}
		list = append(list, fmt.Sprintf("%s %v", name, value))
	}
	return list
}
