package server_test

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
)

// The names of the subtests are those of the requirements of OGC API - Tiles, Part 1
// (20-057), and of the Two Dimensional Tile Matrix Set standard (17-083r4).

type ogcLink struct {
	Href, Rel, Type, Title string
	Templated              bool
}

func findLink(links []ogcLink, rel string) ogcLink {
	for _, l := range links {
		if l.Rel == rel {
			return l
		}
	}
	return ogcLink{}
}

// path is the address without the test server's root.
func (l ogcLink) path() string { return strings.TrimPrefix(l.Href, "http://example.com") }

const (
	tilesetsVector = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
	tilingScheme   = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
	quadURI        = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
	epsg3857       = "http://www.opengis.net/def/crs/EPSG/0/3857"
)

type ogcTileset struct {
	DataType, CRS, TileMatrixSetURI string
	Links                           []ogcLink
	TileMatrixSetLimits             []struct {
		TileMatrix                                     string
		MinTileRow, MaxTileRow, MinTileCol, MaxTileCol int
	}
	BoundingBox struct {
		LowerLeft, UpperRight []float64
		CRS                   string
	}
	Layers []struct {
		ID, DataType, MaxTileMatrix string
		PropertiesSchema            struct {
			Type       string
			Properties map[string]struct{ Type, Description string }
		}
	}
}

// asked gets a document as JSON.
func asked(t *testing.T, s http.Handler, target string, into any) {
	t.Helper()
	response, body := get(t, s, target, "Accept: application/json")
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s: %s %s", target, response.Status, response.Header.Get("Content-Type"))
	}
	unmarshal(t, body, into)
}

// fill puts the numbers of a tile into a template.
func fill(template string, level, row, column int) string {
	return strings.NewReplacer("{tileMatrix}", fmt.Sprint(level), "{tileRow}", fmt.Sprint(row), "{tileCol}", fmt.Sprint(column)).Replace(template)
}

func TestTilesCore(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	var set ogcTileset
	asked(t, s, "/collections/events/tiles/WebMercatorQuad?type=bombing_raid,offensive", &set)
	template := findLink(set.Links, "item").path()
	t.Run("/req/core/tc-op", func(t *testing.T) {
		if strings.Count(template, "{") != 3 || !strings.Contains(template, "{tileMatrix}/{tileRow}/{tileCol}") {
			t.Fatal(template)
		}
		if response, _ := get(t, s, fill(template, 5, 13, 24)); response.StatusCode != http.StatusOK {
			t.Error(response.Status)
		}
	})
	for _, number := range []struct {
		requirement string
		at          [3]int
	}{{"/req/core/tc-tilematrix-definition", [3]int{4, 13, 24}}, {"/req/core/tc-tilerow-definition", [3]int{5, 14, 24}}, {"/req/core/tc-tilecol-definition", [3]int{5, 13, 25}}} {
		t.Run(number.requirement, func(t *testing.T) {
			_, here := get(t, s, fill(template, 5, 13, 24))
			response, other := get(t, s, fill(template, number.at[0], number.at[1], number.at[2]))
			if number.at[0] == 4 { // of which 24 is no column
				if response.StatusCode != http.StatusBadRequest {
					t.Error(response.Status)
				}
				return
			}
			if response.StatusCode != http.StatusOK || string(here) == string(other) {
				t.Errorf("%s, or the tile is the same", response.Status)
			}
		})
	}
	t.Run("/req/core/tc-success", func(t *testing.T) {
		for accept, want := range map[string]string{"": "application/vnd.mapbox-vector-tile", "application/vnd.mapbox-vector-tile": "application/vnd.mapbox-vector-tile"} {
			response, body := get(t, s, fill(template, 5, 13, 24), "Accept: "+accept)
			list, err := mvt.Unmarshal(body)
			if err != nil || response.Header.Get("Content-Type") != want || len(list) != 2 {
				t.Errorf("%q: %s, %d layers, %v", accept, response.Header.Get("Content-Type"), len(list), err)
			}
		}
	})
	t.Run("/req/core/tc-error", func(t *testing.T) {
		for _, out := range [][3]int{{tile.MaxZoom + 1, 0, 0}, {25, 0, 0}, {0, 1, 0}, {0, 0, 1}, {5, 32, 0}, {5, 0, 32}} {
			target := fill(template, out[0], out[1], out[2])
			response, body := get(t, s, target)
			if problem(t, response, body); response.StatusCode != http.StatusBadRequest {
				t.Errorf("%s: %s", target, response.Status)
			}
		}
		if response, body := get(t, s, fill(template, 5, 0, 0)); response.StatusCode != http.StatusOK || len(body) > 0 {
			t.Errorf("an empty tile: %s with %d bytes", response.Status, len(body))
		}
	})
}

func TestTileset(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	const target = "/collections/events/tiles/WebMercatorQuad?type=bombing_raid,offensive"
	var set ogcTileset
	asked(t, s, target, &set)
	t.Run("/req/tileset/description", func(t *testing.T) {
		if set.DataType != "vector" || set.CRS != epsg3857 || set.TileMatrixSetURI != quadURI {
			t.Errorf("%+v", set)
		}
		var matrices struct{ ID, URI string }
		asked(t, s, findLink(set.Links, tilingScheme).path(), &matrices)
		if matrices.ID != "WebMercatorQuad" || matrices.URI != set.TileMatrixSetURI {
			t.Errorf("the tiling scheme is %+v", matrices)
		}
		if l := findLink(set.Links, "item"); !l.Templated || l.Type != "application/vnd.mapbox-vector-tile" || !strings.HasSuffix(l.Href, "?type=bombing_raid%2Coffensive") {
			t.Errorf("the tiles: %+v", l)
		}
		for _, l := range set.Links {
			if l.Templated != (l.Rel == "item") {
				t.Errorf("templated: %+v", l)
			}
		}
		if alternate := findLink(set.Links, "alternate"); alternate.Type != "application/vnd.mapbox.tile+json" {
			t.Errorf("TileJSON: %+v", alternate)
		} else if response, _ := get(t, s, alternate.path()); response.Header.Get("Content-Type") != alternate.Type {
			t.Error("the alternate is", response.Header.Get("Content-Type"))
		}
	})
	t.Run("/req/tilesetmetadata/identifier", func(t *testing.T) {
		if set.TileMatrixSetURI != quadURI || findLink(set.Links, tilingScheme).Href == "" {
			t.Errorf("%+v", set)
		}
	})
	t.Run("/req/tilematrixsetlimits/model", func(t *testing.T) {
		if len(set.TileMatrixSetLimits) != tile.MaxZoom+1 {
			t.Errorf("%d levels", len(set.TileMatrixSetLimits))
		}
		for level, l := range set.TileMatrixSetLimits {
			if last := 1<<level - 1; l.TileMatrix != fmt.Sprint(level) || l.MinTileRow != 0 || l.MaxTileRow != last || l.MinTileCol != 0 || l.MaxTileCol != last {
				t.Errorf("%+v", l)
			}
		}
	})
	t.Run("/req/tilesetmetadata/model", func(t *testing.T) {
		box := set.BoundingBox
		if fmt.Sprint(box.LowerLeft, box.UpperRight) != "[90 20] [100 25]" || !strings.HasSuffix(box.CRS, "CRS84") {
			t.Errorf("%+v", box)
		}
		for name, layer := range layers(t, s, "0/0/0") {
			described := false
			for _, l := range set.Layers {
				if l.ID != name {
					continue
				}
				described = l.DataType == "vector" && l.PropertiesSchema.Type == "object" && l.MaxTileMatrix == "22"
				for _, f := range layer.Features {
					for property, value := range f.Properties {
						want := map[string]string{"string": "string", "float64": "integer", "bool": "boolean"}[fmt.Sprintf("%T", value)]
						if got := l.PropertiesSchema.Properties[property]; got.Type != want || got.Description == "" {
							t.Errorf("%s: %s is %+v, not %s", name, property, got, want)
						}
					}
				}
			}
			if !described {
				t.Errorf("the layer %s is not described", name)
			}
		}
	})
}

func TestTilesetsList(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	var list struct {
		Links    []ogcLink
		Tilesets []ogcTileset
	}
	t.Run("/req/tilesets-list/tileset-path", func(t *testing.T) { asked(t, s, "/collections/events/tiles", &list) })
	t.Run("/req/tilesets-list/tileset-links", func(t *testing.T) {
		if len(list.Tilesets) != 1 {
			t.Fatal(len(list.Tilesets))
		}
		set := list.Tilesets[0]
		if set.DataType != "vector" || set.CRS != epsg3857 || set.TileMatrixSetURI != quadURI || findLink(set.Links, tilingScheme).Href == "" {
			t.Errorf("%+v", set)
		}
		self := findLink(set.Links, "self")
		if self.path() != "/collections/events/tiles/WebMercatorQuad" {
			t.Error(self)
		}
		var whole ogcTileset
		asked(t, s, self.path(), &whole)
		if len(whole.Layers) != 2 {
			t.Error("self is not the whole of it")
		}
	})
	t.Run("/req/geodata-tilesets/operation", func(t *testing.T) { asked(t, s, "/collections/events/tiles", &list) })
	t.Run("/req/geodata-tilesets/desc-links", func(t *testing.T) {
		for _, target := range []string{"/collections/events", "/"} {
			var described struct{ Links []ogcLink }
			asked(t, s, target, &described)
			if l := findLink(described.Links, tilesetsVector); l.path() != "/collections/events/tiles" || l.Type != "application/json" {
				t.Errorf("%s: %+v", target, l)
			}
		}
	})
}

// TestTilesContent looks where a position of known tile coordinates is drawn.
func TestTilesContent(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	t.Run("/req/mvt/content", func(t *testing.T) {
		list := layers(t, s, "5/13/24")
		events, shapes := list["events"], list["shapes"]
		if len(list) != 2 || events.Version != 2 || len(events.Features) != 1 || len(shapes.Features) != 1 {
			t.Fatalf("%d layers", len(list))
		}
		// 97.75 E is 24.6889 tiles from the edge of the map, 22.94 N 13.9055.
		at, isPoint := events.Features[0].Geometry.(orb.Point)
		if x, y := (97.75+180)/360*32-24, (1-math.Asinh(math.Tan(22.94*math.Pi/180))/math.Pi)/2*32-13; !isPoint || math.Abs(at[0]-x*4096) > 0.6 || math.Abs(at[1]-y*4096) > 0.6 {
			t.Errorf("%v, not %v %v", at, x*4096, y*4096)
		}
		if kind := shapes.Features[0].Geometry.GeoJSONType(); kind != "Polygon" {
			t.Error(kind)
		}
	})
}

func TestTileMatrixSets(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	var set struct {
		ID, URI, CRS string
		OrderedAxes  []string
		TileMatrices []struct {
			ID, CornerOfOrigin                               string
			ScaleDenominator, CellSize                       float64
			PointOfOrigin                                    []float64
			TileWidth, TileHeight, MatrixWidth, MatrixHeight int
		}
	}
	asked(t, s, "/tileMatrixSets/WebMercatorQuad", &set)
	t.Run("/req/tilematrixset/model", func(t *testing.T) {
		if set.ID != "WebMercatorQuad" || set.URI != quadURI || set.CRS != epsg3857 || len(set.TileMatrices) != 25 || fmt.Sprint(set.OrderedAxes) != "[X Y]" {
			t.Fatalf("%+v", set)
		}
		near := func(got, want float64) bool { return math.Abs(got/want-1) < 1e-12 }
		// The values of 17-083r4, D.1, which has them to 15 digits.
		for level, want := range map[int][2]float64{0: {559082264.028717, 156543.033928041}, 12: {136494.693366386, 38.2185141425881}, 24: {33.3238997476528, 0.0093306919293428}} {
			m := set.TileMatrices[level]
			if m.ID != fmt.Sprint(level) || !near(m.ScaleDenominator, want[0]) || !near(m.CellSize, want[1]) {
				t.Errorf("level %d: %+v", level, m)
			}
			if m.TileWidth != 256 || m.TileHeight != 256 || m.MatrixWidth != 1<<level || m.MatrixHeight != 1<<level || m.CornerOfOrigin != "topLeft" ||
				math.Abs(m.PointOfOrigin[0]+20037508.3427892) > 1e-7 || math.Abs(m.PointOfOrigin[1]-20037508.3427892) > 1e-7 {
				t.Errorf("level %d: %+v", level, m)
			}
		}
	})
	t.Run("list", func(t *testing.T) {
		var landing struct{ Links []ogcLink }
		asked(t, s, "/", &landing)
		var list struct {
			TileMatrixSets []struct {
				ID, URI string
				Links   []ogcLink
			}
		}
		asked(t, s, findLink(landing.Links, "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes").path(), &list)
		if len(list.TileMatrixSets) != 1 || findLink(list.TileMatrixSets[0].Links, "self").path() != "/tileMatrixSets/WebMercatorQuad" {
			t.Errorf("%+v", list)
		}
		response, body := get(t, s, "/tileMatrixSets/WorldCRS84Quad")
		if problem(t, response, body); response.StatusCode != http.StatusNotFound {
			t.Error(response.Status)
		}
	})
}
