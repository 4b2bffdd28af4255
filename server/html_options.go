package server

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// mostOptions is how many records of a collection a select offers.
const mostOptions = 200

// options are the values that the form offers, by field.
func (a *answer) options(k geo.Kind, f geo.Filter, query url.Values) (map[string][]formOption, error) {
	list := make(map[string][]formOption)
	var err error
	if list["dataset"], err = a.recordOptions(geo.Datasets, query.Get("dataset")); err != nil || k == geo.Actors || k == geo.Datasets {
		return list, err
	}
	if list["area"], err = a.recordOptions(geo.Areas, query.Get("area")); err != nil {
		return nil, err
	}
	if k != geo.Events {
		f = geo.Filter{} // its counts would be of events, and these are not
	}
	found, err := a.view.Facets(f, defaultValues)
	if err != nil {
		return nil, err
	}
	for _, facet := range found.Facets {
		chosen := strings.Split(query.Get(facet.Field), ",")
		switch facet.Field {
		case "type":
			list["type"] = codeOptions("type", geo.EventTypes(), facet, chosen)
		case "status":
			list["status"] = codeOptions("status", slices.DeleteFunc(geo.Statuses(), func(s geo.Status) bool { return s == geo.Withdrawn }), facet, chosen)
		case "actor", "place":
			if list[facet.Field], err = a.facetOptions(facet, query.Get(facet.Field)); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// codeOptions are codes in words, each with how many events have it.
func codeOptions[T ~string](field string, codes []T, facet index.Facet, chosen []string) (list []formOption) {
	counts := make(map[string]int)
	for _, v := range facet.Values {
		counts[v.Value] = v.Events
	}
	for _, c := range codes {
		o := formOption{Value: string(c), Label: word(code(field, c)), Count: number(counts[string(c)]), Chosen: slices.Contains(chosen, string(c))}
		if field == "type" {
			o.Sign = string(c)
		}
		list = append(list, o)
	}
	return list
}

// facetOptions are the most frequent records of a facet.
func (a *answer) facetOptions(facet index.Facet, chosen string) ([]formOption, error) {
	counts := make(map[string]string)
	var rows []index.Row
	for _, v := range facet.Values {
		if r, found := a.valueRow(facet.Field, v.Value); found {
			rows, counts[v.Value] = append(rows, r), number(v.Events)
		}
	}
	list, err := a.rowOptions(facet.Field, rows, chosen)
	for i, o := range list {
		list[i].Count = counts[o.Value]
	}
	return list, err
}

// recordOptions are the records of a collection.
func (a *answer) recordOptions(k geo.Kind, chosen string) ([]formOption, error) {
	page, err := a.view.Query(k, geo.Filter{}, nil, "", mostOptions)
	if err != nil {
		return nil, err
	}
	return a.rowOptions(strings.TrimSuffix(string(k), "s"), page.Rows, chosen) // as the parameters are called
}

// kindIn says of which kind the records are that a field names.
var kindIn = map[string]geo.Kind{"actor": geo.Actors, "place": geo.Places, "area": geo.Areas, "dataset": geo.Datasets}

// rowOptions are rows by their names, and what is chosen besides: an address may
// name what the list has not, or several at once.
func (a *answer) rowOptions(field string, rows []index.Row, chosen string) (list []formOption, err error) {
	ids := strings.Split(chosen, ",")
	all := slices.Clone(rows)
	for _, id := range ids {
		if r, found := a.valueRow(field, id); found {
			all = append(all, r)
		}
	}
	names := make(mentioned)
	if err := a.addNames(names, all); err != nil {
		return nil, err
	}
	for _, r := range rows {
		list = append(list, formOption{Value: r.ID, Label: names.of(r.Kind, r.ID), Chosen: r.ID == chosen})
	}
	slices.SortFunc(list, func(a, b formOption) int {
		return cmp.Or(cmp.Compare(geo.Fold(a.Label.Text), geo.Fold(b.Label.Text)), cmp.Compare(a.Value, b.Value))
	})
	if chosen != "" && !slices.ContainsFunc(list, func(o formOption) bool { return o.Chosen }) {
		var label []string
		for _, id := range ids {
			label = append(label, names.of(kindIn[field], id).Text)
		}
		list = append([]formOption{{Value: chosen, Label: word(strings.Join(label, ", ")), Chosen: true}}, list...)
	}
	return list, nil
}
