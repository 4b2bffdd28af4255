package cql2

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// suggestionLimit is how many names a fault suggests.
const suggestionLimit = 3

// didYouMean names the properties that are spelled most like name.
func didYouMean(name string, properties map[string]Type) string {
	if len(name) > wordLimit {
		return ""
	}
	distances := map[string]int{}
	for other := range properties {
		if d := distance(strings.ToLower(name), strings.ToLower(other)); d <= max(2, len(name)/3) {
			distances[other] = d
		}
	}
	near := slices.SortedFunc(maps.Keys(distances), func(a, b string) int {
		return cmp.Or(distances[a]-distances[b], strings.Compare(a, b))
	})
	if len(near) == 0 {
		return ""
	}
	var quoted []string
	for _, other := range near[:min(len(near), suggestionLimit)] {
		quoted = append(quoted, strconv.Quote(other))
	}
	return ": did you mean " + alternatives(quoted) + "?"
}

// distance is how many characters must be put in, taken out or changed to make a
// into b (Levenshtein, 1966).
func distance(a, b string) int {
	to := []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range []rune(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range to {
			change := diagonal
			if r != to[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(to)]
}
