package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// table is rows of fields under a header.
type table interface {
	header() []string
	// next returns a row and its number in the file; the fields are valid until
	// the next call. Errors: io.EOF, *Reject.
	next() (row int, fields []string, err error)
}

// tape keeps what was read since the last cut, so that a row that is no CSV can
// be kept as it stood.
type tape struct {
	r    io.Reader
	kept []byte
	base int64 // offset of kept[0]
}

func (t *tape) Read(b []byte) (int, error) {
	n, err := t.r.Read(b)
	t.kept = append(t.kept, b[:n]...)
	return n, err
}

// between returns the bytes from one offset to another.
func (t *tape) between(from, to int64) string { return string(t.kept[from-t.base : to-t.base]) }

// cut forgets all before the offset.
func (t *tape) cut(before int64) {
	n := copy(t.kept, t.kept[before-t.base:])
	t.kept, t.base = t.kept[:n], before
}

// csvTable is a table in CSV (RFC 4180): quoted line breaks, CRLF, a comma,
// semicolon or tab between fields.
type csvTable struct {
	tape  *tape
	csv   *csv.Reader
	names []string
	first []string // a row that was read to find the header and is none
}

// tapeLimit is how much the tape holds before it forgets the rows behind it.
const tapeLimit = 1 << 20

// newCSV opens a table whose first row is its header, or, where headerOf knows
// the first row as data, has the header that it returns.
func newCSV(r io.Reader, headerOf func(first []string) []string) (*csvTable, error) {
	t := &csvTable{tape: &tape{r: r}}
	t.csv = csv.NewReader(t.tape)
	t.csv.FieldsPerRecord = -1
	t.csv.ReuseRecord = true
	first, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, geo.Errorf(geo.Invalid, "the file is empty")
	}
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "the first row is no CSV: %w", err)
	}
	if len(first) == 1 && strings.ContainsAny(first[0], ";\t") {
		return nil, geo.Errorf(geo.Invalid, "the first row has one field and semicolons or tabs in it: write the table with commas between its fields")
	}
	t.names = slices.Clone(first)
	if header := headerOf(t.names); header != nil {
		t.first, t.names = t.names, header
	}
	for i, name := range t.names {
		t.names[i] = strings.TrimSpace(name)
	}
	return t, nil
}

func (t *csvTable) header() []string { return t.names }

func (t *csvTable) next() (int, []string, error) {
	if t.first != nil {
		first := t.first
		t.first = nil
		return 1, first, nil
	}
	start := t.csv.InputOffset()
	if start-t.tape.base > tapeLimit {
		t.tape.cut(start)
	}
	fields, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return 0, nil, io.EOF
	}
	var syntax *csv.ParseError
	if errors.As(err, &syntax) {
		raw := t.tape.between(start, t.csv.InputOffset())
		return syntax.StartLine, nil, &Reject{Row: syntax.StartLine, Raw: raw, Faults: []geo.Fault{{Name: "row", Value: geo.Quote(raw), Detail: "is no CSV: " + syntax.Err.Error()}}}
	}
	if err != nil {
		return 0, nil, err
	}
	line, _ := t.csv.FieldPos(0)
	if len(fields) != len(t.names) {
		return line, fields, &Reject{Row: line, Fields: slices.Clone(fields), Faults: []geo.Fault{{Name: "row", Value: "", Detail: fmt.Sprintf("has %d fields, and the header %d", len(fields), len(t.names))}}}
	}
	return line, fields, nil
}

// The columns that a file of rejected rows has beside the original ones. An
// import passes over them.
const (
	rejectedRow    = "rejected_row"
	rejectedColumn = "rejected_column"
	rejectedValue  = "rejected_value"
	rejectedReason = "rejected_reason"
)

var rejectedColumns = []string{rejectedRow, rejectedColumn, rejectedValue, rejectedReason}

// convert makes a draft of the row that stands in the columns.
type convert func(c *columns) (*Draft, faults)

// tableReader turns the rows of a table into drafts.
type tableReader struct {
	table
	columns *columns
	id      string // the column that names a row
	convert convert
	partial bool // a file of rejected rows: what it lacks has not vanished
}

// Next reads the next row.
func (r *tableReader) Next(to *row) error {
	number, fields, err := r.next()
	var rejected *Reject
	if errors.As(err, &rejected) {
		rejected.Header = r.columns.names
		rejected.ID = r.columns.of(rejected.Fields).get(r.id)
		return rejected
	}
	to.number, to.fields = number, append(to.fields[:0], fields...)
	return err
}

// Draft makes an event of a row.
func (r *tableReader) Draft(row *row) (*Draft, *Reject) {
	c := r.columns.of(row.fields)
	draft, fs := r.convert(c)
	for i, field := range row.fields {
		if !validText(field) {
			fs.add(c.names[i], field, "is not UTF-8 without control characters")
		}
	}
	if len(fs) > 0 {
		return nil, &Reject{Row: row.number, ID: c.get(r.id), Header: c.names, Fields: slices.Clone(row.fields), Faults: fs}
	}
	draft.Row, draft.header, draft.fields = row.number, c.names, pack(row.fields)
	return draft, nil
}
