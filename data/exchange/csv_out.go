package exchange

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/go-json-experiment/json"
	"github.com/paulmach/orb"
)

// CSVColumn is a column of an export as CSV, and what stands in it.
type CSVColumn struct {
	Name, About string
	value       func(e *Export, ev *geo.Event) string
}

// CSVColumns lists the columns of an export as CSV; docs/codebook.md is made of it.
func CSVColumns() []CSVColumn {
	people := func(role geo.Role) func(*Export, *geo.Event) string {
		return func(e *Export, ev *geo.Event) string { return e.names(ev, role) }
	}
	return []CSVColumn{
		{"id", "stable id; begins with the dataset's", func(_ *Export, ev *geo.Event) string { return ev.ID }},
		{"type", "event type, one of the codes of docs/records.md", func(_ *Export, ev *geo.Event) string { return string(ev.Type) }},
		{"subtype", "the source's own label", func(_ *Export, ev *geo.Event) string { return ev.Subtype }},
		{"title", "title, in English where there is one", func(_ *Export, ev *geo.Event) string { return ev.Title.In("en") }},
		{"summary", "summary, in English where there is one", func(_ *Export, ev *geo.Event) string { return ev.Summary.In("en") }},
		{"start", "first day or time, UTC; empty: not known", func(_ *Export, ev *geo.Event) string { return ev.Start.String() }},
		{"end", "last day or time, inclusive; empty: going on as last reported, or not known", func(_ *Export, ev *geo.Event) string { return ev.End.String() }},
		{"date_precision", "how closely start and end are known", func(_ *Export, ev *geo.Event) string { return string(ev.DatePrecision) }},
		{"date_text", "the report's words about time", func(_ *Export, ev *geo.Event) string { return ev.DateText }},
		{"place_id", "id of the place or area", func(_ *Export, ev *geo.Event) string { return ev.PlaceID }},
		{"place_name", "its name in English", func(e *Export, ev *geo.Event) string { return e.placeName(ev.PlaceID) }},
		{"place_precision", "how closely the place is known: read it before the coordinates", func(_ *Export, ev *geo.Event) string { return string(ev.PlacePrecision) }},
		{"latitude", "degrees north (WGS 84), of the event's point or its place's; empty where it is no point", func(e *Export, ev *geo.Event) string { return e.coordinate(ev, 1) }},
		{"longitude", "degrees east", func(e *Export, ev *geo.Event) string { return e.coordinate(ev, 0) }},
		{"initiators", "who began it, by semicolon", people("initiator")},
		{"targets", "whom it was against", people("target")},
		{"parties", "who took part where no source says who attacked whom, or all agreed", people("party")},
		{"visitors", "who visited", people("visitor")},
		{"hosts", "who was visited", people("host")},
		{"mediators", "who mediated", people("mediator")},
		{"others", "in other roles", people("other")},
		{"incidents", "how many incidents the row stands for", func(_ *Export, ev *geo.Event) string { return strconv.Itoa(ev.Incidents) }},
		{"fatalities_best", "best estimate of deaths; empty: not known, never zero", func(_ *Export, ev *geo.Event) string {
			return deaths(ev, func(f *geo.Fatalities) *int { return f.Best })
		}},
		{"fatalities_low", "low estimate", func(_ *Export, ev *geo.Event) string {
			return deaths(ev, func(f *geo.Fatalities) *int { return f.Low })
		}},
		{"fatalities_high", "high estimate", func(_ *Export, ev *geo.Event) string {
			return deaths(ev, func(f *geo.Fatalities) *int { return f.High })
		}},
		{"part_of", "id of the operation or campaign", func(_ *Export, ev *geo.Event) string { return ev.PartOf }},
		{"related", "relation:id, by semicolon", func(_ *Export, ev *geo.Event) string {
			return list(ev.Related, func(r geo.Relation) string { return string(r.Relation) + ":" + r.Event })
		}},
		{"sources", "publisher, title, date and link of each report, by semicolon", func(_ *Export, ev *geo.Event) string { return list(ev.Sources, sourceLine) }},
		{"according_to", "whom the reports cite, by semicolon", func(_ *Export, ev *geo.Event) string {
			return list(ev.Sources, func(s geo.Source) string { return s.AccordingTo })
		}},
		{"inferred", "fields that no source states, and from what they were inferred, by semicolon", func(_ *Export, ev *geo.Event) string {
			return list(ev.Inferred, func(i geo.Inference) string { return i.Field + ": " + i.From })
		}},
		{"status", "how far the record can be relied on", func(_ *Export, ev *geo.Event) string { return string(ev.Status) }},
		{"tags", "by semicolon", func(_ *Export, ev *geo.Event) string { return strings.Join(ev.Tags, "; ") }},
		{"dataset_id", "id of the dataset", func(_ *Export, ev *geo.Event) string { return ev.DatasetID }},
		{"licence", "the dataset's terms", func(e *Export, ev *geo.Event) string { return e.terms(ev).Licence }},
		{"attribution", "the line that must stand wherever the row does", func(e *Export, ev *geo.Event) string { return e.terms(ev).Attribution }},
		{"extra", "the source's remaining columns, as a JSON object", func(_ *Export, ev *geo.Event) string { return extra(ev) }},
	}
}

// numeric are the columns that hold numbers, which no spreadsheet takes for a formula.
var numeric = map[string]bool{"latitude": true, "longitude": true, "incidents": true, "fatalities_best": true, "fatalities_low": true, "fatalities_high": true}

// writeCSV writes one row an event.
func writeCSV(w io.Writer, e *Export) error {
	columns := CSVColumns()
	out := csv.NewWriter(w)
	out.UseCRLF = true
	fields := make([]string, len(columns))
	for i, c := range columns {
		fields[i] = c.Name
	}
	if err := out.Write(fields); err != nil {
		return err
	}
	err := e.View.Records(e.Selection.Rows(nil), func(_ index.Row, record geo.Record) error {
		ev, isEvent := record.(*geo.Event)
		if !isEvent {
			return nil
		}
		for i, c := range columns {
			if fields[i] = c.value(e, ev); !numeric[c.Name] {
				fields[i] = noFormula(fields[i])
			}
		}
		return out.Write(fields)
	})
	out.Flush()
	return errors.Join(err, out.Error())
}

// noFormula puts an apostrophe before what a spreadsheet would compute (OWASP,
// CSV injection).
func noFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func (e *Export) names(ev *geo.Event, role geo.Role) string {
	var names []string
	for _, p := range ev.Participants {
		if p.Role != role {
			continue
		}
		name := p.Name
		if a, isActor := e.mentioned(geo.Actors, p.ActorID).(*geo.Actor); isActor {
			name = a.Names.In("en")
		}
		names = append(names, name)
	}
	return strings.Join(names, "; ")
}

func (e *Export) coordinate(ev *geo.Event, axis int) string {
	g := ev.Geometry
	if place, isPlace := e.mentioned(geo.Places, ev.PlaceID).(*geo.Place); g == nil && isPlace {
		g = place.Geometry
	}
	p, isPoint := g.(orb.Point)
	if !isPoint {
		return ""
	}
	return strconv.FormatFloat(p[axis], 'f', -1, 64)
}

func (e *Export) terms(ev *geo.Event) *geo.Dataset {
	if d := e.View.Dataset(ev.DatasetID); d != nil {
		return d
	}
	return new(geo.Dataset)
}

func deaths(ev *geo.Event, of func(*geo.Fatalities) *int) string {
	if ev.Fatalities == nil || of(ev.Fatalities) == nil {
		return ""
	}
	return strconv.Itoa(*of(ev.Fatalities))
}

func list[T any](items []T, text func(T) string) string {
	var texts []string
	for _, item := range items {
		if t := text(item); t != "" {
			texts = append(texts, t)
		}
	}
	return strings.Join(texts, "; ")
}

func sourceLine(s geo.Source) string {
	var parts []string
	for _, part := range []string{s.Publisher, s.Title, s.Date, s.Link} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

func extra(ev *geo.Event) string {
	if len(ev.Extra) == 0 {
		return ""
	}
	b, err := json.Marshal(ev.Extra, json.Deterministic(true))
	if err != nil {
		return "" // kept as JSON, it is JSON
	}
	return string(b)
}
