package server

import (
	"maps"
	"strconv"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/labstack/echo/v4"
)

func (s *Server) items(c echo.Context) error {
	if done, err := tidyForm(c); done || err != nil {
		return err
	}
	q, err := parseItems(c)
	if err != nil {
		return err
	}
	switch {
	case q.isFeed():
		return s.feed(c, q)
	case !q.isPage():
		return s.export(c, q)
	}
	a, done, err := s.begin(c, q.format)
	if done || err != nil {
		return err
	}
	page, err := a.view.Query(q.kind, q.filter, q.order, q.cursor, q.limit)
	if err != nil {
		return err
	}
	if q.format.name == asHTML.name {
		return a.itemsPage(q, page)
	}
	attached, err := a.attach(page.Rows, q.filter)
	if err != nil {
		return err
	}
	a.contentCRS(q.shape)
	b := takeBody()
	defer giveBody(b)
	body := a.appendPageHead(*b, q, page, attached)
	i := 0
	err = a.view.Features(page.Rows, func(_ index.Row, parts geo.FeatureParts, geometry []byte) (err error) {
		if i > 0 {
			body = append(body, ',')
		}
		body, err = q.shape.append(body, parts, geometry, nil, attached[i].members)
		i++
		return err
	})
	*b = append(body, "]}"...)
	if err != nil {
		return err
	}
	return a.bytes(*b)
}

// appendPageHead writes a GeoJSON FeatureCollection up to its features. Its
// changed and change are of the last change: of the state that the answer shows.
func (a *answer) appendPageHead(b []byte, q itemsQuery, page data.Page, with []attached) []byte {
	b = a.countsHead(append(b, `{"type":"FeatureCollection",`...), page.Matched)
	b = appendMember(b, "numberReturned", len(page.Rows))
	b = appendTexts(append(b, `,"attribution":`...), a.attribution(page.Rows, with))
	b = appendLinks(append(b, `,"links":`...), a.pageLinks(q, page))
	return append(b, `,"features":[`...)
}

func (a *answer) pageLinks(q itemsQuery, found data.Page) []link {
	here := q.filter.Values()
	if q.limit != defaultLimit {
		here.Set("limit", strconv.Itoa(q.limit))
	}
	files := here
	if len(q.order) > 0 {
		here = withValue(here, "sortby", geo.FormatSort(q.order))
	}
	page := here // the same page for other readers: in its own shape
	if q.cursor != "" {
		page = withValue(here, "cursor", q.cursor)
	}
	self := page
	for name, list := range q.shape.values() {
		here, self = withValue(here, name, list[0]), withValue(self, name, list[0])
	}
	links := a.selfLinks(itemsPath(q.kind), self, page, itemFormats)
	links = append(links, a.alternates(itemsPath(q.kind), files, fileFormats[q.kind])...)
	links = append(links, link{Href: a.href(collectionPath(q.kind), nil), Rel: "collection", Type: jsonType, Title: described[q.kind][0]})
	if found.Next != "" {
		next := withValue(here, "cursor", found.Next)
		if a.context.QueryParam("f") != "" {
			next.Set("f", q.format.name)
		}
		links = append(links, link{Href: a.href(itemsPath(q.kind), next), Rel: "next", Type: q.format.mediaType(), Title: "The next page"})
	}
	return a.inHeader(a.searchLinks(q.kind, links))
}

func (s *Server) item(c echo.Context) error {
	k, err := geo.ParseKind(param(c, "collection"))
	if err != nil {
		return err
	}
	filter, in, format, err := parseItem(c, k)
	if err != nil {
		return err
	}
	a, done, err := s.begin(c, format)
	if done || err != nil {
		return err
	}
	row, err := a.view.Row(k, param(c, "id"))
	if err != nil {
		return err
	}
	if format.name == asHTML.name {
		return a.itemPage(row, filter)
	}
	rows := []index.Row{row}
	attached, err := a.attach(rows, filter)
	if err != nil {
		return err
	}
	b := takeBody()
	defer giveBody(b)
	var room [1024]byte
	members := a.appendItemHead(room[:0], row, filter, in, attached)
	a.contentCRS(in)
	err = a.view.Features(rows, func(_ index.Row, parts geo.FeatureParts, geometry []byte) (err error) {
		*b, err = in.append(*b, parts, geometry, members, attached[0].members)
		return err
	})
	if err != nil {
		return err
	}
	return a.bytes(*b)
}

// appendItemHead writes what a single feature carries beside its own members.
func (a *answer) appendItemHead(b []byte, row index.Row, f geo.Filter, in shape, with []attached) []byte {
	b = strconv.AppendUint(append(b, `,"change":`...), a.view.Seq, 10)
	b = appendTexts(append(b, `,"attribution":`...), a.attribution([]index.Row{row}, with))
	return appendLinks(append(b, `,"links":`...), a.inHeader(a.itemLinks(row, f, in)))
}

func (a *answer) itemLinks(row index.Row, f geo.Filter, in shape) []link {
	query := f.Values()
	self := f.Values()
	maps.Copy(self, in.values())
	return append(a.selfLinks(itemPath(row.Kind, row.ID), self, query, itemFormats),
		link{Href: a.href(collectionPath(row.Kind), nil), Rel: "collection", Type: jsonType, Title: described[row.Kind][0]})
}

// parseItem reads the parameters of a single record: for places and areas also the
// part of the filter that chooses their events.
func parseItem(c echo.Context, k geo.Kind) (filter geo.Filter, in shape, f format, err error) {
	f, formatFaults := negotiate(c, itemFormats)
	if c.Request().URL.RawQuery == "" {
		return filter, shape{crs: geo.CRS84}, f, nil
	}
	values := c.QueryParams()
	var faults []geo.Fault
	if k == geo.Places || k == geo.Areas {
		filter, faults = geo.ParseAttachedFilter(values, shapeNames...)
	} else {
		_, faults = geo.ParseFilter("", values, shapeNames...)
	}
	in = parseShape(k, values, &faults)
	if f.name == asHTML.name {
		faults = append(faults, notForPeople(values)...)
	}
	return filter, in, f, unanswerable(append(faults, formatFaults...))
}
