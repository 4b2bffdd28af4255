package geo

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Source is one report that an event rests on.
type Source struct {
	Publisher   string `json:"publisher"`
	Title       string `json:"title,omitzero"`
	Date        string `json:"date,omitzero"` // YYYY, YYYY-MM or YYYY-MM-DD: as far as it is known
	Link        string `json:"link,omitzero"` // http or https
	AccordingTo string `json:"according_to,omitzero"`
}

func (s Source) check(name string) (fs faults) {
	fs = append(fs, checkText(name+".publisher", s.Publisher, lineLimit, true)...)
	fs = append(fs, checkText(name+".title", s.Title, textLimit, false)...)
	fs = append(fs, checkText(name+".according_to", s.AccordingTo, textLimit, false)...)
	fs = append(fs, checkLink(name+".link", s.Link)...)
	if s.Date != "" && !validPartialDate(s.Date) {
		fs.add(name+".date", s.Date, "is not a date of the form 2024, 2024-07 or 2024-07-22")
	}
	return fs
}

// Claim is what one source says of one field, where sources disagree.
type Claim struct {
	Field       string         `json:"field"` // a property of the event, as "fatalities.best"
	Value       jsontext.Value `json:"value"` // any JSON
	AccordingTo string         `json:"according_to"`
}

func (c Claim) check(name string) (fs faults) {
	fs = append(fs, checkText(name+".field", c.Field, lineLimit, true)...)
	fs = append(fs, checkText(name+".according_to", c.AccordingTo, textLimit, true)...)
	if len(c.Value) == 0 {
		fs.add(name+".value", "", "is missing")
	}
	return fs
}

// Inference says of one field that no source states it, and what it was inferred from.
type Inference struct {
	Field string `json:"field"`
	From  string `json:"from"`
}

func (i Inference) check(name string) (fs faults) {
	fs = append(fs, checkText(name+".field", i.Field, lineLimit, true)...)
	return append(fs, checkText(name+".from", i.From, textLimit, true)...)
}

// checkEach runs a check over a list, naming each element by its place in it.
func checkEach[T interface{ check(string) faults }](name string, list []T) (fs faults) {
	for i, v := range list {
		if len(v.check("")) == 0 {
			continue // names are made where there is a fault to be named
		}
		fs = append(fs, v.check(name+"["+strconv.Itoa(i)+"]")...)
	}
	return fs
}
