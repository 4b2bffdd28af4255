package exchange

import (
	"fmt"
	"hash/fnv"
	"io"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/xuri/excelize/v2" // reads workbooks row by row
)

// mapped turns the rows of any table into events, as a mapping says.
type mapped struct {
	*Mapping
	dataset  string
	now      time.Time
	rest     []int // columns that are kept under extra
	date1904 bool  // a workbook's days are counted from 1904
	serial   bool  // a workbook's days are numbers
}

func openTable(s *Source, format string) (table, error) {
	if format == XLSX {
		return newWorkbook(s)
	}
	return newCSV(s, noHeaderOf)
}

func newMapped(s *Source, format, dataset string, m *Mapping, now time.Time) (Reader, error) {
	if m == nil {
		return nil, geo.Errorf(geo.Invalid, "a table that is neither UCDP's nor ACLED's needs --mapping: --guess writes a first one")
	}
	t, err := openTable(s, format)
	if err != nil {
		return nil, err
	}
	c, err := newColumns(t.header())
	if err != nil {
		return nil, err
	}
	mp := mapped{Mapping: m, dataset: dataset, now: now}
	if w, isWorkbook := t.(*workbook); isWorkbook {
		mp.serial, mp.date1904 = true, w.date1904
	}
	var fs faults
	taken := make(map[string]bool)
	named := func(field, column string) {
		if !c.has(strings.ToLower(column)) {
			fs.add(field, column, "is a column that the table does not have")
		}
		// What is translated or cut is kept as it stood, too.
		if len(m.Values[field]) == 0 {
			taken[strings.ToLower(column)] = true
		}
	}
	for _, f := range mappable {
		if column := m.Columns[f.field]; column != "" {
			named(f.field, column)
		}
	}
	for _, p := range m.Participants {
		named("participants", p.Column)
	}
	if err := geo.Reject("the mapping does not fit the table", fs); err != nil {
		return nil, err
	}
	mp.rest = c.but(taken)
	return &tableReader{table: t, columns: c, id: strings.ToLower(m.Columns["id"]), convert: mp.convert, partial: c.has(rejectedRow)}, nil
}

// value is what the row, or a constant, says of a field, translated.
func (m mapped) value(c *columns, field string) string {
	if constant, is := m.Constants[field]; is {
		return constant
	}
	text := c.get(strings.ToLower(m.Columns[field]))
	for from, to := range m.Values[field] {
		if strings.EqualFold(from, text) {
			return to
		}
	}
	return text
}

func (m mapped) or(c *columns, field, otherwise string) string {
	if v := m.value(c, field); v != "" {
		return v
	}
	return otherwise
}

// convert makes an event of a row.
func (m mapped) convert(c *columns) (*Draft, faults) {
	var fs faults
	e := &geo.Event{DatasetID: m.dataset, Type: geo.EventType(m.value(c, "type")), Subtype: m.value(c, "subtype"),
		DatePrecision: geo.DatePrecision(m.or(c, "date_precision", "day")), DateText: m.value(c, "date_text"),
		PlacePrecision: geo.PlacePrecision(m.or(c, "place_precision", string(geo.UnknownPlace))), Incidents: 1,
		Status: geo.Status(m.or(c, "status", "reported")), Tags: unique(split(m.value(c, "tags")))}
	e.ID = m.dataset + ":" + m.or(c, "id", contentID(c.fields))
	e.Start, e.End = m.time(c, "start", &fs), m.time(c, "end", &fs)
	if m.Columns["end"] == "" && m.Constants["end"] == "" {
		e.End = e.Start
	}
	if e.Start.IsZero() && e.End.IsZero() {
		e.DatePrecision = geo.UnknownDate
	}
	lat, lon := m.number(c, "latitude", parseFloat, &fs), m.number(c, "longitude", parseFloat, &fs)
	if lat != nil && lon != nil {
		fs = append(fs, checkPoint(m.Columns["latitude"], m.Columns["longitude"], *lat, *lon)...)
	}
	e.Geometry = point(lat, lon)
	if n := count(m, c, "incidents", &fs); n != nil {
		e.Incidents = *n
	}
	if deaths := (geo.Fatalities{Best: count(m, c, "fatalities.best", &fs), Low: count(m, c, "fatalities.low", &fs), High: count(m, c, "fatalities.high", &fs)}); deaths != (geo.Fatalities{}) {
		e.Fatalities = &deaths
	}
	for _, p := range m.Participants {
		for _, name := range split(c.get(strings.ToLower(p.Column))) {
			e.Participants = append(e.Participants, geo.Participant{Name: name, Role: p.Role})
		}
	}
	e.Sources = []geo.Source{{Publisher: m.or(c, "source.publisher", "Not given"), Title: m.value(c, "source.title"), Date: m.value(c, "source.date"),
		Link: m.value(c, "source.link"), AccordingTo: m.value(c, "source.according_to")}}
	if title := m.value(c, "title"); title != "" {
		e.Title = geo.Text{"en": title}
	} else {
		e.Title = eventTitle(strings.ReplaceAll(m.or(c, "subtype", string(e.Type)), "_", " "), e.Participants, m.value(c, "place"))
	}
	if summary := m.value(c, "summary"); summary != "" {
		e.Summary = geo.Text{"en": summary}
	}
	if extra := c.rest(m.rest); len(extra) > 0 {
		e.Extra = extra
	}
	doubts := append(doubtDates("start", e.Start, m.now), doubtDates("end", e.End, m.now)...)
	return &Draft{Record: e, Warnings: append(doubts, doubtDeaths(e.Fatalities)...),
		Spot: Spot{Name: m.value(c, "place"), District: m.value(c, "district"), Region: m.value(c, "region"), Country: m.value(c, "country")}}, fs
}

// contentID names a row of a table without ids by what stands in it: the same row
// has the same name in every import.
func contentID(fields []string) string {
	h := fnv.New128a()
	for _, f := range fields {
		h.Write([]byte(f))
		h.Write([]byte{0})
	}
	return fmt.Sprintf("row-%x", h.Sum(nil))
}

func (m mapped) number(c *columns, field string, parse func(string) (float64, bool), fs *faults) *float64 {
	text := m.value(c, field)
	if text == "" {
		return nil
	}
	v, ok := parse(text)
	if !ok {
		fs.add(m.Columns[field], text, "is not a number")
		return nil
	}
	return &v
}

func count(m mapped, c *columns, field string, fs *faults) *int {
	text := m.value(c, field)
	if text == "" {
		return nil
	}
	v, ok := parseCount(text)
	if !ok {
		fs.add(m.Columns[field], text, "is not a whole number of 0 or more")
		return nil
	}
	return &v
}

// time reads a date in one of the mapping's forms, else as our records write it.
func (m mapped) time(c *columns, field string, fs *faults) geo.Instant {
	text := m.value(c, field)
	if text == "" {
		return geo.Instant{}
	}
	if serial, isNumber := parseFloat(text); isNumber && m.serial {
		if t, err := excelize.ExcelDateToTime(serial, m.date1904); err == nil {
			return dayOrTime(t)
		}
	}
	for _, form := range m.Dates {
		layout := dateLayout(form)
		if t, err := time.Parse(layout, text); err == nil && t.Year() > 0 {
			if strings.Contains(layout, "15") {
				return geo.At(t)
			}
			return geo.Date(t.Year(), t.Month(), t.Day())
		}
	}
	if at, err := geo.ParseInstant(text); err == nil {
		return at
	}
	fs.add(m.Columns[field], text, "is not a date in one of the mapping's forms (%s) or as 2024-07-22", strings.Join(m.Dates, ", "))
	return geo.Instant{}
}

// dayOrTime takes midnight for the whole day, as a workbook writes it.
func dayOrTime(t time.Time) geo.Instant {
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return geo.Date(t.Year(), t.Month(), t.Day())
	}
	return geo.At(t.Round(time.Second))
}

// workbook is the first sheet of an XLSX file.
type workbook struct {
	file     *excelize.File
	rows     *excelize.Rows
	names    []string
	row      int
	date1904 bool
}

func newWorkbook(s *Source) (*workbook, error) {
	f, err := excelize.OpenReader(s, excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "the workbook cannot be read: %w", err)
	}
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "the workbook's first sheet cannot be read: %w", err)
	}
	w := &workbook{file: f, rows: rows}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		w.date1904 = *props.Date1904
	}
	for len(w.names) == 0 {
		if !rows.Next() {
			return nil, geo.Errorf(geo.Invalid, "the workbook's first sheet is empty")
		}
		w.row++
		if w.names, err = rows.Columns(); err != nil {
			return nil, geo.Errorf(geo.Invalid, "the workbook's header cannot be read: %w", err)
		}
	}
	return w, nil
}

func (w *workbook) header() []string { return w.names }

func (w *workbook) next() (int, []string, error) {
	for w.rows.Next() {
		w.row++
		fields, err := w.rows.Columns()
		if err != nil {
			return w.row, nil, fmt.Errorf("row %d: %w", w.row, err)
		}
		if len(fields) == 0 {
			continue // an empty row, of which sheets have many at their end
		}
		// A sheet leaves out empty cells at a row's end.
		for len(fields) < len(w.names) {
			fields = append(fields, "")
		}
		return w.row, fields, nil
	}
	return 0, nil, endOf(w.rows.Error())
}

// endOf is io.EOF, or what ended a sheet before its end.
func endOf(err error) error {
	if err != nil {
		return err
	}
	return io.EOF
}
