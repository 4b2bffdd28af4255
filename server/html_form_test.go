package server_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestFormSaysWhatIsWrong holds that a browser gets the form back, with the values as
// they were given and each fault named, and a program a problem.
func TestFormSaysWhatIsWrong(t *testing.T) {
	s := newPages(t)
	const target = "/collections/events/items?q=raid&datetime=yesterday&type=war&actor=nobody&colour=red&sortby=-start"
	response, page := pageOf(t, s, target)
	if response.StatusCode != http.StatusBadRequest || response.Header.Get("Cache-Control") != "no-store" || response.Header.Get("Etag") != "" {
		t.Error(response.StatusCode, response.Header)
	}
	list := holdPage(t, "faults", page)
	values, invalid := make(map[string]string), make(map[string]string)
	for _, e := range list {
		if name := e.attributes["name"]; e.tag == "input" || e.tag == "select" {
			values[name] += e.attributes["value"] + " "
			if e.attributes["aria-invalid"] == "true" {
				invalid[name] = e.attributes["aria-describedby"]
			}
		}
	}
	if values["q"] != "raid " || values["datetime"] != "yesterday " || values["sortby"] != "-start " || values["colour"] != "" {
		t.Errorf("the values are not kept: %q", values)
	}
	if !strings.Contains(invalid["datetime"], "field-datetime-fault") || len(invalid) != 1 {
		t.Errorf("marked as wrong: %q", invalid)
	}
	for _, want := range []string{`<a href="#field-datetime">datetime</a>: <q>yesterday</q>`, `<a href="#field-type">type</a>: <q>war</q>`, `<li>colour: <q>red</q>`, "<code>test</code>"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	response, body := get(t, s, target)
	if _, faults := problem(t, response, body); len(faults) != 3 {
		t.Error(faults)
	}
	response, page = pageOf(t, s, "/collections/events/items?actor=nobody")
	if response.Header.Get("Etag") != "" || response.Header.Get("Last-Modified") != "" || response.Header.Get("Link") != "" {
		t.Error("an error has the headers of an answer:", response.Header)
	}
	if !strings.Contains(page, `actor</a>: <q>nobody</q>: there is no such record`) || !strings.Contains(page, `<option value="nobody" selected>nobody</option>`) {
		t.Error("an unknown id is not named, or not kept")
	}
}

// TestFormKeepsWhatIsChosen holds the form to show the filter of an address.
func TestFormKeepsWhatIsChosen(t *testing.T) {
	s := newPages(t)
	_, page := pageOf(t, s, "/collections/events/items?type=bombing_raid,offensive&actor=army&area=state&status=reported&limit=50&sortby=id&f=html")
	var chosen []string
	for _, e := range elements(t, page) {
		_, checked := e.attributes["checked"]
		_, selected := e.attributes["selected"]
		if checked || selected || e.attributes["type"] == "hidden" || e.attributes["id"] == "field-limit" {
			chosen = append(chosen, e.attributes["name"]+"="+e.attributes["value"])
		}
	}
	if got, want := strings.Join(chosen, " "), "f=html sortby=id type=bombing_raid type=offensive status=reported =army =state limit=50"; got != want {
		t.Errorf("%s\nnot %s", got, want)
	}
	if !strings.Contains(page, `<span class="chosen">Type: Bombing raid, Offensive; Status: Reported; Who took part: army; In the area: state; On a page: 50</span>`) {
		t.Error("what is folded away is not said")
	}
}

// TestFormIsTidied holds that a form with empty fields leads to the address without them.
func TestFormIsTidied(t *testing.T) {
	s := newPages(t)
	const items = "/collections/events/items"
	for target, want := range map[string]string{
		items + "?q=&datetime=&type=":                               items,
		items + "?q=raid&datetime=&type=talks&type=clash&status=":   items + "?q=raid&type=talks%2Cclash",
		items + "?q=raid&f=html&bbox=":                              items + "?f=html&q=raid",
		items + "?type=talks&type=clash":                            items + "?type=talks%2Cclash",
		items + "?q=raid":                                           "",
		items + "?colour=":                                          "", // not a field: a fault
		"/collections/actors/items?q=&dataset=d":                    "/collections/actors/items?dataset=d",
		items + "?q=&f=json":                                        "",
		items + "?actor=army&actor=army&q=":                         items + "?actor=army&actor=army",
		items + "?cursor=&q=raid":                                   "",
		items + "?limit=&min_fatalities=&place=town&part_of=&area=": items + "?place=town",
	} {
		response, _ := get(t, s, target, browser)
		if got := response.Header.Get("Location"); got != want || (response.StatusCode == http.StatusSeeOther) != (want != "") {
			t.Errorf("%s leads to %q with %d, not to %q", target, got, response.StatusCode, want)
		}
		if response, _ := get(t, s, target); response.Header.Get("Location") != "" && !strings.Contains(target, "f=html") {
			t.Errorf("%s sends a program away", target)
		}
	}
}

// TestPagesLeadToOneAnother walks through all events by the links to the next page.
func TestPagesLeadToOneAnother(t *testing.T) {
	s := newPages(t)
	seen := make(map[string]bool)
	next, pages := "/collections/events/items?limit=1&sortby=id", 0
	for ; next != "" && pages < 10; pages++ {
		_, page := pageOf(t, s, next)
		next = ""
		geojson := ""
		for _, e := range elements(t, page) {
			if e.tag == "a" && e.attributes["rel"] == "next" {
				next = strings.TrimPrefix(e.attributes["href"], "http://example.com")
			}
			if e.tag == "link" && e.attributes["type"] == "application/geo+json" {
				geojson = strings.TrimPrefix(e.attributes["href"], "http://example.com")
			}
			if id, is := strings.CutPrefix(e.attributes["href"], "/collections/events/items/"); is && e.tag == "a" {
				seen[id] = true
				var of struct{ Features []struct{ ID string } }
				_, body := get(t, s, geojson)
				if unmarshal(t, body, &of); len(of.Features) != 1 || of.Features[0].ID != id {
					t.Errorf("the page of %s has the GeoJSON of %v", id, of)
				}
			}
		}
	}
	if len(seen) != 3 || pages != 3 {
		t.Error(seen, pages)
	}
}

// TestPagesRefuseWhatIsForPrograms holds that nothing asked for is ignored.
func TestPagesRefuseWhatIsForPrograms(t *testing.T) {
	s := newPages(t)
	for _, target := range []string{"/collections/events/items", "/collections/events/items/d:raid"} {
		response, page := pageOf(t, s, target+"?properties=title&skipGeometry=true&crs=http://www.opengis.net/def/crs/EPSG/0/3857")
		if response.StatusCode != 400 || strings.Count(page, "is for programs") < 3 {
			t.Error(target, response.StatusCode)
		}
	}
}

// TestASearchHasNoPages holds that a search, which no link can continue, is answered
// to programs alone.
func TestASearchHasNoPages(t *testing.T) {
	s := newPages(t)
	response, body := post(t, s, "/collections/events/search", formBody, "f=html&q=")
	if response.StatusCode != http.StatusBadRequest || response.Header.Get("Location") != "" || !strings.Contains(string(body), "is not a format of this page") {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}
