package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

type runCommand struct {
	Out      string `required:"" help:"The report, in Markdown." placeholder:"FILE"`
	Program  string `default:"bin/conflictmap" help:"The program to measure." placeholder:"FILE"`
	Imported int    `default:"100000" help:"How many rows are imported under readers."`
	Scales   []int  `arg:"" optional:"" help:"How many events, a number for each run; without any 10000 100000 1000000."`
}

// bench is one run of all scales.
type bench struct {
	program  string // the built conflictmap
	self     string // this program, to start processes of
	imported int    // rows that are imported under readers
	folder   string // for stores and files, taken away at the end
	log      *slog.Logger
}

// Run measures each scale and writes the report. Nothing is written where
// anything failed; a hold that is not met is no failure, it stands in the report.
func (cmd *runCommand) Run(ctx context.Context) (err error) {
	started := time.Now()
	if _, err := exec.LookPath("wrk"); err != nil {
		return errors.New("there is no wrk to ask the server with: apt-get install wrk, or see https://github.com/wg/wrk")
	}
	b := bench{program: cmd.Program, imported: cmd.Imported, log: newLog()}
	if _, err := os.Stat(b.program); err != nil {
		return fmt.Errorf("the program to measure: %w (make build makes it)", err)
	}
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	if b.folder, err = os.MkdirTemp("", "conflictmap-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.folder)) }()
	if err := os.WriteFile(b.file("wrk.lua"), wrkScript, 0o600); err != nil {
		return err
	}
	r := report{Machine: describeMachine(ctx)}
	if len(cmd.Scales) == 0 {
		cmd.Scales = []int{10_000, 100_000, 1_000_000}
	}
	// The larger ones last: a process inherits the peak of this one's memory.
	slices.Sort(cmd.Scales)
	for _, events := range cmd.Scales {
		s, err := b.scale(ctx, events)
		if err != nil {
			return fmt.Errorf("%d events: %w", events, err)
		}
		r.Scales = append(r.Scales, s)
	}
	r.Took = time.Since(started)
	text := r.markdown()
	fmt.Print(text)
	return os.WriteFile(cmd.Out, []byte(text), 0o644)
}

// newLog writes to stderr, in the form that process.told reads.
func newLog() *slog.Logger { return slog.New(slog.NewTextHandler(os.Stderr, nil)) }

func (b bench) file(name string) string { return filepath.Join(b.folder, name) }
