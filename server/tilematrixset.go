package server

import (
	"math"
	"strconv"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/labstack/echo/v4"
)

const (
	webMercatorQuad    = "WebMercatorQuad"
	webMercatorQuadURI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
	tileMatrixSetsPath = "/tileMatrixSets"
	tileMatrixSetPath  = tileMatrixSetsPath + "/" + webMercatorQuad
)

// WebMercatorQuad as OGC 17-083r4, D.1 defines it: levels 0 to 24.
const (
	definedLevels = 25
	tilePixels    = 256
	earthRadius   = 6378137 // metres, of the sphere of EPSG:3857
	pixelMetres   = 0.00028 // of the standardised rendering pixel, by which scales are told
)

var (
	tileMatrixSetFormats = []format{asJSON}
	tileMatrixSetInPath  = []geo.Parameter{{Name: "id", About: "the tile matrix set", ParameterShape: geo.ParameterShape{Type: geo.StringProperty, Codes: []string{webMercatorQuad}, Example: webMercatorQuad}}}
)

type tileMatrixSetsDocument struct {
	Links []link              `json:"links"`
	Sets  []tileMatrixSetHead `json:"tileMatrixSets"`
}

type tileMatrixSetHead struct {
	ID    string  `json:"id"`
	Title string  `json:"title"`
	URI   string  `json:"uri"`
	CRS   geo.CRS `json:"crs"`
	Links []link  `json:"links"`
}

type tileMatrixSet struct {
	tileMatrixSetHead
	OrderedAxes       []string     `json:"orderedAxes"`
	WellKnownScaleSet string       `json:"wellKnownScaleSet"`
	TileMatrices      []tileMatrix `json:"tileMatrices"`
}

type tileMatrix struct {
	ID               string     `json:"id"`
	ScaleDenominator float64    `json:"scaleDenominator"`
	CellSize         float64    `json:"cellSize"` // metres on the map's plane
	CornerOfOrigin   string     `json:"cornerOfOrigin"`
	PointOfOrigin    [2]float64 `json:"pointOfOrigin"` // metres
	TileWidth        int        `json:"tileWidth"`     // pixels
	TileHeight       int        `json:"tileHeight"`
	MatrixWidth      int        `json:"matrixWidth"` // tiles
	MatrixHeight     int        `json:"matrixHeight"`
}

// tileMatrixLimits says which rows and columns of a level there are.
type tileMatrixLimits struct {
	TileMatrix string `json:"tileMatrix"`
	MinTileRow int    `json:"minTileRow"`
	MaxTileRow int    `json:"maxTileRow"`
	MinTileCol int    `json:"minTileCol"`
	MaxTileCol int    `json:"maxTileCol"`
}

func (s *Server) tileMatrixSets(c echo.Context) error {
	f, err := onlyFormat(c, tileMatrixSetFormats...)
	if err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	links := append(a.selfLinks(tileMatrixSetsPath, nil, nil, tileMatrixSetFormats), link{Href: a.href("/", nil), Rel: "root", Type: jsonType, Title: s.Title})
	return a.json(tileMatrixSetsDocument{Links: a.inHeader(links), Sets: []tileMatrixSetHead{a.tileMatrixSetHead()}})
}

func (s *Server) tileMatrixSet(c echo.Context) error {
	if id := param(c, "id"); id != webMercatorQuad {
		return geo.Errorf(geo.NotFound, "there is no tile matrix set %q: there is %s", geo.Quote(id), webMercatorQuad)
	}
	f, err := onlyFormat(c, tileMatrixSetFormats...)
	if err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	return a.json(tileMatrixSet{tileMatrixSetHead: a.tileMatrixSetHead(), OrderedAxes: []string{"X", "Y"},
		WellKnownScaleSet: "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible", TileMatrices: tileMatrices()})
}

func (a *answer) tileMatrixSetHead() tileMatrixSetHead {
	return tileMatrixSetHead{ID: webMercatorQuad, Title: "Google Maps Compatible for the World", URI: webMercatorQuadURI, CRS: geo.EPSG3857,
		Links: []link{{Href: a.href(tileMatrixSetPath, nil), Rel: "self", Type: jsonType, Title: webMercatorQuad}}}
}

func tileMatrices() (list []tileMatrix) {
	for level := range definedLevels {
		side := 1 << level
		cell := 2 * math.Pi * earthRadius / tilePixels / float64(side)
		list = append(list, tileMatrix{ID: tileMatrixID(level), ScaleDenominator: cell / pixelMetres, CellSize: cell, CornerOfOrigin: "topLeft",
			PointOfOrigin: [2]float64{-math.Pi * earthRadius, math.Pi * earthRadius}, TileWidth: tilePixels, TileHeight: tilePixels, MatrixWidth: side, MatrixHeight: side})
	}
	return list
}

func tileMatrixID(level int) string { return strconv.Itoa(level) }

// wholeLimits are those of our tiles: all of each level down to tile.MaxZoom, which
// are fewer levels than the tile matrix set has.
func wholeLimits() (list []tileMatrixLimits) {
	for level := range tile.MaxZoom + 1 {
		last := 1<<level - 1
		list = append(list, tileMatrixLimits{TileMatrix: tileMatrixID(level), MaxTileRow: last, MaxTileCol: last})
	}
	return list
}
