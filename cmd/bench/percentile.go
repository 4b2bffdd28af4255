package main

import (
	"cmp"
	"math"
	"slices"
)

// percentile returns the smallest value that at least p percent of the values do
// not exceed (nearest rank); 0 of none.
func percentile(values []float64, p float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

func median(values []float64) float64 { return percentile(values, 50) }

// slowest returns the key whose values have the greatest median, and that.
func slowest[K cmp.Ordered](values map[K][]float64) (key K, worst float64) {
	for k, list := range values {
		if m := median(list); m > worst || m == worst && k < key {
			key, worst = k, m
		}
	}
	return key, worst
}
