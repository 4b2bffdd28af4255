package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
)

// writeAll writes the batches in their order.
func (im *importer) writeAll(ctx context.Context, batches <-chan *batch) error {
	for b := range batches {
		if err := im.tell(b.told); err != nil {
			return err
		}
		if b.ended != nil && !errors.Is(b.ended, io.EOF) {
			return fmt.Errorf("%s: %w", im.File, b.ended)
		}
		if len(b.drafts) == 0 && b.ended == nil {
			continue // it was only to be told
		}
		var err error
		if im.turn.take(func() { err = im.flush(ctx, b) }); err != nil {
			return err
		}
		if b.ended != nil {
			return im.settle(ctx)
		}
	}
	return nil
}

// tell reports the rows of a batch.
func (im *importer) tell(t told) error {
	im.Rows += t.rows
	im.Warned += t.warned
	for _, w := range t.warnings {
		im.warn(w)
	}
	for _, r := range t.rejected {
		if err := im.tellRejected(r); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) warn(w Warning) {
	if len(im.Warnings) < maxListed {
		im.Warnings = append(im.Warnings, w)
	}
}

func (im *importer) tellRejected(r *Reject) error {
	im.Rejected++
	im.nameless = im.nameless || r.ID == ""
	if im.Options.Reject == nil {
		return nil
	}
	return im.Options.Reject(r)
}

// flush writes the batch, the places that it needs first. What mentions a record
// that is not there yet waits for the end of the file.
func (im *importer) flush(ctx context.Context, b *batch) error {
	if len(b.places) > 0 {
		changes := make([]geo.Change, len(b.places))
		for i, p := range b.places {
			changes[i] = geo.Put(p, im.author, "import of "+im.File)
		}
		if _, err := im.catalog.Apply(ctx, changes, data.KeepEdits); err != nil {
			return fmt.Errorf("places of the file: %w", err)
		}
	}
	err := im.write(ctx, b.drafts, func(d *Draft, fs []geo.Fault) error {
		if dangling(fs) {
			im.deferred = append(im.deferred, d)
			return nil
		}
		return im.tellRejected(d.reject(fs))
	})
	im.PlacesMade, im.PlacesMatched = b.made, b.matched
	if im.Options.Progress != nil {
		im.Options.Progress(im.Report)
	}
	return err
}

// settle writes what waited, together: each may be what another waited for.
func (im *importer) settle(ctx context.Context) error {
	waiting := im.deferred
	im.deferred = nil
	return im.write(ctx, waiting, func(d *Draft, fs []geo.Fault) error { return im.tellRejected(d.reject(fs)) })
}

// write applies the drafts, all but those that the catalog refuses.
func (im *importer) write(ctx context.Context, drafts []*Draft, refuse func(*Draft, []geo.Fault) error) error {
	reason := "import of " + im.File
	for len(drafts) > 0 {
		changes := make([]geo.Change, len(drafts))
		for i, d := range drafts {
			changes[i] = geo.Put(d.Record, im.author, reason)
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
			fs := byRecord[string(d.Record.Kind())+"/"+d.Record.Key()]
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
		im.warn(Warning{Fault: geo.Fault{Name: "id", Value: id, Detail: "was corrected by an editor and is otherwise in the file now: the correction stays"}})
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
