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

// attachedLimit is how many of its events a place or an area carries; a link
// leads to all.
const attachedLimit = 10

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
	head, err := json.Marshal(collectionHead{
		Type: "FeatureCollection", TimeStamp: a.view.Time, Change: a.view.Seq,
		NumberMatched: page.Matched, NumberReturned: len(page.Rows),
		Attribution: a.view.Attributions(a.shown(page.Rows, q.filter)),
		Links:       a.pageLinks(q, page),
	})
	if err != nil {
		return err
	}
	body := append(head[:len(head)-1], `,"features":[`...)
	first := true
	err = a.view.Features(page.Rows, func(r *index.Row, parts geo.FeatureParts, geometry []byte) error {
		if !first {
			body = append(body, ',')
		}
		first = false
		attached, err := a.attached(r, q.filter)
		if err != nil {
			return err
		}
		body = parts.Append(body, geometry, nil, attached)
		return nil
	})
	if err != nil {
		return err
	}
	return a.bytes(append(body, "]}"...))
}

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
	row, err := a.view.Record(k, param(c, "id"))
	if err != nil {
		return err
	}
	head, err := json.Marshal(itemHead{
		Change: a.view.Seq, Attribution: a.view.Attributions(a.shown([]*index.Row{row}, filter)),
		Links: []link{
			{a.href(itemPath(k, row.ID), filter.Values()), "self", geojsonType, "This record"},
			{a.href(collectionPath(k), nil), "collection", jsonType, described[k][0]},
		}})
	if err != nil {
		return err
	}
	members := append([]byte{','}, head[1:len(head)-1]...)
	var body []byte
	err = a.view.Features([]*index.Row{row}, func(r *index.Row, parts geo.FeatureParts, geometry []byte) error {
		attached, err := a.attached(r, filter)
		body = parts.Append(nil, geometry, members, attached)
		return err
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

// shortEvent is an event as its place or area carries it.
type shortEvent struct {
	ID             string             `json:"id"`
	Type           geo.EventType      `json:"type"`
	Title          geo.Text           `json:"title"`
	Start          geo.Instant        `json:"start"`
	End            geo.Instant        `json:"end"`
	DatePrecision  geo.DatePrecision  `json:"date_precision"`
	PlacePrecision geo.PlacePrecision `json:"place_precision"`
	Incidents      int                `json:"incidents"`
	Status         geo.Status         `json:"status"`
	Href           string             `json:"href"`
}

// attachments is what a place or an area carries besides its own properties.
type attachments struct {
	EventCount int          `json:"event_count"`
	Events     []shortEvent `json:"events"` // the newest ones
	EventsHref string       `json:"events_href"`
}

// newest selects the events that a place or an area carries, and all of them;
// none for the other kinds.
func (a *answer) newest(r *index.Row, f geo.Filter) (newest []*index.Row, all index.Selection) {
	if r.Kind == geo.Places || r.Kind == geo.Areas {
		all = a.view.Attached(r.ID, f)
		newest, _ = all.Page(nil, attachedLimit)
	}
	return newest, all
}

// shown lists the rows and the events that stand in the answer with them: all
// whose makers are to be named.
func (a *answer) shown(rows []*index.Row, f geo.Filter) []*index.Row {
	all := slices.Clone(rows)
	for _, r := range rows {
		newest, _ := a.newest(r, f)
		all = append(all, newest...)
	}
	return all
}

// attached writes the events attached to a place or an area as members to add to
// its properties; nothing for the other kinds.
func (a *answer) attached(r *index.Row, f geo.Filter) ([]byte, error) {
	var parameter string
	switch r.Kind {
	case geo.Places:
		parameter = "place"
	case geo.Areas:
		parameter = "area"
	default:
		return nil, nil
	}
	newest, selection := a.newest(r, f)
	query := f.Attached().Values()
	query.Set(parameter, r.ID)
	out := attachments{EventCount: selection.Len(), Events: make([]shortEvent, 0, len(newest)), EventsHref: a.href(itemsPath(geo.Events), query)}
	for _, row := range newest {
		if e, isEvent := row.Record().(*geo.Event); isEvent {
			out.Events = append(out.Events, shortEvent{e.ID, e.Type, e.Title, e.Start, e.End, e.DatePrecision, e.PlacePrecision,
				e.Incidents, e.Status, a.href(itemPath(geo.Events, e.ID), nil)})
		}
	}
	b, err := json.Marshal(out, json.Deterministic(true))
	if err != nil {
		return nil, err
	}
	return append([]byte{','}, b[1:len(b)-1]...), nil
}
