package exchange

import (
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
	ContentType string
	Extension   string // of a file's name, with its dot
	Kinds       []geo.Kind
	write       func(io.Writer, *Export) error
}

// OutFormats lists the formats that Export writes.
func OutFormats() []OutFormat {
	return []OutFormat{
		{GeoJSON, "application/geo+json", ".geojson", geo.Kinds(), writeGeoJSON},
		{GeoJSONL, "application/geo+json-seq", ".geojsonl", geo.Kinds(), writeGeoJSONL},
		{CSV, "text/csv; charset=utf-8; header=present", ".csv", []geo.Kind{geo.Events}, writeCSV},
		{KML, "application/vnd.google-earth.kml+xml", ".kml", []geo.Kind{geo.Events, geo.Places, geo.Areas}, writeKML},
		{GeoParquet, "application/vnd.apache.parquet", ".parquet", []geo.Kind{geo.Events}, writeGeoParquet},
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
	View   data.View
	Kind   geo.Kind
	Rows   []*index.Row
	Title  string     // of the map
	Query  url.Values // the filter, as a URL would have it
	Source string     // the address of the map, "" where it has none
	Time   time.Time  // of the export; zero where what carries the file tells it
}

// Write writes the selection to w as it goes, never the whole of it in memory.
func (f OutFormat) Write(w io.Writer, e *Export) error { return f.write(w, e) }

// datasets lists the records of the datasets whose work the rows show.
func (e *Export) datasets() (list []*geo.Dataset) {
	seen := make(map[string]bool)
	for _, r := range e.Rows {
		for _, id := range r.Datasets() {
			if row := e.View.Find(geo.Datasets, id); row != nil && !seen[id] {
				seen[id] = true
				if d, isDataset := row.Record().(*geo.Dataset); isDataset {
					list = append(list, d)
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b *geo.Dataset) int { return strings.Compare(a.ID, b.ID) })
	return list
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
	TimeStamp   time.Time  `json:"timeStamp"` // of that change
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
	p := provenance{Title: e.Title, Source: e.Source, Query: e.query(), Change: e.View.Seq, TimeStamp: e.View.Time, Attribution: []string{}, Datasets: []terms{}}
	if !e.Time.IsZero() {
		at := e.Time.UTC().Truncate(time.Second)
		p.Exported = &at
	}
	for _, d := range e.datasets() {
		p.Attribution = append(p.Attribution, d.Attribution)
		p.Datasets = append(p.Datasets, terms{d.ID, d.Title.In("en"), d.Publisher, d.Licence, d.Attribution, d.Link})
	}
	return p
}

// place finds the place or area that an event is tied to.
func (e *Export) place(id string) *index.Row {
	if r := e.View.Find(geo.Places, id); r != nil {
		return r
	}
	return e.View.Find(geo.Areas, id)
}

func (e *Export) placeName(id string) string {
	switch r := e.place(id); {
	case r == nil:
		return ""
	case r.Kind == geo.Places:
		return r.Record().(*geo.Place).Names.In("en")
	default:
		return r.Record().(*geo.Area).Names.In("en")
	}
}
