package exchange

import (
	"context"
	"slices"
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

	// Of several files of one dataset: the records of those read before, to which
	// Import adds its own, and whether more follow. What vanished is told after
	// the last.
	Seen *Seen
	More bool

	// Gently leaves all processors but one to others, such as a server's readers.
	Gently bool

	// Progress is called after each batch.
	Progress func(Report)
	// Reject is called with each row that cannot go in, in the order of the file
	// but where the store refuses it: then after the other rows of its batch.
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
	batchSize = 10_000 // records in one transaction
)

// importer is one run over one file. One goroutine collects batches, another
// writes them: what the fields of the one are, the other leaves alone.
type importer struct {
	turn turn
	Options
	catalog *data.Catalog
	author  string

	// Of the one that collects.
	gazetteer *gazetteer
	here      *Seen // the file's records

	// Of the one that writes, and of Import before and after.
	Report
	nameless bool     // a rejected row had no id
	deferred []*Draft // mention what may yet come
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
	im := &importer{Options: o, turn: newTurn(o.Gently), Report: Report{File: s.Name, Format: o.Format}, catalog: c, author: "conflictmap import", here: NewSeen()}
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

// finish tells what the store has of the dataset and the file has not.
func (im *importer) finish(ctx context.Context, r Reader) error {
	if im.Seen != nil {
		im.Seen.addAll(im.here)
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
		if im.here.has(geo.Events, s.ID) || im.Seen != nil && im.Seen.has(geo.Events, s.ID) {
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
