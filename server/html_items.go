package server

import (
	"net/http"
	"slices"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/labstack/echo/v4"
)

// htmlItems is a page of items as people read it.
type htmlItems struct {
	Title    string
	About    string
	Count    string // how many there are, in words
	Form     *htmlForm
	Table    *htmlTable
	First    string  // the address of the first page, where this is another
	Next     string  // of the next
	Problem  problem // of a page that shows what is wrong with the form
	Filtered bool
}

// htmlTable is a list of records. The cells of a row stand under Columns.
type htmlTable struct {
	Caption string
	Columns []string
	Rows    []htmlRow
}

type htmlRow []htmlCell

type htmlCell struct {
	Column string
	Heads  bool      // the row is about it
	Sign   string    // the type of an event
	Lines  [][]piece // the first is what counts
}

// itemsPage is a page of items for people.
func (a *answer) itemsPage(q itemsQuery, found data.Page) error {
	form, err := a.itemsForm(q.kind, q.filter, nil)
	if err != nil {
		return err
	}
	with, err := a.findAttached(found.Rows, q.filter)
	if err != nil {
		return err
	}
	table, err := a.table(q.kind, found.Rows, with)
	if err != nil {
		return err
	}
	links := a.pageLinks(q, found)
	main := htmlItems{Title: described[q.kind][0], About: described[q.kind][1], Form: form, Table: table, Count: countWords(q.kind, found, q.cursor != ""), Filtered: len(q.filter.Values()) > 0}
	for _, l := range links {
		if l.Rel == "next" && l.Method == "" {
			main.Next = l.Href
		}
	}
	if q.cursor != "" {
		main.First = a.withoutCursor()
	}
	hasShape := slices.ContainsFunc(found.Rows, func(r index.Row) bool { return r.ShapeSeq != 0 })
	return a.html("items", htmlPage{Title: main.Title, Trail: []link{dataLink, {Title: main.Title}}, Links: links, Map: hasShape,
		Attribution: a.attribution(found.Rows, with), Main: main})
}

// withoutCursor is the address of the first page of what is asked for.
func (a *answer) withoutCursor() string {
	values := a.context.QueryParams()
	first := make(map[string][]string)
	for name, list := range values {
		if name != "cursor" {
			first[name] = list
		}
	}
	return a.href(a.context.Request().URL.Path, first)
}

// countWords says how many records there are, and how many are shown.
func countWords(k geo.Kind, found data.Page, continued bool) string {
	of := string(k)
	if found.Matched == 1 {
		of = of[:len(of)-1]
	}
	words := number(found.Matched) + " " + of
	if len(found.Rows) < found.Matched {
		words += ", " + number(len(found.Rows)) + " of them on this page"
	}
	if k == geo.Events && found.Matched > 1 {
		words += ", the newest first"
		if continued {
			words += ", continued"
		}
	}
	return words + "."
}

// table lists rows of a kind. with is the events attached to each, where there are such.
func (a *answer) table(k geo.Kind, rows []index.Row, with []attached) (*htmlTable, error) {
	records := make([]geo.Record, 0, len(rows))
	err := a.view.Records(slices.Values(rows), func(_ index.Row, record geo.Record) error {
		records = append(records, record)
		return nil
	})
	if err != nil {
		return nil, err
	}
	names, err := a.mentioned(records...)
	if err != nil {
		return nil, err
	}
	t := &htmlTable{Caption: described[k][0]}
	for i, record := range records {
		row := rowOf(record, names)
		if i < len(with) && haveAttached(rows) {
			row = append(row, htmlCell{Column: "Events", Lines: [][]piece{{word(number(with[i].count))}}})
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) > 0 {
		for _, cell := range t.Rows[0] {
			t.Columns = append(t.Columns, cell.Column)
		}
	}
	return t, nil
}

// rowOf is a record as a row of a table.
func rowOf(record geo.Record, names mentioned) htmlRow {
	switch r := record.(type) {
	case *geo.Event:
		return eventRow(r, names)
	case *geo.Place:
		return namedRow(r, r.Names, string(r.PlaceKind), within(r.Within, names))
	case *geo.Area:
		return namedRow(r, r.Names, string(r.AreaKind), within(r.Within, names))
	case *geo.Actor:
		row := namedRow(r, r.Names, string(r.ActorKind), nil)
		return append(row, htmlCell{Column: "Member of", Lines: mentionLines(geo.Actors, r.MemberOf, names)})
	case *geo.Dataset:
		return htmlRow{
			{Column: "Title", Heads: true, Lines: [][]piece{{linked(r, r.Title)}}},
			{Column: "Publisher", Lines: [][]piece{{word(r.Publisher)}}},
			{Column: "Licence", Lines: [][]piece{{word(r.Licence)}}},
		}
	}
	return nil
}

// linked is the name of a record, which leads to its page.
func linked(r geo.Record, name geo.Text) piece {
	p := inEnglish(name)
	p.Href = itemPath(r.Kind(), r.Key())
	return p
}

func eventRow(e *geo.Event, names mentioned) htmlRow {
	when := [][]piece{eventTimeWords(e)}
	if e.DatePrecision != "day" && e.DatePrecision != geo.UnknownDate {
		when = append(when, []piece{quiet(code("date_precision", e.DatePrecision))})
	}
	what := []piece{quiet(code("type", e.Type))}
	if e.Incidents > 1 {
		what = append(what, quiet(", "+number(e.Incidents)+" incidents"))
	}
	title := [][]piece{{linked(e, e.Title)}}
	if others := otherTexts(e.Title); len(others) > 0 {
		title = append(title, joined(others, " · "))
	}
	return htmlRow{
		{Column: "When", Lines: when},
		{Column: "Event", Heads: true, Sign: string(e.Type), Lines: append(title, what)},
		{Column: "Where", Lines: whereLines(e, names)},
		{Column: "Deaths", Lines: deathsLines(e)},
		{Column: "Status", Lines: [][]piece{{word(code("status", e.Status))}}},
	}
}

// namedRow is a record with names: the English one first, the others below.
func namedRow(r geo.Record, names geo.Text, kind string, within []htmlCell) htmlRow {
	lines := [][]piece{{linked(r, names)}}
	if others := otherTexts(names); len(others) > 0 {
		lines = append(lines, joined(others, " · "))
	}
	return append(htmlRow{{Column: "Name", Heads: true, Lines: lines}, {Column: "Kind", Lines: [][]piece{{word(code("kind", kind))}}}}, within...)
}

func within(id string, names mentioned) []htmlCell {
	cell := htmlCell{Column: "Within"}
	if id != "" {
		cell.Lines = mentionLines(geo.Areas, []string{id}, names)
	}
	return []htmlCell{cell}
}

// mentions names records, each in a line.
func mentionLines(k geo.Kind, ids []string, names mentioned) (lines [][]piece) {
	for _, id := range ids {
		lines = append(lines, []piece{names.of(k, id)})
	}
	return lines
}

// joined puts a text between pieces.
func joined(list []piece, between string) (line []piece) {
	for i, p := range list {
		if i > 0 {
			line = append(line, word(between))
		}
		line = append(line, p)
	}
	return line
}

// tidyForm answers a form that a browser sent with fields left empty, or with
// several values of one field apart, by the address that says the same: without
// scripts a form can send nothing else. done is false where there is nothing to tidy.
func tidyForm(c echo.Context) (done bool, err error) {
	k, err := geo.ParseKind(param(c, "collection"))
	if err != nil || c.Request().URL.RawQuery == "" || c.Request().Method == http.MethodPost {
		return false, nil // parseItems says what is wrong
	}
	if f, _ := negotiate(c, itemsFormats[k]); f.name != asHTML.name {
		return false, nil
	}
	query, changed := tidied(k, c.QueryParams())
	if !changed {
		return false, nil
	}
	target := itemsPath(k)
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	c.Response().Header()["Vary"] = varyValues
	return true, c.Redirect(http.StatusSeeOther, target)
}
