package exchange

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// RejectFile keeps the rows that could not go in, as they stood and with the
// reasons, in a file that can be mended and imported: NAME.rejected.csv of a
// table, NAME.rejected.geojsonl of our own records. It is made with its first
// row, and never written over one that is there: somebody may be mending it.
type RejectFile struct {
	name string
	Path string // of the file, "" while there is none
	file *os.File
	out  *bufio.Writer
	csv  *csv.Writer
}

// NewRejectFile prepares the file for a source; "-" is standard input.
func NewRejectFile(source string) *RejectFile {
	if source == "-" {
		source = "stdin"
	}
	return &RejectFile{name: source}
}

// Add keeps one row.
func (f *RejectFile) Add(r *Reject) error {
	if f.file == nil {
		if err := f.open(r); err != nil {
			return err
		}
	}
	if f.csv != nil {
		return f.csv.Write(f.row(r))
	}
	return f.line(r)
}

func (f *RejectFile) open(r *Reject) (err error) {
	extension := ".rejected.geojsonl"
	if r.Header != nil {
		extension = ".rejected.csv"
	}
	for n := 1; f.file == nil; n++ {
		path := f.name + extension
		if n > 1 {
			path = f.name + "." + strconv.Itoa(n) + extension
		}
		f.file, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil && !errors.Is(err, os.ErrExist) {
			return fmt.Errorf("file of rejected rows: %w", err)
		}
		f.Path = path
	}
	f.out = bufio.NewWriter(f.file)
	if r.Header == nil {
		return nil
	}
	f.csv = csv.NewWriter(f.out)
	return f.csv.Write(append(withoutRejected(r.Header, r.Header), rejectedColumns...))
}

// withoutRejected leaves out the fields of the columns that an earlier file of
// rejected rows had.
func withoutRejected(header, fields []string) []string {
	var left []string
	for i, name := range header {
		isOurs := false
		for _, column := range rejectedColumns {
			isOurs = isOurs || strings.EqualFold(name, column)
		}
		if isOurs {
			continue
		}
		if i < len(fields) {
			left = append(left, fields[i])
		} else {
			left = append(left, "")
		}
	}
	return left
}

func (f *RejectFile) row(r *Reject) []string {
	fields := withoutRejected(r.Header, r.Fields)
	var names, values, reasons []string
	for _, fault := range r.Faults {
		names, values, reasons = append(names, fault.Name), append(values, fault.Value), append(reasons, fault.String())
	}
	value := strings.Join(values, "; ")
	if r.Raw != "" {
		value = r.Raw // a line that is no row stands here whole
	}
	if extra := len(r.Fields) - len(r.Header); extra > 0 {
		value = strings.Join(r.Fields[len(r.Header):], ",") // more fields than columns: what is beyond
	}
	return append(fields, strconv.Itoa(r.Row), strings.Join(names, "; "), value, strings.Join(reasons, "; "))
}

// line writes a record with its faults as a member, or, where the text is no
// JSON, an object that holds the text.
func (f *RejectFile) line(r *Reject) error {
	var members map[string]jsontext.Value
	if err := json.Unmarshal([]byte(r.Raw), &members); err != nil || members == nil {
		raw, err := json.Marshal(strings.ToValidUTF8(r.Raw, "\uFFFD"))
		if err != nil {
			return err
		}
		members = map[string]jsontext.Value{"text": raw}
	}
	faults, err := json.Marshal(r.Faults)
	if err != nil {
		return err
	}
	members[rejectedMember] = faults
	b, err := json.Marshal(members, json.Deterministic(true))
	if err != nil {
		return err
	}
	_, err = f.out.Write(append(b, '\n'))
	return err
}

// Close ends the file.
func (f *RejectFile) Close() error {
	if f.file == nil {
		return nil
	}
	if f.csv != nil {
		f.csv.Flush()
		if err := f.csv.Error(); err != nil {
			return errors.Join(err, f.file.Close())
		}
	}
	return errors.Join(f.out.Flush(), f.file.Close())
}
