// Command bench measures conflictmap as its users meet it: the built program, a
// store of made-up events, and wrk (https://github.com/wg/wrk) asking from outside.
// make bench runs it and keeps what it writes as docs/benchmarks.md.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands are the program's. The hidden ones are for the processes that it starts
// of itself.
type commands struct {
	Run            runCommand            `cmd:"" default:"withargs" help:"Measure, print the tables, and write them to --out."`
	Limit          limitCommand          `cmd:"" hidden:"" help:"Answer with another server's bytes, ready-made."`
	ServeAndImport serveAndImportCommand `cmd:"" hidden:"" help:"Serve a store, and on SIGUSR1 import a file into it."`
	Size           sizeCommand           `cmd:"" hidden:"" help:"Print the bytes of a store's records."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	var cli commands
	command := kong.Parse(&cli, kong.Name("bench"), kong.Description("Measures conflictmap from outside."), kong.BindTo(ctx, (*context.Context)(nil)))
	err := command.Run()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
