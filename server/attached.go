package server

import (
	"slices"
	"strconv"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/go-json-experiment/json/jsontext"
)

// attachedLimit is how many of its events a place or an area carries; a link
// leads to all.
const attachedLimit = 10

// attached is the events that a place or an area carries in an answer.
type attached struct {
	count   int
	newest  []index.Row
	members []byte // to be added to its properties: event_count, events, events_href; nil of other kinds
}

// shortMembers are the properties of an event that its place or area carries, as
// they are stored, beside id and href.
var shortMembers = geo.ShortMembers()

// attach finds the events attached to each of the rows, and writes them.
func (a *answer) attach(rows []index.Row, f geo.Filter) ([]attached, error) {
	list, err := a.findAttached(rows, f)
	if err != nil || !haveAttached(rows) {
		return list, err
	}
	var newest []index.Row
	for _, w := range list {
		newest = append(newest, w.newest...)
	}
	short, err := a.short(newest)
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		list[i].members = a.attachedMembers(r, f, list[i].count, short[:len(list[i].newest)])
		short = short[len(list[i].newest):]
	}
	return list, nil
}

// haveAttached says whether the rows are places or areas.
func haveAttached(rows []index.Row) bool {
	return len(rows) > 0 && (rows[0].Kind == geo.Places || rows[0].Kind == geo.Areas)
}

// findAttached finds the events attached to each of the rows that is a place or an area.
func (a *answer) findAttached(rows []index.Row, f geo.Filter) ([]attached, error) {
	list := make([]attached, len(rows))
	if !haveAttached(rows) {
		return list, nil
	}
	attachments, err := a.view.Attachments(f)
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		all := attachments.Of(r)
		list[i].count = all.Len()
		list[i].newest, _ = all.Page(nil, attachedLimit)
		all.Release()
	}
	return list, nil
}

func (a *answer) attachedMembers(r index.Row, f geo.Filter, count int, events [][]byte) []byte {
	parameter := "place"
	if r.Kind == geo.Areas {
		parameter = "area"
	}
	query := f.Attached().Values()
	query.Set(parameter, r.ID)
	b := strconv.AppendInt([]byte(`,"event_count":`), int64(count), 10)
	b = append(b, `,"events":[`...)
	for i, e := range events {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, e...)
	}
	b = append(b, `],"events_href":`...)
	return appendQuoted(b, a.href(itemsPath(geo.Events), query))
}

// short writes events as their place or area carries them.
func (a *answer) short(rows []index.Row) (list [][]byte, err error) {
	err = a.view.Features(rows, func(r index.Row, parts geo.FeatureParts, _ []byte) error {
		b := appendQuoted([]byte(`{"id":`), r.ID)
		err := geo.Members(parts.Properties, func(name, value []byte) error {
			if slices.Contains(shortMembers, string(name)) {
				b = append(append(b, `,"`...), name...)
				b = append(append(b, `":`...), value...)
			}
			return nil
		})
		b = appendQuoted(append(b, `,"href":`...), a.href(itemPath(geo.Events, r.ID), nil))
		list = append(list, append(b, '}'))
		return err
	})
	return list, err
}

// appendQuoted writes a text as JSON. Ids and addresses are valid UTF-8.
func appendQuoted(b []byte, s string) []byte {
	if geo.IsPlain(s) {
		return append(append(append(b, '"'), s...), '"')
	}
	quoted, err := jsontext.AppendQuote(b, s)
	if err != nil {
		return append(b, `""`...)
	}
	return quoted
}

// attribution lists the attribution lines of all whose work the rows and the
// events with them show.
func (a *answer) attribution(rows []index.Row, with []attached) []string {
	return data.Attributions(a.view.Datasets(func(yield func(index.Row) bool) {
		for _, r := range rows {
			if !yield(r) {
				return
			}
		}
		for _, w := range with {
			for _, r := range w.newest {
				if !yield(r) {
					return
				}
			}
		}
	}))
}
