package geo

import "github.com/paulmach/orb"

// Redistribution says what of a dataset may be passed on.
type Redistribution string

// The levels.
const (
	Public  Redistribution = "public"  // the records themselves
	Derived Redistribution = "derived" // only counts of them
	Private Redistribution = "private" // nothing
)

// Redistributions lists them, the freest first.
func Redistributions() []Redistribution { return []Redistribution{Public, Derived, Private} }

// Dataset is where a set of records comes from, and on what terms.
type Dataset struct {
	ID string `json:"-"`

	Title          Text           `json:"title"`
	Publisher      string         `json:"publisher"`
	Licence        string         `json:"licence"`     // an SPDX id where there is one
	Attribution    string         `json:"attribution"` // the line that stands wherever its records do
	Link           string         `json:"link,omitzero"`
	Redistribution Redistribution `json:"redistribution"`
	Summary        Text           `json:"summary,omitempty"`
}

// Kind is Datasets.
func (d *Dataset) Kind() Kind { return Datasets }

// Key is the dataset's id.
func (d *Dataset) Key() string { return d.ID }

// Shape is nil.
func (d *Dataset) Shape() orb.Geometry { return nil }

// InDataset is the dataset's own id.
func (d *Dataset) InDataset() string { return d.ID }

// References is empty.
func (d *Dataset) References() []Reference { return nil }

func (d *Dataset) setFeature(id string, _ orb.Geometry) { d.ID = id }

func (d *Dataset) check() (fs faults) {
	fs = append(fs, d.Title.check("title", true)...)
	fs = append(fs, checkText("publisher", d.Publisher, lineLimit, true)...)
	fs = append(fs, checkText("licence", d.Licence, lineLimit, true)...)
	fs = append(fs, checkText("attribution", d.Attribution, lineLimit, true)...)
	fs = append(fs, checkLink("link", d.Link)...)
	fs = append(fs, checkOneOf("redistribution", d.Redistribution, Redistributions())...)
	return append(fs, d.Summary.check("summary", false)...)
}
