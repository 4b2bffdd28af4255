package main

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// Readers of a server under import: a steady stream, which does not wait for slow
// answers as wrk's readers do.
const (
	readersPerSecond  = 100
	readerConnections = 4
)

// stream is what a steady stream of readers met.
type stream struct {
	Times  []float64 // ms, from when the request should have been sent
	Errors int
	First  error // of the errors
}

// readSteadily sends readersPerSecond requests over readerConnections until the
// context ends, the paths in turn. A request that finds no connection free is sent
// late, and its time counts from when it was due.
func readSteadily(ctx context.Context, base string, paths []string) stream {
	var s stream
	var mu sync.Mutex
	var next atomic.Int64
	started := time.Now()
	var readers sync.WaitGroup
	for range readerConnections {
		readers.Go(func() {
			for {
				n := next.Add(1) - 1
				due := started.Add(time.Duration(n) * time.Second / readersPerSecond)
				select {
				case <-ctx.Done():
					return
				case <-time.After(time.Until(due)):
				}
				err := readOne(base + paths[n%int64(len(paths))])
				taken := time.Since(due)
				mu.Lock()
				if s.Times = append(s.Times, float64(taken.Microseconds())/1e3); err != nil {
					if s.Errors++; s.First == nil {
						s.First = err
					}
				}
				mu.Unlock()
			}
		})
	}
	readers.Wait()
	return s
}

// readOne reads a whole answer. It outlives the stream's context: a request under
// way is no error.
func readOne(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	response, err := open(ctx, url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}
