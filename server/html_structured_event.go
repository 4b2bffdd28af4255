package server

import (
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// eventThing is an event: its title, its sources, and of its time and place what is
// sure.
func (a *answer) eventThing(e *geo.Event, row index.Row, names mentioned) thing {
	t := thing{Type: "Event", ID: a.href(itemPath(geo.Events, e.ID), nil), URL: a.href(itemPath(geo.Events, e.ID), nil), Name: e.Title.In(), Description: e.Summary.In()}
	t.Start, t.End = sureDates(e)
	if !isInferred(e.Inferred, "place_id", "place_precision", "geometry") {
		t.Location = a.eventPlace(e, row, names)
	}
	if e.PartOf != "" && !isInferred(e.Inferred, "part_of") {
		t.Super = a.mentionThing("Event", names.of(geo.Events, e.PartOf))
	}
	for _, s := range e.Sources {
		report := thing{Type: "CreativeWork", Name: s.Title, URL: outside("", s.Link).Href, DatePublished: s.Date}
		if s.Publisher != notKnown {
			report.Publisher = &thing{Type: "Organization", Name: s.Publisher}
		}
		t.SubjectOf = append(t.SubjectOf, report)
	}
	return t
}

// sureDates are the dates that an event is sure to have begun and ended on: of one
// that was within some days only the month or the year that they share.
func sureDates(e *geo.Event) (start, end string) {
	if e.DatePrecision == "day" {
		start, end = e.Start.String(), e.End.String()
	} else if !e.Start.IsZero() && !e.End.IsZero() {
		from, to := e.Start.First(), e.End.Last()
		switch {
		case from.Year() != to.Year():
		case from.Month() == to.Month():
			start = from.Format("2006-01")
		default:
			start = from.Format("2006")
		}
		end = start
	}
	if isInferred(e.Inferred, "start") {
		start = ""
	}
	if isInferred(e.Inferred, "end") {
		end = ""
	}
	return start, end
}

// eventPlace is where an event was: a place with its position where that is the
// event's own; else the words for how closely it is known, and at most a box.
func (a *answer) eventPlace(e *geo.Event, row index.Row, names mentioned) *thing {
	box, drawn := geo.Extent(a.view.Shape(row))
	isPoint := drawn && box.West == box.East && box.South == box.North
	if e.PlacePrecision == geo.Exact {
		t := &thing{Type: "Place"}
		if e.PlaceID != "" {
			t = a.mentionThing("Place", names.of(geo.Places, e.PlaceID))
		}
		if drawn {
			t.Geo = shapeThing(box)
		}
		return t
	}
	if e.PlaceID == "" {
		return nil
	}
	at := names.of(geo.Places, e.PlaceID).Text
	if e.PlacePrecision == geo.Near {
		return &thing{Type: "Place", Name: "Within about 25 km of " + at}
	}
	t := &thing{Type: "Place", Name: at + " (" + code("place_precision", e.PlacePrecision) + ")"}
	if drawn && !isPoint { // a point would be a centroid
		t.Geo = boxThing(box)
	}
	return t
}
