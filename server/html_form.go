package server

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// htmlForm is the filter as a form: what it sends is what the API takes.
type htmlForm struct {
	Action string
	First  []*formField // what most readers look for
	More   []*formField // the rest, folded away
	Chosen []string     // what is chosen of the rest, in words
	Open   bool         // whether the rest is not folded away: where it has a fault
	Hidden []formOption // parameters without a field, which are kept
	Faults []formFault  // what is wrong with parameters, also with those without a field
}

// formFault is a fault of a parameter, and whether the form has a field for it.
type formFault struct {
	geo.Fault
	HasField bool
}

// formField is a field for one parameter.
type formField struct {
	Name    string
	Label   string
	Hint    string
	Value   string
	Input   string       // text, number, select or choices
	Options []formOption // of a select or of choices
	Faults  []geo.Fault
}

// formOption is one value that a field may have.
type formOption struct {
	Value  string
	Label  piece
	Sign   string // of an event type
	Count  string // of the events with this value in place of the present choice; "" where not counted
	Chosen bool
}

// fieldWords says how the form calls the parameters.
var fieldWords = map[string]formField{
	"q":              {Label: "Words", Hint: "of names, titles and summaries, in any language", Input: "text"},
	"datetime":       {Label: "When", Hint: "2024-07-22, or from and to: 2024-07-01/2024-07-31, or 2024-07-01/..", Input: "text"},
	"type":           {Label: "Type", Input: "choices"},
	"status":         {Label: "Status", Input: "choices"},
	"actor":          {Label: "Who took part", Hint: "those with the most events", Input: "select"},
	"place":          {Label: "At the place", Hint: "those with the most events", Input: "select"},
	"area":           {Label: "In the area", Input: "select"},
	"dataset":        {Label: "Dataset", Input: "select"},
	"part_of":        {Label: "Part of", Hint: "the id of an operation or a campaign", Input: "text"},
	"min_fatalities": {Label: "Deaths, at least", Input: "number"},
	"bbox":           {Label: "Box", Hint: "west,south,east,north in degrees", Input: "text"},
	"filter":         {Label: "Filter", Hint: "an expression in CQL2, for what the fields cannot say: fatalities.best > 10", Input: "text"},
	"limit":          {Label: "On a page", Hint: "1 to 10,000; otherwise 100", Input: "number"},
}

// fieldOrder is how the fields stand: most readers know a name, few a box. The first
// are not folded away.
var fieldOrder = []string{"q", "datetime", "type", "status", "actor", "place", "area", "dataset", "part_of", "min_fatalities", "limit"}

const firstFields = 2

// nowhere are the parameters that match all actors and datasets, which have no
// place and no time: their form does without.
var nowhere = []string{"bbox", "datetime"}

// fieldsOf lists the parameters that the form for a kind has fields for.
func fieldsOf(k geo.Kind) (names []string) {
	for _, p := range geo.Parameters(k) {
		_, hasField := fieldWords[p.Name]
		if hasField && (k != geo.Actors && k != geo.Datasets || !slices.Contains(nowhere, p.Name)) {
			names = append(names, p.Name)
		}
	}
	names = append(names, "limit")
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Compare(place(fieldOrder, a), place(fieldOrder, b))
	})
	return names
}

// place is where a name stands in a list, after all others where it does not.
func place(list []string, name string) int {
	if i := slices.Index(list, name); i >= 0 {
		return i
	}
	return len(list)
}

// tidied is a form's query without the fields that were left empty, and with the
// several choices of one field as the API takes them.
func tidied(k geo.Kind, query url.Values) (url.Values, bool) {
	tidy := make(url.Values)
	changed := false
	for name, values := range query {
		if !slices.Contains(fieldsOf(k), name) {
			tidy[name] = values
			continue
		}
		given := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
		if fieldWords[name].Input == "choices" && len(given) > 1 {
			given = []string{strings.Join(given, ",")}
		}
		changed = changed || len(given) != len(values)
		if len(given) > 0 {
			tidy[name] = given
		}
	}
	return tidy, changed
}

// itemsForm is the form with the present values, and the faults that they have.
func (a *answer) itemsForm(k geo.Kind, f geo.Filter, faults []geo.Fault) (*htmlForm, error) {
	query := a.context.QueryParams()
	form := &htmlForm{Action: itemsPath(k)}
	options, err := a.options(k, f, query)
	if err != nil {
		return nil, err
	}
	names := fieldsOf(k)
	for _, fault := range faults {
		form.Faults = append(form.Faults, formFault{fault, slices.Contains(names, fault.Name)})
	}
	for _, name := range names {
		field := fieldWords[name]
		field.Name, field.Value, field.Options = name, query.Get(name), options[name]
		for _, fault := range faults {
			if fault.Name == name {
				field.Faults = append(field.Faults, fault)
			}
		}
		if place(fieldOrder, name) < firstFields {
			form.First = append(form.First, &field)
			continue
		}
		form.More = append(form.More, &field)
		form.Open = form.Open || len(field.Faults) > 0
		if field.Value != "" {
			form.Chosen = append(form.Chosen, field.Label+": "+field.chosen())
		}
	}
	isAtFault := func(name string) bool {
		return slices.ContainsFunc(faults, func(fault geo.Fault) bool { return fault.Name == name })
	}
	for name, values := range query {
		if !slices.Contains(names, name) && name != "cursor" && !isAtFault(name) {
			form.Hidden = append(form.Hidden, formOption{Value: values[0], Label: word(name)})
		}
	}
	slices.SortFunc(form.Hidden, func(a, b formOption) int { return cmp.Compare(a.Label.Text, b.Label.Text) })
	return form, nil
}

// chosen is the value of a field in words.
func (f *formField) chosen() string {
	var words []string
	for _, o := range f.Options {
		if o.Chosen {
			words = append(words, o.Label.Text)
		}
	}
	if words == nil {
		return f.Value
	}
	return strings.Join(words, ", ")
}
