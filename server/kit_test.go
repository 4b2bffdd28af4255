package server_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
	"github.com/go-json-experiment/json"
	"github.com/klauspost/compress/zstd"
)

// page is a built page in small.
var page = fstest.MapFS{
	"index.html":               {Data: []byte(`<!doctype html><head><meta name="conflictmap" content=""><title>x</title></head>`)},
	"assets/app-1a2.js":        {Data: []byte("export {}")},
	"assets/letters-1a2.woff2": {Data: []byte("wOF2")},
	"basemap.json":             {Data: []byte("{}")},
}

// records is a small catalog with one of everything, a private dataset among it.
func records() []geo.Record {
	day := geo.Date(2024, 7, 22)
	state := geotest.Area("state", "d", geo.State, 90, 20, 100, 25)
	raid := geotest.Event("d:raid", "d", "town", day)
	raid.Type, raid.Incidents, raid.Participants = geo.BombingRaid, 3, []geo.Participant{{ActorID: "army", Role: "initiator"}}
	operation := geotest.Event("d:operation", "d", "state", geo.Date(2024, 6, 21))
	operation.Type, operation.PlacePrecision, operation.End = geo.Offensive, geo.RegionWide, geo.Instant{}
	raid.PartOf = "d:operation"
	undated := geotest.Event("d:undated", "d", "", geo.Instant{})
	undated.DatePrecision, undated.PlacePrecision = geo.UnknownDate, geo.UnknownPlace
	return []geo.Record{geotest.Dataset("d", geo.Public), geotest.Dataset("secret", geo.Private), state, geotest.Place("town", "d", 97.75, 22.94),
		geotest.Actor("army", "d"), raid, operation, undated, geotest.Event("secret:1", "secret", "town", day)}
}

// newServer makes a server over the records; log takes what it logs.
func newServer(t testing.TB, log io.Writer, change func(*server.Config)) *server.Server {
	t.Helper()
	cfg := server.Config{Catalog: datatest.Open(t, records()...), Log: slog.New(slog.NewTextHandler(log, nil)), Page: page, Title: "Test map", Version: "1"}
	if change != nil {
		change(&cfg)
	}
	s, err := server.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// request asks the server as a program does, with "Name: value" headers, and holds
// the answer to the OpenAPI document.
func request(t testing.TB, s http.Handler, method, target string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	r.Header.Set("X-Request-Id", "test")
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r.Clone(t.Context()))
	contractOf(t, s).hold(t, r, nil, w)
	return w.Result()
}

// post sends a body of a content type.
func post(t testing.TB, s http.Handler, target, contentType, body string) (*http.Response, []byte) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r.Clone(t.Context()))
	contractOf(t, s).hold(t, r, []byte(body), w)
	return w.Result(), w.Body.Bytes()
}

func get(t testing.TB, s http.Handler, target string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	response := request(t, s, http.MethodGet, target, headers...)
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, body
}

// decoded takes a body's content coding off.
func decoded(t testing.TB, coding string, b []byte) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(b)
	var err error
	switch coding {
	case "gzip":
		r, err = gzip.NewReader(r)
	case "br":
		r = brotli.NewReader(r)
	case "zstd":
		var z *zstd.Decoder
		if z, err = zstd.NewReader(r); err == nil {
			defer z.Close()
			r = z
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// problem reads a problem+json answer, and holds it to be one.
func problem(t testing.TB, response *http.Response, body []byte) (detail string, faults []geo.Fault) {
	t.Helper()
	var p struct {
		Type, Title, Detail string
		Status              int
		Errors              []geo.Fault
		RequestID           string `json:"request_id"`
	}
	if err := json.Unmarshal(body, &p, json.MatchCaseInsensitiveNames(true)); err != nil {
		t.Errorf("not a problem: %v: %.200s", err, body)
	}
	if got := response.Header.Get("Content-Type"); got != "application/problem+json" || p.Status != response.StatusCode || p.Title == "" || p.Detail == "" || p.RequestID == "" {
		t.Errorf("a problem of type %q without all it needs: %s", got, body)
	}
	return p.Detail, p.Errors
}

var times = regexp.MustCompile(`"(changed|updated)": "[^"]*"`)

func unmarshal(t testing.TB, b []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(b, into, json.MatchCaseInsensitiveNames(true)); err != nil {
		t.Fatalf("%v: %.200s", err, b)
	}
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
