package server

import (
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// precisionWords say how closely a time and a place are known, where they stand
// behind one: the map page's words.
var precisionWords = map[string]map[string]string{
	"date_precision": {
		"day": "known to the day", "days": "known to some days", "week": "known to a week", "month": "known to a month",
		"year": "known to a year", "unknown": "not dated",
	},
	"place_precision": {
		"exact": "in this town or at this site", "near": "within about 25 km of it", "district": "somewhere in the district",
		"region": "somewhere in the region", "fuzzy": "along a line or in a vague area", "country": "somewhere in the country, place not given",
		"international": "between countries", "unknown": "place not known",
	},
}

// codebook is what the schemas say of codes, by the name of the property.
var codebook = makeCodebook()

func makeCodebook() map[string]map[string]geo.CodedValue {
	book := make(map[string]map[string]geo.CodedValue)
	var add func(list []geo.Property)
	add = func(list []geo.Property) {
		for _, p := range list {
			if p.Codes != nil && book[p.Name] == nil {
				book[p.Name] = make(map[string]geo.CodedValue)
			}
			for _, c := range p.Codes {
				book[p.Name][c.Value] = c
			}
			add(p.Properties)
			if p.Items != nil {
				add(p.Items.Properties)
			}
		}
	}
	for _, k := range geo.Kinds() {
		add(geo.Properties(k))
	}
	return book
}

// code is a property's code in words.
func code[T ~string](property string, value T) string {
	if words, known := precisionWords[property][string(value)]; known {
		return words
	}
	if c, known := codebook[property][string(value)]; known {
		return c.Title
	}
	return string(value)
}

// meaning says in a sentence what a code means.
func meaning[T ~string](property string, value T) string {
	return codebook[property][string(value)].Meaning
}

// inside is a title within a sentence.
func inside(title string) string { return strings.ToLower(title) }
