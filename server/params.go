package server

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/labstack/echo/v4"
)

// Limits of a page of items.
const (
	defaultLimit = 100
	maxLimit     = 10_000
)

// itemsQuery is what a request for items asks.
type itemsQuery struct {
	kind   geo.Kind
	filter geo.Filter
	order  []geo.SortKey // nothing: the collection's own
	cursor string
	limit  int // of an export: 0 for all
	format format
	shape  shape
}

// shape is in what system geometries are answered, if at all, and which properties.
type shape struct {
	crs          geo.CRS
	skipGeometry bool
	properties   []string // nil: all
}

// itemFormats are those of a single record, and of pages of the items.
var itemFormats = []format{asGeoJSON, asHTML}

// fileFormats are those of feeds and files of the items of each collection, itemsFormats all
// that its items have: pages for people after the files, so that a program that
// accepts any text gets one for programs.
var fileFormats, itemsFormats = makeItemsFormats()

// ofAllMatching begins the title of a file.
const ofAllMatching = "All that matches, as "

func makeItemsFormats() (files, all map[geo.Kind][]format) {
	files, all = make(map[geo.Kind][]format), make(map[geo.Kind][]format)
	for _, k := range geo.Kinds() {
		files[k] = []format{asAtom}
		for _, f := range exchange.OutFormats() {
			if f.Name != exchange.GeoJSON && slices.Contains(f.Kinds, k) {
				files[k] = append(files[k], format{f.Name, f.ContentType, ofAllMatching + f.Title, nil})
			}
		}
		all[k] = slices.Concat([]format{asGeoJSON}, files[k], []format{asHTML})
	}
	return files, all
}

// isPage says whether the answer is a page of the items, and not a file of all.
func (q itemsQuery) isPage() bool {
	return slices.ContainsFunc(itemFormats, func(f format) bool { return f.name == q.format.name })
}

// isFeed says whether the answer is a page of the items as a feed.
func (q itemsQuery) isFeed() bool { return q.format.name == asAtom.name }

// parseItems reads the request for items, and reports all its faults.
func parseItems(c echo.Context) (q itemsQuery, err error) {
	if q.kind, err = geo.ParseKind(param(c, "collection")); err != nil {
		return q, err
	}
	values := c.QueryParams()
	filter, faults := geo.ParseFilter(q.kind, values, "limit", "sortby", "properties", "skipGeometry", "crs", "cursor", "f")
	q.filter, q.cursor = filter, values.Get("cursor")
	var formatFaults []geo.Fault
	q.format, formatFaults = negotiate(c, offeredItems(c, q.kind))
	otherwise := defaultLimit
	switch {
	case q.isFeed():
		faults = append(faults, onlyOnPages(values, notInFeeds)...)
		q.order = newestChange
	case !q.isPage():
		otherwise = 0
		faults = append(faults, onlyOnPages(values, notInExports)...)
	}
	q.limit = count(values, "limit", 1, maxLimit, otherwise, &faults)
	if values.Get("sortby") != "" && !q.isFeed() {
		if q.order, err = geo.ParseSort(q.kind, values.Get("sortby")); err != nil {
			faults = append(faults, geo.Fault{Name: "sortby", Value: geo.Quote(values.Get("sortby")), Detail: err.Error()})
		}
	}
	q.shape = parseShape(q.kind, values, &faults)
	if q.format.name == asHTML.name {
		faults = append(faults, notForPeople(values)...)
	}
	return q, unanswerable(append(faults, formatFaults...))
}

// offeredItems are the formats of items: a search, which a browser cannot follow by
// links, has no pages for people.
func offeredItems(c echo.Context, k geo.Kind) []format {
	offered := itemsFormats[k]
	if c.Request().Method == http.MethodPost {
		return offered[:len(offered)-1]
	}
	return offered
}

// notForPeople refuses what a page for people does not have: it says all of a record
// in words.
func notForPeople(values url.Values) (faults []geo.Fault) {
	for _, name := range []string{"crs", "properties", "skipGeometry"} {
		if values.Has(name) {
			faults = append(faults, geo.Fault{Name: name, Value: geo.Quote(values.Get(name)), Detail: "is for programs: a page for people has all properties, and positions in degrees; f=geojson has what was asked for"})
		}
	}
	return faults
}

// notInExports and notInFeeds say what only pages have, and why.
var (
	notInExports = map[string]string{
		"cursor":       "is for pages: an export has no pages",
		"sortby":       "is for pages: an export comes in the order of the collection",
		"properties":   "is for pages: an export has all properties",
		"skipGeometry": "is for pages: an export has geometries",
		"crs":          "is for pages: an export is in CRS84",
	}
	notInFeeds = map[string]string{
		"sortby":       "is for pages: a feed comes by the last change",
		"properties":   "is for pages: entries of a feed have no properties",
		"skipGeometry": "is for pages: entries of a feed say where they are",
		"crs":          "is for pages: a feed is in latitude and longitude",
	}
)

// onlyOnPages refuses parameters that the format asked for does not have.
func onlyOnPages(values url.Values, without map[string]string) (faults []geo.Fault) {
	for name, detail := range without {
		if v := values.Get(name); values.Has(name) && (name != "crs" || v != "" && v != string(geo.CRS84)) {
			faults = append(faults, geo.Fault{Name: name, Value: geo.Quote(v), Detail: detail})
		}
	}
	slices.SortFunc(faults, func(a, b geo.Fault) int { return strings.Compare(a.Name, b.Name) })
	return faults
}

// parseShape reads crs and properties, where they are given.
func parseShape(k geo.Kind, values url.Values, faults *[]geo.Fault) shape {
	s := shape{crs: geo.CRS84}
	if v := values.Get("crs"); v != "" {
		var err error
		if s.crs, err = geo.ParseCRS(v); err != nil {
			*faults = append(*faults, geo.Fault{Name: "crs", Value: geo.Quote(v), Detail: err.Error()})
		}
	}
	s.skipGeometry = choose(values, "skipGeometry", []string{"false", "true"}, faults) == "true"
	if v := values.Get("properties"); v != "" {
		s.properties = strings.Split(v, ",")
		known := append(geo.PropertyNames(k), attachedProperties(k)...)
		for _, name := range s.properties {
			if !slices.Contains(known, name) {
				*faults = append(*faults, geo.Fault{Name: "properties", Value: geo.Quote(name), Detail: fmt.Sprintf("is not a property of %s: they have %s", k, strings.Join(known, ", "))})
			}
		}
	}
	return s
}

// values writes the shape as parameters.
func (s shape) values() url.Values {
	values := url.Values{}
	if s.crs != geo.CRS84 {
		values.Set("crs", string(s.crs))
	}
	if s.skipGeometry {
		values.Set("skipGeometry", "true")
	}
	if s.properties != nil {
		values.Set("properties", strings.Join(s.properties, ","))
	}
	return values
}

// param reads a part of the path. echo hands it on escaped where the path came
// with escapes that matter.
func param(c echo.Context, name string) string {
	raw := c.Param(name)
	if c.Request().URL.RawPath == "" {
		return raw
	}
	if s, err := url.PathUnescape(raw); err == nil {
		return s
	}
	return raw
}
