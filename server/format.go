package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/labstack/echo/v4"
)

// format is one of the ways in which a resource can be written.
type format struct {
	name        string   // of the parameter f
	contentType string   // of the answer
	title       string   // of a link to it
	also        []string // further names and media types that ask for it
}

// Formats that several resources have.
var (
	asJSON    = format{"json", jsonType, "JSON", nil}
	asGeoJSON = format{"geojson", geojsonType, "GeoJSON", []string{"json", jsonType}}
	asHTML    = format{"html", htmlType, "A page for people", []string{"application/xhtml+xml"}}
)

// mediaType is the content type without its parameters.
func (f format) mediaType() string {
	mediaType, _, _ := strings.Cut(f.contentType, ";")
	return mediaType
}

// is says whether a name or a media type asks for the format.
func (f format) is(name string) bool {
	return name == f.name || name == f.mediaType() || slices.Contains(f.also, name)
}

// inRange says whether a media range such as text/* holds the format.
func (f format) inRange(mediaRange string) bool {
	prefix, isRange := strings.CutSuffix(mediaRange, "*")
	return isRange && (prefix == "*/" || strings.HasSuffix(prefix, "/") && strings.HasPrefix(f.contentType, prefix))
}

// names lists what the parameter f may say for the format.
func (f format) names() []string {
	names := []string{f.name}
	for _, name := range f.also {
		if !strings.Contains(name, "/") {
			names = append(names, name)
		}
	}
	return names
}

// negotiate finds the format that the request asks for, by the parameter f, else by
// Accept. Where Accept names nothing that there is, the first is the answer: RFC
// 9110, 12.5.1 lets a server do so, and clients send lists that leave out what they
// can read.
func negotiate(c echo.Context, offered []format) (format, []geo.Fault) {
	if c.Request().URL.RawQuery != "" {
		if values := c.QueryParams(); values.Has("f") {
			return formatNamed(values, offered)
		}
	}
	accept := c.Request().Header.Get("Accept")
	if accept == "" || accept == "*/*" {
		return offered[0], nil
	}
	best, bestQuality := offered[0], 0.0
	for wanted, quality := range preferences(accept) {
		if quality <= bestQuality {
			continue
		}
		for _, f := range offered {
			if f.is(wanted) || f.inRange(wanted) {
				best, bestQuality = f, quality
				break
			}
		}
	}
	return best, nil
}

func formatNamed(values url.Values, offered []format) (format, []geo.Fault) {
	var names []string
	for _, f := range offered {
		if slices.Contains(f.names(), values.Get("f")) {
			return f, nil
		}
		names = append(names, f.names()...)
	}
	return offered[0], []geo.Fault{{Name: "f", Value: geo.Quote(values.Get("f")), Detail: "is not a format of this page: it has " + strings.Join(names, ", ")}}
}

// preferences lists what a header such as Accept or Accept-Encoding names, with
// the quality of each (RFC 9110, 12.4.2): from 0, not wanted, to 1. A quality that
// cannot be read is 0.
func preferences(header string) func(yield func(string, float64) bool) {
	return func(yield func(string, float64) bool) {
		for part := range strings.SplitSeq(header, ",") {
			name, parameters, _ := strings.Cut(part, ";")
			quality := 1.0
			for parameter := range strings.SplitSeq(parameters, ";") {
				if value, isQuality := strings.CutPrefix(strings.TrimSpace(parameter), "q="); isQuality {
					if q, err := strconv.ParseFloat(value, 64); err == nil && q >= 0 && q <= 1 {
						quality = q
					} else {
						quality = 0
					}
				}
			}
			if !yield(strings.ToLower(strings.TrimSpace(name)), quality) {
				return
			}
		}
	}
}

// onlyFormat reads a request that has no other parameter than f.
func onlyFormat(c echo.Context, offered ...format) (format, error) {
	f, faults := negotiate(c, offered)
	if c.Request().URL.RawQuery != "" {
		_, unknown := geo.ParseFilter("", c.QueryParams(), "f")
		faults = append(unknown, faults...)
	}
	return f, unanswerable(faults)
}
