package server_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// TestBadInput holds every mistake a request can have to a 4xx problem that names it.
func TestBadInput(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	const events = "/collections/events/items"
	other := index.Position{ID: "d:raid"}.Cursor(geo.Events, geo.Filter{Words: "raid"}, nil)
	for _, c := range []struct {
		name, target string
		status       int
		fault        string // the name of the one fault, "" where the detail says it
		detail       string // part of the detail
	}{
		{"unknown parameter", events + "?colour=red", 400, "colour", "known ones are bbox"},
		{"unknown parameter of one item", events + "/d:raid?bbox=0,0,1,1", 400, "bbox", "not a parameter"},
		{"unknown parameter of a place", "/collections/places/items/town?bbox=0,0,1,1", 400, "bbox", "not a parameter"},
		{"unknown parameter of a collection", "/collections/events?limit=3", 400, "limit", "not a parameter"},
		{"unknown parameter of a schema", "/collections/events/schema?limit=3", 400, "limit", "not a parameter"},
		{"unknown format of a schema", "/collections/events/schema?f=xsd", 400, "f", "schema, json"},
		{"schema of no collection", "/collections/weather/schema", 404, "", "no collection"},
		{"unknown parameter of the collections", "/collections?x=1", 400, "x", "not a parameter"},
		{"unknown parameter of the landing page", "/?x=1", 400, "x", "not a parameter"},
		{"unknown parameter of readiness", "/readyz?x=1", 400, "x", "not a parameter"},
		{"box of three numbers", events + "?bbox=1,2,3", 400, "bbox", "3 numbers"},
		{"box of words", events + "?bbox=a,b,c,d", 400, "bbox", "not a number"},
		{"box upside down", events + "?bbox=0,5,1,1", 400, "bbox", "north of its north"},
		{"box off the globe", events + "?bbox=0,0,999,1", 400, "bbox", "between -180 and 180"},
		{"reversed interval", events + "?datetime=2024-07-22/2024-07-01", 400, "datetime", "ends before it starts"},
		{"interval without ends", events + "?datetime=../..", 400, "datetime", "both ends"},
		{"no date", events + "?datetime=yesterday", 400, "datetime", "neither a date"},
		{"unknown type", events + "?type=war", 400, "type", "not one of bombing_raid"},
		{"unknown status", events + "?status=sure", 400, "status", "not one of reported"},
		{"limit 0", events + "?limit=0", 400, "limit", "from 1 to 10000"},
		{"limit 10,001", events + "?limit=10001", 400, "limit", "from 1 to 10000"},
		{"limit of words", events + "?limit=all", 400, "limit", "whole number"},
		{"deaths below one", events + "?min_fatalities=0", 400, "min_fatalities", "from 1 to"},
		{"damaged cursor", events + "?cursor=abc", 400, "cursor", "damaged"},
		{"cursor of another filter", events + "?cursor=" + other, 400, "cursor", "another collection, filter or order"},
		{"unknown sort key", events + "?sortby=mood", 400, "sortby", "they can by id"},
		{"a sort key twice", events + "?sortby=-start,start", 400, "sortby", "twice"},
		{"a sorted file", events + "?sortby=start&f=csv", 400, "sortby", "for pages"},
		{"unknown property", events + "?properties=title,mood", 400, "properties", "they have type, subtype"},
		{"unknown property of an item", events + "/d:raid?properties=mood", 400, "properties", "not a property of events"},
		{"neither with nor without geometry", events + "?skipGeometry=maybe", 400, "skipGeometry", "false, true"},
		{"unknown system", events + "?crs=EPSG:32647", 400, "crs", "CRS84"},
		{"a file in another system", events + "?f=kml&crs=[EPSG:3857]", 400, "crs", "for pages"},
		{"empty value", events + "?q=", 400, "q", "empty"},
		{"two values", events + "?q=a&q=b", 400, "q", "2 times"},
		{"words without a word", events + "?q=...", 400, "q", "no word"},
		{"unknown actor in the filter", events + "?actor=nobody", 400, "actor", "no such record"},
		{"a private dataset in the filter", events + "?dataset=secret", 400, "dataset", "no such record"},
		{"unknown format", events + "?f=exe", 400, "f", "not a format"},
		{"unknown format of a collection", "/collections/events?f=exe", 400, "f", "not a format"},
		{"unknown format of the landing page", "/?f=exe", 400, "f", "not a format"},
		{"clusters without zoom", "/collections/events/clusters", 400, "zoom", "is missing"},
		{"too deep a zoom", "/collections/events/clusters?zoom=23", 400, "zoom", "from 0 to 22"},
		{"a zoom of words", "/collections/events/clusters?zoom=near", 400, "zoom", "whole number"},
		{"unknown interval", "/collections/events/histogram?interval=hour", 400, "interval", "auto, day, week, month, quarter, year"},
		{"unknown grouping", "/collections/events/histogram?by=mood", 400, "by", "type, status, date_precision, place_precision, dataset"},
		{"unknown counting", "/collections/events/histogram?counting=twice", 400, "counting", "once, each"},
		{"too many values", "/collections/events/facets?limit=1001", 400, "limit", "from 1 to 1000"},
		{"a page of clusters", "/collections/events/clusters?zoom=1&limit=5", 400, "limit", "not a parameter"},
		{"unknown place in facets", "/collections/events/facets?place=nowhere", 400, "place", "no such record"},
		{"unknown id", events + "/none", 404, "", `no record "none"`},
		{"a private record", events + "/secret:1", 404, "", "no record"},
		{"unknown collection", "/collections/weather/items", 404, "", "the collections are places"},
		{"unknown collection itself", "/collections/weather", 404, "", "the collections are places"},
		{"unknown path", "/nothing", 404, "", "nothing at this path"},
		{"a path out of the page", "/..%2f..%2fetc/passwd", 404, "", "nothing at this path"},
		{"a zero byte in the query", events + "?q=a%00b", 400, "q", "control character"},
		{"a zero byte in the path", events + "/a%00b", 400, "path", "control characters"},
		{"invalid UTF-8 in the query", events + "?q=%ff", 400, "q", "UTF-8"},
		{"invalid UTF-8 in the path", events + "/%ff", 400, "path", "UTF-8"},
		{"a broken escape in the query", events + "?q=%zz", 400, "query", "invalid URL escape"},
		{"a semicolon in the query", events + "?q=a;b", 400, "query", "semicolon"},
		{"a URL of 1 MB", events + "?q=" + strings.Repeat("a", 1<<20), 414, "", "at most 16384"},
		{"a value of 5 kB", events + "?q=" + strings.Repeat("a", 5000), 400, "q", "longer than"},
	} {
		response, body := get(t, s, c.target)
		detail, faults := problem(t, response, body)
		if response.StatusCode != c.status || !strings.Contains(detail, c.detail) {
			t.Errorf("%s: %d %s", c.name, response.StatusCode, detail)
		}
		if c.fault != "" && (len(faults) != 1 || faults[0].Name != c.fault || faults[0].Detail == "") {
			t.Errorf("%s: faults %+v", c.name, faults)
		}
		if len(body) > 8<<10 {
			t.Errorf("%s: an answer of %d bytes", c.name, len(body))
		}
		if response.Header.Get("ETag") != "" || response.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: a problem that may be kept", c.name)
		}
	}
}

func TestBodiesAndMethodsThatHaveNoPlace(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	r := httptest.NewRequest(http.MethodGet, "/collections/events/items", strings.NewReader("hello"))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if _, faults := problem(t, w.Result(), w.Body.Bytes()); w.Code != 400 || len(faults) != 1 || faults[0].Name != "body" {
		t.Error("a GET with a body:", w.Code, faults)
	}
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"} {
		response := request(t, s, method, "/collections/events/items")
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		problem(t, response, body)
		if response.StatusCode != 405 || response.Header.Get("Allow") != "GET, HEAD, OPTIONS" {
			t.Error(method, response.StatusCode, response.Header.Get("Allow"))
		}
	}
}

// TestAllFaultsAtOnce holds a request with several mistakes to hear of all of them.
func TestAllFaultsAtOnce(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	response, body := get(t, s, "/collections/events/items?limit=0&bbox=1&type=war&f=exe&x=1&min_fatalities=-1")
	_, faults := problem(t, response, body)
	var names []string
	for _, f := range faults {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "x bbox type min_fatalities limit f" {
		t.Error(got)
	}
}
