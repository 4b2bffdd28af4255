// Command conflictmap serves a conflict map from one file.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong" // flags, environment variables and help from one struct
)

// version is set when the program is built: -ldflags "-X main.version=1.2.3".
var version = "dev"

// commands are the program's, and what they share.
type commands struct {
	Serve    serveCommand    `cmd:"" default:"withargs" help:"Serve the map and the API (what conflictmap does without a command)."`
	Import   importCommand   `cmd:"" help:"Bring in files: UCDP GED, ACLED, our own GeoJSON, or any CSV or XLSX table with a mapping."`
	Export   exportCommand   `cmd:"" help:"Write a selection to standard output: GeoJSON, GeoJSONL, CSV, KML or GeoParquet."`
	Check    checkCommand    `cmd:"" help:"Read the whole store and report whatever is wrong in it. Changes nothing."`
	Generate generateCommand `cmd:"" help:"Write made-up events in UCDP's format to standard output, to try things and to measure."`
	Health   healthCommand   `cmd:"" help:"Ask the running server whether it is ready; for a container's health check."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

// program is one run of the command, as main or a test starts it.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// exit carries an exit code out of kong's --help.
type exit int

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	code := program{os.Stdin, os.Stdout, os.Stderr}.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// run runs one command line and returns the exit code: 0, or 1 after one line on
// stderr that says why not.
func (p program) run(ctx context.Context, args []string) (code int) {
	defer func() {
		if e, isExit := recover().(exit); isExit {
			code = int(e)
		}
	}()
	var cli commands
	parser, err := kong.New(&cli,
		kong.Name("conflictmap"),
		kong.Description("A conflict map in one program and one file: places, areas and events as GeoJSON and on a map.\n\nEvery flag can be set in the environment too, as CONFLICTMAP_ and its name: CONFLICTMAP_ADDR=:9000."),
		kong.DefaultEnvars("CONFLICTMAP"),
		kong.Writers(p.stdout, p.stderr),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(p))
	if err != nil {
		return p.fail(err)
	}
	command, err := parser.Parse(args)
	if err != nil {
		return p.fail(fmt.Errorf("%w (conflictmap --help lists the commands and flags)", err))
	}
	if err := command.Run(); err != nil {
		return p.fail(err)
	}
	return 0
}

// fail reports an error in one line.
func (p program) fail(err error) int {
	if errors.Is(err, context.Canceled) {
		err = errors.New("stopped before it was done")
	}
	code := 1
	if _, rejected := errors.AsType[rowsRejected](err); rejected {
		code = exitRejected
	}
	line := strings.Join(strings.Split(err.Error(), "\n"), "; ")
	fmt.Fprintln(p.stderr, "conflictmap: "+line)
	return code
}
