package server

import (
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/labstack/echo/v4"
)

var histogramParameters = []geo.Parameter{
	{Name: "interval", About: "of the bins, in UTC; auto is the finest with at most 120 bins, a week begins on Monday",
		ParameterShape: geo.ParameterShape{Type: geo.StringProperty, Codes: texts(index.Intervals()), Otherwise: string(index.Intervals()[0]), Example: "month"}},
	{Name: "by", About: "what splits each bin", ParameterShape: geo.ParameterShape{Type: geo.StringProperty, Codes: texts(index.Groupings()), Example: "type"}},
	{Name: "counting", About: "once: an event counts in the bin of its start, or of its end where only that is known; each: in every bin that it may cover",
		ParameterShape: geo.ParameterShape{Type: geo.StringProperty, Codes: texts(index.Countings()), Otherwise: string(index.Countings()[0]), Example: "each"}},
}

// texts are codes of a kind as texts.
func texts[T ~string](codes []T) []string {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = string(c)
	}
	return list
}

// histogram answers how many events there were over time.
func (s *Server) histogram(c echo.Context) error {
	filter, values, f, faults := parseEvents(c, countsFormats, histogramParameters)
	interval := choose(values, "interval", index.Intervals(), &faults)
	counting := choose(values, "counting", index.Countings(), &faults)
	by := choose(values, "by", append([]index.Grouping{""}, index.Groupings()...), &faults)
	if err := unanswerable(faults); err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	selection, err := a.view.Select(geo.Events, filter)
	if err != nil {
		return err
	}
	h, err := selection.Histogram(interval, counting, by, filter.Time)
	if err != nil {
		return err
	}
	body := a.countsHead([]byte(`{`), selection.Len())
	for _, member := range [][2]string{{"interval", string(h.Interval)}, {"counting", string(counting)}, {"by", string(by)}} {
		if member[1] != "" {
			body = appendQuoted(append(append(append(body, `,"`...), member[0]...), `":`...), member[1])
		}
	}
	body = append(body, `,"bins":[`...)
	for i := range h.Bins {
		if i > 0 {
			body = append(body, ',')
		}
		body = append(body, `{"start":"`...)
		body = append(body, h.Bins[i].Start.String()...)
		body = append(append(body, `","end":"`...), h.Bins[i].End.String()...)
		body = appendBin(append(body, `",`...), &h.Bins[i], h.Groups)
	}
	body = appendBin(append(body, `],"undated":{`...), &h.Undated, h.Groups)
	return a.bytes(append(body, '}'))
}

// appendBin writes a bin's counts and the end of its object.
func appendBin(b []byte, bin *index.Bin, groups []string) []byte {
	b = append(b, `"count":`...)
	b = appendNumber(b, bin.Events)
	if groups != nil {
		b = append(b, `,"by":{`...)
		first := true
		for i, n := range bin.By {
			if n == 0 {
				continue
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			b = appendNumber(append(appendQuoted(b, groups[i]), ':'), n)
		}
		b = append(b, '}')
	}
	return append(b, '}')
}
