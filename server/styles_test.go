package server_test

import (
	"bytes"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
	"github.com/paulmach/orb/encoding/mvt"
)

func TestStyle(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	var list struct {
		Default string
		Styles  []struct{ Links []ogcLink }
	}
	asked(t, s, "/styles", &list)
	if list.Default != "events" || len(list.Styles) != 1 || findLink(list.Styles[0].Links, "stylesheet").path() != "/styles/events" {
		t.Errorf("%+v", list)
	}
	var style struct {
		Version int
		Sprite  string
		Sources map[string]struct {
			Type        string
			Tiles       []string
			Attribution string
			MaxZoom     int
		}
		Layers []struct{ Source, SourceLayer string }
	}
	response, body := get(t, s, "/styles/events?type=bombing_raid", "Accept: application/json")
	unmarshal(t, body, &style)
	source := style.Sources["events"]
	if response.Header.Get("Content-Type") != "application/vnd.mapbox.style+json" || style.Version != 8 || source.Type != "vector" || source.Attribution != "By d" || source.MaxZoom != 22 ||
		len(source.Tiles) != 1 || source.Tiles[0] != "http://example.com/collections/events/tiles/WebMercatorQuad/{z}/{y}/{x}?type=bombing_raid" {
		t.Errorf("%s %s", response.Header.Get("Content-Type"), body)
	}
	// It sends readers to no other host.
	for rest := body; ; {
		_, after, found := bytes.Cut(rest, []byte("://"))
		if !found {
			break
		}
		if !bytes.HasPrefix(after, []byte("example.com/")) {
			t.Errorf("another host: %.40s", after)
		}
		rest = after
	}
	for ending, want := range map[string]string{".json": "application/json", ".png": "image/png", "@2x.json": "application/json", "@2x.png": "image/png"} {
		u, err := url.Parse(style.Sprite)
		if err != nil {
			t.Fatal(err)
		}
		response, body := get(t, s, u.Path+ending, "Accept-Encoding: gzip")
		if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != want {
			t.Errorf("%s: %s %s", ending, response.Status, response.Header.Get("Content-Type"))
		}
		if again, _ := get(t, s, u.Path+ending, "Accept-Encoding: gzip", "If-None-Match: "+response.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s: asked again: %s", ending, again.Status)
		}
		if want == "image/png" {
			if _, err := png.Decode(bytes.NewReader(body)); err != nil || response.Header.Get("Content-Encoding") != "" {
				t.Errorf("%s: %v", ending, err)
			}
		}
	}
	for target, want := range map[string]int{"/styles/events/sprite.svg": 404, "/styles/events/sprite@3x.png": 404, "/styles/events/sprite": 404, "/styles/places": 404,
		"/styles/events?actor=nobody": 400, "/styles/events/sprite.png?x=1": 400, "/styles/events?limit=1": 400} {
		if response, body := get(t, s, target); response.StatusCode != want {
			t.Errorf("%s: %s %.200s", target, response.Status, body)
		}
	}
}

// TestWhatStylesNeedOfTiles reads the properties by which the style draws events side
// by side, with rings, and clusters by most of their events.
func TestWhatStylesNeedOfTiles(t *testing.T) {
	event := func(id, place string, precision geo.PlacePrecision) *geo.Event {
		e := geotest.Event("d:"+id, "d", place, geo.Date(2024, 1, 1))
		e.PlacePrecision = precision
		return e
	}
	records := []geo.Record{geotest.Dataset("d", geo.Public), geotest.Place("a", "d", 97.75, 22.94), geotest.Place("b", "d", 98.5, 0), geotest.Place("c", "d", 98.5, 60),
		event("1", "a", geo.Exact), event("2", "a", geo.Exact), event("3", "a", geo.Exact), event("4", "b", geo.Near), event("5", "c", geo.Near)}
	s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = datatest.Open(t, records...) })
	shifts := make(map[string]any)
	for _, f := range layers(t, s, "0/0/0")["events"].Features {
		id, _ := f.Properties["id"].(string)
		shifts[id] = f.Properties["shift"]
		// 25 km of 40,075 at the equator, of 512 pixels; at 60 degrees they are twice as wide.
		if near, want := f.Properties["near_radius"], map[string]any{"d:4": 0.32, "d:5": 0.64}[id]; near != want {
			t.Errorf("%s: %v", id, near)
		}
	}
	if shifts["d:1"] != -1.0 || shifts["d:2"] != 0.0 || shifts["d:3"] != 1.0 || shifts["d:4"] != nil {
		t.Error(shifts)
	}
	shapes := layers(t, newServer(t, io.Discard, nil), "5/13/24")["shapes"].Features
	if len(shapes) != 1 || shapes[0].Properties["most"] != "offensive" || shapes[0].Properties["area"] != "state" {
		t.Errorf("%+v", shapes[0].Properties)
	}
}

// TestClustersSayWhatMostOfThemAre draws more than fit by themselves.
func TestClustersSayWhatMostOfThemAre(t *testing.T) {
	records := []geo.Record{geotest.Dataset("d", geo.Public), geotest.Place("a", "d", 97.75, 22.94), geotest.Place("b", "d", -60, 0)}
	for i := range 3_000 {
		e := geotest.Event(geotest.ID("d:n", i), "d", "a", geo.Date(2024, 1, 1))
		e.Type, e.PlacePrecision = geo.Clash, geo.Exact
		if i%5 < 2 {
			e.Type, e.PlacePrecision = geo.Protest, geo.RegionWide
		}
		if i%50 == 0 {
			e.PlaceID, e.PlacePrecision = "b", geo.CountryWide
		}
		records = append(records, e)
	}
	s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = datatest.Open(t, records...) })
	response, body := get(t, s, "/collections/events/tiles/WebMercatorQuad/0/0/0")
	list, err := mvt.Unmarshal(body)
	if err != nil || len(list) != 1 || len(list[0].Features) != 2 {
		t.Fatal(response.Status, err, len(list))
	}
	for _, f := range list[0].Features {
		rough, most := f.Properties["count"] == 60.0, "clash"
		if rough {
			most = "protest"
		}
		if f.Properties["most"] != most || (f.Properties["rough"] == true) != rough || strings.HasPrefix(f.Properties["id"].(string), "d:") {
			t.Errorf("%+v", f.Properties)
		}
	}
}
