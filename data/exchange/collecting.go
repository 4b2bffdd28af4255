package exchange

import (
	"context"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// batch is the records that enter the store together, and what is to be told of
// the rows they came from.
type batch struct {
	told
	drafts []*Draft

	places        []*geo.Place // that the drafts need
	made, matched int          // places of the file so far
	ended         error        // what ended the file behind these rows; nil: more follow
}

// told is what rows have to tell that are read, whether they go in or not.
type told struct {
	rows, warned int
	warnings     []Warning // the first ones
	rejected     []*Reject
}

// run brings the rows in: while one batch is written, the next is collected.
func (im *importer) run(ctx context.Context, r Reader) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	batches, written := make(chan *batch), make(chan error, 1)
	go func() {
		defer stop() // where writing fails, nothing more need be read
		written <- im.writeAll(ctx, batches)
	}()
	err := im.collect(ctx, reading(ctx, r, im.turn), batches)
	close(batches)
	if failed := <-written; failed != nil {
		return failed // of earlier rows than err
	}
	return err
}

// collect makes batches of the rows.
func (im *importer) collect(ctx context.Context, hands <-chan *hand, to chan<- *batch) error {
	b := new(batch)
	for h := range hands {
		select {
		case <-h.ready:
		case <-ctx.Done():
			return ctx.Err()
		}
		for _, row := range h.drafts {
			im.take(b, row)
			if len(b.drafts) >= batchSize {
				if err := im.handOn(ctx, b, to); err != nil {
					return err
				}
				b = new(batch)
			}
		}
		if b.ended = h.ended; b.ended != nil {
			return im.handOn(ctx, b, to)
		}
		if len(b.rejected) >= batchSize {
			// Of a file that is all wrong, no batch is ever full.
			if err := send(ctx, &batch{told: b.told}, to); err != nil {
				return err
			}
			b.told = told{}
		}
	}
	return ctx.Err()
}

// handOn gives a batch to the one who writes.
func (im *importer) handOn(ctx context.Context, b *batch, to chan<- *batch) error {
	b.places, b.made, b.matched = im.gazetteer.take(), im.gazetteer.Made, im.gazetteer.Matched
	return send(ctx, b, to)
}

func send(ctx context.Context, b *batch, to chan<- *batch) error {
	select {
	case to <- b:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// take ties one row's draft to places and decides whether it is to go in.
func (im *importer) take(b *batch, row read) {
	b.rows++
	if row.rejected != nil {
		im.reject(b, row.rejected)
		return
	}
	d := row.draft
	kind, id := d.Record.Kind(), d.Record.Key()
	if !im.here.add(kind, id) {
		im.reject(b, d.reject([]geo.Fault{{Name: "id", Value: geo.Quote(id), Detail: "stands twice in the file: the first row with it went in"}}))
		return
	}
	if e, isEvent := d.Record.(*geo.Event); isEvent && im.Options.Dataset != nil {
		d.Warnings = append(d.Warnings, im.gazetteer.locate(e, d.Spot)...)
	}
	if len(d.Warnings) > 0 {
		if im.Strict {
			im.reject(b, d.reject(d.Warnings))
			return
		}
		b.warned++
		for _, w := range d.Warnings {
			if len(b.warnings) < maxListed {
				b.warnings = append(b.warnings, Warning{d.Row, w})
			}
		}
	}
	b.drafts = append(b.drafts, d)
}

// reject keeps a row from going in.
func (im *importer) reject(b *batch, r *Reject) {
	b.rejected = append(b.rejected, r)
	if r.ID != "" && im.Options.Dataset != nil {
		// It has not vanished: it stands in the file.
		of := im.Options.Dataset.ID + ":"
		im.here.add(geo.Events, of+strings.TrimPrefix(r.ID, of))
	}
}
