package exchange

import (
	"bufio"
	"io"

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
	err = e.View.Features(e.Rows, func(r *index.Row, parts geo.FeatureParts, geometry []byte) error {
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
	needed := e.withMentioned()
	out := bufio.NewWriter(w)
	var line []byte
	for _, k := range []geo.Kind{geo.Datasets, geo.Actors, geo.Areas, geo.Places, geo.Events} {
		all, err := e.View.Select(k, geo.Filter{})
		if err != nil {
			return err
		}
		rows, _ := all.Page(nil, all.Len())
		var wanted []*index.Row
		for _, r := range rows {
			if needed[r] {
				wanted = append(wanted, r)
			}
		}
		member := []byte(`,"` + collectionMember + `":"` + string(k) + `"`)
		err = e.View.Features(wanted, func(r *index.Row, parts geo.FeatureParts, _ []byte) error {
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

// withMentioned is the rows and all that they mention, directly or not.
func (e *Export) withMentioned() map[*index.Row]bool {
	needed := make(map[*index.Row]bool, len(e.Rows))
	var add func(r *index.Row)
	add = func(r *index.Row) {
		if r == nil || needed[r] {
			return
		}
		needed[r] = true
		for _, ref := range r.Record().References() {
			for _, k := range ref.Kinds {
				add(e.View.Find(k, ref.ID))
			}
		}
	}
	for _, r := range e.Rows {
		add(r)
	}
	return needed
}
