package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
)

// Options says how a file is brought in.
type Options struct {
	Format  string       // "" to recognise it
	Dataset *geo.Dataset // the records' dataset; nil where the records name their own
	Mapping *Mapping     // of CSV and XLSX
	Strict  bool         // doubtful rows are rejected
	Prune   bool         // what vanished from the file is withdrawn
	Now     time.Time

	// Of several files of one dataset: the ids of those read before, to which
	// Import adds its own, and whether more follow. What vanished is told after
	// the last.
	Seen map[string]bool
	More bool

	// Progress is called after each batch.
	Progress func(Report)
	// Reject is called with each row that cannot go in.
	Reject func(*Reject) error
}

// Report says what an import did. The counts are of events, or of records where
// the file holds our own; places that were made are counted by themselves.
type Report struct {
	File      string `json:"file"`
	Format    string `json:"format"`
	Dataset   string `json:"dataset,omitzero"`
	DryRun    bool   `json:"dry_run,omitzero"`
	Rows      int    `json:"rows"`
	Added     int    `json:"added"`
	Changed   int    `json:"changed"`
	Unchanged int    `json:"unchanged"`
	Kept      int    `json:"kept"`      // changed in the file, and left as an editor corrected them
	Vanished  int    `json:"vanished"`  // in the store and not in the file
	Withdrawn int    `json:"withdrawn"` // of these, with Prune
	Rejected  int    `json:"rejected"`
	Warned    int    `json:"warned"`

	PlacesMade    int `json:"places_made"`
	PlacesMatched int `json:"places_matched"` // rows tied to a place that was known

	RejectedFile string    `json:"rejected_file,omitzero"`
	Notes        []string  `json:"notes,omitempty"`
	Warnings     []Warning `json:"warnings,omitempty"` // the first ones
	VanishedIDs  []string  `json:"vanished_ids,omitempty"`
}

// Warning is a doubt about one row that went in.
type Warning struct {
	Row int `json:"row"`
	geo.Fault
}

const (
	maxListed = 100    // warnings and ids in a report
	batchSize = 10_000 // rows in one transaction
)

// importer is one run over one file.
type importer struct {
	Options
	Report
	catalog   *data.Catalog
	gazetteer *gazetteer
	author    string
	here      map[string]bool // kind/id of the file's records
	nameless  bool            // a rejected row had no id
	batch     []*Draft
	deferred  []*Draft // mention what may yet come
}

// Import brings a source's rows into the catalog. A row that cannot go in is
// handed to Reject, and the run goes on. The error is of what ended the run; what
// went in before it stays, and the same run again goes on from there.
func Import(ctx context.Context, c *data.Catalog, s *Source, o Options) (Report, error) {
	if o.Format == "" {
		format, err := Recognise(s)
		if err != nil {
			return Report{}, err
		}
		o.Format = format
	}
	im := &importer{Options: o, Report: Report{File: s.Name, Format: o.Format}, catalog: c, author: "conflictmap import", here: make(map[string]bool)}
	if o.Dataset != nil {
		im.Report.Dataset, im.author = o.Dataset.ID, "conflictmap import ("+o.Dataset.ID+")"
	}
	r, err := newReader(s, o.Format, im.Report.Dataset, o.Mapping, o.Now)
	if err != nil {
		return im.Report, err
	}
	if err := im.prepare(ctx); err != nil {
		return im.Report, err
	}
	if err := im.run(ctx, r); err != nil {
		return im.Report, err
	}
	return im.Report, im.finish(ctx, r)
}

// prepare writes the dataset and learns the places, areas and actors that are known.
func (im *importer) prepare(ctx context.Context) error {
	if im.Options.Dataset != nil {
		if _, err := im.catalog.Apply(ctx, []geo.Change{geo.Put(im.Options.Dataset, im.author, "import of "+im.File)}); err != nil {
			return err
		}
	}
	im.gazetteer = newGazetteer(im.Report.Dataset)
	type entered struct {
		seq uint64
		r   geo.Record
	}
	for _, k := range []geo.Kind{geo.Places, geo.Areas, geo.Actors} {
		var known []entered
		err := im.catalog.Standing(k, "", func(s data.Standing) error {
			r, err := s.Record()
			if err != nil {
				return err
			}
			seq, err := s.Entered()
			known = append(known, entered{seq, r})
			return err
		})
		if err != nil {
			return err
		}
		slices.SortFunc(known, func(a, b entered) int { return int(int64(a.seq) - int64(b.seq)) })
		for _, e := range known {
			im.gazetteer.add(e.r)
		}
	}
	return nil
}

// read is what a Reader returned.
type read struct {
	draft *Draft
	err   error
}

// readAhead is how many rows are handed on at once, and how many such hands may
// wait: enough to keep reading while a batch is written.
const (
	handful   = 500
	readAhead = 2 * batchSize / handful
)

// reading reads the rows in a goroutine of its own. The channel ends after the
// last row, or what ended the file before it; or when the context does.
func reading(ctx context.Context, r Reader) <-chan []read {
	rows := make(chan []read, readAhead)
	go func() {
		defer close(rows)
		for {
			hand := make([]read, 0, handful)
			ended := false
			for len(hand) < handful && !ended {
				draft, err := r.Read()
				var rejected *Reject
				ended = err != nil && !errors.As(err, &rejected)
				hand = append(hand, read{draft, err})
			}
			select {
			case rows <- hand:
			case <-ctx.Done():
				return
			}
			if ended {
				return
			}
		}
	}()
	return rows
}

func (im *importer) run(ctx context.Context, r Reader) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for hand := range reading(ctx, r) {
		for _, row := range hand {
			var rejected *Reject
			switch {
			case errors.Is(row.err, io.EOF):
				if err := im.flush(ctx); err != nil {
					return err
				}
				return im.settle(ctx)
			case errors.As(row.err, &rejected):
				im.Rows++
				if err := im.reject(rejected); err != nil {
					return err
				}
				continue
			case row.err != nil:
				return fmt.Errorf("%s: %w", im.File, row.err)
			}
			im.Rows++
			if err := im.take(row.draft); err != nil {
				return err
			}
			if len(im.batch) >= batchSize {
				if err := im.flush(ctx); err != nil {
					return err
				}
			}
		}
	}
	return ctx.Err()
}

// take ties one draft to places and decides whether it is to go in.
func (im *importer) take(d *Draft) error {
	id := d.Record.Key()
	if im.here[seenKey(d.Record)] {
		return im.rejectDraft(d, []geo.Fault{{Name: "id", Value: geo.Quote(id), Detail: "stands twice in the file: the first row with it went in"}})
	}
	im.here[seenKey(d.Record)] = true
	if e, isEvent := d.Record.(*geo.Event); isEvent && im.Options.Dataset != nil {
		d.Warnings = append(d.Warnings, im.gazetteer.locate(e, d.Spot)...)
	}
	if len(d.Warnings) > 0 {
		if im.Strict {
			return im.rejectDraft(d, d.Warnings)
		}
		im.Warned++
		for _, w := range d.Warnings {
			if len(im.Warnings) < maxListed {
				im.Warnings = append(im.Warnings, Warning{d.Row, w})
			}
		}
	}
	im.batch = append(im.batch, d)
	return nil
}

func seenKey(r geo.Record) string { return string(r.Kind()) + "/" + r.Key() }

// flush writes the batch, the places that it needs first. What mentions a record
// that is not there yet waits for the end of the file.
func (im *importer) flush(ctx context.Context) error {
	if made := im.gazetteer.take(); len(made) > 0 {
		changes := make([]geo.Change, len(made))
		for i, p := range made {
			changes[i] = geo.Put(p, im.author, "import of "+im.File)
		}
		if _, err := im.catalog.Apply(ctx, changes, data.KeepEdits); err != nil {
			return fmt.Errorf("places of the file: %w", err)
		}
	}
	err := im.write(ctx, im.batch, func(d *Draft, fs []geo.Fault) error {
		if dangling(fs) {
			im.deferred = append(im.deferred, d)
			return nil
		}
		return im.rejectDraft(d, fs)
	})
	im.batch = im.batch[:0]
	im.PlacesMade, im.PlacesMatched = im.gazetteer.Made, im.gazetteer.Matched
	if im.Options.Progress != nil {
		im.Options.Progress(im.Report)
	}
	return err
}

// settle writes what waited, together: each may be what another waited for.
func (im *importer) settle(ctx context.Context) error {
	waiting := im.deferred
	im.deferred = nil
	return im.write(ctx, waiting, im.rejectDraft)
}

// write applies the drafts, all but those that the catalog refuses.
func (im *importer) write(ctx context.Context, drafts []*Draft, refuse func(*Draft, []geo.Fault) error) error {
	for len(drafts) > 0 {
		changes := make([]geo.Change, len(drafts))
		for i, d := range drafts {
			changes[i] = geo.Put(d.Record, im.author, "import of "+im.File)
		}
		applied, err := im.catalog.Apply(ctx, changes, data.KeepEdits)
		if err == nil {
			im.count(applied)
			return nil
		}
		var invalid *geo.Error
		if !errors.As(err, &invalid) || invalid.Code != geo.Invalid {
			return err
		}
		byRecord := faultsByRecord(invalid.Faults)
		var good []*Draft
		for _, d := range drafts {
			fs := byRecord[seenKey(d.Record)]
			if len(fs) == 0 {
				good = append(good, d)
				continue
			}
			if err := refuse(d, fs); err != nil {
				return err
			}
		}
		if len(good) == len(drafts) {
			return err // it names none of ours: not a row's fault
		}
		drafts = good
	}
	return nil
}

func (im *importer) count(a data.Applied) {
	im.Added += a.Added
	im.Changed += a.Changed
	im.Unchanged += a.Unchanged
	im.Kept += len(a.Kept)
	for _, id := range a.Kept {
		if len(im.Warnings) < maxListed {
			im.Warnings = append(im.Warnings, Warning{Fault: geo.Fault{Name: "id", Value: id, Detail: "was corrected by an editor and is otherwise in the file now: the correction stays"}})
		}
	}
}

// faultsByRecord sorts the faults of a batch, whose names begin with kind/id.
func faultsByRecord(fs []geo.Fault) map[string][]geo.Fault {
	sorted := make(map[string][]geo.Fault)
	for _, f := range fs {
		if i := strings.LastIndex(f.Name, ": "); i >= 0 {
			key := f.Name[:i]
			f.Name = f.Name[i+2:]
			sorted[key] = append(sorted[key], f)
		}
	}
	return sorted
}

// dangling says whether the faults are only of records that are not there.
func dangling(fs []geo.Fault) bool {
	return !slices.ContainsFunc(fs, func(f geo.Fault) bool { return f.Detail != data.NoSuchRecord })
}

func (im *importer) rejectDraft(d *Draft, fs []geo.Fault) error {
	return im.reject(&Reject{Row: d.Row, ID: d.Record.Key(), Header: d.header, Fields: d.fields, Raw: d.raw, Faults: fs})
}

func (im *importer) reject(r *Reject) error {
	im.Rejected++
	switch {
	case r.ID == "":
		im.nameless = true
	case im.Options.Dataset != nil:
		// It has not vanished: it stands in the file.
		im.here[string(geo.Events)+"/"+im.Report.Dataset+":"+strings.TrimPrefix(r.ID, im.Report.Dataset+":")] = true
	}
	if im.Options.Reject == nil {
		return nil
	}
	return im.Options.Reject(r)
}

// finish tells what the store has of the dataset and the file has not.
func (im *importer) finish(ctx context.Context, r Reader) error {
	if im.Seen != nil {
		maps.Copy(im.Seen, im.here)
	}
	if im.Options.Dataset == nil || im.More {
		return nil
	}
	if t, isTable := r.(*tableReader); isTable && t.partial {
		im.Notes = append(im.Notes, "a file of rejected rows: what it does not hold has not vanished")
		return nil
	}
	var changes []geo.Change
	err := im.catalog.Standing(geo.Events, im.Report.Dataset+":", func(s data.Standing) error {
		if im.here[string(geo.Events)+"/"+s.ID] || im.Seen[string(geo.Events)+"/"+s.ID] {
			return nil
		}
		record, err := s.Record()
		if err != nil {
			return err
		}
		e, isEvent := record.(*geo.Event)
		if !isEvent || e.DatasetID != im.Report.Dataset || e.Status == geo.Withdrawn {
			return nil
		}
		im.Vanished++
		if len(im.VanishedIDs) < maxListed {
			im.VanishedIDs = append(im.VanishedIDs, s.ID)
		}
		if im.Options.Prune {
			e.Status = geo.Withdrawn
			changes = append(changes, geo.Put(e, im.author, "no longer in "+im.File))
		}
		return nil
	})
	if err != nil || len(changes) == 0 {
		return err
	}
	if im.nameless {
		im.Notes = append(im.Notes, "nothing was withdrawn: a rejected row has no id, and may be what seems to have vanished")
		return nil
	}
	applied, err := im.catalog.Apply(ctx, changes, data.KeepEdits)
	im.Withdrawn = applied.Changed
	return err
}
