package server

import (
	"fmt"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
)

// eventText says of an event in sentences when, where and by whom it was, how many
// died, how sure that is, and according to whom: feed readers show no tables.
func (m *mentions) eventText(e *geo.Event) (string, error) {
	where, err := m.whereText(e)
	if err != nil {
		return "", err
	}
	who, err := m.whoText(e.Participants)
	if err != nil {
		return "", err
	}
	sentences := []string{whenText(e), where, who, e.Summary.In("en"), deathsText(e), "Status: " + inside(code("status", e.Status))}
	if e.Incidents > 1 {
		sentences = append(sentences, fmt.Sprintf("The record stands for %d incidents", e.Incidents))
	}
	for _, s := range e.Sources {
		sentences = append(sentences, sourceText(s))
	}
	var b strings.Builder
	for _, s := range sentences {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(s)
		if !strings.ContainsAny(s[len(s)-1:], ".!?") {
			b.WriteByte('.')
		}
	}
	return b.String(), nil
}

// whenText says when an event was, as pages do, and in the report's words.
func whenText(e *geo.Event) string {
	var text strings.Builder
	for _, p := range eventTimeWords(e) {
		text.WriteString(p.Text)
	}
	if e.DateText != "" {
		text.WriteString(` ("` + e.DateText + `" in the report)`)
	}
	return text.String()
}

// placeTexts say how a precision stands to the place that is named.
var placeTexts = map[geo.PlacePrecision]string{
	geo.Exact: "In %s", geo.Near: "Near %s, within about 25 km", geo.DistrictWide: "Somewhere in the district of %s", geo.RegionWide: "Somewhere in the region of %s",
	geo.Fuzzy: "Along a line or in a vague area about %s", geo.CountryWide: "Somewhere in the country of %s, place not given", geo.International: "Between countries, among them that of %s",
	geo.UnknownPlace: "Place not known",
}

// areaTexts say it where what is named is itself the area.
var areaTexts = map[geo.PlacePrecision]string{geo.DistrictWide: "Somewhere in %s", geo.RegionWide: "Somewhere in %s", geo.CountryWide: "Somewhere in %s, place not given"}

func (m *mentions) whereText(e *geo.Event) (string, error) {
	name, err := m.locationName(e.PlaceID)
	if err != nil {
		return "", err
	}
	if name == "" {
		return sentence(code("place_precision", e.PlacePrecision)), nil
	}
	if text := areaTexts[e.PlacePrecision]; text != "" {
		if _, isArea := m.view.Find(geo.Areas, e.PlaceID); isArea {
			return fmt.Sprintf(text, name), nil
		}
	}
	text := placeTexts[e.PlacePrecision]
	if !strings.Contains(text, "%s") {
		return text, nil
	}
	return fmt.Sprintf(text, name), nil
}

// mentions are the records that those on a page mention, each read once.
type mentions struct {
	view data.View
	read map[mention]geo.Record
}

type mention struct {
	kind geo.Kind
	id   string
}

// record reads a record; nil where there is none that may leave.
func (m *mentions) record(k geo.Kind, id string) (geo.Record, error) {
	at := mention{k, id}
	if r, known := m.read[at]; known {
		return r, nil
	}
	r, _, err := m.view.Record(k, id)
	if err == nil {
		m.read[at] = r
	}
	return r, err
}

// location reads a place or an area.
func (m *mentions) location(id string) (geo.Record, error) {
	row, found := m.view.Location(id)
	if !found {
		return nil, nil
	}
	return m.record(row.Kind, id)
}

// locationName is the name of a place or an area; "" where there is none that may leave.
func (m *mentions) locationName(id string) (string, error) {
	record, err := m.location(id)
	return nameOf(record), err
}

func nameOf(record geo.Record) string {
	switch record := record.(type) {
	case *geo.Place:
		return record.Names.In("en")
	case *geo.Area:
		return record.Names.In("en")
	case *geo.Actor:
		return record.Names.In("en")
	}
	return ""
}

func (m *mentions) whoText(participants []geo.Participant) (string, error) {
	var names []string
	for _, p := range participants {
		name := p.Name
		if p.ActorID != "" {
			actor, err := m.record(geo.Actors, p.ActorID)
			if err != nil {
				return "", err
			}
			name = nameOf(actor)
		}
		if name != "" {
			names = append(names, name+" ("+inside(code("role", p.Role))+")")
		}
	}
	return strings.Join(names, ", "), nil
}

// peaceful are types of which nobody expects a count of deaths.
var peaceful = []geo.EventType{geo.DiplomaticVisit, geo.Talks, geo.Agreement, geo.Statement, geo.Policy}

func deathsText(e *geo.Event) string {
	f := e.Fatalities
	text := func(n *int) string {
		if n == nil {
			return "not known"
		}
		return fmt.Sprint(*n)
	}
	switch {
	case f == nil && slices.Contains(peaceful, e.Type):
		return ""
	case f == nil || f.Best == nil && f.Low == nil && f.High == nil:
		return "Deaths: not known"
	case f.Low == nil && f.High == nil:
		return "Deaths: " + text(f.Best)
	}
	return "Deaths: best estimate " + text(f.Best) + ", at least " + text(f.Low) + ", at most " + text(f.High)
}

func sourceText(s geo.Source) string {
	text := "Source: " + s.Publisher
	if s.Title != "" {
		text += `, "` + s.Title + `"`
	}
	if s.Date != "" {
		text += ", " + s.Date
	}
	if s.AccordingTo != "" {
		text += ", according to " + s.AccordingTo
	}
	if s.Link != "" {
		text += " <" + s.Link + ">"
	}
	return text
}
