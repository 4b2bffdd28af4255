package server

import (
	"strings"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/labstack/echo/v4"
)

// Relations of links that OGC API - Tiles defines.
const (
	relTilesets      = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
	relTilingScheme  = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
	relTilingSchemes = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
	relGeodata       = "http://www.opengis.net/def/rel/ogc/1.0/geodata"
)

const tilesetsPath = "/collections/events/tiles"

var (
	tilesetsFormats = []format{asJSON}
	tilesetFormats  = []format{asJSON, asTileJSON}
)

type tilesetsDocument struct {
	Links    []link    `json:"links"`
	Tilesets []tileset `json:"tilesets"`
}

// tileset is the metadata of a tileset as OGC 17-083r4, 8.4 defines it. The list of
// tilesets holds a part of it.
type tileset struct {
	Title            string             `json:"title"`
	Description      string             `json:"description,omitzero"`
	DataType         string             `json:"dataType"`
	CRS              geo.CRS            `json:"crs"`
	TileMatrixSetURI string             `json:"tileMatrixSetURI"`
	Limits           []tileMatrixLimits `json:"tileMatrixSetLimits,omitempty"`
	BoundingBox      *boundingBox       `json:"boundingBox,omitzero"`
	MediaTypes       []string           `json:"mediaTypes,omitempty"`
	Attribution      string             `json:"attribution,omitzero"`
	Updated          string             `json:"updated,omitzero"`
	Layers           []tilesetLayer     `json:"layers,omitempty"`
	Style            *styleItem         `json:"style,omitzero"`
	Links            []tilesetLink      `json:"links"`
}

// tilesetLink is a link that may be a template: of the tiles.
type tilesetLink struct {
	link
	Templated bool `json:"templated,omitzero"`
}

type boundingBox struct {
	LowerLeft  [2]float64 `json:"lowerLeft"`
	UpperRight [2]float64 `json:"upperRight"`
	CRS        geo.CRS    `json:"crs"`
}

type tilesetLayer struct {
	ID                string         `json:"id"`
	Title             string         `json:"title"`
	Description       string         `json:"description"`
	DataType          string         `json:"dataType"`
	GeometryDimension *int           `json:"geometryDimension,omitzero"` // nil: of several
	MinTileMatrix     string         `json:"minTileMatrix"`
	MaxTileMatrix     string         `json:"maxTileMatrix"`
	PropertiesSchema  propertySchema `json:"propertiesSchema"`
	Links             []link         `json:"links"`
}

type propertySchema struct {
	Type        string                    `json:"type"`
	Description string                    `json:"description,omitzero"`
	Format      string                    `json:"format,omitzero"`
	Properties  map[string]propertySchema `json:"properties,omitempty"`
}

// tilesets answers the list of tilesets, which are one.
func (s *Server) tilesets(c echo.Context) error {
	f, err := onlyFormat(c, tilesetsFormats...)
	if err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	links := append(a.selfLinks(tilesetsPath, nil, nil, tilesetsFormats), link{Href: a.href(collectionPath(geo.Events), nil), Rel: relGeodata, Type: jsonType, Title: described[geo.Events][0]})
	return a.json(tilesetsDocument{Links: a.inHeader(links), Tilesets: []tileset{a.tilesetHead(geo.Filter{})}})
}

// tileset answers the metadata of the tiles, with the same filter in their address.
func (s *Server) tileset(c echo.Context) error {
	filter, faults := geo.ParseFilter(geo.Events, c.QueryParams(), "f")
	f, formatFaults := negotiate(c, tilesetFormats)
	if err := unanswerable(append(faults, formatFaults...)); err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	selection, err := a.view.Select(geo.Events, filter)
	if err != nil {
		return err
	}
	defer selection.Release()
	if f.name == asTileJSON.name {
		return a.json(a.tileJSON(filter, selection))
	}
	return a.json(a.tileset(filter, selection))
}

// tilesetHead is what the list of tilesets says of one.
func (a *answer) tilesetHead(filter geo.Filter) tileset {
	return tileset{Title: described[geo.Events][0] + " as vector tiles", DataType: "vector", CRS: geo.EPSG3857, TileMatrixSetURI: webMercatorQuadURI,
		Links: []tilesetLink{
			{link: link{Href: a.href(tilesURL, filter.Values()), Rel: "self", Type: jsonType, Title: "The tileset"}},
			{link: link{Href: a.href(tileMatrixSetPath, nil), Rel: relTilingScheme, Type: jsonType, Title: webMercatorQuad}},
		}}
}

func (a *answer) tileset(filter geo.Filter, selection index.Selection) tileset {
	t := a.tilesetHead(filter)
	t.Description, t.Attribution = tilesDescription, strings.Join(data.Attributions(selection.Datasets()), "; ")
	t.Limits, t.MediaTypes, t.Layers = wholeLimits(), []string{mvtType}, a.tilesetLayers()
	if at := a.view.Time; !at.IsZero() {
		t.Updated = geo.At(at).String()
	}
	if _, box := selection.Geometry(); box != nil {
		t.BoundingBox = &boundingBox{[2]float64{box.West, box.South}, [2]float64{box.East, box.North}, geo.CRS84}
	}
	query := filter.Values()
	t.Style = &styleItem{string(geo.Events), "Events", []link{a.styleLink(query)}}
	links := append(a.selfLinks(tilesURL, query, query, tilesetFormats), link{Href: a.href(collectionPath(geo.Events), nil), Rel: relGeodata, Type: jsonType, Title: described[geo.Events][0]})
	t.Links = append(t.Links[1:], tilesetLink{link{Href: a.tileAddress(query, "/{tileMatrix}/{tileRow}/{tileCol}"), Rel: "item", Type: mvtType, Title: "The tiles"}, true})
	for _, l := range a.inHeader(links) {
		t.Links = append(t.Links, tilesetLink{link: l})
	}
	return t
}

func (a *answer) tilesetLayers() (layers []tilesetLayer) {
	for _, l := range tileLayers() {
		properties := make(map[string]propertySchema)
		for _, p := range l.properties {
			properties[p.name] = propertySchema{Type: p.kind, Description: p.about, Format: p.format}
		}
		layers = append(layers, tilesetLayer{ID: l.name, Title: l.title, Description: l.about, DataType: "vector", GeometryDimension: l.dimension,
			MinTileMatrix: tileMatrixID(0), MaxTileMatrix: tileMatrixID(tile.MaxZoom), PropertiesSchema: propertySchema{Type: "object", Properties: properties},
			Links: []link{{Href: a.href(collectionPath(geo.Events), nil), Rel: relGeodata, Type: jsonType, Title: described[geo.Events][0]}}})
	}
	return layers
}
