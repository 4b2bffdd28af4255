package exchange

import (
	"bufio"
	"io"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/go-json-experiment/json"
)

// writeGeoJSON writes a FeatureCollection (RFC 7946) that says what it is of and
// on what terms. Events have the geometry of their place where they have none.
func writeGeoJSON(w io.Writer, e *Export) error {
	head, err := json.Marshal(e.provenance())
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	out.WriteString(`{"type":"FeatureCollection",`)
	out.Write(head[1 : len(head)-1])
	out.WriteString(`,"features":[`)
	first := true
	var line []byte
	err = e.View.AllFeatures(e.Selection.Rows(nil), func(_ index.Row, parts geo.FeatureParts, geometry []byte) error {
		line = line[:0]
		if !first {
			line = append(line, ',')
		}
		first = false
		_, err := out.Write(append(parts.Append(line, geometry, nil, nil), '\n'))
		return err
	})
	if err != nil {
		return err
	}
	out.WriteString("]}\n")
	return out.Flush()
}

// writeGeoJSONL writes our own records, one a line, and before them every record
// that they mention: what is exported can be imported into an empty store, and
// exported from there it is the same bytes. The terms stand in the datasets'
// records; a time of export would make no two files the same, and is not in it.
func writeGeoJSONL(w io.Writer, e *Export) error {
	needed, err := e.withMentioned()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	var line []byte
	for _, k := range []geo.Kind{geo.Datasets, geo.Actors, geo.Areas, geo.Places, geo.Events} {
		all, err := e.View.Select(k, geo.Filter{})
		if err != nil {
			return err
		}
		wanted := func(yield func(index.Row) bool) {
			for r := range all.Rows(nil) {
				if needed[mention{k, r.ID}] && !yield(r) {
					return
				}
			}
		}
		member := []byte(`,"` + collectionMember + `":"` + string(k) + `"`)
		err = e.View.AllFeatures(wanted, func(_ index.Row, parts geo.FeatureParts, _ []byte) error {
			line = parts.Append(line[:0], parts.Geometry, member, nil)
			_, err := out.Write(append(line, '\n'))
			return err
		})
		if err != nil {
			return err
		}
	}
	return out.Flush()
}

// withMentioned names the rows and all that they mention, directly or not.
func (e *Export) withMentioned() (map[mention]bool, error) {
	needed := make(map[mention]bool)
	var next []index.Row
	for r := range e.Selection.Rows(nil) {
		needed[mention{r.Kind, r.ID}] = true
		next = append(next, r)
	}
	for len(next) > 0 {
		rows := next
		next = nil
		err := e.View.Records(slices.Values(rows), func(_ index.Row, record geo.Record) error {
			for _, ref := range record.References() {
				for _, k := range ref.Kinds {
					at := mention{k, ref.ID}
					if needed[at] {
						continue
					}
					if r, found := e.View.Find(k, ref.ID); found {
						needed[at] = true
						next = append(next, r)
					}
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return needed, nil
}
