package server_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

func TestCRS(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	const crs84, epsg4326, epsg3857 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/EPSG/0/4326", "http://www.opengis.net/def/crs/EPSG/0/3857"
	for _, test := range []struct{ target, crs, point string }{
		{"/collections/places/items/town", crs84, "[97.75,22.94]"},
		{"/collections/places/items?crs=" + crs84, crs84, "[97.75,22.94]"},
		{"/collections/places/items/town?crs=" + epsg4326, epsg4326, "[22.94,97.75]"},
		{"/collections/places/items?crs=" + epsg4326 + "&bbox=22,97,23,98&bbox-crs=" + epsg4326, epsg4326, "[22.94,97.75]"},
		{"/collections/places/items?crs=" + epsg3857 + "&bbox=10800000,2600000,10900000,2700000&bbox-crs=" + epsg3857, epsg3857, "[10881480.225,2624764.263]"},
		{"/collections/events/items/d:raid?crs=" + epsg3857, epsg3857, "[10881480.225,2624764.263]"}, // its place's
	} {
		response, body := get(t, s, test.target)
		if response.StatusCode != 200 || response.Header.Get("Content-Crs") != "<"+test.crs+">" || !strings.Contains(string(body), `"coordinates":`+test.point) {
			t.Errorf("%s: %d %q %s", test.target, response.StatusCode, response.Header.Get("Content-Crs"), body)
		}
	}
	if _, body := get(t, s, "/collections/places/items?bbox=22,97,23,98&crs="+epsg4326); strings.Contains(string(body), "town") {
		t.Error("bbox is read in crs, and not in bbox-crs")
	}
}

func TestSortBy(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	for order, want := range map[string]string{
		"":                   "d:raid d:operation d:undated",
		"id":                 "d:operation d:raid d:undated",
		"-id":                "d:undated d:raid d:operation",
		"start":              "d:operation d:raid d:undated", // what is not known comes last
		"-start":             "d:raid d:operation d:undated",
		"-incidents,id":      "d:raid d:operation d:undated",
		"-change":            "d:undated d:operation d:raid",
		"-title":             "d:undated d:raid d:operation",
		"-status,title":      "d:operation d:raid d:undated",
		"%2Bplace_precision": "d:raid d:operation d:undated",
	} {
		var ids []string
		for target := "/collections/events/items?limit=1&sortby=" + order; target != ""; {
			_, body := get(t, s, strings.TrimSuffix(target, "&sortby="))
			var page struct {
				Features []struct{ ID string }
				Links    []struct{ Rel, Href string }
			}
			unmarshal(t, body, &page)
			ids, target = append(ids, page.Features[0].ID), ""
			for _, l := range page.Links {
				if l.Rel == "next" {
					target = strings.TrimPrefix(l.Href, "http://example.com")
				}
			}
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("sortby=%s: %s, not %s", order, got, want)
		}
	}
}

func TestSkipGeometry(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	for target, want := range map[string]bool{
		"/collections/places/items":                                   true,
		"/collections/places/items?skipGeometry=false":                true,
		"/collections/places/items?skipGeometry=true":                 false,
		"/collections/areas/items/state?skipGeometry=true":            false,
		"/collections/events/items?skipGeometry=true&crs=[EPSG:3857]": false,
	} {
		_, body := get(t, s, target)
		if got := strings.Contains(string(body), `"coordinates"`); got != want || !want && !strings.Contains(string(body), `"geometry":null`) {
			t.Errorf("%s: %s", target, body)
		}
	}
}

func TestProperties(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	for target, want := range map[string]string{
		"/collections/events/items/d:raid?properties=start,type":       "start type",
		"/collections/events/items/d:raid?properties=part_of":          "part_of",
		"/collections/events/items/d:undated?properties=part_of":       "",
		"/collections/places/items/town?properties=names,event_count":  "event_count names",
		"/collections/places/items/town?properties=names&type=clash":   "names",
		"/collections/events/items?properties=title&type=bombing_raid": "title",
	} {
		_, body := get(t, s, target)
		var answer struct {
			Properties map[string]jsontext.Value
			Features   []struct{ Properties map[string]jsontext.Value }
			ID         string
		}
		unmarshal(t, body, &answer)
		if len(answer.Features) == 1 {
			answer.Properties = answer.Features[0].Properties
		}
		var names []string
		for name := range answer.Properties {
			names = append(names, name)
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != want || answer.Properties == nil {
			t.Errorf("%s has %s, not %s", target, got, want)
		}
	}
}
