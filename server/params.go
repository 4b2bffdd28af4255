package server

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
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

// itemsParameters are those of the items of each collection, beside its filter and f.
var itemsParameters = makeItemsParameters()

// Their names, which are those of every collection.
var (
	itemsNames = append(namesOf(itemsParameters[geo.Events]), "f")
	shapeNames = append(namesOf(shapeParameters(geo.Events)), "f")
)

func makeItemsParameters() map[geo.Kind][]geo.Parameter {
	list := make(map[geo.Kind][]geo.Parameter)
	for _, k := range geo.Kinds() {
		list[k] = append([]geo.Parameter{
			{Name: "limit", About: "how many records the page has at most; of a file, how many it has, and without it all",
				ParameterShape: geo.ParameterShape{Type: geo.IntegerProperty, Minimum: 1, Maximum: maxLimit, Otherwise: strconv.Itoa(defaultLimit), Example: "10"}},
			{Name: "sortby", About: "what a page's records are ordered by, the first weighs most; - before a name: descending. Codes come in the order of their lists. There are " + strings.Join(geo.Sortables(k), ", "),
				ParameterShape: geo.ParameterShape{Type: geo.StringProperty, List: true, Pattern: `^[+-]?(` + strings.ReplaceAll(strings.Join(geo.Sortables(k), "|"), ".", `\.`) + `)$`, Example: "-change,id"}},
		}, shapeParameters(k)...)
		list[k] = append(list[k], geo.Parameter{Name: "cursor", About: "where a page begins: from the next link of the page before, whose filter and order it is bound to",
			ParameterShape: geo.ParameterShape{Type: geo.StringProperty}})
	}
	return list
}

// shapeParameters are those that parseShape reads.
func shapeParameters(k geo.Kind) []geo.Parameter {
	return []geo.Parameter{
		{Name: "properties", About: "which properties the answer has; without it all",
			ParameterShape: geo.ParameterShape{Type: geo.StringProperty, List: true, Codes: returned(k), Example: returned(k)[0]}},
		{Name: "skipGeometry", About: "true: every geometry is null, for lists",
			ParameterShape: geo.ParameterShape{Type: geo.BooleanProperty, Otherwise: "false", Example: "true"}},
		{Name: "crs", About: "the reference system of the answer's geometries, by its URI or its safe CURIE: CRS84 has longitude, latitude, EPSG 4326 latitude, longitude, EPSG 3857 metres",
			ParameterShape: geo.CRSShape()},
	}
}

// returned are the names of the properties that an answer can have.
func returned(k geo.Kind) []string { return append(geo.PropertyNames(k), attachedProperties(k)...) }

// itemsQueryParameters are all of the items, but f.
func itemsQueryParameters(k geo.Kind) []geo.Parameter {
	return append(geo.Parameters(k), itemsParameters[k]...)
}

// itemQueryParameters are all of a single record, but f.
func itemQueryParameters(k geo.Kind) []geo.Parameter {
	if k == geo.Places || k == geo.Areas {
		return append(geo.AttachedParameters(), shapeParameters(k)...)
	}
	return shapeParameters(k)
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
	filter, faults := geo.ParseFilter(q.kind, values, itemsNames...)
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
	if c.Request().Method == http.MethodPost {
		return searchFormats(k)
	}
	return itemsFormats[k]
}

func searchFormats(k geo.Kind) []format { return itemsFormats[k][:len(itemsFormats[k])-1] }

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
		known := returned(k)
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
