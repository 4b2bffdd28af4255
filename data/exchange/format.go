package exchange

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// Formats of files that Import reads.
const (
	UCDP     = "ucdp"     // UCDP Georeferenced Event Dataset
	ACLED    = "acled"    // Armed Conflict Location and Event Data
	GeoJSON  = "geojson"  // a FeatureCollection of our own records
	GeoJSONL = "geojsonl" // our own records, one a line
	CSV      = "csv"      // any table, with a mapping of its columns
	XLSX     = "xlsx"     // any workbook's first sheet, with a mapping
)

// InFormats lists the formats that Import reads.
func InFormats() []string { return []string{UCDP, ACLED, GeoJSON, GeoJSONL, CSV, XLSX} }

// Recognise tells a file's format from its first bytes and its name. The error
// says what to do where that is not enough.
func Recognise(s *Source) (string, error) {
	start, err := s.Peek(peekBytes)
	if len(start) == 0 && err != nil {
		if err == io.EOF {
			return "", geo.Errorf(geo.Invalid, "the file is empty")
		}
		return "", err
	}
	switch text := bytes.TrimLeft(start, "\x1e \t\r\n"); {
	case bytes.HasPrefix(start, zipMagic):
		return XLSX, nil
	case bytes.HasPrefix(text, []byte("{")) && bytes.Contains(text, []byte(`"FeatureCollection"`)):
		return GeoJSON, nil
	case bytes.HasPrefix(text, []byte("{")):
		return GeoJSONL, nil
	}
	first, _, _ := bytes.Cut(start, []byte("\n"))
	table, err := newCSV(bytes.NewReader(append(bytes.TrimRight(first, "\r"), '\n')), ucdpHeaderOf)
	if err != nil {
		return "", geo.Errorf(geo.Invalid, "the format is not recognised: name it with --format (%s)", strings.Join(InFormats(), ", "))
	}
	switch {
	case isUCDPHeader(table.header()):
		return UCDP, nil
	case isACLEDHeader(table.header()):
		return ACLED, nil
	}
	return CSV, nil
}

// newReader opens a source's rows. dataset is the id that its records are given.
func newReader(s *Source, format, dataset string, m *Mapping, now time.Time) (Reader, error) {
	switch format {
	case UCDP:
		return newTableReader(s, "id", ucdpRequired, ucdpHeaderOf, func(c *columns) convert { return newUCDP(c, dataset, now).convert })
	case ACLED:
		return newTableReader(s, "event_id_cnty", acledRequired, noHeaderOf, func(c *columns) convert { return newACLED(c, dataset, now).convert })
	case GeoJSON:
		return newGeoJSON(s)
	case GeoJSONL:
		return newGeoJSONL(s), nil
	case CSV, XLSX:
		return newMapped(s, format, dataset, m, now)
	}
	return nil, geo.Errorf(geo.Invalid, "the format %q is not one of %s", geo.Quote(format), strings.Join(InFormats(), ", "))
}

func noHeaderOf([]string) []string { return nil }

func newTableReader(s *Source, id string, required []string, headerOf func([]string) []string, converter func(*columns) convert) (Reader, error) {
	t, err := newCSV(s, headerOf)
	if err != nil {
		return nil, err
	}
	c, err := newColumns(t.header(), required...)
	if err != nil {
		return nil, err
	}
	return &tableReader{table: t, columns: c, id: id, convert: converter(c), partial: c.has(rejectedRow)}, nil
}

// DatasetName is the id of a dataset made from a file where none is named.
func DatasetName(format, path string) string {
	switch format {
	case UCDP, ACLED:
		return format
	}
	name := filepath.Base(path)
	for ext := filepath.Ext(name); ext != ""; ext = filepath.Ext(name) {
		name = strings.TrimSuffix(name, ext)
	}
	if folded := strings.ReplaceAll(geo.Fold(name), " ", "-"); folded != "" {
		return folded
	}
	return "imported"
}
