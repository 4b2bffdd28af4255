package geo

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/geo/cql2"
)

// Filter is what a query asks for, the same on every endpoint, in every export
// and on the page. A zero field asks for nothing. All fields must hold; of
// several values of one field, one.
type Filter struct {
	Box           *Box     // an event meets it; one that is nowhere meets every box
	Time          Interval // an event may have been going on in it; an undated one in all
	Types         []EventType
	Actors        []string // takes part, itself or a member of it
	Places        []string // at the place, or on the way from or to it
	Areas         []string // at a place within, inside the polygon, or tied to it by id
	Datasets      []string
	PartOf        []string // part of the operation or campaign, directly or not
	Statuses      []Status
	MinFatalities int    // known to have at least so many deaths: not known is not enough
	Words         string // each word begins a word of the record's names, title or summary

	// Where is a CQL2 expression over the Queryables of the kind, which must be true:
	// where it is not known, for want of a value, the record does not match. nil asks
	// for nothing. CheckWhere finds nothing wrong with it.
	Where cql2.Expression
}

// parameter is how one field of the filter is written in a URL.
type parameter struct {
	name  string
	about string // one line for documents and help
	set   func(f *reading, value string) error
	get   func(f Filter) string
}

// reading is a filter that is being read.
type reading struct {
	Filter
	kind     Kind
	boxCRS   CRS    // of the numbers of bbox
	whereCRS CRS    // of the geometries of the CQL2 expression; "" is CRS84
	language string // of the CQL2 expression; "" is cql2-text
}

// parameters is the one list of the filter's words, in the order of the canonical form.
var parameters = []parameter{
	{"bbox-crs", "the reference system of bbox, as a URI: CRS84 (longitude, latitude), EPSG 4326 (latitude, longitude) or EPSG 3857",
		func(f *reading, v string) (err error) { f.boxCRS, err = ParseCRS(v); return err },
		func(Filter) string { return "" }}, // the canonical form has CRS84
	{"bbox", "west,south,east,north in degrees; west greater than east crosses the 180th meridian",
		func(f *reading, v string) error {
			b, err := ParseBoxIn(v, cmp.Or(f.boxCRS, CRS84))
			f.Box = &b
			return err
		},
		func(f Filter) string {
			if f.Box == nil {
				return ""
			}
			return f.Box.String()
		}},
	{"datetime", "a date, a time, or an interval start/end with .. for an open end",
		func(f *reading, v string) (err error) { f.Time, err = ParseInterval(v); return err },
		func(f Filter) string { return f.Time.String() }},
	{"type", "event types",
		func(f *reading, v string) (err error) { f.Types, err = parseCodes(v, EventTypes()); return err },
		func(f Filter) string { return strings.Join(words(f.Types), ",") }},
	idParameter("actor", "ids of actors; their members count", func(f *Filter) *[]string { return &f.Actors }),
	idParameter("place", "ids of places", func(f *Filter) *[]string { return &f.Places }),
	idParameter("area", "ids of areas; everything inside counts", func(f *Filter) *[]string { return &f.Areas }),
	idParameter("dataset", "ids of datasets", func(f *Filter) *[]string { return &f.Datasets }),
	idParameter("part_of", "ids of operations or campaigns; parts of parts count", func(f *Filter) *[]string { return &f.PartOf }),
	{"status", "how far the record can be relied on",
		func(f *reading, v string) (err error) { f.Statuses, err = parseCodes(v, Statuses()); return err },
		func(f Filter) string { return strings.Join(words(f.Statuses), ",") }},
	{"min_fatalities", "at least so many deaths known, 1 or more",
		func(f *reading, v string) (err error) {
			f.MinFatalities, err = ParseCount(v, 1, maxFatalitiesAsked)
			return err
		},
		func(f Filter) string {
			if f.MinFatalities == 0 {
				return ""
			}
			return strconv.Itoa(f.MinFatalities)
		}},
	{"q", "words, in any language and spelling known",
		func(f *reading, v string) error {
			f.Words = v
			switch {
			case len(v) > maxWordsBytes:
				return fmt.Errorf("is longer than %d bytes", maxWordsBytes)
			case len(queryWords(v)) == 0:
				return fmt.Errorf("holds no word")
			}
			return nil
		},
		func(f Filter) string { return f.Words }},
	// The language stands before what is written in it: parameters are read in this order.
	{"filter-lang", "what filter is written in: cql2-text, the default, cql2-json, or the draft's cql-text",
		(*reading).setLanguage, unwritten},
	{"filter-crs", "the reference system of the geometries in filter, as a URI: CRS84 (longitude, latitude), EPSG 4326 (latitude, longitude) or EPSG 3857",
		(*reading).setReferenceSystem, unwritten},
	{"filter", "a CQL2 expression over the queryables of the collection",
		(*reading).setWhere, writtenWhere},
}

func idParameter(name, about string, field func(*Filter) *[]string) parameter {
	return parameter{name, about,
		func(f *reading, v string) error {
			ids := strings.Split(v, ",")
			for _, id := range ids {
				if fs := checkID(name, id); len(fs) > 0 {
					return fmt.Errorf("the id %q %s", Quote(id), fs[0].Detail)
				}
			}
			*field(&f.Filter) = ids
			return nil
		},
		func(f Filter) string { return strings.Join(*field(&f), ",") }}
}

// filterNames lists the parameters that a collection's items know. Actors and
// datasets have neither place nor time: OGC API - Features lets box and time
// match all of them. No collection: no parameters.
func filterNames(k Kind) []string {
	switch k {
	case "":
		return nil
	case Actors, Datasets:
		return []string{"bbox-crs", "bbox", "datetime", "dataset", "q", "filter-lang", "filter-crs", "filter"}
	}
	names := make([]string, len(parameters))
	for i, p := range parameters {
		names[i] = p.name
	}
	return names
}

// Bounds of one parameter's value, and of the words that are looked for.
const (
	maxValueBytes = 64_000
	maxWordsBytes = 4_000

	maxFatalitiesAsked = 1_000_000_000
)

// ParseFilter reads a filter from URL parameters, and all that is wrong with
// them. others are names that the endpoint reads by itself (limit, f, ...): every
// further name is a fault.
func ParseFilter(k Kind, values url.Values, others ...string) (Filter, []Fault) {
	return parseFilter(k, filterNames(k), values, others)
}

func parseFilter(k Kind, names []string, values url.Values, others []string) (Filter, []Fault) {
	f := reading{kind: k}
	var fs faults
	known := slices.Concat(names, others)
	for _, name := range sortedKeys(values) {
		switch {
		case len(known) == 0:
			fs.add(name, values.Get(name), "is not a parameter of this page, which has none")
		case !slices.Contains(known, name):
			fs.add(name, values.Get(name), "is not a parameter of this page: the known ones are %s", strings.Join(known, ", "))
		}
		fs = append(fs, checkValue(name, values[name])...)
	}
	for _, p := range parameters {
		if !values.Has(p.name) || !slices.Contains(known, p.name) || len(checkValue(p.name, values[p.name])) > 0 {
			continue
		}
		if err := p.set(&f, values.Get(p.name)); err != nil {
			fs = append(fs, faultsOf(p.name, values.Get(p.name), err)...)
		}
	}
	if f.boxCRS != "" && !values.Has("bbox") {
		fs.add("bbox-crs", string(f.boxCRS), "says in which system bbox is, and there is none")
	}
	if f.whereCRS != "" && !values.Has("filter") {
		fs.add("filter-crs", string(f.whereCRS), "says in which system the geometries in filter are, and there is none")
	}
	return f.Filter, fs
}

func checkValue(name string, values []string) (fs faults) {
	switch value := values[0]; {
	case len(values) > 1:
		fs.add(name, strings.Join(values, " and "), "stands %d times: give several values by comma", len(values))
	case !utf8.ValidString(name) || !utf8.ValidString(value):
		fs.add(name, value, "is not valid UTF-8")
	case strings.ContainsFunc(name+value, forbiddenInText):
		fs.add(name, value, "holds a control character")
	case value == "":
		fs.add(name, value, "is empty: leave the parameter out instead")
	case len(value) > maxValueBytes:
		fs.add(name, value, "is longer than %d bytes", maxValueBytes)
	}
	return fs
}

// Values writes the filter as URL parameters. Two filters that ask the same in
// the same words give the same Values.
func (f Filter) Values() url.Values {
	values := url.Values{}
	for _, p := range parameters {
		if v := p.get(f); v != "" {
			values.Set(p.name, v)
		}
	}
	return values
}

// ParseCount reads a whole number from low to high.
func ParseCount(s string, low, high int) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high {
		return 0, fmt.Errorf("must be a whole number from %d to %d", low, high)
	}
	return n, nil
}

func parseCodes[T ~string](s string, allowed []T) ([]T, error) {
	var codes []T
	for _, v := range strings.Split(s, ",") {
		if !slices.Contains(allowed, T(v)) {
			return nil, fmt.Errorf("%q is not one of %s", Quote(v), join(allowed))
		}
		codes = append(codes, T(v))
	}
	return codes, nil
}

func words[T ~string](list []T) []string {
	s := make([]string, len(list))
	for i, v := range list {
		s[i] = string(v)
	}
	return s
}

func sortedKeys(values url.Values) []string {
	keys := make([]string, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// attachedNames are the parameters that choose among the events attached to a
// place or an area; the others choose the places.
var attachedNames = []string{"datetime", "type", "actor", "part_of", "status", "min_fatalities"}

// Attached is the part of the filter that chooses among attached events. A CQL2
// expression has no part in it: its words are those of the places.
func (f Filter) Attached() Filter {
	return Filter{Time: f.Time, Types: f.Types, Actors: f.Actors, PartOf: f.PartOf, Statuses: f.Statuses, MinFatalities: f.MinFatalities}
}

// ParseAttachedFilter reads the part of a filter that chooses among the events
// attached to one place or area.
func ParseAttachedFilter(values url.Values, others ...string) (Filter, []Fault) {
	return parseFilter(Events, attachedNames, values, others)
}
