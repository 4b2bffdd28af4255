package main

import (
	"context"
	"fmt"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
)

type checkCommand struct {
	DB string `name:"db" default:"conflictmap.db" help:"The store to check." placeholder:"FILE"`
}

// Run prints what the store holds, or every problem found.
func (cmd *checkCommand) Run(ctx context.Context, p program) error {
	report, err := data.Check(ctx, cmd.DB)
	if err != nil {
		return err
	}
	for _, problem := range report.Problems {
		fmt.Fprintln(p.stdout, problem)
	}
	if n := len(report.Problems); n > 0 {
		return fmt.Errorf("store %s: %d problems", cmd.DB, n)
	}
	fmt.Fprintf(p.stdout, "%s is whole: %d changes", cmd.DB, report.Changes)
	for _, k := range geo.Kinds() {
		fmt.Fprintf(p.stdout, ", %d %s", report.Records[k], k)
	}
	fmt.Fprintln(p.stdout)
	return nil
}
