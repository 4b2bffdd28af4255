package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/labstack/echo/v4"
)

// countsHead is what clusters, histogram and facets begin with.
func (a *answer) countsHead(b []byte, matched int) []byte {
	b = append(b, `"changed":"`...)
	b = a.view.Time.UTC().AppendFormat(b, "2006-01-02T15:04:05.999999Z07:00")
	b = append(b, `","change":`...)
	b = strconv.AppendUint(b, a.view.Seq, 10)
	return appendMember(b, "numberMatched", matched)
}

// appendMember writes a member with a number.
func appendMember(b []byte, name string, n int) []byte {
	b = append(append(b, `,"`...), name...)
	return appendNumber(append(b, `":`...), n)
}

func appendNumber(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }

// appendTally writes counts over events as members.
func appendTally(b []byte, t *index.Tally) []byte {
	b = append(b, `"count":`...)
	b = appendNumber(b, t.Events)
	b = append(b, `,"types":{`...)
	first := true
	for i, n := range t.Types {
		if n == 0 {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(append(b, '"'), geo.EventTypes()[i]...)
		b = appendNumber(append(b, `":`...), n)
	}
	b = append(b, '}')
	b = appendMember(b, "incidents", t.Incidents)
	b = append(b, `,"fatalities":{"best":`...)
	b = appendSum(b, t.Deaths.Best)
	b = appendSum(append(b, `,"low":`...), t.Deaths.Low)
	b = appendSum(append(b, `,"high":`...), t.Deaths.High)
	b = appendMember(b, "unknown", t.Deaths.Unknown)
	b = append(b, '}')
	return appendMember(b, "coarse", t.Coarse)
}

// appendSum writes a sum, null where nothing of it is known.
func appendSum(b []byte, s index.Sum) []byte {
	if s.Known == 0 {
		return append(b, "null"...)
	}
	return appendNumber(b, s.Sum)
}

// countsFormats are those of a histogram and of facets.
var countsFormats = []format{asJSON}

// parseEvents reads a request for counts over events, which has the offered formats
// and further parameters, and finds all its faults.
func parseEvents(c echo.Context, offered []format, others []geo.Parameter) (geo.Filter, url.Values, format, []geo.Fault) {
	values := c.QueryParams()
	filter, faults := geo.ParseFilter(geo.Events, values, append(namesOf(others), "f")...)
	f, formatFaults := negotiate(c, offered)
	return filter, values, f, append(faults, formatFaults...)
}

func namesOf(list []geo.Parameter) []string {
	names := make([]string, len(list), len(list)+1) // and room for f
	for i, p := range list {
		names[i] = p.Name
	}
	return names
}

// choose reads a parameter that has one of some values, the first where it is not given.
func choose[T ~string](values url.Values, name string, allowed []T, faults *[]geo.Fault) T {
	if !values.Has(name) {
		return allowed[0]
	}
	if v := T(values.Get(name)); slices.Contains(allowed, v) {
		return v
	}
	var known []string
	for _, v := range allowed {
		if v != "" {
			known = append(known, string(v))
		}
	}
	*faults = append(*faults, geo.Fault{Name: name, Value: geo.Quote(values.Get(name)), Detail: "is not one of " + strings.Join(known, ", ")})
	return allowed[0]
}

// count reads a parameter that is a whole number.
func count(values url.Values, name string, low, high, otherwise int, faults *[]geo.Fault) int {
	if !values.Has(name) {
		return otherwise
	}
	n, err := geo.ParseCount(values.Get(name), low, high)
	if err != nil {
		*faults = append(*faults, geo.Fault{Name: name, Value: geo.Quote(values.Get(name)), Detail: err.Error()})
	}
	return n
}

// unanswerable is the error of a request with faults, nil without.
func unanswerable(faults []geo.Fault) error {
	return geo.Reject("the query cannot be answered", faults)
}
