package server

import (
	"github.com/conflictmap/conflictmap/geo"
	"github.com/labstack/echo/v4"
)

// crs84 is the one coordinate reference system: longitude, latitude of WGS 84.
const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

type collectionsDocument struct {
	Links       []link       `json:"links"`
	Collections []collection `json:"collections"`
}

type collection struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Attribution []string `json:"attribution"`
	ItemType    string   `json:"itemType"`
	CRS         []string `json:"crs"`
	Extent      *extent  `json:"extent,omitzero"`
	Links       []link   `json:"links"`
}

type extent struct {
	Spatial  *spatial  `json:"spatial,omitzero"`
	Temporal *temporal `json:"temporal,omitzero"`
}

type spatial struct {
	BBox [][4]float64 `json:"bbox"`
	CRS  string       `json:"crs"`
}

type temporal struct {
	Interval [][2]geo.Instant `json:"interval"` // null: open
	TRS      string           `json:"trs"`
}

// described says in a line what each collection holds.
var described = map[geo.Kind][2]string{
	geo.Places:   {"Places", "Named points, with the events attached to each"},
	geo.Areas:    {"Areas", "Named polygons - countries, states, regions, zones - with the events attached to each"},
	geo.Events:   {"Events", "What happened, when, where, who took part, according to whom, and how sure each is"},
	geo.Actors:   {"Actors", "Organisations and persons who take part in events (no geometry)"},
	geo.Datasets: {"Datasets", "Where the records come from, and on what terms (no geometry)"},
}

func (s *Server) collections(c echo.Context) error {
	if err := onlyFormat(c, "json"); err != nil {
		return err
	}
	a, done, err := s.begin(c, jsonType)
	if done || err != nil {
		return err
	}
	document := collectionsDocument{Links: []link{
		{a.href("/collections", nil), "self", jsonType, "This document"},
		{a.href("/", nil), "root", jsonType, s.Title},
	}}
	for _, k := range geo.Kinds() {
		description, err := a.describe(k)
		if err != nil {
			return err
		}
		document.Collections = append(document.Collections, description)
	}
	return a.json(document)
}

func (s *Server) collection(c echo.Context) error {
	k, err := geo.ParseKind(param(c, "collection"))
	if err != nil {
		return err
	}
	if err := onlyFormat(c, "json"); err != nil {
		return err
	}
	a, done, err := s.begin(c, jsonType)
	if done || err != nil {
		return err
	}
	description, err := a.describe(k)
	if err != nil {
		return err
	}
	return a.json(description)
}

func (a *answer) describe(k geo.Kind) (collection, error) {
	all, err := a.view.Query(k, geo.Filter{}, "", maxLimit)
	if err != nil {
		return collection{}, err
	}
	title := described[k][0]
	return collection{
		ID: string(k), Title: title, Description: described[k][1],
		Attribution: a.view.Attributions(all.Rows),
		ItemType:    "feature", CRS: []string{crs84},
		Extent: a.extent(k),
		Links: []link{
			{a.href(collectionPath(k), nil), "self", jsonType, title},
			{a.href(itemsPath(k), nil), "items", geojsonType, title + " as GeoJSON"},
			{a.href("/", nil), "root", jsonType, a.server.Title},
		},
	}, nil
}

func (a *answer) extent(k geo.Kind) *extent {
	var e extent
	if box, found := a.view.Extent(k); found {
		e.Spatial = &spatial{[][4]float64{box.Array()}, crs84}
	}
	if span := a.view.Span(k); !span.IsZero() {
		e.Temporal = &temporal{[][2]geo.Instant{{span.Start, span.End}}, "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}
	}
	if e == (extent{}) {
		return nil
	}
	return &e
}
