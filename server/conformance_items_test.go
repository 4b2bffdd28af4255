package server_test

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

// TestFeaturesItems holds the items to OGC API - Features, Part 1 (17-069r4).
func TestFeaturesItems(t *testing.T) {
	holdAll(t, []requirement{
		{"/req/core/crs84", longitudeFirst},
		{"/req/core/fc-op", itemsOp},
		{"/req/core/fc-limit-definition", limitDefinition},
		{"/req/core/fc-limit-response-1", limitResponse},
		{"/req/core/fc-bbox-definition", bboxDefinition},
		{"/req/core/fc-bbox-response", bboxResponse},
		{"/req/core/fc-time-definition", timeDefinition},
		{"/req/core/fc-time-response", timeResponse},
		{"/req/core/fc-response", itemsResponse},
		{"/req/core/fc-links", itemsLinks},
		{"/req/core/fc-rel-type", itemsLinkTypes},
		{"/req/core/fc-timeStamp", noTimeStamp},
		{"/req/core/fc-numberMatched", numberMatched},
		{"/req/core/fc-numberReturned", numberReturned},
		{"/req/core/f-op", itemOp},
		{"/req/core/f-success", itemSuccess},
		{"/req/core/f-links", itemLinks},
		{"/req/geojson/definition", mediaTypes},
		{"/req/geojson/content", geojsonContent},
	})
}

func longitudeFirst(t *testing.T, s *server.Server) {
	header, body := fetch(t, s, itemsOf(geo.Places)+"/town")
	var town feature
	unmarshal(t, body, &town)
	if got := positions(town.Geometry.Coordinates); len(got) != 1 || got[0] != [2]float64{97.75, 22.94} {
		t.Errorf("the town is at %v", got)
	}
	if got := header.Get("Content-Crs"); got != "" && got != "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>" {
		t.Errorf("in %s", got)
	}
}

func itemsOp(t *testing.T, s *server.Server) {
	for _, k := range geo.Kinds() {
		fetch(t, s, itemsOf(k))
	}
}

func limitDefinition(t *testing.T, s *server.Server) {
	for _, limit := range []string{"1", "10000"} {
		fetch(t, s, itemsOf(geo.Events)+"?limit="+limit)
	}
	refused(t, s, itemsOf(geo.Events)+"?limit=0")
	refused(t, s, itemsOf(geo.Events)+"?limit=10001")
	if got := len(pageAt(t, s, itemsOf(geo.Events), nil).Features); got != 100 {
		t.Errorf("without limit there are %d", got)
	}
}

func limitResponse(t *testing.T, s *server.Server) {
	for _, limit := range []int{1, 7, 100, 112, 10_000} {
		page := pageAt(t, s, itemsOf(geo.Events), url.Values{"limit": {strconv.Itoa(limit)}})
		if want := min(limit, page.NumberMatched); len(page.Features) != want {
			t.Errorf("limit %d: %d features, not %d", limit, len(page.Features), want)
		}
	}
}

func bboxDefinition(t *testing.T, s *server.Server) {
	for bbox, want := range map[string]int{"97,22,98,23": 1, "97,22,-10,98,23,9000": 1, "22,97,23,98": -1, "97,22,98": -1, "97,22,0,98,23": -1, "97,22,98,x": -1} {
		target := itemsOf(geo.Places) + "?bbox=" + bbox
		if want < 0 {
			refused(t, s, target)
		} else if got := pageAt(t, s, target, nil); len(got.Features) != want || got.Features[0].ID != "town" {
			t.Errorf("%s: %v", bbox, got.Features)
		}
	}
}

// bboxResponse holds what a box selects to a look at every position.
func bboxResponse(t *testing.T, s *server.Server) {
	for _, box := range [][]float64{{97, 22, 98, 23}, {179, 9, -179, 11}, {179, 9, 180, 11}, {-180, 9, -179, 11}, {-180, -90, 180, 90}, {0, 0, 1, 1}, {97.75, 22.94, 97.75, 22.94}} {
		for _, k := range []geo.Kind{geo.Places, geo.Events} {
			var text []string
			for _, n := range box {
				text = append(text, strconv.FormatFloat(n, 'f', -1, 64))
			}
			selected := everyFeature(t, s, k, url.Values{"bbox": {strings.Join(text, ",")}})
			for _, f := range everyFeature(t, s, k, nil) {
				if f.Geometry != nil && f.Geometry.Type != "Point" {
					continue // an area that events share: whether it meets a box takes more than its corners
				}
				meets := f.Geometry == nil || slices.ContainsFunc(positions(f.Geometry.Coordinates), func(p [2]float64) bool { return inBox(box, p) })
				if got := slices.ContainsFunc(selected, func(o feature) bool { return o.ID == f.ID }); got != meets {
					t.Errorf("%s %s in %v: %t, not %t", k, f.ID, box, got, meets)
				}
			}
		}
	}
}

func timeDefinition(t *testing.T, s *server.Server) {
	for _, datetime := range []string{"2023-02-01T00:00:00Z", "2023-02-01T12:00:00.5+06:30", "2023-02-01", "2023-02-01T00:00:00Z/2023-02-03T00:00:00Z", "../2023-02-01T00:00:00Z",
		"/2023-02-01T00:00:00Z", "2023-02-01T00:00:00Z/..", "2023-02-01T00:00:00Z/"} {
		if got := everyFeature(t, s, geo.Events, url.Values{"datetime": {datetime}}); len(got) == 0 {
			t.Errorf("%s selects nothing", datetime)
		}
	}
	for _, datetime := range []string{"2023", "2023-02-30", "01/02/2023", "2023-02-01T00:00:00", "2023-02-03/2023-02-01", "a/b", "2023-02-01/2023-02-02/2023-02-03"} {
		refused(t, s, itemsOf(geo.Events)+"?datetime="+url.QueryEscape(datetime))
	}
}

// timeResponse holds what an interval of days selects to a look at every start and end.
func timeResponse(t *testing.T, s *server.Server) {
	for _, days := range [][2]string{{"2023-02-01", "2023-02-01"}, {"2023-02-01", "2023-02-10"}, {"", "2023-01-05"}, {"2024-01-01", ""}, {"1900-01-01", "1900-12-31"}} {
		selected := everyFeature(t, s, geo.Events, url.Values{"datetime": {days[0] + "/" + days[1]}})
		for _, f := range everyFeature(t, s, geo.Events, nil) {
			start, _ := f.Properties["start"].(string)
			end, _ := f.Properties["end"].(string)
			meets := (days[1] == "" || start <= days[1]) && (days[0] == "" || end == "" || end >= days[0])
			if got := slices.ContainsFunc(selected, func(o feature) bool { return o.ID == f.ID }); got != meets {
				t.Errorf("%s from %q to %q in %v: %t, not %t", f.ID, start, end, days, got, meets)
			}
		}
	}
}

func itemsResponse(t *testing.T, s *server.Server) {
	page := pageAt(t, s, itemsOf(geo.Events), url.Values{"type": {"bombing_raid"}, "datetime": {"2024-07-01/.."}})
	if len(page.Features) == 0 {
		t.Error("nothing is selected")
	}
	for _, f := range page.Features {
		if f.Properties["type"] != "bombing_raid" {
			t.Errorf("%s is of the type %v", f.ID, f.Properties["type"])
		}
	}
}

func itemsLinks(t *testing.T, s *server.Server) {
	for _, k := range geo.Kinds() {
		linksToFormats(t, s, itemsOf(k))
	}
	linksToFormats(t, s, itemsOf(geo.Events)+"?limit=3&type=clash")
}

func itemsLinkTypes(t *testing.T, s *server.Server) {
	for _, l := range linksAt(t, s, itemsOf(geo.Events)+"?limit=3") {
		if l.Rel == "" || l.Type == "" {
			t.Errorf("%+v", l)
		}
	}
}

// noTimeStamp holds that nothing is called the time of the answer that is another time.
func noTimeStamp(t *testing.T, s *server.Server) {
	for _, target := range []string{itemsOf(geo.Events), itemsOf(geo.Places), itemsOf(geo.Places) + "/town"} {
		_, body := fetch(t, s, target)
		var document map[string]any
		if unmarshal(t, body, &document); document["timeStamp"] != nil {
			t.Errorf("%s has the time stamp %v", target, document["timeStamp"])
		}
	}
}

func numberMatched(t *testing.T, s *server.Server) {
	for _, query := range []url.Values{nil, {"type": {"clash"}}, {"bbox": {"97,22,98,23"}}, {"type": {"talks"}}} {
		first := pageAt(t, s, itemsOf(geo.Events), query).NumberMatched
		if all := everyFeature(t, s, geo.Events, query); first != len(all) {
			t.Errorf("%v: %d matched, but there are %d", query, first, len(all))
		}
	}
}

// numberReturned walks all pages by their next links.
func numberReturned(t *testing.T, s *server.Server) {
	seen := 0
	for target := itemsOf(geo.Events) + "?limit=30"; target != ""; {
		page := pageAt(t, s, target, nil)
		if seen += len(page.Features); page.NumberReturned != len(page.Features) {
			t.Errorf("%d returned, but there are %d", page.NumberReturned, len(page.Features))
		}
		if target = ""; len(withRel(page.Links, "next")) > 0 {
			target = withRel(page.Links, "next")[0].target()
		}
	}
	if matched := pageAt(t, s, itemsOf(geo.Events), nil).NumberMatched; seen != matched {
		t.Errorf("all pages together have %d of %d", seen, matched)
	}
}

func itemOp(t *testing.T, s *server.Server) {
	for _, k := range geo.Kinds() {
		for _, f := range everyFeature(t, s, k, nil) {
			fetch(t, s, itemsOf(k)+"/"+url.PathEscape(f.ID))
		}
	}
}

func itemSuccess(t *testing.T, s *server.Server) {
	for _, k := range geo.Kinds() {
		for _, f := range everyFeature(t, s, k, url.Values{"dataset": {"d"}})[:1] {
			_, body := fetch(t, s, itemsOf(k)+"/"+f.ID)
			var one feature
			if unmarshal(t, body, &one); one.Type != "Feature" || one.ID != f.ID || len(one.Properties) != len(f.Properties) {
				t.Errorf("%s %s: %s", k, f.ID, body)
			}
		}
	}
}

func itemLinks(t *testing.T, s *server.Server) {
	for _, k := range geo.Kinds() {
		target := itemsOf(k) + "/" + everyFeature(t, s, k, nil)[0].ID
		linksToFormats(t, s, target)
		links := linksAt(t, s, target)
		if c := withRel(links, "collection"); len(c) == 0 || c[0].Type == "" || c[0].target() != "/collections/"+string(k) {
			t.Errorf("%s: the links to the collection are %v", target, c)
		}
	}
}

func mediaTypes(t *testing.T, s *server.Server) {
	for _, k := range geo.Kinds() {
		for _, target := range []string{itemsOf(k), itemsOf(k) + "/" + everyFeature(t, s, k, nil)[0].ID} {
			if header, _ := fetch(t, s, target, "Accept: application/geo+json"); header.Get("Content-Type") != "application/geo+json" {
				t.Errorf("%s is %s", target, header.Get("Content-Type"))
			}
		}
	}
	for _, target := range []string{"/", "/conformance", "/collections", "/collections/events"} {
		if header, _ := fetch(t, s, target, "Accept: application/json"); header.Get("Content-Type") != "application/json" {
			t.Errorf("%s is %s", target, header.Get("Content-Type"))
		}
	}
}

func geojsonContent(t *testing.T, s *server.Server) {
	shapes := []string{"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
	for _, k := range geo.Kinds() {
		page := pageAt(t, s, itemsOf(k), nil)
		if page.Type != "FeatureCollection" || len(page.Links) == 0 || len(page.Features) == 0 {
			t.Errorf("%s: a page of the type %s with %d links", k, page.Type, len(page.Links))
		}
		for _, f := range page.Features {
			if f.Type != "Feature" || f.ID == "" || f.Properties == nil || f.Geometry != nil && !slices.Contains(shapes, f.Geometry.Type) {
				t.Errorf("%s: %+v", k, f)
			}
		}
		_, body := fetch(t, s, itemsOf(k)+"/"+page.Features[0].ID)
		var one feature
		if unmarshal(t, body, &one); one.Type != "Feature" || len(one.Links) == 0 {
			t.Errorf("%s: %s", k, body)
		}
	}
}
