package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// slowSink is what a log is written to; it counts the writes.
type slowSink struct {
	mutex  sync.Mutex
	text   bytes.Buffer
	writes int
	fail   error
}

func (s *slowSink) Write(b []byte) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.fail != nil {
		return 0, s.fail
	}
	s.writes++
	return s.text.Write(b)
}

func (s *slowSink) lines() (int, int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return strings.Count(s.text.String(), "\n"), s.writes
}

// TestLogLinesAreGathered holds that no line is lost or torn, that they come out in
// few writes, and without waiting for more.
func TestLogLinesAreGathered(t *testing.T) {
	sink := new(slowSink)
	g := &gatheringWriter{to: sink}
	var writers sync.WaitGroup
	for w := range 8 {
		writers.Go(func() {
			for i := range 1000 {
				if _, err := fmt.Fprintf(g, "writer %d line %d end\n", w, i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	lines, writes := sink.lines()
	if lines != 8000 || writes > 100 {
		t.Errorf("%d lines in %d writes", lines, writes)
	}
	for _, line := range strings.Split(strings.TrimSpace(sink.text.String()), "\n") {
		if !strings.HasPrefix(line, "writer ") || !strings.HasSuffix(line, " end") {
			t.Fatalf("a torn line: %q", line)
		}
	}
	if _, err := g.Write([]byte("later\n")); err != nil {
		t.Fatal(err)
	}
	for start := time.Now(); ; time.Sleep(logMoment / 4) {
		if lines, _ := sink.lines(); lines == 8001 {
			break
		}
		if time.Since(start) > 10*time.Second {
			t.Fatal("a line by itself is never written")
		}
	}
	sink.fail = errors.New("disk full")
	if _, err := g.Write([]byte("lost\n")); err != nil {
		t.Error("before it was tried:", err)
	}
	if err := g.Close(); !errors.Is(err, sink.fail) {
		t.Error("a line that could not be written:", err)
	}
}
