package server_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// codeword stands in every text and id of what may not leave.
const codeword = "zzyzx"

// hiddenRecords are of a dataset that may not leave, one of each kind, and public
// ones that mention them.
func hiddenRecords(level geo.Redistribution) []geo.Record {
	day := geo.Date(2024, 7, 22)
	d := codeword + "-" + string(level)
	id := func(s string) string { return d + ":" + s }
	dataset := geotest.Dataset(d, level)
	place := geotest.Place(id("place"), d, 97.7612, 22.9412)
	place.OtherNames, place.Within = []string{codeword + " base"}, id("area")
	area := geotest.Area(id("area"), d, geo.Zone, 97.11, 22.11, 98.11, 23.11)
	actor := geotest.Actor(id("actor"), d)
	event := geotest.Event(id("event"), d, "town", day)
	event.Summary, event.Sources[0].AccordingTo = geo.Text{"en": codeword}, codeword
	own := geotest.Event(id("own"), d, "", day)
	own.Geometry = place.Geometry
	public := geotest.Event("d:mentions-"+string(level), "d", id("place"), day)
	public.Participants = []geo.Participant{{ActorID: id("actor"), Role: "initiator"}, {ActorID: "army", Role: "target"}}
	public.PartOf, public.Related = id("event"), []geo.Relation{{Event: id("event"), Relation: "precedes"}, {Event: "d:raid", Relation: "precedes"}}
	public.Route = &geo.Route{From: id("place"), To: "town"}
	to := geotest.Event("d:to-"+string(level), "d", "town", day)
	to.Route = &geo.Route{From: "town", To: id("place")}
	member := geotest.Actor("member-"+string(level), "d", id("actor"))
	inside := geotest.Place("inside-"+string(level), "d", 97.5, 22.5)
	inside.Within = id("area")
	return []geo.Record{dataset, place, area, actor, event, own, public, to, member, inside}
}

// TestWhatMayNotLeaveLeavesNoTrace walks every endpoint and format.
func TestWhatMayNotLeaveLeavesNoTrace(t *testing.T) {
	for _, level := range []geo.Redistribution{geo.Private, geo.Derived} {
		hidden := hiddenRecords(level)
		catalog := datatest.Open(t, append(records(), hidden...)...)
		s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = catalog })
		targets := []string{"/", "/?f=json", "/collections", "/healthz", "/readyz", "/collections/events/facets", "/styles", "/styles/events"}
		for _, t := range []string{"", "/WebMercatorQuad", "/WebMercatorQuad?f=tilejson", "/WebMercatorQuad/0/0/0", "/WebMercatorQuad/5/13/24", "/WebMercatorQuad/12/1776/3160"} {
			targets = append(targets, "/collections/events/tiles"+t)
		}
		for zoom := range 23 {
			targets = append(targets, fmt.Sprintf("/collections/events/clusters?zoom=%d", zoom))
		}
		for _, by := range index.Groupings() {
			targets = append(targets, "/collections/events/histogram?by="+string(by), "/collections/events/histogram?counting=each&by="+string(by))
		}
		for _, k := range geo.Kinds() {
			targets = append(targets, "/collections/"+string(k), "/collections/"+string(k)+"/items", "/collections/"+string(k)+"/items?bbox=97,22,98,24", "/collections/"+string(k)+"/items?f=atom")
			for _, f := range exchange.OutFormats() {
				targets = append(targets, "/collections/"+string(k)+"/items?f="+f.Name)
			}
			rows, err := catalog.View().Query(k, geo.Filter{}, nil, "", 1000)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows.Rows {
				targets = append(targets, "/collections/"+string(k)+"/items/"+url.PathEscape(r.ID))
			}
		}
		answered := 0
		for _, target := range targets {
			response, body := get(t, s, target)
			if response.StatusCode == http.StatusOK {
				answered++
			}
			for name, values := range response.Header {
				if strings.Contains(strings.Join(values, " "), codeword) {
					t.Errorf("%s, %s: a trace in the header %s", level, target, name)
				}
			}
			for _, trace := range []string{codeword, "97.7612", "22.9412", "97.11"} {
				if strings.Contains(string(body), trace) {
					t.Errorf("%s, %s: a trace, %s, in\n%.600s", level, target, trace, body)
				}
			}
		}
		if answered < 45 {
			t.Errorf("%s: only %d of %d answered", level, answered, len(targets))
		}
		askForHidden(t, s, level, hidden)
	}
}

// askForHidden asks for what is hidden by name: the answers must be those for what
// never was.
func askForHidden(t *testing.T, s http.Handler, level geo.Redistribution, hidden []geo.Record) {
	t.Helper()
	same := func(target, neverWas string) {
		t.Helper()
		response, body := get(t, s, target)
		other, otherBody := get(t, s, strings.ReplaceAll(target, codeword, neverWas))
		if response.StatusCode != other.StatusCode || strings.ReplaceAll(string(body), codeword, neverWas) != string(otherBody) {
			t.Errorf("%s: %s tells that it is there:\n%s\n%s", level, target, body, otherBody)
		}
	}
	const events = "/collections/events/items"
	for _, r := range hidden {
		if r.InDataset() == "d" {
			continue
		}
		id := url.QueryEscape(r.Key())
		same("/collections/"+string(r.Kind())+"/items/"+id, "wwyzx")
		for _, parameter := range []string{"place", "area", "actor", "dataset", "part_of"} {
			same(events+"?"+parameter+"="+id, "wwyzx")
			same(events+"?f=csv&"+parameter+"="+id, "wwyzx")
		}
	}
	for _, k := range geo.Kinds() {
		_, body := get(t, s, "/collections/"+string(k)+"/items?q="+codeword)
		if !strings.Contains(string(body), `"numberMatched":0`) {
			t.Errorf("%s: words find what is hidden: %s", level, body)
		}
	}
	if _, body := get(t, s, "/collections/places/items/town"); !strings.Contains(string(body), `"event_count":3`) { // the raid, and two that say it themselves
		t.Errorf("%s: what is attached: %s", level, body)
	}
}

// TestAttributionStandsWhereverRecordsDo looks for the line in every answer and format that shows a record.
func TestAttributionStandsWhereverRecordsDo(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	targets := []string{"/collections/events/items", "/collections/events/items/d:raid", "/collections/places/items/town", "/collections/areas/items/state", "/collections"}
	for _, f := range exchange.OutFormats() {
		for _, k := range f.Kinds {
			targets = append(targets, "/collections/"+string(k)+"/items?f="+f.Name)
		}
	}
	for _, target := range targets {
		if response, body := get(t, s, target); response.StatusCode != 200 || !strings.Contains(string(body), "By d") {
			t.Errorf("%s: %d without attribution", target, response.StatusCode)
		}
	}
}

func TestExportsAreStreamedWhole(t *testing.T) {
	list := records()
	for i := range 300 {
		list = append(list, geotest.Event(geotest.ID("d:n", i), "d", "town", geo.Date(2024, 1, 1)))
	}
	s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = datatest.Open(t, list...) })
	for _, f := range exchange.OutFormats() {
		if f.Name == exchange.GeoJSON {
			continue
		}
		target := "/collections/events/items?f=" + f.Name
		response, body := get(t, s, target)
		if response.StatusCode != 200 || response.Header.Get("Content-Type") != f.ContentType || response.Header.Get("Content-Disposition") != `attachment; filename="events`+f.Extension+`"` || response.Header.Get("ETag") == "" {
			t.Errorf("%s: %d %v", f.Name, response.StatusCode, response.Header)
		}
		if again, rest := get(t, s, target, "If-None-Match: "+response.Header.Get("ETag")); again.StatusCode != 304 || len(rest) > 0 {
			t.Errorf("%s: asked again: %d", f.Name, again.StatusCode)
		}
		if f.Name != exchange.GeoParquet {
			compressed, zipped := get(t, s, target, "Accept-Encoding: gzip")
			if compressed.Header.Get("Content-Encoding") != "gzip" || string(decoded(t, "gzip", zipped)) != string(body) {
				t.Errorf("%s: unzipped it is not the same", f.Name)
			}
		}
		if _, few := get(t, s, target+"&limit=2"); len(few) >= len(body) {
			t.Errorf("%s: limit has no effect", f.Name)
		}
	}
	_, all := get(t, s, "/collections/events/items?f=csv")
	if got := strings.Count(string(all), "\r\n"); got != 304 {
		t.Errorf("%d lines of 303 events and a header", got)
	}
	response, body := get(t, s, "/collections/events/items?f=csv&cursor=x")
	if _, faults := problem(t, response, body); response.StatusCode != 400 || len(faults) != 1 || faults[0].Name != "cursor" {
		t.Error("a cursor of an export:", response.StatusCode, faults)
	}
	response, body = get(t, s, "/collections/actors/items?f=csv")
	if _, faults := problem(t, response, body); response.StatusCode != 400 || faults[0].Name != "f" {
		t.Error("actors as CSV:", response.StatusCode, faults)
	}
}

// TestAnExportThatBreaksOffIsSeenToBreakOff closes the store under an export: the
// reader must not take what it got for all.
func TestAnExportThatBreaksOffIsSeenToBreakOff(t *testing.T) {
	catalog := datatest.Open(t, records()...)
	real := httptest.NewServer(newServer(t, io.Discard, func(c *server.Config) { c.Catalog = catalog }))
	defer real.Close()
	if err := catalog.Close(); err != nil {
		t.Fatal(err)
	}
	for _, encoding := range []string{"identity", "gzip"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, real.URL+"/collections/events/items?f=geojsonl", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", encoding)
		response, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			continue // not even the head came through
		}
		if _, err := io.ReadAll(response.Body); err == nil {
			t.Errorf("%s: a broken export ends as a whole one does", encoding)
		}
		if err := response.Body.Close(); err != nil {
			t.Log(err)
		}
	}
	if response, err := http.Get(real.URL + "/healthz"); err != nil || response.StatusCode != http.StatusOK {
		t.Error("the server is dead:", err)
	}
}
