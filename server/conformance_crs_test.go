package server_test

import (
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

// The reference systems by their URIs.
const (
	uriCRS84    = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	uriEPSG4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"
	uriEPSG3857 = "http://www.opengis.net/def/crs/EPSG/0/3857"
)

// townIn is where the town of the test records is, in the order of each system's axes:
// 6378137 metres times the longitude in radians, and times ln tan(45° + latitude/2).
var townIn = map[string][2]float64{uriCRS84: {97.75, 22.94}, uriEPSG4326: {22.94, 97.75}, uriEPSG3857: {10881480.23, 2624764.26}}

// TestFeaturesCRS holds the reference systems to OGC API - Features, Part 2 (18-058r1).
func TestFeaturesCRS(t *testing.T) {
	holdAll(t, []requirement{
		{"/req/crs/crs-uri", crsURIs},
		{"/req/crs/fc-md-crs-list", crsList},
		{"/req/crs/fc-md-storageCrs", storageCRS},
		{"/req/crs/fc-md-storageCrs-valid-value", storageCRS},
		{"/req/crs/fc-md-crs-list-global", crsListGlobal},
		{"/req/crs/fc-bbox-crs-definition", eachBoxCRS},
		{"/req/crs/fc-bbox-crs-valid-value", func(t *testing.T, s *server.Server) { refusesOtherCRS(t, s, "bbox=97,22,98,23&bbox-crs=") }},
		{"/req/crs/fc-bbox-crs-default-value", boxWithoutCRS},
		{"/req/crs/fc-bbox-crs-action", eachBoxCRS},
		{"/req/crs/fc-crs-definition", eachCRS},
		{"/req/crs/fc-crs-valid-value", func(t *testing.T, s *server.Server) { refusesOtherCRS(t, s, "crs=") }},
		{"/req/crs/fc-crs-default-value", func(t *testing.T, s *server.Server) { townIsIn(t, s, "", uriCRS84) }},
		{"/req/crs/fc-crs-action", eachCRS},
		{"/req/crs/ogc-crs-header", eachCRS},
		{"/req/crs/ogc-crs-header-value", eachCRS},
		{"/req/crs/geojson", geojsonInCRS},
	})
}

func crsURIs(t *testing.T, s *server.Server) {
	for _, c := range collectionsAt(t, s) {
		for _, crs := range c.CRS {
			if u, err := url.Parse(crs); err != nil || !u.IsAbs() {
				t.Errorf("%s: %q is no URI", c.ID, crs)
			}
		}
	}
}

func crsList(t *testing.T, s *server.Server) {
	for _, c := range collectionsAt(t, s) {
		if !slices.Contains(c.CRS, uriCRS84) {
			t.Errorf("%s: %q", c.ID, c.CRS)
		}
		for _, crs := range c.CRS {
			fetch(t, s, "/collections/"+c.ID+"/items?crs="+url.QueryEscape(crs))
		}
	}
}

func storageCRS(t *testing.T, s *server.Server) {
	for _, c := range collectionsAt(t, s) {
		if c.StorageCRS != uriCRS84 || !slices.Contains(c.CRS, c.StorageCRS) {
			t.Errorf("%s: kept in %q, answered in %q", c.ID, c.StorageCRS, c.CRS)
		}
	}
}

// crsListGlobal holds that no collection points to a global list, of which there is none.
func crsListGlobal(t *testing.T, s *server.Server) {
	for _, c := range collectionsAt(t, s) {
		if slices.Contains(c.CRS, "#/crs") {
			t.Errorf("%s points to a global list", c.ID)
		}
	}
}

// eachBoxCRS asks in each system for the box around the town, and for one beside it.
func eachBoxCRS(t *testing.T, s *server.Server) {
	for crs, box := range map[string]string{uriCRS84: "97.7,22.9,97.8,23", uriEPSG4326: "22.9,97.7,23,97.8", uriEPSG3857: "10880000,2624000,10882000,2626000"} {
		for _, written := range []string{crs, "[" + curieOf(crs) + "]"} {
			page := pageAt(t, s, itemsOf(geo.Places), url.Values{"bbox": {box}, "bbox-crs": {written}})
			if len(page.Features) != 1 || page.Features[0].ID != "town" {
				t.Errorf("%s in %s: %v", box, written, page.Features)
			}
		}
		beside := strings.NewReplacer("97.7,", "97.76,", "22.9,", "22.95,", "10880000,", "10881500,").Replace(box)
		if page := pageAt(t, s, itemsOf(geo.Places), url.Values{"bbox": {beside}, "bbox-crs": {crs}}); len(page.Features) != 0 {
			t.Errorf("%s in %s: %v", beside, crs, page.Features)
		}
	}
}

func curieOf(crs string) string {
	parts := strings.Split(crs, "/")
	return parts[len(parts)-3] + ":" + parts[len(parts)-1]
}

func boxWithoutCRS(t *testing.T, s *server.Server) {
	for box, want := range map[string]int{"97.7,22.9,97.8,23": 1, "22.8,7.7,23,80": 0} {
		if page := pageAt(t, s, itemsOf(geo.Places), url.Values{"bbox": {box}}); len(page.Features) != want {
			t.Errorf("%s: %v", box, page.Features)
		}
	}
}

func refusesOtherCRS(t *testing.T, s *server.Server, query string) {
	for _, crs := range []string{"http://www.opengis.net/def/crs/EPSG/0/25832", "EPSG:4326", "4326", "http://example.com/crs"} {
		refused(t, s, itemsOf(geo.Places)+"?"+query+url.QueryEscape(crs))
	}
}

func eachCRS(t *testing.T, s *server.Server) {
	for crs := range townIn {
		townIsIn(t, s, "crs="+url.QueryEscape(crs), crs)
	}
}

// townIsIn asks for the town in a page and by itself, and holds where it is said to be,
// and in which system, to the one asked for.
func townIsIn(t *testing.T, s *server.Server, query, crs string) {
	t.Helper()
	const box = "bbox=97.7,22.9,97.8,23"
	for _, target := range []string{itemsOf(geo.Places) + "?" + box + "&" + query, itemsOf(geo.Places) + "/town?" + query} {
		header, body := fetch(t, s, strings.TrimRight(target, "?&"))
		if got := header.Get("Content-Crs"); got != "<"+crs+">" {
			t.Errorf("%s: Content-Crs is %q", target, got)
		}
		var document struct {
			feature
			Features []feature
		}
		unmarshal(t, body, &document)
		town := append(document.Features, document.feature)[0]
		at := positions(town.Geometry.Coordinates)[0]
		if want := townIn[crs]; math.Abs(at[0]-want[0]) > 0.01 || math.Abs(at[1]-want[1]) > 0.01 {
			t.Errorf("%s: the town is at %v, not %v", target, at, want)
		}
	}
}

// geojsonInCRS holds GeoJSON to be in CRS84 unless the client asked for another system,
// which is the arrangement that RFC 7946, 4 speaks of.
func geojsonInCRS(t *testing.T, s *server.Server) {
	townIsIn(t, s, "f=geojson", uriCRS84)
	townIsIn(t, s, "f=geojson&crs="+url.QueryEscape(uriEPSG3857), uriEPSG3857)
}
