package geo

import (
	"slices"
	"strings"
)

// Parameter is what a document says of one parameter.
type Parameter struct {
	Name  string
	About string // one line
	ParameterShape
}

// ParameterShape says what values a parameter has.
type ParameterShape struct {
	Type             PropertyType      // of a value
	Format           string            // of a text, by its name in OpenAPI
	List             bool              // several values by comma
	Lengths          []int             // how many values a list may have; nil: one or more
	Codes            []string          // all the values that there are; nil: any
	Meanings         map[string]string // of codes, in words
	Minimum, Maximum int               // of a number where Maximum is not 0
	MaxBytes         int               // of a text; 0: as many as any parameter
	Pattern          string            // of a text, in the regular expressions of JSON Schema
	Required         bool
	Otherwise        string // what holds where it is not given; "": nothing is asked for
	Example          string // which finds something in the built-in dataset
}

// parameterShapes has one for each of the parameters.
var parameterShapes = map[string]ParameterShape{
	"bbox-crs":       {Type: StringProperty, Format: URIFormat, Codes: crsNames(), Otherwise: string(CRS84), Example: string(CRS84)},
	"bbox":           {Type: NumberProperty, List: true, Lengths: []int{4, 6}, Example: "97,22,99,24"},
	"datetime":       {Type: StringProperty, Example: "2024-01-01/.."},
	"type":           {Type: StringProperty, List: true, Codes: words(EventTypes()), Meanings: meanings(eventTypeCodes()), Example: "bombing_raid,offensive"},
	"actor":          idShape("mndaa"),
	"place":          idShape("lashio"),
	"area":           idShape("shan-state"),
	"dataset":        idShape("report-2024-07"),
	"part_of":        idShape("report-2024-07:operation-1027"),
	"status":         {Type: StringProperty, List: true, Codes: words(Statuses()), Meanings: meanings(statusCodes()), Example: "reported"},
	"min_fatalities": {Type: IntegerProperty, Minimum: 1, Maximum: maxFatalitiesAsked, Example: "1"},
	"q":              {Type: StringProperty, MaxBytes: maxWordsBytes, Example: "lashio"},
	"filter-lang":    {Type: StringProperty, Codes: []string{cql2Text, cql2JSON, draftText}, Otherwise: cql2Text, Example: cql2Text},
	"filter-crs":     {Type: StringProperty, Format: URIFormat, Codes: crsNames(), Otherwise: string(CRS84), Example: string(CRS84)},
	"filter":         {Type: StringProperty}, // its example is one of exampleFilters
}

// exampleFilters are expressions over the queryables of each kind.
var exampleFilters = map[Kind]string{
	Places: "kind = 'town'", Areas: "kind = 'state'", Events: "type = 'bombing_raid' AND start >= DATE('2024-07-01')",
	Actors: "kind = 'armed_group'", Datasets: "redistribution = 'public'",
}

// meanings says what each code means, without the stop at its end.
func meanings(codes []CodedValue) map[string]string {
	said := make(map[string]string, len(codes))
	for _, c := range codes {
		said[c.Value] = strings.TrimSuffix(c.Meaning, ".")
	}
	return said
}

func idShape(example string) ParameterShape {
	return ParameterShape{Type: StringProperty, List: true, Example: example}
}

// crsNames are the ways to write a reference system: its URI, and its safe CURIE.
func crsNames() []string {
	var names []string
	for _, crs := range CRSs() {
		names = append(names, string(crs), crs.curie())
	}
	return names
}

// CRSShape is that of a parameter that names a reference system.
func CRSShape() ParameterShape { return parameterShapes["bbox-crs"] }

// Parameters lists the filter's parameters for the items of a kind.
func Parameters(k Kind) []Parameter { return parametersNamed(k, filterNames(k)) }

// AttachedParameters lists those that choose among the events attached to a place or
// an area.
func AttachedParameters() []Parameter { return parametersNamed(Events, attachedNames) }

func parametersNamed(k Kind, names []string) (list []Parameter) {
	for _, p := range parameters {
		if !slices.Contains(names, p.name) {
			continue
		}
		shape := parameterShapes[p.name]
		if p.name == "filter" {
			shape.Example = exampleFilters[k]
		}
		list = append(list, Parameter{p.name, p.about, shape})
	}
	return list
}
