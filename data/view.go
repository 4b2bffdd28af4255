package data

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/paulmach/orb"
	"go.etcd.io/bbolt"
)

// View is one state of the catalog, for one request from its first byte to its
// last. It needs no closing.
type View struct {
	*index.Snapshot
	store *Store
}

// View returns the present state.
func (c *Catalog) View() View { return View{c.snapshot.Load(), c.store} }

// WithContext returns the view for one request: a filter that takes long to answer
// ends with the context.
func (v View) WithContext(ctx context.Context) View {
	v.Snapshot = v.Snapshot.WithContext(ctx)
	return v
}

// Page is one page of a selection.
type Page struct {
	Rows    []index.Row
	Matched int    // rows of the whole selection
	Next    string // cursor of the next page, "" after the last
}

// Query returns up to limit rows of a collection that the filter matches, after
// the cursor (from the start: ""), in the order of the keys or, without any, of the
// collection. Errors: Invalid, with all faults.
func (v View) Query(k geo.Kind, f geo.Filter, order []geo.SortKey, cursor string, limit int) (Page, error) {
	var after *index.Position
	if cursor != "" {
		position, fault := index.ParseCursor(cursor, k, f, order)
		if fault != nil {
			return Page{}, geo.Reject("the cursor cannot be used", []geo.Fault{*fault})
		}
		after = &position
	}
	selection, err := v.Select(k, f)
	if err != nil {
		return Page{}, err
	}
	defer selection.Release()
	page := Page{Matched: selection.Len()}
	var last index.Position
	var more bool
	if len(order) > 0 {
		var positions []index.Position
		if page.Rows, positions, more, err = selection.SortedPage(order, after, limit); err != nil {
			return Page{}, err
		}
		if more {
			last = positions[len(positions)-1]
		}
	} else if page.Rows, more = selection.Page(after, limit); more {
		last = page.Rows[len(page.Rows)-1].Position()
	}
	if more {
		page.Next = last.Cursor(k, f, order)
	}
	return page, nil
}

// Row returns the row of one record. Errors: NotFound; Gone where there was a
// record that everyone could read, and it was removed or withdrawn.
func (v View) Row(k geo.Kind, id string) (index.Row, error) {
	if r, found := v.Find(k, id); found {
		return r, nil
	}
	gone, err := v.wasPublic(k, id)
	switch {
	case err != nil:
		return index.Row{}, err
	case gone:
		return index.Row{}, geo.Errorf(geo.Gone, "%s %q was withdrawn or removed", k, geo.Quote(id))
	}
	return index.Row{}, geo.Errorf(geo.NotFound, "there is no record %q among the %s", geo.Quote(id), k)
}

// wasPublic looks through a record's history for a state that could be read. Of a
// dataset that is not public it says nothing: not even that the record was.
func (v View) wasPublic(k geo.Kind, id string) (was bool, err error) {
	err = v.store.view(func(tx *bbolt.Tx) error {
		seq, _, err := pointer(tx, k, id)
		for err == nil && seq > 0 && !was {
			var e entry
			if e, err = readEntry(tx, seq); err != nil {
				return err
			}
			if e.op == put {
				r, err := geo.DecodeFeature(k, e.feature)
				if err != nil {
					return fmt.Errorf("%w: change %d: %w", ErrDamaged, seq, err)
				}
				was = geo.ReleaseOf(v.Dataset(r.InDataset()), r) == geo.Whole
			}
			seq = e.previous
		}
		return err
	})
	return was, err
}

// batch is how many rows are read before their records are handed on.
const batch = 1_000

// Features calls f with the stored bytes of each row, in order, and the geometry
// it is to be written with. The bytes are for reading only, and valid during the
// call. It is for pages: AllFeatures is for many rows.
func (v View) Features(rows []index.Row, f func(r index.Row, parts geo.FeatureParts, geometry []byte) error) error {
	return v.features(rows, true, f)
}

func (v View) features(rows []index.Row, keep bool, f func(r index.Row, parts geo.FeatureParts, geometry []byte) error) error {
	seqs := make([]uint64, len(rows))
	for i, r := range rows {
		seqs[i] = r.Seq
	}
	var from lender
	defer from.done()
	return v.store.features(seqs, keep, func(i int, feature []byte) error {
		r := rows[i]
		parts, err := v.partsOf(r, feature)
		if err != nil {
			return err
		}
		geometry := parts.Geometry
		if r.ShapeSeq != r.Seq && r.ShapeSeq != 0 {
			if geometry, err = from.geometry(v, r); err != nil {
				return err
			}
		}
		return f(r, parts, geometry)
	})
}

// lender hands out the geometries that rows have from their places or areas.
type lender struct {
	point [100]byte
	room  *[]byte // for the record of an area; nil: none was read
	seq   uint64  // of the change that put it
	area  geo.FeatureParts
}

// geometry returns the geometry lent to a row. It is valid until the next call.
func (l *lender) geometry(v View, r index.Row) ([]byte, error) {
	if p, isPoint := v.Shape(r).(orb.Point); isPoint {
		return geo.AppendGeometry(l.point[:0], p) // cheaper than to look it up
	}
	if l.seq == r.ShapeSeq { // events of one area often follow one another
		return l.area.Geometry, nil
	}
	if l.room == nil {
		l.room = takeRoom()
	}
	l.seq = 0
	feature, err := v.store.feature(l.room, r.ShapeSeq, true)
	if err != nil {
		return nil, err
	}
	if l.area, err = cutFeature(feature, r.ShapeSeq); err != nil {
		return nil, err
	}
	l.seq = r.ShapeSeq
	return l.area.Geometry, nil
}

func (l *lender) done() {
	if l.room != nil {
		giveRoom(l.room)
	}
}

// AllFeatures is Features of many rows.
func (v View) AllFeatures(rows iter.Seq[index.Row], f func(r index.Row, parts geo.FeatureParts, geometry []byte) error) error {
	return inBatches(rows, func(rows []index.Row) error { return v.features(rows, false, f) })
}

// Records calls f with the record of each row as it may leave, in order.
func (v View) Records(rows iter.Seq[index.Row], f func(r index.Row, record geo.Record) error) error {
	for r := range rows {
		record, err := v.record(r)
		if err != nil {
			return err
		}
		if err := f(r, record); err != nil {
			return err
		}
	}
	return nil
}

// Changed calls f with the record of each row as it may leave and the time of its
// last change, in order. They are read in one transaction: it is for pages.
func (v View) Changed(rows []index.Row, f func(r index.Row, at time.Time, record geo.Record) error) error {
	records, times := make([]geo.Record, len(rows)), make([]time.Time, len(rows))
	err := v.store.view(func(tx *bbolt.Tx) (err error) {
		log := tx.Bucket(logBucket)
		for i, r := range rows {
			if records[i], times[i], err = v.changed(log, r); err != nil {
				return err
			}
		}
		return nil
	})
	for i := 0; i < len(rows) && err == nil; i++ {
		err = f(rows[i], times[i], records[i])
	}
	return err
}

func inBatches(rows iter.Seq[index.Row], f func([]index.Row) error) error {
	var list []index.Row
	for r := range rows {
		if list = append(list, r); len(list) == batch {
			if err := f(list); err != nil {
				return err
			}
			list = list[:0]
		}
	}
	return f(list)
}

// Record reads the record of an id as it may leave. found is false where there is
// none that may.
func (v View) Record(k geo.Kind, id string) (record geo.Record, found bool, err error) {
	row, found := v.Find(k, id)
	if !found {
		return nil, false, nil
	}
	record, err = v.record(row)
	return record, true, err
}

func (v View) record(r index.Row) (geo.Record, error) {
	room := takeRoom()
	defer giveRoom(room)
	feature, err := v.store.feature(room, r.Seq, false)
	if err != nil {
		return nil, err
	}
	return v.decode(r, feature)
}

// changed reads a row's record, and when it was last changed.
func (v View) changed(log *bbolt.Bucket, r index.Row) (geo.Record, time.Time, error) {
	e, err := logEntry(log, r.Seq)
	if err != nil {
		return nil, time.Time{}, err
	}
	record, err := v.decode(r, e.feature)
	return record, e.time, err
}

// decode makes the record that may leave of a row's stored bytes.
func (v View) decode(r index.Row, feature []byte) (geo.Record, error) {
	record, err := geo.DecodeFeature(r.Kind, feature)
	if err != nil {
		return nil, fmt.Errorf("%w: change %d: %w", ErrDamaged, r.Seq, err)
	}
	if r.Masked {
		record = v.Mask(record)
	}
	return record, nil
}

// partsOf cuts a row's stored bytes, or writes them anew where they mention what
// may not leave.
func (v View) partsOf(r index.Row, feature []byte) (geo.FeatureParts, error) {
	if !r.Masked {
		return cutFeature(feature, r.Seq)
	}
	record, err := v.decode(r, feature)
	if err != nil {
		return geo.FeatureParts{}, err
	}
	b, err := geo.EncodeFeature(record)
	if err != nil {
		return geo.FeatureParts{}, err
	}
	parts, ok := geo.CutFeature(b)
	if !ok {
		return parts, fmt.Errorf("%s %q cannot be written", r.Kind, geo.Quote(r.ID))
	}
	return parts, nil
}

func cutFeature(feature []byte, seq uint64) (geo.FeatureParts, error) {
	parts, ok := geo.CutFeature(feature)
	if !ok {
		return parts, fmt.Errorf("%w: change %d holds no feature", ErrDamaged, seq)
	}
	return parts, nil
}

// Attributions lists the attribution lines of datasets; each once, sorted.
func Attributions(datasets []*geo.Dataset) []string {
	lines := []string{}
	for _, d := range datasets {
		lines = append(lines, d.Attribution)
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}
