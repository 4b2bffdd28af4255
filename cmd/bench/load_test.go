package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func read(t *testing.T, url string, paths []string, d time.Duration) stream {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	return readSteadily(ctx, url, paths)
}

func TestReadSteadilyKeepsItsRate(t *testing.T) {
	s := read(t, answering(t).URL, []string{"/a", "/broken"}, 500*time.Millisecond)
	if n := len(s.Times); n < 45 || n > 51 {
		t.Errorf("%d requests in half a second", n)
	}
	if s.Errors < 20 || s.Errors > 26 || s.First == nil {
		t.Errorf("%d failed, the first: %v", s.Errors, s.First)
	}
}

// TestWaitingCounts holds times to be from when a request was due: four
// connections that wait 100 ms each let 40 of 100 requests a second through.
func TestWaitingCounts(t *testing.T) {
	s := read(t, answering(t).URL, []string{"/slow"}, time.Second)
	if last := percentile(s.Times, 100); last < 400 {
		t.Errorf("the slowest of %d took %g ms, as if it had not waited", len(s.Times), last)
	}
}

func TestARequestUnderWayIsNoError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		cancel()
		time.Sleep(50 * time.Millisecond)
	}))
	defer server.Close()
	if s := readSteadily(ctx, server.URL, []string{"/"}); s.Errors > 0 || len(s.Times) == 0 {
		t.Errorf("%d of %d failed: %v", s.Errors, len(s.Times), s.First)
	}
}
