package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/server/readymade"
)

// limitCommand answers with another server's bytes: the most that can be reached
// with echo, wrk and this machine.
type limitCommand struct {
	From  string `required:"" help:"The server whose answers are handed out." placeholder:"URL"`
	Paths string `required:"" help:"What it is asked for, a path a line." placeholder:"FILE"`
}

// Run serves until the context ends.
func (cmd *limitCommand) Run(ctx context.Context) error {
	list, err := os.ReadFile(cmd.Paths)
	if err != nil {
		return err
	}
	answers := make(map[string]readymade.Answer)
	for _, path := range strings.Fields(string(list)) {
		contentType, body, err := get(ctx, cmd.From+path)
		if err != nil {
			return err
		}
		answers[path] = readymade.Answer{ContentType: contentType, Body: body}
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	newLog().Info("serving", "addr", listener.Addr().String())
	s := &http.Server{Handler: readymade.Handler(answers), ReadHeaderTimeout: time.Minute}
	done := make(chan error, 1)
	go func() { done <- s.Serve(listener) }()
	<-ctx.Done()
	if err := s.Close(); err != nil {
		return err
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// race is a work against its limit: medians over the rounds.
type race struct {
	Ours, Limit  float64 // answers a second
	Median, Tail float64 // ms, ours
}

// OfLimit is our part of the limit in percent.
func (r race) OfLimit() float64 { return 100 * r.Ours / r.Limit }

// race lets the crowd ask the server and the limit for the same, in turns, since
// the machine's speed changes from second to second.
func (b bench) race(ctx context.Context, base string, paths []string, p plan) (r race, err error) {
	list := b.file("limit-paths")
	if err := os.WriteFile(list, []byte(strings.Join(paths, "\n")), 0o600); err != nil {
		return r, err
	}
	limit, err := b.start(ctx, "limit", b.self, "limit", "--from", base, "--paths", list)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, limit.stop()) }()
	found, err := limit.told(servingLine, readyWithin, lookEvery)
	if err != nil {
		return r, err
	}
	var ours, theirs, medians, tails []float64
	for range p.rounds {
		a, err := b.crowdAsks(ctx, base, paths, p.round)
		if err != nil {
			return r, err
		}
		l, err := b.crowdAsks(ctx, "http://"+found[1], paths, p.round)
		if err != nil {
			return r, fmt.Errorf("the limit: %w", err)
		}
		ours, theirs = append(ours, a.PerSecond()), append(theirs, l.PerSecond())
		medians, tails = append(medians, a.Median), append(tails, a.Tail)
	}
	return race{median(ours), median(theirs), median(medians), median(tails)}, nil
}
