package server_test

import (
	"bytes"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
	"golang.org/x/net/html" // reads pages as browsers do
)

const browser = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

// mapFiles are a built page with the map of the pages.
var mapFiles = fstest.MapFS{
	"index.html":          page["index.html"],
	"icon.svg":            {Data: []byte("<svg/>")},
	"assets/small-1a2.js": {Data: []byte("export {}")}, "assets/small-1a2.css": {Data: []byte("p{}")},
	"assets/map-1a2.js": {Data: []byte("export {}")}, "assets/map-1a2.css": {Data: []byte("p{}")},
	".vite/manifest.json": {Data: []byte(`{"src/map/small.ts":{"file":"assets/small-1a2.js","imports":["_map.js"],"css":["assets/small-1a2.css"]},
		"_map.js":{"file":"assets/map-1a2.js","css":["assets/map-1a2.css"]}}`)},
}

// telling is an event that has something to say in every field.
func telling() *geo.Event {
	e := geotest.Event("d:telling", "d", "town", geo.Date(2024, 7, 1))
	few, many := 3, 1200
	e.Type, e.Subtype, e.End, e.DatePrecision, e.DateText = geo.Shelling, "Artillery", geo.Date(2024, 7, 24), "month", "in July"
	e.Title, e.Summary = geo.Text{"en": "Town shelled", "my": "မြို့"}, geo.Text{"en": "What happened."}
	e.PlacePrecision, e.Incidents, e.Fatalities = geo.Near, 2, &geo.Fatalities{Low: &few, High: &many}
	e.Route = &geo.Route{From: "town", To: "state", Assumed: true}
	e.Participants = []geo.Participant{{ActorID: "army", Role: "initiator"}, {Name: "Villagers", Role: "target"}}
	e.PartOf, e.Related, e.Status = "d:operation", []geo.Relation{{Event: "d:raid", Relation: "retaliation_for"}}, "disputed"
	e.Sources = []geo.Source{{Publisher: "The Paper", Title: "Shells fall", Date: "2024-07", Link: "https://paper.example/1", AccordingTo: "residents"}, {Publisher: "Not known"}}
	e.Claims = []geo.Claim{{Field: "fatalities.best", Value: []byte("7"), AccordingTo: "the army"}}
	e.Inferred = []geo.Inference{{Field: "end", From: "The report is of 24 July."}, {Field: "route.from", From: "Nobody says."}}
	e.Tags, e.Extra = []string{"night"}, geo.Extra{"where_prec": []byte("2"), "note": []byte(`"as told"`)}
	return e
}

// pageOf asks for a page as a browser does.
func pageOf(t testing.TB, s http.Handler, target string) (*http.Response, string) {
	t.Helper()
	response, body := get(t, s, target, browser)
	if got := response.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Fatalf("%s is %q: %.200s", target, got, body)
	}
	return response, string(body)
}

// element is one of a parsed page.
type element struct {
	tag        string
	attributes map[string]string
	text       string // all text in it
}

// elements lists a page's elements in order.
func elements(t testing.TB, page string) (list []element) {
	t.Helper()
	document, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	for n := range document.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		e := element{tag: n.Data, attributes: make(map[string]string)}
		for _, a := range n.Attr {
			e.attributes[a.Key] = a.Val
		}
		for inner := range n.Descendants() {
			if inner.Type == html.TextNode {
				e.text += inner.Data
			}
		}
		list = append(list, e)
	}
	return list
}

// found are the elements of a tag.
func found(list []element, tag string) (of []element) {
	for _, e := range list {
		if e.tag == tag {
			of = append(of, e)
		}
	}
	return of
}

// holdPage holds a page to what every page is: one heading, a title, nothing that
// runs or styles but the server's own files, no link to anything but a page or an
// address of the web, and nothing loaded from another host.
func holdPage(t testing.TB, name, page string) []element {
	t.Helper()
	list := elements(t, page)
	if !strings.HasPrefix(page, "<!doctype html>\n<html lang=\"en\">") || len(found(list, "h1")) != 1 || len(found(list, "main")) != 1 || strings.TrimSpace(found(list, "title")[0].text) == "" {
		t.Errorf("%s: not a whole page", name)
	}
	if strings.Contains(page, "ZgotmplZ") {
		t.Errorf("%s: a value was not fit for where it stands", name)
	}
	ids := make(map[string]bool)
	for _, e := range list {
		if id, has := e.attributes["id"]; has {
			if ids[id] {
				t.Errorf("%s: the id %q stands twice", name, id)
			}
			ids[id] = true
		}
		for attribute := range e.attributes {
			if strings.HasPrefix(attribute, "on") || attribute == "style" {
				t.Errorf("%s: <%s %s>", name, e.tag, attribute)
			}
		}
		switch src := e.attributes["src"]; e.tag {
		case "style", "iframe", "object", "embed", "base", "img":
			t.Errorf("%s: <%s>", name, e.tag)
		case "script":
			if e.attributes["type"] != "application/ld+json" && !strings.HasPrefix(src, "/assets/") || src != "" && e.text != "" {
				t.Errorf("%s: a script %v: %.100s", name, e.attributes, e.text)
			}
		case "link":
			if rel := e.attributes["rel"]; rel != "canonical" && rel != "alternate" && !ownFile.MatchString(e.attributes["href"]) {
				t.Errorf("%s: loads %s", name, e.attributes["href"])
			}
		case "a", "use", "form":
			if href := e.attributes["href"] + e.attributes["action"]; !wellAddressed.MatchString(href) {
				t.Errorf("%s: leads to %q", name, href)
			}
		}
	}
	return list
}

var (
	ownFile       = regexp.MustCompile(`^(/assets/|/icon\.svg$|data:,$)`)
	wellAddressed = regexp.MustCompile(`^(/|#|https?://)`)
)

// everyPage are the addresses of all pages of a server with these records.
func everyPage(list []geo.Record) (targets []string) {
	targets = append(targets, "/collections")
	for _, k := range geo.Kinds() {
		c := "/collections/" + string(k)
		targets = append(targets, c, c+"/items", c+"/schema", c+"/queryables", c+"/sortables")
	}
	for _, r := range list {
		if r.InDataset() != "secret" {
			targets = append(targets, "/collections/"+string(r.Kind())+"/items/"+strings.ReplaceAll(r.Key(), " ", "%20"))
		}
	}
	return targets
}

func newPages(t testing.TB, more ...geo.Record) *server.Server {
	t.Helper()
	return newServer(t, io.Discard, func(c *server.Config) {
		c.Catalog, c.Page = datatest.Open(t, append(records(), more...)...), mapFiles
	})
}

// asWritten leaves out of a page what changes from day to day.
func asWritten(page string) []byte {
	b := []byte(page)
	for _, change := range [][2]string{{`assets/(style|signs)-[0-9a-f]+\.`, `assets/$1-(hash).`}, {`<time datetime="[^"]*">[^<]*</time>\.</p>\n</footer>`, `(time).</p>` + "\n</footer>"},
		{`"dateModified":"[^"]*"`, `"dateModified":"(time)"`}} {
		b = regexp.MustCompile(change[0]).ReplaceAll(b, []byte(change[1]))
	}
	return bytes.TrimSpace(b)
}
