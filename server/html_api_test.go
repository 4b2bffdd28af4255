package server_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var (
	anchors = regexp.MustCompile(`\bid="([^"]*)"`)
	hrefs   = regexp.MustCompile(`\bhref="([^"]*)"`)
)

// TestTheDocumentForPeople has all that the one for programs has, and leads to what is
// there: every address that it offers to try is answered.
func TestTheDocumentForPeople(t *testing.T) {
	s := seeded(t)
	response, body := get(t, s, "/api", "Accept: text/html,application/xhtml+xml,*/*;q=0.8")
	text := string(body)
	if response.Header.Get("Content-Type") != "text/html; charset=utf-8" || strings.Contains(text, "ZgotmplZ") {
		t.Fatal(response.Header.Get("Content-Type"))
	}
	ids := make(map[string]bool)
	for _, m := range anchors.FindAllStringSubmatch(text, -1) {
		if ids[m[1]] {
			t.Errorf("%s stands twice", m[1])
		}
		ids[m[1]] = true
	}
	asked := make(map[string]bool)
	for _, m := range hrefs.FindAllStringSubmatch(text, -1) {
		href := html.UnescapeString(m[1])
		if anchor, here := strings.CutPrefix(href, "#"); here {
			if !ids[anchor] {
				t.Errorf("nothing is at #%s", anchor)
			}
			continue
		}
		if !strings.HasPrefix(href, "/") || asked[href] {
			if !strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "http://example.com/") && href != "data:," {
				t.Errorf("%s is elsewhere", href)
			}
			continue
		}
		asked[href] = true
		if response, _ := get(t, s, href); response.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", href, response.Status)
		}
	}
	document := contractOf(t, s).document
	for path, item := range document.Paths.Map() {
		for method, o := range item.Operations() {
			if method != http.MethodHead && method != http.MethodOptions && (!ids[o.OperationID] || !strings.Contains(text, "<code>"+html.EscapeString(path)+"</code>")) {
				t.Errorf("%s %s is not in the page", method, path)
			}
		}
	}
	for name := range document.Components.Schemas {
		if !ids["schema-"+name] {
			t.Errorf("the schema %s is not in the page", name)
		}
	}
	for name := range document.Components.Parameters {
		if !ids["parameter-"+name] {
			t.Errorf("the parameter %s is not in the page", name)
		}
	}
	if len(asked) < 100 {
		t.Errorf("only %d addresses were tried", len(asked))
	}
}

// TestTheDocumentForPeopleWithoutRecords leads to no record.
func TestTheDocumentForPeopleWithoutRecords(t *testing.T) {
	s := empty(t)
	response, body := get(t, s, "/api?f=html")
	if response.StatusCode != http.StatusOK || strings.Contains(string(body), `href="/collections/places/items/`) {
		t.Error(response.Status)
	}
}
