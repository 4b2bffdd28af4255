package server

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"
)

// collectionHead is a GeoJSON FeatureCollection up to its features.
type collectionHead struct {
	Type           string    `json:"type"`
	TimeStamp      time.Time `json:"timeStamp"` // of the last change: the state that this answer shows
	Change         uint64    `json:"change"`    // its sequence number
	NumberMatched  int       `json:"numberMatched"`
	NumberReturned int       `json:"numberReturned"`
	Attribution    []string  `json:"attribution"`
	Links          []link    `json:"links"`
}

// itemHead is what a single feature carries beside its own members.
type itemHead struct {
	Change      uint64   `json:"change"`
	Attribution []string `json:"attribution"`
	Links       []link   `json:"links"`
}

func (s *Server) items(c echo.Context) error {
	q, err := parseItems(c)
	if err != nil {
		return err
	}
	if q.format != "" {
		return s.export(c, q)
	}
	a, done, err := s.begin(c, geojsonType)
	if done || err != nil {
		return err
	}
	page, err := a.view.Query(q.kind, q.filter, q.cursor, q.limit)
	if err != nil {
		return err
	}
	attached, err := a.attach(page.Rows, q.filter)
	if err != nil {
		return err
	}
	head, err := json.Marshal(collectionHead{
		Type: "FeatureCollection", TimeStamp: a.view.Time, Change: a.view.Seq,
		NumberMatched: page.Matched, NumberReturned: len(page.Rows),
		Attribution: a.attribution(page.Rows, attached),
		Links:       a.pageLinks(q, page),
	})
	if err != nil {
		return err
	}
	body := append(make([]byte, 0, len(head)+bytesPerFeature*len(page.Rows)), head[:len(head)-1]...)
	body = append(body, `,"features":[`...)
	i := 0
	err = a.view.Features(slices.Values(page.Rows), func(_ index.Row, parts geo.FeatureParts, geometry []byte) error {
		if i > 0 {
			body = append(body, ',')
		}
		body = parts.Append(body, geometry, nil, attached[i].members)
		i++
		return nil
	})
	if err != nil {
		return err
	}
	return a.bytes(append(body, "]}"...))
}

// bytesPerFeature is about how long a feature is.
const bytesPerFeature = 1_500

func (a *answer) pageLinks(q itemsQuery, page data.Page) []link {
	here := q.filter.Values()
	if q.limit != defaultLimit {
		here.Set("limit", strconv.Itoa(q.limit))
	}
	self := cloneValues(here)
	if q.cursor != "" {
		self.Set("cursor", q.cursor)
	}
	links := []link{
		{a.href(itemsPath(q.kind), self), "self", geojsonType, "This page"},
		{a.href(collectionPath(q.kind), nil), "collection", jsonType, described[q.kind][0]},
	}
	if page.Next != "" {
		next := cloneValues(here)
		next.Set("cursor", page.Next)
		links = append(links, link{a.href(itemsPath(q.kind), next), "next", geojsonType, "The next page"})
	}
	return links
}

func cloneValues(v url.Values) url.Values {
	c := make(url.Values, len(v)+1)
	for name, list := range v {
		c[name] = list
	}
	return c
}

func (s *Server) item(c echo.Context) error {
	k, err := geo.ParseKind(param(c, "collection"))
	if err != nil {
		return err
	}
	filter, err := parseItem(c, k)
	if err != nil {
		return err
	}
	a, done, err := s.begin(c, geojsonType)
	if done || err != nil {
		return err
	}
	row, err := a.view.Row(k, param(c, "id"))
	if err != nil {
		return err
	}
	rows := []index.Row{row}
	attached, err := a.attach(rows, filter)
	if err != nil {
		return err
	}
	head, err := json.Marshal(itemHead{
		Change: a.view.Seq, Attribution: a.attribution(rows, attached),
		Links: []link{
			{a.href(itemPath(k, row.ID), filter.Values()), "self", geojsonType, "This record"},
			{a.href(collectionPath(k), nil), "collection", jsonType, described[k][0]},
		}})
	if err != nil {
		return err
	}
	members := append([]byte{','}, head[1:len(head)-1]...)
	var body []byte
	err = a.view.Features(slices.Values(rows), func(_ index.Row, parts geo.FeatureParts, geometry []byte) error {
		body = parts.Append(nil, geometry, members, attached[0].members)
		return nil
	})
	if err != nil {
		return err
	}
	return a.bytes(body)
}

// parseItem reads the parameters of a single record: for places and areas the
// part of the filter that chooses their events, for the others only f.
func parseItem(c echo.Context, k geo.Kind) (geo.Filter, error) {
	if k != geo.Places && k != geo.Areas {
		return geo.Filter{}, onlyFormat(c, "json", "geojson")
	}
	filter, faults := geo.ParseAttachedFilter(c.QueryParams(), "f")
	faults = append(faults, checkFormat(c.QueryParams(), "json", "geojson")...)
	return filter, geo.Reject("the query cannot be answered", faults)
}
