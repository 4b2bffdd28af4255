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
// lists, fine before coarse. change: the number of the record's last change.
func Sortables(k Kind) []string {
	switch k {
	case Events:
		return []string{"id", "change", "dataset_id", "start", "end", "type", "status", "date_precision", "place_precision",
			"incidents", "fatalities.best", "fatalities.low", "fatalities.high"}
	case Areas:
		return []string{"id", "change", "dataset_id", "start", "end"}
	case Datasets:
		return []string{"id", "change"}
	default:
		return []string{"id", "change", "dataset_id"}
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
