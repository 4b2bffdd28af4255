package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"regexp"
	"strconv"
	"syscall"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/server"
)

// serveAndImportCommand is a server that also imports. A store belongs to one
// process, so that no import command can join a server.
type serveAndImportCommand struct {
	DB   string `name:"db" required:"" help:"The store." placeholder:"FILE"`
	File string `required:"" help:"What is imported on SIGUSR1, in UCDP's format." placeholder:"FILE"`
}

// laterDataset is the dataset of the rows that are imported under readers. Their
// ids are those of the first file.
const laterDataset = "later"

// Run serves until the context ends.
func (cmd *serveAndImportCommand) Run(ctx context.Context) (err error) {
	wanted := make(chan os.Signal, 1)
	signal.Notify(wanted, syscall.SIGUSR1)
	log := newLog()
	catalog, err := data.Open(cmd.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, catalog.Close()) }()
	s, err := server.New(server.Config{Catalog: catalog, Log: log, Title: "bench", Version: "bench"})
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	importing := make(chan error, 1)
	go func() {
		var err error
		select {
		case <-wanted:
			if err = cmd.importFile(ctx, catalog, log); err != nil {
				stop()
			}
		case <-ctx.Done():
		}
		importing <- err
	}()
	log.Info("serving", "addr", listener.Addr().String())
	err = s.Serve(ctx, listener)
	stop()
	return errors.Join(err, <-importing)
}

func (cmd *serveAndImportCommand) importFile(ctx context.Context, catalog *data.Catalog, log *slog.Logger) error {
	source, err := exchange.OpenSource(cmd.File, nil)
	if err != nil {
		return err
	}
	defer source.Close()
	started := time.Now()
	report, err := exchange.Import(ctx, catalog, source, exchange.Options{Format: exchange.UCDP, Dataset: exchange.DefaultDataset(exchange.UCDP, laterDataset), Now: started, Gently: true})
	if err != nil {
		return err
	}
	log.Info("imported", "added", report.Added, "seconds", time.Since(started).Seconds())
	return nil
}

var importedLine = regexp.MustCompile(`msg=imported added=(\d+) seconds=(\S+)`)

// importWithin is the most that the import under readers may take.
const importWithin = 5 * time.Minute

// underImport is what readers met before and during an import.
type underImport struct {
	Before, During stream
	Rows           int
	Seconds        float64
}

// importUnderReaders serves the store to a steady stream of readers, and after a
// while imports the file into it.
func (b bench) importUnderReaders(ctx context.Context, store, file string, paths []string, steady time.Duration) (u underImport, err error) {
	p, err := b.start(ctx, "importing", b.self, "serve-and-import", "--db", store, "--file", file)
	if err != nil {
		return u, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	base, _, err := p.ready(ctx)
	if err != nil {
		return u, err
	}
	if _, err := checkAll(ctx, base, paths); err != nil {
		return u, err
	}
	before, cancel := context.WithTimeout(ctx, steady)
	defer cancel()
	u.Before = readSteadily(before, base, paths)

	during, cancel := context.WithCancel(ctx)
	defer cancel()
	streamed := make(chan stream, 1)
	go func() { streamed <- readSteadily(during, base, paths) }()
	if err := p.command.Process.Signal(syscall.SIGUSR1); err != nil {
		return u, err
	}
	found, err := p.told(importedLine, importWithin, 20*time.Millisecond)
	cancel()
	u.During = <-streamed
	if err != nil {
		return u, err
	}
	rows, errRows := strconv.Atoi(found[1])
	seconds, errSeconds := strconv.ParseFloat(found[2], 64)
	if err := errors.Join(errRows, errSeconds); err != nil {
		return u, fmt.Errorf("the import told %q: %w", found[0], err)
	}
	u.Rows, u.Seconds = rows, seconds
	return u, nil
}
