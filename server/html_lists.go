package server

import (
	"maps"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// lists are the events that the page of a record shows: those attached to a place
// or an area, those that an actor took part in, the parts of an operation, those of
// a dataset.
func (a *answer) lists(row index.Row, filter geo.Filter, with attached) ([]htmlList, error) {
	list := htmlList{Count: with.count}
	newest := with.newest
	var all geo.Filter
	switch row.Kind {
	case geo.Places:
		list.Title, all = "Events here", filter.Attached()
		all.Places = []string{row.ID}
	case geo.Areas:
		list.Title, all = "Events here", filter.Attached()
		all.Areas = []string{row.ID}
	case geo.Actors:
		list.Title, all.Actors = "Took part in", []string{row.ID}
	case geo.Events:
		list.Title, all.PartOf = "Its parts", []string{row.ID}
	case geo.Datasets:
		list.Title, all.Datasets = "Events of it", []string{row.ID}
	}
	if !haveAttached([]index.Row{row}) {
		page, err := a.view.Query(geo.Events, all, nil, "", attachedLimit)
		if err != nil {
			return nil, err
		}
		list.Count, newest = page.Matched, page.Rows
	}
	if list.Count == 0 && row.Kind == geo.Events {
		return nil, nil // most are no operation
	}
	list.All = itemsPath(geo.Events) + "?" + all.Values().Encode()
	if chosen := filter.Attached().Values().Encode(); chosen != "" {
		list.Note = "Only those that match " + chosen + "."
	}
	var err error
	list.Table, err = a.table(geo.Events, newest, nil)
	return []htmlList{list}, err
}

// addPosition says where the record is drawn: with whose geometry, and where that
// lies. It is the last fact: for an event placed roughly it is not where it was.
func (a *answer) addPosition(facts []fact, row index.Row, record geo.Record, names mentioned) []fact {
	box, found := geo.Extent(a.view.Shape(row))
	if row.ShapeSeq == 0 || !found {
		return facts
	}
	words := boxWords(box)
	if box.West == box.East && box.South == box.North {
		words = latitude(box.South) + ", " + longitude(box.West)
	}
	f := fact{Term: "Position", Lines: [][]piece{{word(words)}}}
	if e, isEvent := record.(*geo.Event); isEvent && row.ShapeSeq != row.Seq {
		f.Lines = append(f.Lines, []piece{quiet("That of "), names.of(geo.Places, e.PlaceID), quiet(": the event has no other.")})
	}
	return append(facts, f)
}

// plainJSON is a JSON value for people: a text without its quotes.
func plainJSON(v jsontext.Value) string {
	var s string
	if json.Unmarshal(v, &s) == nil {
		return s
	}
	return string(v)
}

func sortedNames(x geo.Extra) []string { return slices.Sorted(maps.Keys(x)) }
