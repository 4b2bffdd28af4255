package main

import "github.com/conflictmap/conflictmap/data/exchange"

type generateCommand struct {
	Events int    `default:"1000" help:"How many events."`
	Seed   uint64 `default:"1" help:"The same seed gives the same bytes."`
}

// Run writes made-up events under UCDP's header to standard output.
func (cmd *generateCommand) Run(p program) error {
	return exchange.Generate(p.stdout, cmd.Events, cmd.Seed)
}
