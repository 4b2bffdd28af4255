package exchange

import (
	"encoding/binary"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json/jsontext"
)

// columns finds a row's fields by the names of their columns, case set aside.
type columns struct {
	names  []string       // as they stand in the header
	index  map[string]int // by lower-case name
	fields []string
}

// of is the columns of another row.
func (c *columns) of(fields []string) *columns {
	return &columns{c.names, c.index, fields}
}

// but lists the columns that are neither among the taken ones nor our own.
func (c *columns) but(taken map[string]bool) []int {
	var left []int
	for i, name := range c.names {
		key := strings.ToLower(name)
		if name != "" && !taken[key] && !slices.Contains(rejectedColumns, key) {
			left = append(left, i)
		}
	}
	return left
}

func newColumns(header []string, required ...string) (*columns, error) {
	c := &columns{names: header, index: make(map[string]int, len(header))}
	var fs faults
	for i, name := range header {
		key := strings.ToLower(name)
		if _, twice := c.index[key]; twice && key != "" {
			fs.add(name, name, "stands twice in the header")
		}
		c.index[key] = i
	}
	for _, name := range required {
		if _, there := c.index[name]; !there {
			fs.add(name, "", "is missing from the header")
		}
	}
	return c, geo.Reject("the table cannot be read", fs)
}

// has says whether there is such a column.
func (c *columns) has(name string) bool {
	_, there := c.index[name]
	return there
}

// get returns the field of a column, trimmed, with plain line ends; "" where
// there is none.
func (c *columns) get(name string) string {
	i, there := c.index[name]
	if !there || i >= len(c.fields) {
		return ""
	}
	return tidy(c.fields[i])
}

// number reads a number; nil where the field is empty.
func (c *columns) number(name string, fs *faults) *float64 {
	return parsed(c, name, fs, parseFloat, "is not a number")
}

// count reads a whole number, 0 or more; nil where the field is empty.
func (c *columns) count(name string, fs *faults) *int {
	return parsed(c, name, fs, parseCount, "is not a whole number of 0 or more")
}

func parsed[T any](c *columns, name string, fs *faults, parse func(string) (T, bool), detail string) *T {
	text := c.get(name)
	if text == "" {
		return nil
	}
	v, ok := parse(text)
	if !ok {
		fs.add(name, text, "%s", detail)
		return nil
	}
	return &v
}

// rest keeps what stands in columns that a format does not take up, as it stands.
func (c *columns) rest(left []int) map[string]jsontext.Value {
	count, size := 0, 0
	for _, i := range left {
		if i < len(c.fields) && c.fields[i] != "" {
			count, size = count+1, size+len(c.fields[i])+2
		}
	}
	extra := make(map[string]jsontext.Value, count)
	room := make([]byte, 0, size) // for all of them, but where one must be escaped
	for _, i := range left {
		if i < len(c.fields) && c.fields[i] != "" {
			start := len(room)
			room = appendQuoted(room, c.fields[i])
			extra[c.names[i]] = room[start:len(room):len(room)]
		}
	}
	return extra
}

func appendQuoted(b []byte, text string) []byte {
	if geo.IsPlain(text) {
		return append(append(append(b, '"'), text...), '"')
	}
	quoted, err := jsontext.AppendQuote(b, text)
	if err != nil {
		// Not UTF-8: validation will name the column.
		return append(append(append(b, '"'), strings.ToValidUTF8(text, "\uFFFD")...), '"')
	}
	return quoted
}

// packed is the fields of a row in one piece, each after its length as a uvarint:
// a row is kept until its draft is in the store, and of its many strings the
// garbage collector would look at each.
type packed []byte

func pack(fields []string) packed {
	size := 0
	for _, f := range fields {
		size += len(f) + 2
	}
	b := make(packed, 0, size)
	for _, f := range fields {
		b = append(binary.AppendUvarint(b, uint64(len(f))), f...)
	}
	return b
}

func (p packed) unpack() (fields []string) {
	for len(p) > 0 {
		n, size := binary.Uvarint(p)
		fields = append(fields, string(p[size:size+int(n)]))
		p = p[size+int(n):]
	}
	return fields
}
