package server_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
)

// everything is one URL of each sort that the server answers with 200.
var everything = []string{"/", "/?f=json", "/conformance", "/collections", "/collections/events", "/collections/events/items", "/collections/places/items/town",
	"/assets/app-1a2.js", "/healthz", "/readyz"}

func TestETagAnswersWith304UntilSomethingChanges(t *testing.T) {
	catalog := datatest.Open(t, records()...)
	s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = catalog })
	const target = "/collections/events/items?type=bombing_raid"
	first, body := get(t, s, target)
	tag := first.Header.Get("ETag")
	if tag == "" || strings.HasPrefix(tag, "W/") {
		t.Fatal("no strong tag:", tag)
	}
	for _, header := range []string{tag, `"x", ` + tag, "*", "W/" + tag} {
		if response, body := get(t, s, target, "If-None-Match: "+header); response.StatusCode != 304 || len(body) > 0 || response.Header.Get("ETag") != tag {
			t.Errorf("%s: %d %q", header, response.StatusCode, body)
		}
	}
	for name, response := range map[string]*http.Response{
		"another tag":      request(t, s, "GET", target, `If-None-Match: "x"`),
		"another query":    request(t, s, "GET", "/collections/events/items", "If-None-Match: "+tag),
		"another encoding": request(t, s, "GET", target, "If-None-Match: "+tag, "Accept-Encoding: gzip"),
		"another host":     request(t, s, "GET", "http://other.example"+target, "If-None-Match: "+tag),
	} {
		if response.StatusCode != 200 {
			t.Errorf("%s: %d", name, response.StatusCode)
		}
	}
	if _, err := catalog.Apply(t.Context(), geotest.Puts(geotest.Event("d:new", "d", "town", geo.Date(2024, 8, 1)))); err != nil {
		t.Fatal(err)
	}
	if response, after := get(t, s, target, "If-None-Match: "+tag); response.StatusCode != 200 || response.Header.Get("ETag") == tag || bytes.Equal(body, after) {
		t.Error("after a change:", response.StatusCode)
	}
}

func TestCompression(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	for _, target := range append([]string{"/collections/events/items?f=csv"}, everything[:7]...) {
		_, plain := get(t, s, target)
		for accepted, want := range map[string]string{
			"gzip":                      "gzip",
			"br;q=0.5, gzip;q=0.8":      "gzip",
			"br":                        "br",
			"zstd":                      "zstd",
			"gzip, ZSTD;q=0.2":          "gzip",
			"x-gzip, compress":          "",
			"identity":                  "",
			"gzip;q=0":                  "",
			"gzip;q=high":               "",
			"*;q=0.1, br;q=0, zstd;q=0": "gzip",
		} {
			response, body := get(t, s, target, "Accept-Encoding: "+accepted)
			if got := response.Header.Get("Content-Encoding"); got != want || !bytes.Equal(decoded(t, got, body), plain) {
				t.Errorf("%s: %q is answered in %q, or is not the same decoded", target, accepted, got)
			}
			if !strings.Contains(response.Header.Get("Vary"), "Accept-Encoding") {
				t.Errorf("%s: varies by %q", target, response.Header.Get("Vary"))
			}
		}
	}
	// What is made for one reader is made fast, what is made once is made small.
	for target, want := range map[string]string{"/collections": "zstd", "/assets/app-1a2.js": "br"} {
		if response, _ := get(t, s, target, "Accept-Encoding: gzip, deflate, br, zstd"); response.Header.Get("Content-Encoding") != want {
			t.Errorf("%s: %q", target, response.Header.Get("Content-Encoding"))
		}
	}
}

func TestHeadIsGetWithoutABody(t *testing.T) {
	real := httptest.NewServer(newServer(t, io.Discard, nil))
	defer real.Close()
	ask := func(method, target string) (*http.Response, []byte) {
		r, err := http.NewRequestWithContext(t.Context(), method, real.URL+target, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", "identity")
		response, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response, body
	}
	for _, target := range everything {
		want, body := ask(http.MethodGet, target)
		got, nothing := ask(http.MethodHead, target)
		if got.StatusCode != 200 || len(nothing) > 0 {
			t.Errorf("%s: %d with %d bytes", target, got.StatusCode, len(nothing))
		}
		for _, h := range []string{"Content-Type", "ETag", "Content-Length"} {
			if got.Header.Get(h) != want.Header.Get(h) {
				t.Errorf("%s: %s is %q, not %q", target, h, got.Header.Get(h), want.Header.Get(h))
			}
		}
		if want.ContentLength != int64(len(body)) {
			t.Errorf("%s: says %d bytes and has %d", target, want.ContentLength, len(body))
		}
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	for _, target := range append(everything, "/nothing", "/collections/events/items?x=1") {
		response, _ := get(t, s, target)
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Access-Control-Allow-Origin": "*", "X-Request-Id": "test",
		} {
			if got := response.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", target, name, got)
			}
		}
		if policy := response.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", target, policy)
		}
	}
}

func TestCORSPreflight(t *testing.T) {
	response := request(t, newServer(t, io.Discard, nil), http.MethodOptions, "/collections/events/items", "Origin: https://other.example", "Access-Control-Request-Method: GET")
	if response.StatusCode != 204 || response.Header.Get("Access-Control-Allow-Methods") != "GET, HEAD, OPTIONS" || response.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Error(response.StatusCode, response.Header)
	}
}

func TestRequestIDs(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, &log, nil)
	if id := request(t, s, "GET", "/healthz", "X-Request-Id: abc-1.2_3").Header.Get("X-Request-Id"); id != "abc-1.2_3" || !strings.Contains(log.String(), "request_id=abc-1.2_3") {
		t.Error("a proxy's id was not kept:", id)
	}
	for _, bad := range []string{"a b", strings.Repeat("a", 65), "x\" injected=1"} {
		if id := request(t, s, "GET", "/healthz", "X-Request-Id: "+bad).Header.Get("X-Request-Id"); id == bad || len(id) < 16 {
			t.Errorf("%q was kept as %q", bad, id)
		}
	}
	if strings.Contains(log.String(), "192.0.2.1") {
		t.Error("the log names the reader's address:", log.String())
	}
}

func TestAPanicIsA500AndTheServerGoesOn(t *testing.T) {
	var log bytes.Buffer
	catalog := datatest.Open(t, records()...)
	s := newServer(t, &log, func(c *server.Config) { c.Catalog = catalog })
	server.PanicOn(s, "/boom")
	response, body := get(t, s, "/boom")
	detail, _ := problem(t, response, body)
	if response.StatusCode != 500 || strings.Contains(detail, "secret cause") || !strings.Contains(log.String(), "secret cause") || !strings.Contains(log.String(), "server.PanicOn") {
		t.Error(response.StatusCode, detail, log.String())
	}
	if response, _ := get(t, s, "/healthz"); response.StatusCode != 200 {
		t.Error("the server is dead")
	}
}

func TestPageIsServedWithItsSettings(t *testing.T) {
	s := newServer(t, io.Discard, func(c *server.Config) {
		c.Title = `A "map" <script>`
		c.BaseMap = &server.BaseMap{URL: "https://tiles.example/{z}/{x}/{y}.png", Attribution: "© Tiles"}
		c.FrameAncestors = "https://news.example"
	})
	response, body := get(t, s, "/?datetime=2024-07-22&sel=events/d:raid&anything=else", "Accept: text/html,*/*;q=0.8")
	text := string(body)
	if response.StatusCode != 200 || !strings.Contains(text, "<title>A &#34;map&#34; &lt;script&gt;</title>") || strings.Contains(text, "map\" <script>") ||
		!strings.Contains(text, "https://tiles.example/{z}/{x}/{y}.png") {
		t.Error(text)
	}
	want := "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https://tiles.example; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors https://news.example"
	if got := response.Header.Get("Content-Security-Policy"); got != want {
		t.Error(got)
	}
	if asset, _ := get(t, s, "/assets/app-1a2.js"); !strings.Contains(asset.Header.Get("Cache-Control"), "immutable") || !strings.Contains(asset.Header.Get("Content-Type"), "javascript") {
		t.Error(asset.Header)
	}
	if font, body := get(t, s, "/assets/letters-1a2.woff2", "Accept-Encoding: gzip, br"); font.Header.Get("Content-Type") != "font/woff2" || font.Header.Get("Content-Encoding") != "" || string(body) != "wOF2" {
		t.Errorf("a font is compressed already: %v %q", font.Header, body)
	}
	tag := response.Header.Get("ETag")
	if response, body := get(t, s, "/", "Accept: text/html", "If-None-Match: "+tag); response.StatusCode != 304 || len(body) > 0 {
		t.Error(response.StatusCode)
	}
}

func TestWithoutThePageItSaysHowToBuildIt(t *testing.T) {
	s := newServer(t, io.Discard, func(c *server.Config) { c.Page = nil })
	if response, body := get(t, s, "/", "Accept: text/html"); response.StatusCode != 200 || !strings.Contains(string(body), "make build") {
		t.Errorf("%d %s", response.StatusCode, body)
	}
	if response, _ := get(t, s, "/collections/events/items"); response.StatusCode != 200 {
		t.Error("the API is not there without the page")
	}
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	catalog := datatest.Open(t)
	for name, change := range map[string]func(*server.Config){
		"tiles without y":        func(c *server.Config) { c.BaseMap = &server.BaseMap{URL: "https://t.example/{z}/{x}.png"} },
		"tiles from nowhere":     func(c *server.Config) { c.BaseMap = &server.BaseMap{URL: "/{z}/{x}/{y}.png"} },
		"tiles with a policy":    func(c *server.Config) { c.BaseMap = &server.BaseMap{URL: "https://a;script-src *"} },
		"frames with a policy":   func(c *server.Config) { c.FrameAncestors = "*; script-src *" },
		"a page without index":   func(c *server.Config) { c.Page = fstest.MapFS{"a.js": {}} },
		"an index without marks": func(c *server.Config) { c.Page = fstest.MapFS{"index.html": {Data: []byte("<title>x</title>")}} },
	} {
		cfg := server.Config{Catalog: catalog, Title: "x"}
		change(&cfg)
		if _, err := server.New(cfg); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestLinksFollowThePublicURL(t *testing.T) {
	s := newServer(t, io.Discard, func(c *server.Config) { c.PublicURL = "https://map.example/base" })
	if _, body := get(t, s, "/collections/places/items/town"); strings.Contains(string(body), "example.com") || !strings.Contains(string(body), `"https://map.example/base/collections/places/items/town"`) {
		t.Errorf("%s", body)
	}
}

// TestPagesFollowNextLinks walks a collection by its links, as GDAL does.
func TestPagesFollowNextLinks(t *testing.T) {
	list := records()
	for i := range 25 {
		list = append(list, geotest.Event(geotest.ID("d:n", i), "d", "town", geo.Date(2024, 1, 1+i%3)))
	}
	s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = datatest.Open(t, list...) })
	seen := make(map[string]int)
	target, pages := "/collections/events/items?limit=4&dataset=d", 0
	for ; target != "" && pages < 20; pages++ {
		_, body := get(t, s, target)
		var page struct {
			NumberMatched, NumberReturned int
			Features                      []struct{ ID string }
			Links                         []struct{ Rel, Href string }
		}
		unmarshal(t, body, &page)
		if page.NumberMatched != 28 || page.NumberReturned != len(page.Features) {
			t.Fatalf("page %d: %d matched, %d returned", pages, page.NumberMatched, page.NumberReturned)
		}
		target = ""
		for _, f := range page.Features {
			seen[f.ID]++
		}
		for _, l := range page.Links {
			if l.Rel == "next" {
				target = strings.TrimPrefix(l.Href, "http://example.com")
			}
		}
	}
	if pages != 7 || len(seen) != 28 {
		t.Errorf("%d pages with %d events", pages, len(seen))
	}
}

// TestStopping lets a slow request finish, refuses readiness, and ends in time.
func TestStopping(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	entered, release := make(chan struct{}), make(chan struct{})
	server.WaitOn(s, "/slow", entered, release)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, listener) }()
	var slow sync.WaitGroup
	slow.Go(func() {
		response, err := http.Get("http://" + listener.Addr().String() + "/slow")
		if err != nil {
			t.Error("the open request was cut off:", err)
			return
		}
		defer response.Body.Close()
		if response.StatusCode != 200 {
			t.Error("the open request:", response.StatusCode)
		}
	})
	<-entered
	stop()
	for deadline := time.Now().Add(5 * time.Second); ; {
		if response, _ := get(t, s, "/readyz"); response.StatusCode == 503 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("still ready while stopping")
		}
		time.Sleep(time.Millisecond)
	}
	close(release)
	slow.Wait()
	if err := <-served; err != nil {
		t.Error(err)
	}
	if _, err := http.Get("http://" + listener.Addr().String() + "/healthz"); err == nil {
		t.Error("it still answers")
	}
}

func TestAStoreThatFailsIsA500(t *testing.T) {
	catalog, err := data.Open(filepath.Join(t.TempDir(), "map.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := catalog.Apply(t.Context(), geotest.Puts(records()...)); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	s := newServer(t, &log, func(c *server.Config) { c.Catalog = catalog })
	if err := catalog.Close(); err != nil {
		t.Fatal(err)
	}
	response, body := get(t, s, "/collections/events/items")
	if detail, _ := problem(t, response, body); response.StatusCode != 500 || strings.Contains(detail, "database") || !strings.Contains(log.String(), "database not open") {
		t.Error(response.StatusCode, detail, log.String())
	}
}
