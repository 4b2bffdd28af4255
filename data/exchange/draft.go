package exchange

import (
	"fmt"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// Draft is one row on its way to a record: the event, and what the row says of
// where it was, in words that are yet to be found among the places and areas.
type Draft struct {
	Row      int // in the file, the header's is 1
	Record   geo.Record
	Spot     Spot
	Warnings []geo.Fault // doubtful, and kept all the same

	// As it stood in the file, should it be rejected later.
	header []string // of its table
	fields packed
	raw    []byte
}

// reject makes of the draft a row that cannot go in.
func (d *Draft) reject(fs []geo.Fault) *Reject {
	return &Reject{Row: d.Row, ID: d.Record.Key(), Header: d.header, Fields: d.fields.unpack(), Raw: string(d.raw), Faults: fs}
}

// Spot is where a row says that its event was.
type Spot struct {
	Name     string // of the point, as "Lashio town"; "" where it has none
	District string // second-order unit
	Region   string // first-order unit
	Country  string
}

// Reject is a row that cannot go in, and why.
type Reject struct {
	Row    int
	ID     string   // of its record, "" where not even that can be told
	Header []string // of its table; nil where it is none
	Fields []string // of a table's row, as they stood in the file
	Raw    string   // of a line that is no row or no JSON
	Faults []geo.Fault
}

func (r *Reject) Error() string {
	texts := make([]string, len(r.Faults))
	for i, f := range r.Faults {
		texts[i] = f.String()
	}
	return fmt.Sprintf("row %d: %s", r.Row, strings.Join(texts, "; "))
}

// Reader reads one file in two steps, of which the second can be taken by many
// goroutines at once.
type Reader interface {
	// Next reads the next row into the one given, whose memory it uses again. It
	// returns io.EOF after the last row and a *Reject for one that cannot be read,
	// after which it can go on; any other error is the end.
	Next(*row) error
	// Draft makes a draft of a row, or a *Reject.
	Draft(*row) (*Draft, *Reject)
}

// row is a row as it stands in the file.
type row struct {
	number int
	fields []string // of a table
	raw    []byte   // of a file of our own records
}

// faults gathers what is wrong, or doubtful, with one row.
type faults []geo.Fault

func (fs *faults) add(column, value, format string, args ...any) {
	*fs = append(*fs, geo.Fault{Name: column, Value: geo.Quote(value), Detail: fmt.Sprintf(format, args...)})
}

// checkPoint reports coordinates that make no sense, and says so where they look
// as if longitude and latitude had changed places.
func checkPoint(latitudeColumn, longitudeColumn string, lat, lon float64) (fs faults) {
	switch {
	case lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180:
	case lon >= -90 && lon <= 90 && lat >= -180 && lat <= 180:
		fs.add(latitudeColumn, fmt.Sprint(lat), "is no latitude: it and %s %g look swapped", longitudeColumn, lon)
	case !(lat >= -90 && lat <= 90):
		fs.add(latitudeColumn, fmt.Sprint(lat), "is not a latitude from -90 to 90")
	default:
		fs.add(longitudeColumn, fmt.Sprint(lon), "is not a longitude from -180 to 180")
	}
	return fs
}

// point is the event's point, or nothing.
func point(lat, lon *float64) orb.Geometry {
	if lat == nil || lon == nil {
		return nil
	}
	return orb.Point{*lon, *lat}
}
