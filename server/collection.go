package server

import (
	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/labstack/echo/v4"
)

// collectionFormats are those of the list of collections and of each.
var collectionFormats = []format{asJSON, asHTML}

type collectionsDocument struct {
	Links       []link       `json:"links"`
	CRS         []geo.CRS    `json:"crs"` // that the items of all collections can be asked in
	Collections []collection `json:"collections"`
}

type collection struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Description string    `json:"description"`
	Attribution []string  `json:"attribution"`
	ItemType    string    `json:"itemType"`
	CRS         []geo.CRS `json:"crs"`
	StorageCRS  geo.CRS   `json:"storageCrs"`
	Extent      *extent   `json:"extent,omitzero"`
	Links       []link    `json:"links"`
}

type extent struct {
	Spatial  *spatial  `json:"spatial,omitzero"`
	Temporal *temporal `json:"temporal,omitzero"`
}

type spatial struct {
	BBox [][4]float64 `json:"bbox"`
	CRS  geo.CRS      `json:"crs"`
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
	f, err := onlyFormat(c, collectionFormats...)
	if err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	document := collectionsDocument{Links: a.inHeader(append(a.selfLinks("/collections", nil, nil, collectionFormats),
		link{Href: a.href("/", nil), Rel: "root", Type: jsonType, Title: s.Title})), CRS: geo.CRSs()}
	for _, k := range geo.Kinds() {
		document.Collections = append(document.Collections, a.describe(k))
	}
	if f.name == asHTML.name {
		return a.collectionsPage(document)
	}
	return a.json(document)
}

func (s *Server) collection(c echo.Context) error {
	k, err := geo.ParseKind(param(c, "collection"))
	if err != nil {
		return err
	}
	f, err := onlyFormat(c, collectionFormats...)
	if err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	document := a.describe(k)
	if f.name == asHTML.name {
		return a.collectionPage(document)
	}
	return a.json(document)
}

func (a *answer) describe(k geo.Kind) collection {
	all := a.view.Summary(k)
	title := described[k][0]
	links := append(a.itemsLinks(k), a.schemaLinks(k)...)
	c := collection{
		ID: string(k), Title: title, Description: described[k][1],
		Attribution: data.Attributions(all.Datasets),
		ItemType:    "feature", CRS: geo.CRSs(), StorageCRS: geo.CRS84,
		Extent: extentOf(all),
		Links: append([]link{
			{Href: a.href(collectionPath(k), nil), Rel: "self", Type: jsonType, Title: title},
			{Href: a.href("/", nil), Rel: "root", Type: jsonType, Title: a.server.Title},
		}, links...),
	}
	if k == geo.Events {
		c.Links = append(c.Links, link{Href: a.href(tilesetsPath, nil), Rel: relTilesets, Type: jsonType, Title: title + " as vector tiles"},
			link{Href: a.href(stylesPath, nil), Rel: relStyles, Type: jsonType, Title: "Styles of the tiles"})
	}
	return c
}

// itemsLinks lead to the items of a kind in each of their formats, a page of GeoJSON first.
func (a *answer) itemsLinks(k geo.Kind) []link {
	links := make([]link, len(itemsFormats[k]))
	for i, f := range itemsFormats[k] {
		links[i] = link{Href: a.href(itemsPath(k), withValue(nil, "f", f.name)), Rel: "items", Type: f.mediaType(), Title: f.title}
	}
	links[0].Href = a.href(itemsPath(k), nil)
	return links
}

func extentOf(all index.Summary) *extent {
	var e extent
	if all.Box != nil {
		e.Spatial = &spatial{[][4]float64{all.Box.Array()}, geo.CRS84}
	}
	if span := all.Span; !span.IsZero() {
		e.Temporal = &temporal{[][2]geo.Instant{{span.Start, span.End}}, "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}
	}
	if e == (extent{}) {
		return nil
	}
	return &e
}
