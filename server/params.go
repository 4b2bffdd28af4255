package server

import (
	"net/url"
	"slices"

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
	cursor string
	limit  int // of an export: 0 for all
	format format
}

// itemFormats are those of a single record.
var itemFormats = []format{asGeoJSON}

// itemsFormats are those of the items of each collection: pages, and files.
var itemsFormats = makeItemsFormats()

func makeItemsFormats() map[geo.Kind][]format {
	formats := make(map[geo.Kind][]format)
	for _, k := range geo.Kinds() {
		formats[k] = slices.Clone(itemFormats)
		for _, f := range exchange.OutFormats() {
			if f.Name != exchange.GeoJSON && slices.Contains(f.Kinds, k) {
				formats[k] = append(formats[k], format{f.Name, f.ContentType, "All that matches, as " + f.Title, nil})
			}
		}
	}
	return formats
}

// isPage says whether the answer is a page of the items, and not a file of all.
func (q itemsQuery) isPage() bool {
	return slices.ContainsFunc(itemFormats, func(f format) bool { return f.name == q.format.name })
}

// parseItems reads the request for items, and reports all its faults.
func parseItems(c echo.Context) (q itemsQuery, err error) {
	if q.kind, err = geo.ParseKind(param(c, "collection")); err != nil {
		return q, err
	}
	values := c.QueryParams()
	filter, faults := geo.ParseFilter(q.kind, values, "limit", "cursor", "f")
	q.filter, q.cursor = filter, values.Get("cursor")
	var formatFaults []geo.Fault
	q.format, formatFaults = negotiate(c, itemsFormats[q.kind])
	otherwise := defaultLimit
	if !q.isPage() {
		otherwise = 0
		if q.cursor != "" {
			faults = append(faults, geo.Fault{Name: "cursor", Value: geo.Quote(q.cursor), Detail: "is for pages: an export has no pages"})
		}
	}
	q.limit = count(values, "limit", 1, maxLimit, otherwise, &faults)
	return q, unanswerable(append(faults, formatFaults...))
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
