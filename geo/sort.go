package geo

import (
	"fmt"
	"slices"
	"strings"
)

// SortKey is one of the values that rows are ordered by.
type SortKey struct {
	Name       string // one of Sortables
	Descending bool
}

// Sortables lists what the items of a kind can be sorted by. start, end: the first
// and last instant. Codes (type, status, precisions) come in the order of their
// lists, fine before coarse. change: the number of the record's last change. title and
// names: the text in English, else in the first language by its tag, folded as for
// words that are looked for; for that every record that matches is read.
func Sortables(k Kind) []string {
	switch k {
	case Events:
		return []string{"id", "change", "dataset_id", "title", "start", "end", "type", "status", "date_precision", "place_precision",
			"incidents", "fatalities.best", "fatalities.low", "fatalities.high"}
	case Areas:
		return []string{"id", "change", "dataset_id", "names", "start", "end"}
	case Datasets:
		return []string{"id", "change", "title"}
	default:
		return []string{"id", "change", "dataset_id", "names"}
	}
}

// ParseSort reads the parameter sortby: names of Sortables by comma, the first
// weighs most, each with - before it for descending, or + or nothing (OGC API -
// Features - Part 8).
func ParseSort(k Kind, s string) ([]SortKey, error) {
	var keys []SortKey
	for part := range strings.SplitSeq(s, ",") {
		// A plus sign that a client did not escape is a blank in a query.
		name := strings.TrimPrefix(strings.TrimPrefix(part, "+"), " ")
		name, descending := strings.CutPrefix(name, "-")
		if !slices.Contains(Sortables(k), name) {
			return nil, fmt.Errorf("%s cannot be sorted by %q: they can by %s", k, Quote(part), strings.Join(Sortables(k), ", "))
		}
		if slices.ContainsFunc(keys, func(key SortKey) bool { return key.Name == name }) {
			return nil, fmt.Errorf("names %q twice", name)
		}
		keys = append(keys, SortKey{name, descending})
	}
	return keys, nil
}

// FormatSort writes keys as ParseSort reads them.
func FormatSort(keys []SortKey) string {
	var b strings.Builder
	for i, key := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		if key.Descending {
			b.WriteByte('-')
		}
		b.WriteString(key.Name)
	}
	return b.String()
}

// maxSortText bounds what of a text counts for the order, in bytes.
const maxSortText = 120

// SortText is what a record is sorted by under title or names.
func SortText(r Record) string {
	var text Text
	switch r := r.(type) {
	case *Event:
		text = r.Title
	case *Dataset:
		text = r.Title
	case *Place:
		text = r.Names
	case *Area:
		text = r.Names
	case *Actor:
		text = r.Names
	}
	folded := Fold(text.In("en"))
	if len(folded) > maxSortText {
		folded = strings.ToValidUTF8(folded[:maxSortText], "")
	}
	return folded
}
