package server_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
)

// TestPages holds the pages to their golden files.
func TestPages(t *testing.T) {
	s := newPages(t, telling())
	for name, target := range map[string]string{
		"collections": "/collections",
		"collection":  "/collections/events",
		"events":      "/collections/events/items",
		"events-page": "/collections/events/items?limit=1&type=shelling,bombing_raid&f=html",
		"places":      "/collections/places/items",
		"actors":      "/collections/actors/items",
		"datasets":    "/collections/datasets/items",
		"event":       "/collections/events/items/d:telling",
		"operation":   "/collections/events/items/d:operation",
		"area":        "/collections/areas/items/state?type=bombing_raid",
		"actor":       "/collections/actors/items/army",
		"dataset":     "/collections/datasets/items/d",
		"conformance": "/conformance",
		"schema":      "/collections/datasets/schema",
		"faults":      "/collections/actors/items?colour=red&limit=0&bbox=1&q=army",
		"no-record":   "/collections/events/items/none",
		"no-page":     "/nothing/here",
	} {
		_, page := pageOf(t, s, target)
		holdPage(t, name, page)
		geotest.Golden(t, "html/"+name+".html", asWritten(page))
		if strings.Contains(page, "secret") {
			t.Errorf("%s: a private dataset shows", name)
		}
	}
}

// hostile are texts that mean to get out of where they stand.
var hostile = []string{
	`<script>alert(1)</script>`, `</script><script src="https://evil.example/x.js"></script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`,
	`javascript:alert(1)`, `</title></style><!-- `, `{{.}} ${x} %3Cscript%3E`, "</ld+json>\u2028\u202e", `--><svg onload=alert(1)>`,
}

// TestHostileTextsStayTexts puts hostile texts wherever a record or a request may
// have a text.
func TestHostileTextsStayTexts(t *testing.T) {
	for i, text := range hostile {
		state, town, army := geotest.Area("state", "d", geo.State, 90, 20, 100, 25), geotest.Place("town", "d", 97.75, 22.94), geotest.Actor("army", "d")
		e, d := telling(), geotest.Dataset("d", geo.Public)
		e.Title, e.Summary, e.Subtype, e.DateText, e.Tags = geo.Text{"en": text, "my": text}, geo.Text{"en": text}, text, text, []string{text}
		e.Participants[1].Name, e.Claims[0] = text, geo.Claim{Field: text, Value: quoted(t, text), AccordingTo: text}
		e.Sources = []geo.Source{{Publisher: text, Title: text, AccordingTo: text}, {Publisher: text, Link: "https://paper.example/?a=%22%3E<b>'"}}
		e.Inferred, e.Extra = []geo.Inference{{Field: "start" + text, From: text}}, geo.Extra{text: quoted(t, text), "link": quoted(t, "javascript:alert(1)")}
		state.Names, state.OtherNames, town.Names, army.Names = geo.Text{"en": text}, []string{text}, geo.Text{"my": text}, geo.Text{"en": text}
		d.Title, d.Publisher, d.Licence, d.Attribution, d.Summary = geo.Text{"en": text}, text, text, text, geo.Text{"en": text}
		list := []geo.Record{d, state, town, army, geotest.Event("d:raid", "d", "town", geo.Date(2024, 7, 22)), geotest.Event("d:operation", "d", "state", geo.Date(2024, 7, 22)), e}
		s := newServer(t, io.Discard, func(c *server.Config) {
			c.Catalog, c.Title, c.Page = datatest.Open(t, list...), text, mapFiles
		})
		query := strings.NewReplacer("<", "%3C", ">", "%3E", `"`, "%22", " ", "%20", "{", "%7B", "}", "%7D", "%3C", "%253C", "\u2028", "%E2%80%A8", "\u202e", "%E2%80%AE").Replace(text)
		for _, target := range append(everyPage(list), "/collections/events/items?q="+query, "/collections/events/items?"+query+"=1&datetime="+query, "/collections/"+query, "/collections/events/items/"+query) {
			_, page := pageOf(t, s, target)
			list := holdPage(t, fmt.Sprintf("text %d, %s", i, target), page)
			for _, script := range found(list, "script") {
				var structured map[string]any
				if script.text != "" && json.Unmarshal([]byte(script.text), &structured) != nil {
					t.Errorf("text %d, %s: not JSON: %s", i, target, script.text)
				}
			}
		}
		_, page := pageOf(t, s, "/collections/events/items/d:telling")
		if heading := found(elements(t, page), "h1")[0].text; heading != text {
			t.Errorf("the heading %q is not %q", heading, text)
		}
	}
}

func quoted(t *testing.T, text string) []byte {
	b, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestNoPieceLeadsToScripts(t *testing.T) {
	for href, leads := range map[string]bool{
		"https://paper.example/a?b=c": true, "http://paper.example": true, "HTTPS://PAPER.example": true, "javascript:alert(1)": false, "JaVaScript://paper.example/%0aalert(1)": false,
		"data:text/html,<script>": false, "//paper.example": false, "https:paper.example": false, "vbscript:x": false, " https://paper.example": false, "": false, "https://[": false,
	} {
		if got := server.LeadsOutside(href); got != leads {
			t.Errorf("%q leads outside: %t", href, got)
		}
	}
}

// TestPagesOfRandomRecords shows records with whatever they may have or lack.
func TestPagesOfRandomRecords(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	var list []geo.Record
	for i := range 300 {
		list = append(list, geotest.RandomEvent(random, geotest.ID("d:n", i)))
	}
	s := newPages(t, list...)
	for _, target := range everyPage(list) {
		_, page := pageOf(t, s, target)
		holdPage(t, target, page)
	}
}

func TestPagesHaveTheColoursOfTheMap(t *testing.T) {
	ours, theirs := coloursIn(t, "html/style.css"), coloursIn(t, "../web/src/style/colours.css")
	for name, values := range ours {
		if !slices.Equal(values, theirs[name][:min(2, len(theirs[name]))]) {
			t.Errorf("--%s is %v, and on the map %v", name, values, theirs[name])
		}
	}
	if len(ours) < 14 {
		t.Error("only", len(ours), "colours")
	}
}

// coloursIn lists the values of each colour of a style sheet: light, then dark.
func coloursIn(t *testing.T, file string) map[string][]string {
	t.Helper()
	css, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	colours := make(map[string][]string)
	for _, m := range regexp.MustCompile(`--([a-z]+): ([^;]+);`).FindAllStringSubmatch(string(css), -1) {
		colours[m[1]] = append(colours[m[1]], m[2])
	}
	return colours
}

func TestPagesAreCachedAsOtherAnswers(t *testing.T) {
	s := newPages(t)
	const target = "/collections/events/items"
	response, page := pageOf(t, s, target)
	etag := response.Header.Get("Etag")
	if response, _ := get(t, s, target, browser, "If-None-Match: "+etag); response.StatusCode != http.StatusNotModified {
		t.Error("not 304 but", response.StatusCode)
	}
	if response, _ := get(t, s, target, "If-None-Match: "+etag); response.StatusCode != http.StatusOK {
		t.Error("a program is told that it has the page already")
	}
	for _, coding := range []string{"gzip", "br", "zstd"} {
		response, body := get(t, s, target, browser, "Accept-Encoding: "+coding)
		if got := response.Header.Get("Content-Encoding"); got != coding || string(decoded(t, coding, body)) != page {
			t.Errorf("%s: %q", coding, got)
		}
	}
	policy := response.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) || strings.Contains(policy, "unsafe") {
			t.Errorf("no %s in %s", want, policy)
		}
	}
}

func TestFilesOfThePages(t *testing.T) {
	s := newPages(t)
	_, page := pageOf(t, s, "/collections/events/items")
	var files []string
	for _, e := range elements(t, page) {
		if file := e.attributes["href"] + e.attributes["src"]; strings.HasPrefix(file, "/assets/") {
			file, _, _ = strings.Cut(file, "#")
			files = append(files, file)
		}
	}
	slices.Sort(files)
	if files = slices.Compact(files); len(files) != 6 { // the style, the signs, two scripts, two styles of the map
		t.Fatal(files)
	}
	for _, file := range files {
		if response, body := get(t, s, file); response.StatusCode != 200 || !strings.Contains(response.Header.Get("Cache-Control"), "immutable") || len(body) == 0 {
			t.Error(file, response.StatusCode, response.Header)
		}
	}
	if response, _ := get(t, s, "/.vite/manifest.json"); response.StatusCode != 404 {
		t.Error("the manifest is served")
	}
	for file, fault := range map[string]string{`{}`: "has no src/map/small.ts", `{"src/map/small.ts":{"file":"assets/gone.js"}}`: "is not there", `[`: "manifest.json"} {
		broken := maps.Clone(mapFiles)
		broken[".vite/manifest.json"] = &fstest.MapFile{Data: []byte(file)}
		_, err := server.New(server.Config{Catalog: datatest.Open(t), Page: broken})
		if err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%s: %v", file, err)
		}
	}
}
