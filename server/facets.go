package server

import (
	"slices"
	"strconv"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/labstack/echo/v4"
)

// Limits of the values of a facet.
const (
	defaultValues = 50
	maxValues     = 1_000
)

var facetsParameters = []geo.Parameter{{Name: "limit", About: "how many values of each field, the most frequent first",
	ParameterShape: geo.ParameterShape{Type: geo.IntegerProperty, Minimum: 1, Maximum: maxValues, Otherwise: strconv.Itoa(defaultValues), Example: "10"}}}

// facets answers how many events there are of each value of each field.
func (s *Server) facets(c echo.Context) error {
	filter, values, f, faults := parseEvents(c, countsFormats, facetsParameters)
	limit := count(values, "limit", 1, maxValues, defaultValues, &faults)
	if err := unanswerable(faults); err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	found, err := a.view.Facets(filter, limit)
	if err != nil {
		return err
	}
	body := append(a.countsHead([]byte(`{`), found.Matched), `,"facets":{`...)
	for i, f := range found.Facets {
		if i > 0 {
			body = append(body, ',')
		}
		if body, err = a.appendFacet(body, f); err != nil {
			return err
		}
	}
	return a.bytes(append(body, "}}"...))
}

func (a *answer) appendFacet(b []byte, f index.Facet) ([]byte, error) {
	names, err := a.names(f)
	if err != nil {
		return nil, err
	}
	b = append(appendQuoted(b, f.Field), `:{"values":[`...)
	for i, v := range f.Values {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuoted(append(b, `{"value":`...), v.Value)
		b = appendMember(b, "count", v.Events)
		if name := names[v.Value]; name != nil {
			b = append(append(b, `,"names":`...), name...)
		}
		b = append(b, '}')
	}
	b = append(b, `],"more":`...)
	return append(appendNumber(b, f.More), '}'), nil
}

// names are the names of the records that a facet's values are, as they are stored.
func (a *answer) names(f index.Facet) (map[string][]byte, error) {
	var rows []index.Row
	for _, v := range f.Values {
		if r, found := a.valueRow(f.Field, v.Value); found {
			rows = append(rows, r)
		}
	}
	names := make(map[string][]byte, len(rows))
	err := a.namesOf(rows, func(r index.Row, name []byte) error {
		names[r.ID] = slices.Clone(name)
		return nil
	})
	return names, err
}

// valueRow is the row of the record that a value of a field names.
func (a *answer) valueRow(field, id string) (r index.Row, found bool) {
	switch field {
	case "place", "area":
		return a.view.Location(id)
	case "actor":
		return a.view.Find(geo.Actors, id)
	case "dataset":
		return a.view.Find(geo.Datasets, id)
	case "part_of":
		return a.view.Find(geo.Events, id)
	}
	return r, false
}

// namesIn says which property names the records of a kind.
var namesIn = map[geo.Kind]string{geo.Places: "names", geo.Areas: "names", geo.Events: "title", geo.Actors: "names", geo.Datasets: "title"}

// namesOf calls f with the name of each row, as it is stored: a text by language.
// The bytes are valid only during the call.
func (a *answer) namesOf(rows []index.Row, f func(r index.Row, name []byte) error) error {
	return a.view.Features(rows, func(r index.Row, parts geo.FeatureParts, _ []byte) error {
		return geo.Members(parts.Properties, func(name, value []byte) error {
			if string(name) == namesIn[r.Kind] {
				return f(r, value)
			}
			return nil
		})
	})
}
