package cql2

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// AppendJSON appends the one CQL2 JSON that stands for an expression, without spaces.
// ParseJSON reads it as the same expression. The expression must be one that a parser
// of this package has made or would take.
func AppendJSON(dst []byte, e Expression) []byte {
	switch e := e.(type) {
	case Call:
		dst = appendText(append(dst, `{"op":`...), jsonName(e.Op))
		return append(appendJSONList(append(dst, `,"args":`...), e.Args), '}')
	case Property:
		return append(appendText(append(dst, `{"property":`...), e.Name), '}')
	case Text:
		return appendText(dst, e.Value)
	case Number:
		return appendNumber(dst, e.Value)
	case Truth:
		return strconv.AppendBool(dst, e.Value)
	case Date:
		return append(appendJSONBound(append(dst, `{"date":`...), e), '}')
	case Timestamp:
		return append(appendJSONBound(append(dst, `{"timestamp":`...), e), '}')
	case Interval:
		dst = append(appendJSONBound(append(dst, `{"interval":[`...), e.Start), ',')
		return append(appendJSONBound(dst, e.End), "]}"...)
	case Geometry:
		return appendJSONGeometry(dst, e.Value)
	case Box:
		return append(appendJSONNumbers(append(dst, `{"bbox":`...), e.West, e.South, e.East, e.North), '}')
	case List:
		return appendJSONList(dst, e.Items)
	}
	return dst
}

// appendText writes a JSON string of valid UTF-8.
func appendText(dst []byte, s string) []byte {
	dst, _ = jsontext.AppendQuote(dst, s) // the error is for what is no UTF-8, which no parser lets through
	return dst
}

func appendJSONBound(dst []byte, e Expression) []byte {
	switch e := e.(type) {
	case nil:
		return appendText(dst, openEnd)
	case Date:
		return appendText(dst, e.Value.Format(dateLayout))
	case Timestamp:
		return appendText(dst, e.Value.Format(writtenLayout))
	}
	return AppendJSON(dst, e)
}

// appendArray writes n items as a JSON array.
func appendArray(dst []byte, n int, item func(dst []byte, i int) []byte) []byte {
	dst = append(dst, '[')
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = item(dst, i)
	}
	return append(dst, ']')
}

func appendJSONList(dst []byte, list []Expression) []byte {
	return appendArray(dst, len(list), func(dst []byte, i int) []byte { return AppendJSON(dst, list[i]) })
}

func appendJSONNumbers(dst []byte, numbers ...float64) []byte {
	return appendArray(dst, len(numbers), func(dst []byte, i int) []byte { return appendNumber(dst, numbers[i]) })
}

func appendJSONGeometry(dst []byte, g orb.Geometry) []byte {
	dst = appendText(append(dst, `{"type":`...), g.GeoJSONType())
	if c, isCollection := g.(orb.Collection); isCollection {
		dst = append(dst, `,"geometries":`...)
		dst = appendArray(dst, len(c), func(dst []byte, i int) []byte { return appendJSONGeometry(dst, c[i]) })
	} else {
		dst = appendCoordinates(append(dst, `,"coordinates":`...), g)
	}
	return append(dst, '}')
}

func appendCoordinates(dst []byte, g orb.Geometry) []byte {
	switch g := g.(type) {
	case orb.Point:
		return appendJSONNumbers(dst, g[0], g[1])
	case orb.MultiPoint:
		return appendArray(dst, len(g), func(dst []byte, i int) []byte { return appendCoordinates(dst, g[i]) })
	case orb.LineString:
		return appendCoordinates(dst, orb.MultiPoint(g))
	case orb.MultiLineString:
		return appendArray(dst, len(g), func(dst []byte, i int) []byte { return appendCoordinates(dst, g[i]) })
	case orb.Ring:
		return appendCoordinates(dst, orb.MultiPoint(g))
	case orb.Polygon:
		return appendArray(dst, len(g), func(dst []byte, i int) []byte { return appendCoordinates(dst, g[i]) })
	case orb.MultiPolygon:
		return appendArray(dst, len(g), func(dst []byte, i int) []byte { return appendCoordinates(dst, g[i]) })
	}
	return dst
}
