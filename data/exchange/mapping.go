package exchange

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Mapping says which column of a table is which of our fields. docs/import.md
// describes the file.
type Mapping struct {
	Dataset      MappedDataset                `json:"dataset,omitzero"`
	Columns      map[string]string            `json:"columns"`                // field -> column
	Participants []MappedParticipant          `json:"participants,omitempty"` // a column each
	Constants    map[string]string            `json:"constants,omitempty"`    // field -> value of every row
	Dates        []string                     `json:"dates,omitempty"`        // forms, as DD/MM/YYYY, tried in turn
	Values       map[string]map[string]string `json:"values,omitempty"`       // field -> text in the file -> our code
}

// MappedDataset is what the mapping says of the dataset; an empty field says nothing.
type MappedDataset struct {
	ID             string             `json:"id,omitzero"`
	Title          string             `json:"title,omitzero"`
	Publisher      string             `json:"publisher,omitzero"`
	Licence        string             `json:"licence,omitzero"`
	Attribution    string             `json:"attribution,omitzero"`
	Link           string             `json:"link,omitzero"`
	Redistribution geo.Redistribution `json:"redistribution,omitzero"`
}

// MappedParticipant is a column that names who took part, several by semicolon.
type MappedParticipant struct {
	Column string   `json:"column"`
	Role   geo.Role `json:"role"`
}

// mappable lists the fields that a column or a constant can give, each with the
// names of columns that --guess takes for it.
var mappable = []struct {
	field string
	names string
}{
	{"id", "id event_id incident_id ref reference uid no"},
	{"type", "type event_type category incident_type"},
	{"subtype", "subtype sub_type sub_event_type"},
	{"title", "title headline name event"},
	{"summary", "summary description notes details narrative"},
	{"start", "start date event_date start_date date_start from"},
	{"end", "end end_date date_end to until"},
	{"date_precision", "date_precision time_precision"},
	{"date_text", "date_text"},
	{"place", "place location town village city site settlement place_name"},
	{"latitude", "latitude lat y"},
	{"longitude", "longitude lon lng long x"},
	{"place_precision", "place_precision geo_precision location_precision"},
	{"district", "district admin2 adm2 adm_2"},
	{"region", "region state province admin1 adm1 adm_1"},
	{"country", "country"},
	{"incidents", "incidents"},
	{"fatalities.best", "fatalities deaths killed best dead"},
	{"fatalities.low", "low fatalities_low deaths_low"},
	{"fatalities.high", "high fatalities_high deaths_high"},
	{"status", "status verification"},
	{"tags", "tags keywords"},
	{"source.publisher", "source sources publisher media"},
	{"source.title", "source_title"},
	{"source.date", "source_date"},
	{"source.link", "link url source_link source_url"},
	{"source.according_to", "according_to"},
}

func isMappable(field string) bool {
	for _, m := range mappable {
		if m.field == field {
			return true
		}
	}
	return false
}

// ParseMapping reads a mapping. The error is Invalid, with every fault.
func ParseMapping(b []byte) (*Mapping, error) {
	m := new(Mapping)
	if err := json.Unmarshal(b, m, json.RejectUnknownMembers(true)); err != nil {
		return nil, geo.Errorf(geo.Invalid, "the mapping cannot be read: %w", err)
	}
	var fs faults
	for _, name := range slices.Concat(slices.Sorted(maps.Keys(m.Columns)), slices.Sorted(maps.Keys(m.Constants)), slices.Sorted(maps.Keys(m.Values))) {
		if !isMappable(name) {
			fs.add(name, "", "is not a field: they are %s", mappableNames())
		}
	}
	for _, open := range []struct{ name, value string }{{"dataset.title", m.Dataset.Title}, {"dataset.publisher", m.Dataset.Publisher}, {"dataset.licence", m.Dataset.Licence},
		{"dataset.attribution", m.Dataset.Attribution}, {"start", m.Constants["start"]}} {
		if open.value == toFill {
			fs.add(open.name, open.value, "is still to be filled in")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Columns)) {
		if _, both := m.Constants[name]; both {
			fs.add(name, m.Constants[name], "has a column and a constant")
		}
	}
	for _, needed := range []string{"type", "start"} {
		if m.Columns[needed] == "" && m.Constants[needed] == "" {
			fs.add(needed, "", "is missing: name its column, or a constant")
		}
	}
	for _, p := range m.Participants {
		if !slices.Contains(geo.Roles(), p.Role) {
			fs.add("participants", string(p.Role), "is not a role")
		}
	}
	for _, form := range m.Dates {
		if layout := dateLayout(form); !strings.Contains(layout, "2006") || !strings.Contains(layout, "2") {
			fs.add("dates", form, "is not a form of a date with YYYY, MM and DD")
		}
	}
	return m, geo.Reject("the mapping cannot be used", fs)
}

func mappableNames() string {
	names := make([]string, len(mappable))
	for i, m := range mappable {
		names[i] = m.field
	}
	return strings.Join(names, ", ")
}

// DatasetID is the dataset's id that the mapping gives, or "".
func (m *Mapping) DatasetID() string {
	if m == nil {
		return ""
	}
	return m.Dataset.ID
}

// SetDataset sets what the mapping says of the dataset.
func (m *Mapping) SetDataset(d *geo.Dataset) {
	if m == nil {
		return
	}
	if m.Dataset.Title != "" {
		d.Title = geo.Text{"en": m.Dataset.Title}
	}
	if m.Dataset.Redistribution != "" {
		d.Redistribution = m.Dataset.Redistribution
	}
	for _, f := range []struct {
		value string
		field *string
	}{{m.Dataset.Publisher, &d.Publisher}, {m.Dataset.Licence, &d.Licence}, {m.Dataset.Attribution, &d.Attribution}, {m.Dataset.Link, &d.Link}} {
		if f.value != "" {
			*f.field = f.value
		}
	}
}

// dateTokens are the words of a date's form and Go's for them, the longer first.
var dateTokens = strings.NewReplacer("YYYY", "2006", "YY", "06", "MMMM", "January", "MMM", "Jan", "MM", "01", "DD", "02", "HH", "15", "mm", "04", "ss", "05", "M", "1", "D", "2")

func dateLayout(form string) string { return dateTokens.Replace(form) }

// toFill stands in a guessed mapping where only a person knows.
const toFill = "?"

// GuessMapping writes a first mapping for a table by the names of its columns.
func GuessMapping(s *Source) ([]byte, error) {
	format, err := Recognise(s)
	if err != nil {
		return nil, err
	}
	if format != CSV && format != XLSX {
		return nil, geo.Errorf(geo.Invalid, "a file in the format %s needs no mapping", format)
	}
	t, err := openTable(s, format)
	if err != nil {
		return nil, err
	}
	m := Mapping{Columns: make(map[string]string), Constants: make(map[string]string), Dates: []string{"YYYY-MM-DD", "DD/MM/YYYY"},
		Dataset: MappedDataset{ID: DatasetName(format, s.Name), Title: toFill, Publisher: toFill, Licence: toFill, Attribution: toFill, Redistribution: geo.Private},
		Values:  map[string]map[string]string{"type": {"text in the file": "clash"}}}
	for _, field := range mappable {
		for _, name := range strings.Fields(field.names) {
			i := slices.IndexFunc(t.header(), func(h string) bool { return strings.ReplaceAll(geo.Fold(h), " ", "_") == name })
			if i >= 0 && m.Columns[field.field] == "" {
				m.Columns[field.field] = t.header()[i]
			}
		}
	}
	for field, value := range map[string]string{"type": string(geo.OtherEvent), "date_precision": "day", "place_precision": string(geo.UnknownPlace), "start": toFill} {
		if m.Columns[field] == "" {
			m.Constants[field] = value
		}
	}
	if m.Columns["type"] == "" {
		m.Values = nil
	}
	b, err := json.Marshal(m, jsontext.WithIndent("  "), json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	return append(b, '\n'), nil
}
