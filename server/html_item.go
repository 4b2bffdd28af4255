package server

import (
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// htmlItem is one record as people read it.
type htmlItem struct {
	Kind      string // what it is, in a word
	Sign      string // of an event
	Name      piece
	Others    []piece // its names in other languages, and other spellings
	Summaries []piece
	Facts     []fact
	Sources   [][][]piece // the lines of each
	Inferred  []inference
	Claims    []claim
	Lists     []htmlList
	Extra     []fact
	Dataset   []fact
}

// inference is a field that no source states.
type inference struct{ Anchor, Field, From string }

// claim is what one source says of a field, where sources disagree.
type claim struct{ Field, Value, AccordingTo string }

// htmlList is a list of events on the page of another record.
type htmlList struct {
	Title string
	Note  string // which are left out
	Count int
	Table *htmlTable
	All   string // the address of all of them
}

// itemPage is the page of one record. filter chooses among the events attached to
// a place or an area.
func (a *answer) itemPage(row index.Row, filter geo.Filter) error {
	record, err := a.recordOf(row)
	if err != nil {
		return err
	}
	names, err := a.mentioned(record)
	if err != nil {
		return err
	}
	with, err := a.findAttached([]index.Row{row}, filter)
	if err != nil {
		return err
	}
	item := a.item(record, names)
	item.Facts = a.addPosition(item.Facts, row, record, names)
	item.infer(inferred(record))
	if row.Kind != geo.Datasets {
		item.Dataset = a.datasetFacts(record.InDataset())
	}
	item.Facts = append(item.Facts, fact{Term: "Id", Lines: [][]piece{{{Text: row.ID, Code: true}}}})
	if item.Lists, err = a.lists(row, filter, with[0]); err != nil {
		return err
	}
	return a.html("item", htmlPage{
		Title: item.Name.Text, Links: a.itemLinks(row, filter, shape{crs: geo.CRS84}), Map: row.ShapeSeq != 0, Main: item,
		Trail:       []link{dataLink, {Href: itemsPath(row.Kind), Title: described[row.Kind][0]}, {Title: item.Name.Text}},
		Attribution: a.attribution([]index.Row{row}, with), Structured: a.itemData(row, record, names),
	})
}

func (a *answer) recordOf(row index.Row) (record geo.Record, err error) {
	err = a.view.Records(func(yield func(index.Row) bool) { yield(row) }, func(_ index.Row, r geo.Record) error {
		record = r
		return nil
	})
	return record, err
}

// item says what a record says.
func (a *answer) item(record geo.Record, names mentioned) htmlItem {
	var item htmlItem
	switch r := record.(type) {
	case *geo.Event:
		a.eventItem(&item, r, names)
	case *geo.Place:
		item.Kind = code("kind", r.PlaceKind)
		item.name(r.Names, r.OtherNames, r.Summary)
		item.Facts = locationFacts(r.PCode, r.Within, names)
	case *geo.Area:
		item.Kind = code("kind", r.AreaKind)
		item.name(r.Names, r.OtherNames, r.Summary)
		item.Facts = locationFacts(r.PCode, r.Within, names)
		if words := spanWords(r.Valid()); words != nil {
			item.Facts = append(item.Facts, fact{Term: "Stood", Lines: [][]piece{words}})
		}
	case *geo.Actor:
		item.Kind = code("kind", r.ActorKind)
		item.name(r.Names, r.OtherNames, r.Summary)
		if len(r.MemberOf) > 0 {
			item.Facts = []fact{{Term: "Member of", Lines: mentionLines(geo.Actors, r.MemberOf, names)}}
		}
	case *geo.Dataset:
		item.Kind = "Dataset"
		item.name(r.Title, nil, r.Summary)
		item.Facts = termsOf(r)
	}
	return item
}

func (a *answer) eventItem(item *htmlItem, e *geo.Event, names mentioned) {
	item.Kind, item.Sign = code("type", e.Type), string(e.Type)
	if e.Subtype != "" {
		item.Kind += " · " + e.Subtype
	}
	item.name(e.Title, nil, e.Summary)
	item.Facts = a.eventFacts(e, names)
	item.Sources = sourceLines(e.Sources)
	for _, c := range e.Claims {
		item.Claims = append(item.Claims, claim{c.Field, plainJSON(c.Value), c.AccordingTo})
	}
	if len(e.Tags) > 0 {
		item.Extra = append(item.Extra, fact{Term: "tags", Lines: [][]piece{{word(strings.Join(e.Tags, ", "))}}})
	}
	for _, name := range sortedNames(e.Extra) {
		item.Extra = append(item.Extra, fact{Term: name, Lines: [][]piece{{word(plainJSON(e.Extra[name]))}}})
	}
}

func (item *htmlItem) name(names geo.Text, spellings []string, summary geo.Text) {
	item.Name = inEnglish(names)
	item.Others = otherTexts(names)
	for _, s := range spellings {
		item.Others = append(item.Others, word(s))
	}
	if len(summary) > 0 {
		item.Summaries = append([]piece{inEnglish(summary)}, otherTexts(summary)...)
	}
}

func inferred(record geo.Record) []geo.Inference {
	switch r := record.(type) {
	case *geo.Event:
		return r.Inferred
	case *geo.Place:
		return r.Inferred
	case *geo.Area:
		return r.Inferred
	}
	return nil
}

// factOf says which fact of a page a field belongs to.
var factOf = map[string]string{
	"start": "When", "end": "When", "date_precision": "When", "date_text": "When",
	"place_id": "Where", "place_precision": "Where", "geometry": "Position", "route": "Way", "participants": "Who",
	"fatalities": "Deaths", "incidents": "Incidents", "status": "Status", "part_of": "Part of", "within": "Within", "pcode": "P-code",
}

// infer marks what no source states, at the foot and at the facts themselves.
func (item *htmlItem) infer(list []geo.Inference) {
	for n, i := range list {
		inferred := inference{"inferred-" + strconv.Itoa(n+1), i.Field, i.From}
		item.Inferred = append(item.Inferred, inferred)
		first, _, _ := strings.Cut(i.Field, ".")
		first, _, _ = strings.Cut(first, "[")
		for f := range item.Facts {
			if item.Facts[f].Term == factOf[first] {
				item.Facts[f].Inferred = append(item.Facts[f].Inferred, inferred)
			}
		}
	}
}

func locationFacts(pcode, within string, names mentioned) (facts []fact) {
	if within != "" {
		facts = append(facts, fact{Term: "Within", Lines: mentionLines(geo.Areas, []string{within}, names)})
	}
	if pcode != "" {
		facts = append(facts, fact{Term: "P-code", Lines: [][]piece{{word(pcode)}}})
	}
	return facts
}

// datasetFacts says whose work a record is, and on what terms.
func (a *answer) datasetFacts(id string) []fact {
	d := a.view.Dataset(id) // a record that may leave is of a dataset that may
	if d == nil {
		return nil
	}
	return append([]fact{{Term: "Title", Lines: [][]piece{{linked(d, d.Title)}}}}, termsOf(d)...)
}

// termsOf says who made a dataset, and on what terms it is given.
func termsOf(d *geo.Dataset) []fact {
	facts := []fact{
		{Term: "Publisher", Lines: [][]piece{{word(d.Publisher)}}},
		{Term: "Licence", Lines: [][]piece{{word(d.Licence)}, {quiet(code("redistribution", d.Redistribution) + ": " + inside(meaning("redistribution", d.Redistribution)))}}},
		{Term: "To be named", Lines: [][]piece{{word(d.Attribution)}}},
	}
	if d.Link != "" {
		facts = append(facts, fact{Term: "Link", Lines: [][]piece{{outside(d.Link, d.Link)}}})
	}
	return facts
}
