package server_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/conflictmap/conflictmap/server"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
)

// layers asks for a tile and reads it.
func layers(t *testing.T, s http.Handler, target string) map[string]*mvt.Layer {
	t.Helper()
	response, body := get(t, s, "/collections/events/tiles/WebMercatorQuad/"+target)
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "application/vnd.mapbox-vector-tile" {
		t.Fatalf("%s: %s %.300s", target, response.Status, body)
	}
	if len(body) > tile.MaxBytes {
		t.Errorf("%s: %d bytes", target, len(body))
	}
	list, err := mvt.Unmarshal(body)
	if err != nil {
		t.Fatal(target, err)
	}
	byName := make(map[string]*mvt.Layer)
	for _, l := range list {
		byName[l.Name] = l
	}
	return byName
}

func TestTile(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	got := layers(t, s, "5/13/24")
	events := got["events"].Features
	if len(events) != 1 || events[0].Properties["id"] != "d:raid" || events[0].Properties["type"] != "bombing_raid" || events[0].Properties["incidents"] != 3.0 ||
		events[0].Properties["start"] != "2024-07-22" || events[0].Properties["place_precision"] != "exact" || events[0].Properties["fatalities"] != nil {
		t.Errorf("%+v", events)
	}
	shapes := got["shapes"].Features
	if len(shapes) != 1 || shapes[0].Properties["id"] != "area:state" || shapes[0].Properties["offensive"] != 1.0 {
		t.Errorf("%+v", shapes)
	}
	if got := layers(t, s, "5/13/24?type=talks"); len(got) != 0 {
		t.Error("a filter that matches nothing draws", got)
	}
	if got := layers(t, s, "5/0/0"); len(got) != 0 {
		t.Error("an empty tile holds", got)
	}
	if got := layers(t, s, "5/13/24?bbox=0,0,1,1"); len(got) != 0 {
		t.Error("a box elsewhere draws", got)
	}
}

// TestTilesAddUp draws more events than fit one tile: at each zoom the tiles without
// their buffers hold each event once, by itself or in a cluster.
func TestTilesAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 9))
	records := []geo.Record{geotest.Dataset("d", geo.Public)}
	const events = tile.MaxPoints + 700
	for i := range events {
		e := geotest.Event(fmt.Sprint("e-", i), "d", "", geo.Date(2024, 1, 1+i%300))
		e.Geometry = orb.Point{random.Float64()*20 + 170, random.Float64()*170 - 85}
		if p := e.Geometry.(orb.Point); p.Lon() > 180 {
			e.Geometry = orb.Point{p.Lon() - 360, p.Lat()}
		}
		if i%10 == 0 {
			e.Geometry = orb.Point{178.25, -17.5}
		}
		records = append(records, e)
	}
	catalog := datatest.Open(t, records...)
	s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = catalog })
	for z := range 5 {
		side := 1 << z
		total, clusters, singles := 0, 0, 0
		for y := range side {
			for x := range side {
				layer := layers(t, s, fmt.Sprintf("%d/%d/%d", z, y, x))["events"]
				if layer == nil {
					continue
				}
				for _, f := range layer.Features {
					at, isPoint := f.Geometry.(orb.Point)
					if several, is := f.Geometry.(orb.MultiPoint); is {
						at, isPoint = several[0], true // across 180, the true one first
					}
					if !isPoint || at[0] < 0 || at[1] < 0 || at[0] >= tile.Extent || at[1] >= tile.Extent {
						continue
					}
					n, isNumber := f.Properties["count"].(float64)
					if !isNumber || n < 1 || (n > 1) != (f.Properties["cluster"] == true) {
						t.Fatalf("%+v", f.Properties)
					}
					if total += int(n); n > 1 {
						clusters++
					} else {
						singles++
					}
				}
			}
		}
		// Positions are rounded to units: one that lies within half a unit of an edge may
		// be drawn on the other side of it, in both tiles or in none.
		if off := total - events; off < -3 || off > 3 || z == 0 && clusters == 0 || z == 4 && singles == 0 {
			t.Errorf("zoom %d: %d events of %d, in %d clusters and %d by themselves", z, total, events, clusters, singles)
		}
	}
}

func TestTilesThatAreNotThere(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	for target, fault := range map[string]string{"0/0/1": "x", "0/1/0": "y", "23/0/0": "z", "a/0/0": "z", "01/0/0": "z", "1/0/0?limit=3": "limit", "1/0/0?f=png": "f", "1/0/0?actor=nobody": "actor"} {
		response, body := get(t, s, "/collections/events/tiles/WebMercatorQuad/"+target)
		_, faults := problem(t, response, body)
		if response.StatusCode != 400 || len(faults) == 0 || faults[0].Name != fault {
			t.Errorf("%s: %s %v", target, response.Status, faults)
		}
	}
}

func TestTileJSON(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	var document struct {
		TileJSON, Attribution string
		Tiles                 []string
		Bounds                []float64
		VectorLayers          []struct {
			ID     string
			Fields map[string]string
		} `json:"vector_layers"`
	}
	_, body := get(t, s, "/collections/events/tiles/WebMercatorQuad?type=bombing_raid&f=tilejson")
	unmarshal(t, body, &document)
	if document.TileJSON != "3.0.0" || document.Attribution != "By d" || !slices.Equal(document.Bounds, []float64{97.75, 22.94, 97.75, 22.94}) ||
		len(document.Tiles) != 1 || !strings.HasSuffix(document.Tiles[0], "/collections/events/tiles/WebMercatorQuad/{z}/{y}/{x}?type=bombing_raid") {
		t.Errorf("%s", body)
	}
	// Every property that a tile has is described.
	for name, layer := range layers(t, s, "0/0/0") {
		described := false
		for _, l := range document.VectorLayers {
			if l.ID != name {
				continue
			}
			described = true
			for _, f := range layer.Features {
				for property := range f.Properties {
					if l.Fields[property] == "" {
						t.Errorf("%s: %s is not described", name, property)
					}
				}
			}
		}
		if !described {
			t.Errorf("the layer %s is not described", name)
		}
	}
}

// TestTileJSONAcross180 asks for the bounds of events on both sides: they must not wrap.
func TestTileJSONAcross180(t *testing.T) {
	s := newServer(t, io.Discard, func(c *server.Config) {
		c.Catalog = datatest.Open(t, geotest.Dataset("d", geo.Public), geotest.Place("west", "d", -179, 10), geotest.Place("east", "d", 178, 20),
			geotest.Event("d:1", "d", "west", geo.Date(2024, 1, 1)), geotest.Event("d:2", "d", "east", geo.Date(2024, 1, 1)))
	})
	var document struct {
		Bounds      []float64
		BoundingBox struct{ LowerLeft, UpperRight []float64 }
	}
	_, body := get(t, s, "/collections/events/tiles/WebMercatorQuad?f=tilejson")
	unmarshal(t, body, &document)
	if !slices.Equal(document.Bounds, []float64{-180, 10, 180, 20}) {
		t.Error(document.Bounds)
	}
	_, body = get(t, s, "/collections/events/tiles/WebMercatorQuad")
	if unmarshal(t, body, &document); !slices.Equal(document.BoundingBox.LowerLeft, []float64{178, 10}) || !slices.Equal(document.BoundingBox.UpperRight, []float64{-179, 20}) {
		t.Error(document.BoundingBox)
	}
}
