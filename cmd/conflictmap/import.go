package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/data/seed"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

type importCommand struct {
	Files   []string `arg:"" name:"file" help:"Files to bring in: plain, .gz, or .zip with one table; - for standard input."`
	DB      string   `name:"db" default:"conflictmap.db" help:"The store: one file, made where there is none. No server may have it open." placeholder:"FILE"`
	Format  string   `enum:",ucdp,acled,geojson,geojsonl,csv,xlsx" default:"" help:"Format of the files, where it is not recognised: ucdp, acled, geojson, geojsonl, csv or xlsx." placeholder:"NAME"`
	Mapping string   `help:"Which columns of a CSV or XLSX table are which of our fields." placeholder:"FILE"`
	Guess   bool     `help:"Write a first mapping of the file's columns to standard output, to be edited; bring nothing in."`
	NoSeed  bool     `help:"Do not bring in the built-in dataset, whose places and areas rows are tied to."`

	Dataset        string `help:"Id of the dataset that the rows belong to, and the start of their ids. Default: ucdp, acled, or the file's name." placeholder:"ID"`
	Title          string `help:"The dataset's title." placeholder:"TEXT"`
	Publisher      string `help:"Who published it." placeholder:"TEXT"`
	Licence        string `help:"On what terms; an SPDX id where there is one." placeholder:"TEXT"`
	Attribution    string `help:"The line that stands wherever its records do." placeholder:"TEXT"`
	Link           string `help:"Where it is published." placeholder:"URL"`
	Redistribution string `enum:",public,derived,private" default:"" help:"What may leave: public (the records), derived (only counts), private (nothing). Default: public for UCDP, else private." placeholder:"LEVEL"`

	Strict bool   `help:"Reject doubtful rows instead of warning of them."`
	Prune  bool   `help:"Withdraw what an earlier import brought in and the files no longer hold. Its history stays."`
	DryRun bool   `help:"Say what would be done, and do nothing."`
	Report string `help:"Write the report as JSON to this file." placeholder:"FILE"`
}

// rowsRejected is the error of an import that brought in some rows and not others.
type rowsRejected int

func (n rowsRejected) Error() string { return fmt.Sprintf("%d rows were rejected", int(n)) }

// importMemory is about how much memory an import takes before it collects more
// often, in bytes.
const importMemory = 600 << 20

// exitRejected is the exit code then.
const exitRejected = 3

// Run brings the files in.
func (cmd *importCommand) Run(ctx context.Context, p program) (err error) {
	mapping, err := cmd.mapping()
	if err != nil {
		return err
	}
	if cmd.Guess {
		return cmd.guess(p)
	}
	path, done, err := cmd.store()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	catalog, err := data.OpenToWrite(path)
	if errors.Is(err, data.ErrLocked) {
		return fmt.Errorf("%w: stop the server, import, and start it again", err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, catalog.Close()) }()
	if !cmd.NoSeed {
		if _, err := seed.Apply(ctx, catalog); err != nil {
			return fmt.Errorf("built-in dataset: %w", err)
		}
	}
	// Rows are short-lived: collecting them less often spends memory that is there
	// and saves a quarter of the time. The limit keeps a small machine whole.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(importMemory))
	seen := make(map[string]*exchange.Seen)
	var reports []exchange.Report
	rejected := 0
	for i, file := range cmd.Files {
		report, err := cmd.file(ctx, p, catalog, file, mapping, seen, i < len(cmd.Files)-1)
		reports = append(reports, report)
		rejected += report.Rejected
		if err != nil {
			return errors.Join(fmt.Errorf("%s: %w", file, err), cmd.write(reports))
		}
	}
	if err := cmd.write(reports); err != nil {
		return err
	}
	if !cmd.DryRun {
		if err := catalog.RefreshIndex(); err != nil {
			fmt.Fprintf(p.stderr, "the rows are in; the next start of the server will take longer: %v\n", err)
		}
	}
	if rejected > 0 {
		return rowsRejected(rejected)
	}
	return nil
}

// store returns the path of the store to write into: a copy of it for a dry run.
func (cmd *importCommand) store() (path string, done func() error, err error) {
	if !cmd.DryRun {
		return cmd.DB, func() error { return nil }, nil
	}
	folder, err := os.MkdirTemp("", "conflictmap-dry-run-")
	if err != nil {
		return "", nil, err
	}
	done = func() error { return os.RemoveAll(folder) }
	path = filepath.Join(folder, "map.db")
	if _, err := os.Stat(cmd.DB); err == nil {
		if err := data.Copy(cmd.DB, path); err != nil {
			return "", nil, errors.Join(err, done())
		}
	}
	return path, done, nil
}

func (cmd *importCommand) file(ctx context.Context, p program, catalog *data.Catalog, file string, mapping *exchange.Mapping, seen map[string]*exchange.Seen, more bool) (exchange.Report, error) {
	source, err := exchange.OpenSource(file, p.stdin)
	if err != nil {
		return exchange.Report{File: file}, err
	}
	defer source.Close()
	o := exchange.Options{Format: cmd.Format, Mapping: mapping, Strict: cmd.Strict, Prune: cmd.Prune, Now: time.Now(), More: more}
	if o.Format == "" {
		if o.Format, err = exchange.Recognise(source); err != nil {
			return exchange.Report{File: file}, err
		}
	}
	if o.Format != exchange.GeoJSON && o.Format != exchange.GeoJSONL {
		if o.Dataset, err = cmd.dataset(catalog, o.Format, file, mapping); err != nil {
			return exchange.Report{File: file}, err
		}
		if seen[o.Dataset.ID] == nil {
			seen[o.Dataset.ID] = exchange.NewSeen()
		}
		if len(cmd.Files) > 1 {
			o.Seen = seen[o.Dataset.ID]
		}
	}
	rejects := exchange.NewRejectFile(file)
	if !cmd.DryRun {
		o.Reject = rejects.Add
	}
	bar := newProgress(p, source)
	o.Progress = bar.update
	report, err := exchange.Import(ctx, catalog, source, o)
	bar.finish()
	err = errors.Join(err, rejects.Close())
	report.RejectedFile, report.DryRun = rejects.Path, cmd.DryRun
	cmd.print(p, report)
	return report, err
}

// dataset is the record that the rows belong to: as it is in the store, or as the
// format's makers publish it, and as the flags and the mapping say.
func (cmd *importCommand) dataset(catalog *data.Catalog, format, file string, mapping *exchange.Mapping) (*geo.Dataset, error) {
	id := cmd.Dataset
	if id == "" {
		id = mapping.DatasetID()
	}
	if id == "" {
		id = exchange.DatasetName(format, file)
	}
	d := exchange.DefaultDataset(format, id)
	err := catalog.Standing(geo.Datasets, id, func(s data.Standing) error {
		r, err := s.Record()
		if known, isDataset := r.(*geo.Dataset); isDataset && s.ID == id {
			d = known
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	mapping.SetDataset(d)
	if cmd.Title != "" {
		d.Title = geo.Text{"en": cmd.Title}
	}
	for _, flag := range []struct {
		value string
		field *string
	}{{cmd.Publisher, &d.Publisher}, {cmd.Licence, &d.Licence}, {cmd.Attribution, &d.Attribution}, {cmd.Link, &d.Link}, {cmd.Redistribution, (*string)(&d.Redistribution)}} {
		if flag.value != "" {
			*flag.field = flag.value
		}
	}
	return d, geo.Validate(d)
}

func (cmd *importCommand) mapping() (*exchange.Mapping, error) {
	if cmd.Mapping == "" {
		return nil, nil
	}
	b, err := os.ReadFile(cmd.Mapping)
	if err != nil {
		return nil, err
	}
	m, err := exchange.ParseMapping(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cmd.Mapping, err)
	}
	return m, nil
}

func (cmd *importCommand) guess(p program) error {
	if len(cmd.Files) != 1 {
		return errors.New("--guess takes one file")
	}
	source, err := exchange.OpenSource(cmd.Files[0], p.stdin)
	if err != nil {
		return err
	}
	defer source.Close()
	m, err := exchange.GuessMapping(source)
	if err != nil {
		return err
	}
	_, err = p.stdout.Write(m)
	return err
}

// print tells a person what was done.
func (cmd *importCommand) print(p program, r exchange.Report) {
	would := ""
	if r.DryRun {
		would = " (dry run: nothing was written)"
	}
	fmt.Fprintf(p.stdout, "%s, %s: %d rows%s\n", r.File, r.Format, r.Rows, would)
	for _, line := range []struct {
		n    int
		text string
	}{
		{r.Added, "added"}, {r.Changed, "changed"}, {r.Unchanged, "unchanged"}, {r.Kept, "left as an editor corrected them"},
		{r.Vanished, "vanished from the file"}, {r.Withdrawn, "of these withdrawn"}, {r.Rejected, "rejected"}, {r.Warned, "doubtful, warned of"},
		{r.PlacesMade, "places made"}, {r.PlacesMatched, "rows tied to a known place"},
	} {
		fmt.Fprintf(p.stdout, "%10d %s\n", line.n, line.text)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(p.stdout, "%10s %s\n", "", note)
	}
	for i, w := range r.Warnings {
		if i == maxPrinted {
			fmt.Fprintf(p.stdout, "%10s further warnings: --report FILE has them\n", "")
			break
		}
		fmt.Fprintf(p.stdout, "%10s row %d: %s\n", "warning", w.Row, w.Fault)
	}
	if r.RejectedFile != "" {
		fmt.Fprintf(p.stdout, "%10s %s: mend the rows and import that file\n", "rejected", r.RejectedFile)
	}
}

// maxPrinted is how many warnings a person is shown.
const maxPrinted = 5

func (cmd *importCommand) write(reports []exchange.Report) error {
	if cmd.Report == "" {
		return nil
	}
	b, err := json.Marshal(reports, jsontext.WithIndent("  "))
	if err != nil {
		return err
	}
	return os.WriteFile(cmd.Report, append(b, '\n'), 0o644)
}
