package server_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/data/seed"
	"github.com/conflictmap/conflictmap/server"
	"github.com/labstack/echo/v4"
)

// BenchmarkAgainstLimit asks the server over loopback, in turns with an echo
// handler that answers the same bytes ready-made, and reports the server's part
// of that limit: 1 is as fast as the limit.
func BenchmarkAgainstLimit(b *testing.B) {
	catalog := datatest.Open(b)
	if _, err := seed.Apply(b.Context(), catalog); err != nil {
		b.Fatal(err)
	}
	s := newServer(b, io.Discard, func(c *server.Config) { c.Catalog = catalog })
	for _, work := range []struct{ name, target string }{
		{"one event", "/collections/events/items/report-2024-07:laukkai-raids"},
		{"one place", "/collections/places/items/lashio"},
		{"all events", "/collections/events/items"},
		{"events in a box", "/collections/events/items?bbox=97,22,99,24&type=bombing_raid,offensive"},
		{"collections", "/collections"},
	} {
		b.Run(work.name, func(b *testing.B) {
			target := work.target
			response, body := get(b, s, target)
			ours, limit := httptest.NewServer(s), httptest.NewServer(readyMade(response.Header.Get("Content-Type"), body))
			defer ours.Close()
			defer limit.Close()
			var our, their []time.Duration
			for b.Loop() {
				our = append(our, ask(b, ours.URL+target, len(body)))
				their = append(their, ask(b, limit.URL+target, len(body)))
			}
			b.ReportMetric(float64(median(their))/float64(median(our)), "of-limit")
			b.ReportMetric(float64(median(our).Microseconds()), "µs/answer")
			b.ReportMetric(0, "ns/op") // of both together: says nothing
		})
	}
}

// readyMade answers every request with the same bytes.
func readyMade(contentType string, body []byte) http.Handler {
	e := echo.New()
	e.GET("/*", func(c echo.Context) error { return c.Blob(http.StatusOK, contentType, body) })
	return e
}

// ask takes one answer and the time it took. The head says whose address the
// links carry, so that lengths differ by a few bytes.
func ask(b *testing.B, url string, length int) time.Duration {
	started := time.Now()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "identity")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(response.Body); err != nil || response.StatusCode != http.StatusOK || body.Len() < length*9/10 {
		b.Fatal(response.Status, body.Len(), length, err)
	}
	return time.Since(started)
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}
