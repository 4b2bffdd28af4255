package data

import (
	"fmt"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
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

// Page is one page of a selection.
type Page struct {
	Rows    []*index.Row
	Matched int    // rows of the whole selection
	Next    string // cursor of the next page, "" after the last
}

// Query returns up to limit rows of a collection that the filter matches, after
// the cursor (from the start: ""). Errors: Invalid, with all faults of both.
func (v View) Query(k geo.Kind, f geo.Filter, cursor string, limit int) (Page, error) {
	var after *index.Position
	if cursor != "" {
		position, fault := index.ParseCursor(cursor, k, f)
		if fault != nil {
			return Page{}, geo.Reject("the cursor cannot be used", []geo.Fault{*fault})
		}
		after = &position
	}
	selection, err := v.Select(k, f)
	if err != nil {
		return Page{}, err
	}
	rows, more := selection.Page(after, limit)
	page := Page{Rows: rows, Matched: selection.Len()}
	if more {
		page.Next = rows[len(rows)-1].Position().Cursor(k, f)
	}
	return page, nil
}

// Record returns the row of one record. Errors: NotFound; Gone where there was a
// record that everyone could read, and it was removed or withdrawn.
func (v View) Record(k geo.Kind, id string) (*index.Row, error) {
	if r := v.Find(k, id); r != nil {
		return r, nil
	}
	gone, err := v.wasPublic(k, id)
	switch {
	case err != nil:
		return nil, err
	case gone:
		return nil, geo.Errorf(geo.Gone, "%s %q was withdrawn or removed", k, geo.Quote(id))
	}
	return nil, geo.Errorf(geo.NotFound, "there is no record %q among the %s", geo.Quote(id), k)
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
				d, _, _ := v.Lookup(geo.Datasets, r.InDataset())
				dataset, _ := d.(*geo.Dataset)
				was = geo.ReleaseOf(dataset, r) == geo.Whole
			}
			seq = e.previous
		}
		return err
	})
	return was, err
}

// Features calls f with the stored bytes of each row, in order, and the geometry
// it is to be written with. The bytes are valid only during the call.
func (v View) Features(rows []*index.Row, f func(r *index.Row, parts geo.FeatureParts, geometry []byte) error) error {
	return v.store.view(func(tx *bbolt.Tx) error {
		for _, r := range rows {
			parts, err := partsOf(tx, r)
			if err != nil {
				return err
			}
			geometry := parts.Geometry
			if r.ShapeSeq != r.Seq && r.ShapeSeq != 0 {
				at, err := readParts(tx, r.ShapeSeq)
				if err != nil {
					return err
				}
				geometry = at.Geometry
			}
			if err := f(r, parts, geometry); err != nil {
				return err
			}
		}
		return nil
	})
}

// partsOf reads a row's stored bytes, or writes them anew where the stored ones
// mention what may not leave.
func partsOf(tx *bbolt.Tx, r *index.Row) (geo.FeatureParts, error) {
	if !r.Masked() {
		return readParts(tx, r.Seq)
	}
	b, err := geo.EncodeFeature(r.Record())
	if err != nil {
		return geo.FeatureParts{}, err
	}
	parts, ok := geo.CutFeature(b)
	if !ok {
		return parts, fmt.Errorf("%s %q cannot be written", r.Kind, geo.Quote(r.ID))
	}
	return parts, nil
}

func readParts(tx *bbolt.Tx, seq uint64) (geo.FeatureParts, error) {
	e, err := readEntry(tx, seq)
	if err != nil {
		return geo.FeatureParts{}, err
	}
	parts, ok := geo.CutFeature(e.feature)
	if !ok {
		return parts, fmt.Errorf("%w: change %d holds no feature", ErrDamaged, seq)
	}
	return parts, nil
}

// Attributions lists the attribution lines of the datasets that the rows come
// from, and the geometries that they borrow; each once, sorted.
func (v View) Attributions(rows []*index.Row) []string {
	lines := []string{}
	for _, r := range rows {
		for _, id := range r.Datasets() {
			if row := v.Find(geo.Datasets, id); row != nil {
				lines = append(lines, row.Record().(*geo.Dataset).Attribution)
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}
