package server

import (
	"strings"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/tile"
)

// asTileJSON has no registered media type: this is the one in use.
var asTileJSON = format{"tilejson", "application/vnd.mapbox.tile+json", "TileJSON, for MapLibre", nil}

// tileJSON is a TileJSON 3.0 document.
type tileJSON struct {
	TileJSON     string        `json:"tilejson"`
	Name         string        `json:"name"`
	Description  string        `json:"description"`
	Attribution  string        `json:"attribution"`
	Scheme       string        `json:"scheme"`
	Tiles        []string      `json:"tiles"`
	MinZoom      int           `json:"minzoom"`
	MaxZoom      int           `json:"maxzoom"`
	Bounds       []float64     `json:"bounds,omitempty"`
	VectorLayers []vectorLayer `json:"vector_layers"`
}

type vectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description"`
	Fields      map[string]string `json:"fields"`
}

func (a *answer) tileJSON(filter geo.Filter, selection index.Selection) tileJSON {
	document := tileJSON{TileJSON: "3.0.0", Name: a.server.Title, Attribution: strings.Join(data.Attributions(selection.Datasets()), "; "), Scheme: "xyz",
		Description: tilesDescription, Tiles: []string{a.tileAddress(filter.Values(), "/{z}/{y}/{x}")}, MaxZoom: tile.MaxZoom}
	if _, box := selection.Geometry(); box != nil {
		document.Bounds = []float64{box.West, box.South, box.East, box.North}
		if box.West > box.East { // which bounds must not: TileJSON 3.0, 3.6
			document.Bounds[0], document.Bounds[2] = -180, 180
		}
	}
	for _, l := range tileLayers() {
		fields := make(map[string]string)
		for _, p := range l.properties {
			fields[p.name] = p.about
		}
		document.VectorLayers = append(document.VectorLayers, vectorLayer{l.name, l.about, fields})
	}
	return document
}
