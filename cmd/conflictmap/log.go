package main

import (
	"bytes"
	"io"
	"sync"
	"time"
)

// A busy server writes tens of thousands of lines a second. One call of the system
// for each would cost a tenth of its time; so they are gathered for a moment. What
// a crash may lose is the last moment's lines of requests.
const (
	logMoment = 100 * time.Millisecond
	logRoom   = 64 << 10 // bytes that are written without waiting
)

// gatheringWriter writes to another writer what it is given, at most a moment later.
// It is for use by many goroutines.
type gatheringWriter struct {
	to      io.Writer
	mutex   sync.Mutex
	waiting bytes.Buffer
	timer   *time.Timer // nil where nothing waits
	err     error       // of a write that nobody waited for: told to the next writer
}

// Write takes whole lines.
func (g *gatheringWriter) Write(b []byte) (int, error) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if err := g.err; err != nil {
		g.err = nil
		return 0, err
	}
	n, _ := g.waiting.Write(b) // a buffer in memory takes all
	if g.waiting.Len() >= logRoom {
		return n, g.flush()
	}
	if g.timer == nil {
		g.timer = time.AfterFunc(logMoment, func() {
			g.mutex.Lock()
			defer g.mutex.Unlock()
			g.err = g.flush()
		})
	}
	return n, nil
}

func (g *gatheringWriter) flush() error {
	if g.timer != nil {
		g.timer.Stop()
		g.timer = nil
	}
	_, err := g.waiting.WriteTo(g.to)
	return err
}

// Close writes what waits.
func (g *gatheringWriter) Close() error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return g.flush()
}
