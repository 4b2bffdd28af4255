package exchange

import (
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/go-json-experiment/json"
	"github.com/parquet-go/parquet-go" // Parquet files, row group by row group
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// parquetEvent is a row of an export as GeoParquet. A missing value is null.
type parquetEvent struct {
	ID             string   `parquet:"id"`
	Type           string   `parquet:"type,dict"`
	Subtype        *string  `parquet:"subtype,optional,dict"`
	Title          string   `parquet:"title"`
	Summary        *string  `parquet:"summary,optional"`
	Start          *string  `parquet:"start,optional"`
	End            *string  `parquet:"end,optional"`
	DatePrecision  string   `parquet:"date_precision,dict"`
	DateText       *string  `parquet:"date_text,optional"`
	PlaceID        *string  `parquet:"place_id,optional,dict"`
	PlaceName      *string  `parquet:"place_name,optional,dict"`
	PlacePrecision string   `parquet:"place_precision,dict"`
	Participants   []string `parquet:"participants,list"` // role: name
	Incidents      int64    `parquet:"incidents"`
	Best           *int64   `parquet:"fatalities_best,optional"`
	Low            *int64   `parquet:"fatalities_low,optional"`
	High           *int64   `parquet:"fatalities_high,optional"`
	PartOf         *string  `parquet:"part_of,optional,dict"`
	Sources        []string `parquet:"sources,list"`
	Status         string   `parquet:"status,dict"`
	Tags           []string `parquet:"tags,list"`
	DatasetID      string   `parquet:"dataset_id,dict"`
	Licence        string   `parquet:"licence,dict"`
	Attribution    string   `parquet:"attribution,dict"`
	Extra          *string  `parquet:"extra,optional"` // JSON
	Geometry       []byte   `parquet:"geometry,optional"`
}

// rowGroup is how many rows are held in memory before they are written.
const rowGroup = 20_000

// writeGeoParquet writes GeoParquet 1.1.0: geometry as WKB in longitude and
// latitude (OGC:CRS84, the default), the terms among the file's metadata.
func writeGeoParquet(w io.Writer, e *Export) error {
	meta, err := json.Marshal(geoMetadata(e), json.Deterministic(true))
	if err != nil {
		return err
	}
	about, err := json.Marshal(e.provenance())
	if err != nil {
		return err
	}
	out := parquet.NewGenericWriter[parquetEvent](w, parquet.KeyValueMetadata("geo", string(meta)), parquet.KeyValueMetadata("conflictmap", string(about)),
		parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(rowGroup), parquet.CreatedBy("conflictmap", "", ""))
	batch := make([]parquetEvent, 0, 1000)
	flush := func() error {
		_, err := out.Write(batch)
		batch = batch[:0]
		return err
	}
	err = e.View.Records(e.Selection.Rows(nil), func(r index.Row, record geo.Record) error {
		ev, isEvent := record.(*geo.Event)
		if !isEvent {
			return nil
		}
		row, err := e.parquetRow(ev, e.View.Shape(r))
		if err != nil {
			return err
		}
		if batch = append(batch, row); len(batch) < cap(batch) {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return errors.Join(flush(), out.Close())
}

// geoMetadata is the file's "geo" metadata (GeoParquet 1.1.0).
func geoMetadata(e *Export) map[string]any {
	types, box := e.Selection.Geometry()
	column := map[string]any{"encoding": "WKB", "geometry_types": slices.Sorted(maps.Keys(types)), "edges": "planar"}
	if box != nil {
		column["bbox"] = box.Array()
	}
	return map[string]any{"version": "1.1.0", "primary_column": "geometry", "columns": map[string]any{"geometry": column}}
}

func (e *Export) parquetRow(ev *geo.Event, shape orb.Geometry) (parquetEvent, error) {
	terms := e.terms(ev)
	row := parquetEvent{ID: ev.ID, Type: string(ev.Type), Subtype: optional(ev.Subtype), Title: ev.Title.In("en"), Summary: optional(ev.Summary.In("en")),
		Start: optional(ev.Start.String()), End: optional(ev.End.String()), DatePrecision: string(ev.DatePrecision), DateText: optional(ev.DateText),
		PlaceID: optional(ev.PlaceID), PlaceName: optional(e.placeName(ev.PlaceID)), PlacePrecision: string(ev.PlacePrecision), Incidents: int64(ev.Incidents),
		PartOf: optional(ev.PartOf), Status: string(ev.Status), Tags: ev.Tags, DatasetID: ev.DatasetID, Licence: terms.Licence, Attribution: terms.Attribution, Extra: optional(extra(ev))}
	for _, role := range geo.Roles() {
		if names := e.names(ev, role); names != "" {
			row.Participants = append(row.Participants, string(role)+": "+names)
		}
	}
	for _, s := range ev.Sources {
		row.Sources = append(row.Sources, sourceLine(s))
	}
	if f := ev.Fatalities; f != nil {
		row.Best, row.Low, row.High = wide(f.Best), wide(f.Low), wide(f.High)
	}
	if shape != nil {
		b, err := wkb.Marshal(shape)
		if err != nil {
			return row, err
		}
		row.Geometry = b
	}
	return row, nil
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func wide(n *int) *int64 {
	if n == nil {
		return nil
	}
	v := int64(*n)
	return &v
}
