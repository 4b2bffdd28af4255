package server

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/labstack/echo/v4"
)

// asAtom is a feed of what was changed last (RFC 4287), with GeoRSS.
var asAtom = format{"atom", "application/atom+xml; charset=utf-8", "Atom feed of the last changes", nil}

// newestChange is the order of a feed.
var newestChange = []geo.SortKey{{Name: "change", Descending: true}}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	GeoRSS  string      `xml:"xmlns:georss,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomPerson  `xml:"author"`
	Rights  string      `xml:"rights,omitempty"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomLink struct {
	Href  string `xml:"href,attr"`
	Rel   string `xml:"rel,attr"`
	Type  string `xml:"type,attr,omitempty"`
	Title string `xml:"title,attr,omitempty"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr,omitempty"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Author     atomPerson     `xml:"author"`
	Rights     string         `xml:"rights,omitempty"`
	Categories []atomCategory `xml:"category"`
	Links      []atomLink     `xml:"link"`
	Summary    string         `xml:"summary,omitempty"`
	exchange.GeoRSS
}

// feed answers the items that were changed last, the newest change first. Pages after
// the first are found by the links.
func (s *Server) feed(c echo.Context, q itemsQuery) error {
	a, done, err := s.begin(c, q.format)
	if done || err != nil {
		return err
	}
	page, err := a.view.Query(q.kind, q.filter, q.order, q.cursor, q.limit)
	if err != nil {
		return err
	}
	feed := a.feedHead(q, page)
	names := &mentions{view: a.view, read: make(map[mention]geo.Record)}
	err = a.view.Changed(page.Rows, func(r index.Row, at time.Time, record geo.Record) error {
		if len(feed.Entries) == 0 {
			feed.Updated = atomTime(at)
		}
		entry, err := a.entry(r, at, record, names)
		feed.Entries = append(feed.Entries, entry)
		return err
	})
	if err != nil {
		return err
	}
	body, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return err
	}
	return a.bytes(append([]byte(xml.Header), append(body, '\n')...))
}

// feedHead is a feed without its entries. Its id is the address of what it is of, the
// same of all its pages. It was updated with the newest of its entries, and where it
// has none with the newest of all records.
func (a *answer) feedHead(q itemsQuery, page data.Page) atomFeed {
	here := q.filter.Values()
	id := a.href(itemsPath(q.kind), withValue(here, "f", asAtom.name))
	if q.limit != defaultLimit {
		here.Set("limit", strconv.Itoa(q.limit))
	}
	asFeed := withValue(here, "f", asAtom.name)
	feed := atomFeed{GeoRSS: "http://www.georss.org/georss", ID: id, Title: a.feedTitle(q), Author: atomPerson{Name: a.server.Title, URI: a.href("/", nil)},
		Rights: strings.Join(a.attribution(page.Rows, nil), "; "), Updated: atomTime(a.view.Time)}
	self := asFeed
	if q.cursor != "" {
		self = withValue(asFeed, "cursor", q.cursor)
		feed.Links = append(feed.Links, atomLink{a.href(itemsPath(q.kind), asFeed), "first", asAtom.mediaType(), "The newest changes"})
	}
	feed.Links = append(feed.Links, atomLink{a.href(itemsPath(q.kind), self), "self", asAtom.mediaType(), ""})
	feed.Links = append(feed.Links, a.feedAlternates(itemsPath(q.kind), here)...)
	if page.Next != "" {
		feed.Links = append(feed.Links, atomLink{a.href(itemsPath(q.kind), withValue(asFeed, "cursor", page.Next)), "next", asAtom.mediaType(), "Earlier changes"})
	}
	links := make([]link, len(feed.Links))
	for i, l := range feed.Links {
		links[i] = link{Href: l.Href, Rel: l.Rel, Type: l.Type}
	}
	a.inHeader(links)
	return feed
}

// feedTitle names the map, the collection, and the filter where there is one.
func (a *answer) feedTitle(q itemsQuery) string {
	title := a.server.Title + ": " + described[q.kind][0]
	values := q.filter.Values()
	var parts []string
	for name, list := range values {
		parts = append(parts, name+" "+strings.Join(list, ", "))
	}
	if len(parts) > 0 {
		slices.Sort(parts)
		title += " (" + strings.Join(parts, "; ") + ")"
	}
	return title
}

// feedAlternates are links to the same in the other formats of a record, that for people
// first.
func (a *answer) feedAlternates(path string, query map[string][]string) (links []atomLink) {
	for _, f := range itemFormats {
		l := atomLink{a.href(path, withValue(query, "f", f.name)), "alternate", f.mediaType(), f.title}
		if f.name == asHTML.name {
			links = slices.Insert(links, 0, l)
		} else {
			links = append(links, l)
		}
	}
	return links
}

func atomTime(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

// entry writes a record as it was last changed. Its id is its address.
func (a *answer) entry(r index.Row, at time.Time, record geo.Record, names *mentions) (atomEntry, error) {
	path := itemPath(r.Kind, r.ID)
	e := atomEntry{ID: a.href(path, nil), Updated: atomTime(at), Links: a.feedAlternates(path, nil)}
	e.Rights = strings.Join(a.attribution([]index.Row{r}, nil), "; ")
	if d := a.view.Dataset(record.InDataset()); d != nil {
		e.Author = atomPerson{d.Publisher, d.Link}
	}
	var err error
	switch record := record.(type) {
	case *geo.Event:
		e.Title = record.Title.In("en")
		e.Categories = []atomCategory{{string(record.Type), code("type", record.Type)}}
		if e.Summary, err = names.eventText(record); err != nil {
			return e, err
		}
	case *geo.Place:
		e.Title, e.Summary, e.Categories = record.Names.In("en"), record.Summary.In("en"), []atomCategory{{string(record.PlaceKind), code("kind", record.PlaceKind)}}
	case *geo.Area:
		e.Title, e.Summary, e.Categories = record.Names.In("en"), record.Summary.In("en"), []atomCategory{{string(record.AreaKind), code("kind", record.AreaKind)}}
	case *geo.Actor:
		e.Title, e.Summary, e.Categories = record.Names.In("en"), record.Summary.In("en"), []atomCategory{{string(record.ActorKind), code("kind", record.ActorKind)}}
	case *geo.Dataset:
		e.Title, e.Summary = record.Title.In("en"), record.Summary.In("en")
	}
	if e.GeoRSS, err = exchange.GeoRSSOf(record, a.view.Shape(r), names.location); err != nil {
		return e, err
	}
	if event, isEvent := record.(*geo.Event); isEvent {
		e.GeoRSS.Name, err = names.locationName(event.PlaceID)
	}
	return e, err
}
