package server_test

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

// TestFeaturesCore holds the resources above the items to OGC API - Features, Part 1
// (17-069r4); conformance_items_test.go has the rest.
func TestFeaturesCore(t *testing.T) {
	holdAll(t, []requirement{
		{"/req/core/root-op", func(t *testing.T, s *server.Server) { fetch(t, s, "/", "Accept: application/json") }},
		{"/req/core/conformance-op", func(t *testing.T, s *server.Server) { fetch(t, s, "/conformance") }},
		{"/req/core/conformance-success", conformanceSuccess},
		{"/req/core/http", speaksHTTP},
		{"/req/core/query-param-unknown", unknownParameters},
		{"/req/core/query-param-invalid", invalidParameters},
		{"/req/core/fc-md-op", func(t *testing.T, s *server.Server) { fetch(t, s, "/collections") }},
		{"/req/core/fc-md-success", collectionsSuccess},
		{"/req/core/fc-md-links", func(t *testing.T, s *server.Server) { linksToFormats(t, s, "/collections") }},
		{"/req/core/fc-md-items", collectionsItems},
		{"/req/core/fc-md-items-links", collectionsItemsLinks},
		{"/req/core/fc-md-extent", collectionsExtent},
		{"/req/core/fc-md-extent-multi", collectionsFirstExtent},
		{"/req/core/sfc-md-op", collectionOp},
		{"/req/core/sfc-md-success", collectionSuccess},
	})
}

// collectionObject is one collection, in the list or by itself.
type collectionObject struct {
	ID, Title, StorageCRS string
	CRS                   []string
	Links                 []weblink
	Extent                *struct {
		Spatial *struct {
			BBox [][]float64
			CRS  string
		}
		Temporal *struct{ Interval [][]*string }
	}
}

func collectionsAt(t *testing.T, s *server.Server) []collectionObject {
	t.Helper()
	_, body := fetch(t, s, "/collections")
	var document struct{ Collections []collectionObject }
	unmarshal(t, body, &document)
	return document.Collections
}

func collectionOp(t *testing.T, s *server.Server) {
	for _, c := range collectionsAt(t, s) {
		fetch(t, s, "/collections/"+c.ID)
	}
}

func conformanceSuccess(t *testing.T, s *server.Server) {
	header, body := fetch(t, s, "/conformance")
	var document struct{ ConformsTo []string }
	unmarshal(t, body, &document)
	if header.Get("Content-Type") != "application/json" || len(document.ConformsTo) == 0 {
		t.Errorf("%s: %s", header.Get("Content-Type"), body)
	}
	for _, uri := range document.ConformsTo {
		if !strings.HasPrefix(uri, "http://www.opengis.net/spec/") || !strings.Contains(uri, "/conf/") {
			t.Errorf("%s is no conformance class", uri)
		}
	}
}

func speaksHTTP(t *testing.T, s *server.Server) {
	for _, target := range []string{"/collections", "/collections/events/items", "/collections/events/items/d:raid"} {
		_, body := fetch(t, s, target)
		head := request(t, s, http.MethodHead, target)
		if head.StatusCode != 200 || head.ContentLength != int64(len(body)) {
			t.Errorf("HEAD %s: %d, %d bytes of %d", target, head.StatusCode, head.ContentLength, len(body))
		}
		refused := request(t, s, http.MethodDelete, target)
		if allow := refused.Header.Get("Allow"); refused.StatusCode != http.StatusMethodNotAllowed || !strings.Contains(allow, http.MethodGet) {
			t.Errorf("DELETE %s: %d, allowed are %q", target, refused.StatusCode, allow)
		}
	}
	if response, _ := get(t, s, "/nothing/here"); response.StatusCode != http.StatusNotFound {
		t.Errorf("what there is not: %d", response.StatusCode)
	}
}

func unknownParameters(t *testing.T, s *server.Server) {
	for _, target := range []string{"/?f=json&", "/conformance?", "/collections?", "/collections/events?", "/collections/events/schema?", "/collections/events/items?",
		"/collections/actors/items?", "/collections/events/items/d:raid?", "/collections/places/items/town?"} {
		refused(t, s, target+"unknown-parameter=1")
	}
}

func invalidParameters(t *testing.T, s *server.Server) {
	for _, query := range []string{"limit=0", "limit=-1", "limit=10001", "limit=many", "bbox=1,2,3", "bbox=1,2,3,4,5", "bbox=a,b,c,d", "bbox=0,5,1,1", "datetime=yesterday",
		"datetime=2024-13-01", "datetime=2024-02-01/2024-01-01", "crs=http://www.opengis.net/def/crs/EPSG/0/99999", "type=war", "f=exe"} {
		refused(t, s, "/collections/events/items?"+query)
	}
}

func collectionsSuccess(t *testing.T, s *server.Server) {
	header, _ := fetch(t, s, "/collections")
	if got := header.Get("Content-Type"); got != "application/json" {
		t.Error(got)
	}
	for _, c := range collectionsAt(t, s) {
		if c.ID == "" || c.Title == "" || len(c.Links) == 0 {
			t.Errorf("%+v has not all that a collection has", c)
		}
		if c.Extent != nil && c.Extent.Spatial != nil && (len(c.Extent.Spatial.BBox) == 0 || c.Extent.Spatial.CRS != "http://www.opengis.net/def/crs/OGC/1.3/CRS84") {
			t.Errorf("%s: the extent is %+v", c.ID, c.Extent.Spatial)
		}
		if c.Extent != nil && c.Extent.Temporal != nil && (len(c.Extent.Temporal.Interval) == 0 || len(c.Extent.Temporal.Interval[0]) != 2) {
			t.Errorf("%s: the interval is %v", c.ID, c.Extent.Temporal)
		}
	}
}

func collectionsItems(t *testing.T, s *server.Server) {
	var ids []string
	for _, c := range collectionsAt(t, s) {
		ids = append(ids, c.ID)
	}
	if slices.Sort(ids); !slices.Equal(ids, []string{"actors", "areas", "datasets", "events", "places"}) {
		t.Error(ids)
	}
}

func collectionsItemsLinks(t *testing.T, s *server.Server) {
	for _, c := range collectionsAt(t, s) {
		for _, l := range c.Links {
			if l.Rel == "" || l.Type == "" {
				t.Errorf("%s: %+v", c.ID, l)
			}
		}
		to := make(map[string]bool)
		for _, l := range withRel(c.Links, "items") {
			header, _ := fetch(t, s, l.target())
			if got, _, _ := strings.Cut(header.Get("Content-Type"), ";"); got != l.Type {
				t.Errorf("%s is %s, not %s", l.Href, got, l.Type)
			}
			to[l.Type] = true
		}
		page := linksAt(t, s, "/collections/"+c.ID+"/items")
		for _, l := range append(withRel(page, "alternate"), withRel(page, "self")...) {
			if !to[l.Type] {
				t.Errorf("%s: no link to its items as %s", c.ID, l.Type)
			}
		}
	}
}

// collectionsExtent holds the boxes and intervals together to hold all features.
func collectionsExtent(t *testing.T, s *server.Server) {
	held := 0
	for _, c := range collectionsAt(t, s) {
		if c.Extent == nil {
			continue
		}
		for _, f := range everyFeature(t, s, geo.Kind(c.ID), nil) {
			if f.Geometry == nil {
				continue
			}
			for _, p := range positions(f.Geometry.Coordinates) {
				held++
				if !slices.ContainsFunc(c.Extent.Spatial.BBox, func(box []float64) bool { return inBox(box, p) }) {
					t.Errorf("%s %s: %v is outside of %v", c.ID, f.ID, p, c.Extent.Spatial.BBox)
				}
			}
		}
	}
	if held == 0 {
		t.Error("no extent holds anything")
	}
}

// collectionsFirstExtent holds the first box and the first interval to hold all.
func collectionsFirstExtent(t *testing.T, s *server.Server) {
	for _, c := range collectionsAt(t, s) {
		if c.Extent == nil {
			continue
		}
		for _, f := range everyFeature(t, s, geo.Kind(c.ID), nil) {
			if f.Geometry != nil {
				for _, p := range positions(f.Geometry.Coordinates) {
					if box := c.Extent.Spatial.BBox[0]; !inBox(box, p) {
						t.Errorf("%s %s: %v is outside of %v", c.ID, f.ID, p, box)
					}
				}
			}
			if c.Extent.Temporal == nil {
				continue
			}
			first, last := c.Extent.Temporal.Interval[0][0], c.Extent.Temporal.Interval[0][1]
			start, _ := f.Properties["start"].(string)
			end, _ := f.Properties["end"].(string)
			if first != nil && start != "" && start < *first || last != nil && (end == "" && start != "" || end > *last) {
				t.Errorf("%s %s: %s to %s is outside of %s to %s", c.ID, f.ID, start, end, *first, *last)
			}
		}
	}
}

// inBox says whether a position is in a box that may cross the 180th meridian.
func inBox(box []float64, p [2]float64) bool {
	west, south, east, north := box[0], box[1], box[2], box[3]
	if p[1] < south || p[1] > north {
		return false
	}
	if west > east {
		return p[0] >= west || p[0] <= east
	}
	return p[0] >= west && p[0] <= east
}

// collectionSuccess holds a collection by itself to be as it is in the list.
func collectionSuccess(t *testing.T, s *server.Server) {
	_, body := fetch(t, s, "/collections")
	var document struct{ Collections []map[string]any }
	unmarshal(t, body, &document)
	for i, k := range geo.Kinds() {
		_, body := fetch(t, s, "/collections/"+string(k))
		var c map[string]any
		if unmarshal(t, body, &c); !reflect.DeepEqual(c, document.Collections[i]) {
			t.Errorf("%s by itself is %v, in the list %v", k, c, document.Collections[i])
		}
	}
}
