package server

import (
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
	cursor string
	limit  int    // of an export: 0 for all
	format string // "" for a page of GeoJSON, else an export's
}

// parseItems reads the request for a page of items, and reports all its faults.
func parseItems(c echo.Context) (q itemsQuery, err error) {
	if q.kind, err = geo.ParseKind(param(c, "collection")); err != nil {
		return q, err
	}
	values := c.QueryParams()
	filter, faults := geo.ParseFilter(q.kind, values, "limit", "cursor", "f")
	q.filter, q.cursor, q.limit = filter, values.Get("cursor"), defaultLimit
	if values.Has("limit") {
		var err error
		if q.limit, err = geo.ParseCount(values.Get("limit"), 1, maxLimit); err != nil {
			faults = append(faults, geo.Fault{Name: "limit", Value: geo.Quote(values.Get("limit")), Detail: err.Error()})
		}
	}
	formats := []string{"json", "geojson"}
	for _, f := range exchange.OutFormats() {
		if f.Name != exchange.GeoJSON && slices.Contains(f.Kinds, q.kind) {
			formats = append(formats, f.Name)
		}
	}
	faults = append(faults, checkFormat(values, formats...)...)
	if f := values.Get("f"); f != "json" && f != "geojson" {
		q.format = f
	}
	if q.format != "" && q.cursor != "" {
		faults = append(faults, geo.Fault{Name: "cursor", Value: geo.Quote(q.cursor), Detail: "is for pages: an export has no pages"})
	}
	if q.format != "" && !values.Has("limit") {
		q.limit = 0
	}
	return q, geo.Reject("the query cannot be answered", faults)
}

// checkFormat holds the parameter f to the formats that a page has.
func checkFormat(values url.Values, formats ...string) []geo.Fault {
	if !values.Has("f") || slices.Contains(formats, values.Get("f")) {
		return nil
	}
	return []geo.Fault{{Name: "f", Value: geo.Quote(values.Get("f")), Detail: "is not a format of this page: it has " + strings.Join(formats, ", ")}}
}

// onlyFormat reads a request that has no other parameter than f.
func onlyFormat(c echo.Context, formats ...string) error {
	if c.Request().URL.RawQuery == "" {
		return nil
	}
	values := c.QueryParams()
	_, faults := geo.ParseFilter("", values, "f")
	return geo.Reject("the query cannot be answered", append(faults, checkFormat(values, formats...)...))
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

// wantsHTML says whether the reader is a browser: only those ask for text/html by name.
func wantsHTML(c echo.Context) bool {
	switch c.QueryParam("f") {
	case "html":
		return true
	case "json":
		return false
	}
	return strings.Contains(c.Request().Header.Get("Accept"), "text/html") && c.Request().Method != http.MethodOptions
}
