package server_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
)

type readFeed struct {
	XMLName xml.Name     `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string       `xml:"id"`
	Title   string       `xml:"title"`
	Updated string       `xml:"updated"`
	Author  []readPerson `xml:"author"`
	Links   []readLink   `xml:"link"`
	Entries []struct {
		ID       string       `xml:"id"`
		Title    string       `xml:"title"`
		Updated  string       `xml:"updated"`
		Summary  string       `xml:"summary"`
		Rights   string       `xml:"rights"`
		Author   []readPerson `xml:"author"`
		Category []struct {
			Term string `xml:"term,attr"`
		} `xml:"category"`
		Links []readLink `xml:"link"`
		Point string     `xml:"http://www.georss.org/georss point"`
	} `xml:"entry"`
}

type readPerson struct {
	Name string `xml:"name"`
}

type readLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

// feedOf asks for a feed, and holds it to what RFC 4287 asks of each.
func feedOf(t *testing.T, s http.Handler, target string) readFeed {
	t.Helper()
	response, body := get(t, s, target)
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		t.Fatalf("%s: %s %s", target, response.Status, body)
	}
	var feed readFeed
	if err := xml.Unmarshal(body, &feed); err != nil {
		t.Fatalf("%s: %v in %s", target, err, body)
	}
	check := func(what, id, title, updated string, links []readLink, authors int) {
		if u, err := url.Parse(id); err != nil || !u.IsAbs() || title == "" || authors != 1 {
			t.Errorf("%s: %s: the id %q, the title %q, %d authors", target, what, id, title, authors)
		}
		if _, err := time.Parse(time.RFC3339Nano, updated); err != nil {
			t.Errorf("%s: %s: %v", target, what, err)
		}
		seen := make(map[string]bool)
		for _, l := range links {
			if u, err := url.Parse(l.Href); err != nil || !u.IsAbs() || seen[l.Rel+l.Type] {
				t.Errorf("%s: %s: the link %+v", target, what, l)
			}
			seen[l.Rel+l.Type] = true
		}
	}
	check("the feed", feed.ID, feed.Title, feed.Updated, feed.Links, len(feed.Author))
	ids := make(map[string]bool)
	for i, e := range feed.Entries {
		check(e.ID, e.ID, e.Title, e.Updated, e.Links, len(e.Author))
		if ids[e.ID] || i > 0 && e.Updated > feed.Entries[i-1].Updated || feed.Updated < e.Updated {
			t.Errorf("%s: the entry %s is there twice or out of order", target, e.ID)
		}
		ids[e.ID] = true
	}
	return feed
}

// entryIDs are the ids of the records.
func (f readFeed) entryIDs() (ids []string) {
	for _, e := range f.Entries {
		ids = append(ids, e.ID[strings.LastIndexByte(e.ID, '/')+1:])
	}
	return ids
}

func TestFeed(t *testing.T) {
	catalog := datatest.Open(t, records()...)
	s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = catalog })
	const target = "/collections/events/items?f=atom"
	first, _ := get(t, s, target)
	apply := func(changes ...geo.Change) {
		t.Helper()
		if _, err := catalog.Apply(t.Context(), changes); err != nil {
			t.Fatal(err)
		}
	}
	old := geotest.Event("d:old", "d", "town", geo.Date(1999, 1, 1))
	apply(geotest.Puts(geotest.Event("d:new", "d", "town", geo.Date(2024, 8, 1)))...)
	apply(geotest.Puts(old)...)
	raid, _, err := catalog.View().Record(geo.Events, "d:raid")
	if err != nil {
		t.Fatal(err)
	}
	event, _ := raid.(*geo.Event)
	event.Title = geo.Text{"en": `<script>alert("1 & 2")</script> ]]>`}
	apply(geotest.Puts(event)...)
	feed := feedOf(t, s, target)
	if got := feed.entryIDs(); !slices.Equal(got[:3], []string{"d:raid", "d:old", "d:new"}) || len(got) != 5 || feed.Entries[0].Title != event.Title["en"] {
		t.Error(got, feed.Entries[0].Title)
	}
	for _, e := range feed.Entries {
		history, err := catalog.History(geo.Events, e.ID[strings.LastIndexByte(e.ID, '/')+1:])
		if err != nil || history[0].Time.Format(time.RFC3339Nano) != e.Updated {
			t.Errorf("%s: updated %s, not %v; %v", e.ID, e.Updated, history[0].Time, err)
		}
	}
	if before := feedOf(t, s, target+"&type=offensive"); before.Updated != before.Entries[0].Updated || before.Updated >= feed.Updated {
		t.Errorf("a feed of what was not changed was updated %s, its entry %s", before.Updated, before.Entries[0].Updated)
	}
	raids := feedOf(t, s, target+"&type=bombing_raid&datetime=2024-07-01/..")
	if e := raids.Entries[0]; len(raids.Entries) != 1 || e.Category[0].Term != "bombing_raid" || e.Point != "22.94 97.75" || e.Rights != "By d" ||
		raids.ID != "http://example.com/collections/events/items?datetime=2024-07-01%2F..&f=atom&type=bombing_raid" {
		t.Errorf("%+v", raids)
	}
	for _, sentence := range []string{"22 Jul 2024.", "In town.", "army (initiator).", "Deaths: not known.", "Status: reported.", "3 incidents.", "Source: Test press."} {
		if !strings.Contains(raids.Entries[0].Summary, sentence) {
			t.Errorf("no %q in %q", sentence, raids.Entries[0].Summary)
		}
	}
	if response, _ := get(t, s, target, "If-None-Match: "+first.Header.Get("ETag")); response.StatusCode != http.StatusOK {
		t.Error("a feed does not know of new entries:", response.StatusCode)
	}
	// What is withdrawn or removed goes without a word: its address says what became of it.
	event.Status = geo.Withdrawn
	apply(append(geotest.Puts(event), geo.Remove(geo.Events, "d:old", "tester", "test"))...)
	response, body := get(t, s, target)
	if text := string(body); response.StatusCode != http.StatusOK || strings.Contains(text, "d:raid") || strings.Contains(text, "d:old") {
		t.Error(text)
	}
}

func TestFeedPages(t *testing.T) {
	list := records()
	for i := range 25 {
		list = append(list, geotest.Event(geotest.ID("d:n", i), "d", "town", geo.Date(2024, 1, 1+i%3)))
	}
	catalog := datatest.Open(t, list...)
	s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = catalog })
	seen := make(map[string]bool)
	var id string
	pages := 0
	for target := "/collections/events/items?f=atom&limit=4&dataset=d"; target != "" && pages < 20; pages++ {
		feed := feedOf(t, s, target)
		if id == "" {
			id = feed.ID
		}
		if feed.ID != id {
			t.Errorf("page %d has the id %s", pages, feed.ID)
		}
		for _, id := range feed.entryIDs() {
			if seen[id] {
				t.Errorf("%s comes twice", id)
			}
			seen[id] = true
		}
		target = ""
		for _, l := range feed.Links {
			if l.Rel == "next" {
				target = strings.TrimPrefix(l.Href, "http://example.com")
			}
		}
	}
	if pages != 7 || len(seen) != 28 {
		t.Errorf("%d pages with %d events", pages, len(seen))
	}
}

func TestFeedsOfEveryCollection(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	for k, n := range map[geo.Kind]int{geo.Events: 3, geo.Places: 1, geo.Areas: 1, geo.Actors: 1, geo.Datasets: 1} {
		if feed := feedOf(t, s, "/collections/"+string(k)+"/items?f=atom"); len(feed.Entries) != n {
			t.Errorf("%s: %d entries", k, len(feed.Entries))
		}
	}
	empty := feedOf(t, s, "/collections/events/items?f=atom&type=talks")
	if len(empty.Entries) != 0 || empty.Updated == "" {
		t.Errorf("%+v", empty)
	}
	if response, _ := get(t, s, "/collections/events/items", "Accept: application/atom+xml"); !strings.HasPrefix(response.Header.Get("Content-Type"), "application/atom+xml") {
		t.Error(response.Header.Get("Content-Type"))
	}
	response, _ := get(t, s, "/collections/events/items?type=bombing_raid")
	if want := `<http://example.com/collections/events/items?f=atom&type=bombing_raid>; rel="alternate"; type="application/atom+xml"`; !strings.Contains(response.Header.Get("Link"), want) {
		t.Error("the items do not name their feed:", response.Header.Get("Link"))
	}
	for parameter, name := range map[string]string{"sortby=start": "sortby", "properties=type": "properties", "skipGeometry=true": "skipGeometry", "crs=http://www.opengis.net/def/crs/EPSG/0/3857": "crs",
		"limit=0": "limit", "cursor=x": "cursor"} {
		response, body := get(t, s, "/collections/events/items?f=atom&"+parameter)
		if _, faults := problem(t, response, body); response.StatusCode != http.StatusBadRequest || len(faults) != 1 || faults[0].Name != name {
			t.Errorf("%s: %s %v", parameter, response.Status, faults)
		}
	}
}

var feedTimes = regexp.MustCompile(`<updated>[^<]*`)

func TestFeedGolden(t *testing.T) {
	_, body := get(t, newServer(t, io.Discard, nil), "/collections/events/items?f=atom")
	geotest.Golden(t, "feed.xml", feedTimes.ReplaceAll(body, []byte("<updated>(time)")))
}

// TestFeedWords holds what a feed says of times, places and deaths to what is known.
func TestFeedWords(t *testing.T) {
	day, later := geo.Date(2024, 7, 1), geo.Date(2024, 7, 24)
	two, five := 2, 5
	tests := []struct {
		change func(*geo.Event)
		want   string
	}{
		{func(e *geo.Event) { e.Start, e.End, e.DatePrecision = geo.Instant{}, geo.Instant{}, geo.UnknownDate }, "Date not known."},
		{func(e *geo.Event) { e.Start, e.End, e.DatePrecision = geo.Instant{}, later, "days" }, "Until 24 Jul 2024 at the latest."},
		{func(e *geo.Event) { e.Start, e.End = day, geo.Instant{} }, "Since 1 Jul 2024, going on when reported."},
		{func(e *geo.Event) { e.Start, e.End, e.DatePrecision = day, geo.Instant{}, "month" }, "Since 1 Jul 2024 at the earliest, going on when reported."},
		{func(e *geo.Event) { e.Start, e.End, e.DatePrecision, e.DateText = day, later, "days", "in July" }, `Within 1–24 Jul 2024 ("in July" in the report).`},
		{func(e *geo.Event) { e.Start, e.End = day, later }, "1–24 Jul 2024."},
		{func(e *geo.Event) { e.Start, e.End, e.DatePrecision = day, day, "week" }, "About 1 Jul 2024."},
		{func(e *geo.Event) { e.PlacePrecision = geo.Near }, "Near town, within about 25 km."},
		{func(e *geo.Event) { e.PlacePrecision = geo.DistrictWide }, "Somewhere in the district of town."},
		{func(e *geo.Event) { e.PlaceID, e.PlacePrecision = "state", geo.RegionWide }, "Somewhere in state."},
		{func(e *geo.Event) { e.PlaceID, e.PlacePrecision = "", geo.UnknownPlace }, "Place not known."},
		{func(e *geo.Event) { e.PlacePrecision = geo.UnknownPlace }, "Place not known."},
		{func(e *geo.Event) { e.Fatalities = &geo.Fatalities{Best: &two} }, "Deaths: 2."},
		{func(e *geo.Event) { e.Fatalities = &geo.Fatalities{Best: &two, Low: nil, High: &five} }, "Deaths: best estimate 2, at least not known, at most 5."},
		{func(e *geo.Event) {
			e.Sources[0] = geo.Source{Publisher: "Paper", Title: "Raid", Date: "2024-07", AccordingTo: "residents", Link: "https://paper.example/1"}
		},
			`Source: Paper, "Raid", 2024-07, according to residents <https://paper.example/1>.`},
	}
	list := records()
	for i, test := range tests {
		e := geotest.Event(fmt.Sprintf("d:w%02d", i), "d", "town", day)
		test.change(e)
		list = append(list, e)
	}
	s := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = datatest.Open(t, list...) })
	said := make(map[string]string)
	for _, e := range feedOf(t, s, "/collections/events/items?f=atom").Entries {
		said[e.ID] = e.Summary
	}
	for i, test := range tests {
		if got := said[fmt.Sprintf("http://example.com/collections/events/items/d:w%02d", i)]; !slices.Contains(strings.Split(got, "\n"), test.want) {
			t.Errorf("no %q in %q", test.want, got)
		}
	}
}
