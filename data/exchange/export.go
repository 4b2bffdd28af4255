package exchange

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// Formats of files that Export writes, beside GeoJSON, GeoJSONL and CSV.
const (
	KML        = "kml"
	GeoParquet = "geoparquet"
)

// OutFormat is a format that Export writes.
type OutFormat struct {
	Name        string
	Title       string // for a person
	ContentType string
	Extension   string // of a file's name, with its dot
	Kinds       []geo.Kind
	write       func(io.Writer, *Export) error
}

// OutFormats lists the formats that Export writes.
func OutFormats() []OutFormat {
	return []OutFormat{
		{GeoJSON, "GeoJSON", "application/geo+json", ".geojson", geo.Kinds(), writeGeoJSON},
		{GeoJSONL, "GeoJSON text sequence", "application/geo+json-seq", ".geojsonl", geo.Kinds(), writeGeoJSONL},
		{CSV, "CSV", "text/csv; charset=utf-8; header=present", ".csv", []geo.Kind{geo.Events}, writeCSV},
		{KML, "KML", "application/vnd.google-earth.kml+xml", ".kml", []geo.Kind{geo.Events, geo.Places, geo.Areas}, writeKML},
		{GeoParquet, "GeoParquet", "application/vnd.apache.parquet", ".parquet", []geo.Kind{geo.Events}, writeGeoParquet},
	}
}

// OutFormatOf finds a format of a kind of records by its name. The error is Invalid.
func OutFormatOf(name string, k geo.Kind) (OutFormat, error) {
	var names []string
	for _, f := range OutFormats() {
		if !slices.Contains(f.Kinds, k) {
			continue
		}
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return OutFormat{}, geo.Reject("the export cannot be made", []geo.Fault{{Name: "f", Value: geo.Quote(name), Detail: fmt.Sprintf("is not a format of %s: it is one of %s", k, strings.Join(names, ", "))}})
}

// Export is a selection on its way out.
type Export struct {
	View      data.View
	Kind      geo.Kind
	Selection index.Selection
	Title     string     // of the map
	Query     url.Values // the filter, as a URL would have it
	Source    string     // the address of the map, "" where it has none
	Time      time.Time  // of the export; zero where what carries the file tells it

	records map[mention]geo.Record // read before: rows mention the same places and actors
	failed  error                  // the first record that could not be read
}

// mention names a record.
type mention struct {
	kind geo.Kind
	id   string
}

// Write writes the selection to w as it goes, never the whole of it in memory.
func (f OutFormat) Write(w io.Writer, e *Export) error {
	e.records = make(map[mention]geo.Record)
	return errors.Join(f.write(w, e), e.failed)
}

// maxRecords bounds what is remembered.
const maxRecords = 100_000

// mentioned reads a record that a row mentions; nil where there is none that may leave.
func (e *Export) mentioned(k geo.Kind, id string) geo.Record {
	at := mention{k, id}
	if r, known := e.records[at]; known || id == "" {
		return r
	}
	r, _, err := e.View.Record(k, id)
	if e.failed == nil {
		e.failed = err
	}
	if len(e.records) >= maxRecords {
		clear(e.records)
	}
	e.records[at] = r
	return r
}

// credit is a dataset's terms in one line.
func credit(d *geo.Dataset) string {
	line := d.Attribution + ". " + d.Title.In("en") + ", " + d.Publisher + ". Licence: " + d.Licence
	if d.Link != "" {
		line += ". " + d.Link
	}
	return line
}

// query is the filter as a person reads it; "all" of everything.
func (e *Export) query() string {
	if len(e.Query) == 0 {
		return "all " + string(e.Kind)
	}
	text, err := url.QueryUnescape(e.Query.Encode())
	if err != nil {
		return e.Query.Encode()
	}
	return string(e.Kind) + ": " + text
}

// provenance says what the export is of, as members of a JSON object.
type provenance struct {
	Title       string     `json:"title,omitzero"`
	Source      string     `json:"source,omitzero"`
	Query       string     `json:"query"`
	Change      uint64     `json:"change"`
	Changed     time.Time  `json:"changed"` // when that change was
	Exported    *time.Time `json:"exported,omitzero"`
	Attribution []string   `json:"attribution"`
	Datasets    []terms    `json:"datasets"`
}

// terms are a dataset's.
type terms struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Publisher   string `json:"publisher"`
	Licence     string `json:"licence"`
	Attribution string `json:"attribution"`
	Link        string `json:"link,omitzero"`
}

func (e *Export) provenance() provenance {
	p := provenance{Title: e.Title, Source: e.Source, Query: e.query(), Change: e.View.Seq, Changed: e.View.Time, Attribution: []string{}, Datasets: []terms{}}
	if !e.Time.IsZero() {
		at := e.Time.UTC().Truncate(time.Second)
		p.Exported = &at
	}
	for _, d := range e.Selection.Datasets() {
		p.Attribution = append(p.Attribution, d.Attribution)
		p.Datasets = append(p.Datasets, terms{d.ID, d.Title.In("en"), d.Publisher, d.Licence, d.Attribution, d.Link})
	}
	return p
}

// placeName is the name of the place or area that an event is tied to.
func (e *Export) placeName(id string) string {
	if p, isPlace := e.mentioned(geo.Places, id).(*geo.Place); isPlace {
		return p.Names.In("en")
	}
	if a, isArea := e.mentioned(geo.Areas, id).(*geo.Area); isArea {
		return a.Names.In("en")
	}
	return ""
}
