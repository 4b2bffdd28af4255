package cql2

import (
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// AppendText appends the one text that stands for an expression: words of the language
// in capitals, one space around operators, parentheses only where they are needed.
// ParseText reads it as the same expression. The expression must be one that a parser
// of this package has made or would take.
func AppendText(dst []byte, e Expression) []byte {
	switch e := e.(type) {
	case Call:
		return appendCall(dst, e)
	case Property:
		if isKeyword(e.Name) {
			return append(append(append(dst, '"'), e.Name...), '"')
		}
		return append(dst, e.Name...)
	case Text:
		return appendQuoted(dst, e.Value)
	case Number:
		return appendNumber(dst, e.Value)
	case Truth:
		return append(dst, strings.ToUpper(strconv.FormatBool(e.Value))...)
	case Date:
		return append(appendBound(append(dst, "DATE("...), e), ')')
	case Timestamp:
		return append(appendBound(append(dst, "TIMESTAMP("...), e), ')')
	case Interval:
		dst = append(appendBound(append(dst, "INTERVAL("...), e.Start), ", "...)
		return append(appendBound(dst, e.End), ')')
	case Geometry:
		return appendGeometry(dst, e.Value)
	case Box:
		return appendNumbers(append(dst, "BBOX"...), ", ", e.West, e.South, e.East, e.North)
	case List:
		return appendArguments(dst, e.Items)
	}
	return dst
}

// appendQuoted doubles quotes; behind a backslash, which would take the first of two
// quotes for itself, a quote has a backslash of its own.
func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '\'')
	for i := range len(s) {
		switch {
		case s[i] == '\'' && i > 0 && s[i-1] == '\\':
			dst = append(dst, '\\')
		case s[i] == '\'':
			dst = append(dst, '\'')
		}
		dst = append(dst, s[i])
	}
	return append(dst, '\'')
}

// appendNumber writes the shortest decimal that is read back as the same number.
func appendNumber(dst []byte, v float64) []byte {
	format := byte('f')
	if size := math.Abs(v); size != 0 && (size < 1e-6 || size >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(dst, v, format, -1, 64)
}

// appendNumbers writes numbers in parentheses.
func appendNumbers(dst []byte, between string, numbers ...float64) []byte {
	return appendList(dst, len(numbers), between, func(dst []byte, i int) []byte { return appendNumber(dst, numbers[i]) })
}

// appendBound writes a time as it stands in INTERVAL.
func appendBound(dst []byte, e Expression) []byte {
	switch e := e.(type) {
	case nil:
		return appendQuoted(dst, openEnd)
	case Date:
		return appendQuoted(dst, e.Value.Format(dateLayout))
	case Timestamp:
		return appendQuoted(dst, e.Value.Format(writtenLayout))
	}
	return AppendText(dst, e)
}

// appendList writes n items in parentheses.
func appendList(dst []byte, n int, between string, item func(dst []byte, i int) []byte) []byte {
	dst = append(dst, '(')
	for i := range n {
		if i > 0 {
			dst = append(dst, between...)
		}
		dst = item(dst, i)
	}
	return append(dst, ')')
}

func appendArguments(dst []byte, list []Expression) []byte {
	return appendList(dst, len(list), ", ", func(dst []byte, i int) []byte { return AppendText(dst, list[i]) })
}

func appendGeometry(dst []byte, g orb.Geometry) []byte {
	switch g := g.(type) {
	case orb.Point:
		return appendNumbers(append(dst, "POINT"...), " ", g[0], g[1])
	case orb.MultiPoint:
		return appendList(append(dst, "MULTIPOINT"...), len(g), ", ", func(dst []byte, i int) []byte {
			return appendNumbers(dst, " ", g[i][0], g[i][1])
		})
	case orb.LineString:
		return appendPositions(append(dst, "LINESTRING"...), g)
	case orb.MultiLineString:
		return appendList(append(dst, "MULTILINESTRING"...), len(g), ", ", func(dst []byte, i int) []byte {
			return appendPositions(dst, g[i])
		})
	case orb.Polygon:
		return appendRings(append(dst, "POLYGON"...), g)
	case orb.MultiPolygon:
		return appendList(append(dst, "MULTIPOLYGON"...), len(g), ", ", func(dst []byte, i int) []byte {
			return appendRings(dst, g[i])
		})
	case orb.Collection:
		return appendList(append(dst, "GEOMETRYCOLLECTION"...), len(g), ", ", func(dst []byte, i int) []byte {
			return appendGeometry(dst, g[i])
		})
	}
	return dst
}

func appendRings(dst []byte, p orb.Polygon) []byte {
	return appendList(dst, len(p), ", ", func(dst []byte, i int) []byte { return appendPositions(dst, p[i]) })
}

func appendPositions(dst []byte, points []orb.Point) []byte {
	return appendList(dst, len(points), ", ", func(dst []byte, i int) []byte {
		return appendNumber(append(appendNumber(dst, points[i][0]), ' '), points[i][1])
	})
}
