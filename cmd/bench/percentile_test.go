package main

import "testing"

func TestPercentile(t *testing.T) {
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = float64(100 - i)
	}
	for _, test := range []struct {
		values  []float64
		p, want float64
	}{
		{nil, 50, 0}, {[]float64{7}, 50, 7}, {[]float64{7}, 99, 7}, {[]float64{3, 1, 2}, 50, 2}, {[]float64{4, 1, 3, 2}, 50, 2},
		{[]float64{1, 2}, 100, 2}, {[]float64{1, 2}, 0, 1}, {hundred, 99, 99}, {hundred, 50, 50}, {hundred, 99.5, 100},
	} {
		if got := percentile(test.values, test.p); got != test.want {
			t.Errorf("percentile %g of %v is %g, not %g", test.p, test.values, got, test.want)
		}
	}
	if hundred[0] != 100 {
		t.Error("the caller's values were sorted")
	}
}

func TestSlowestIsByTheMedian(t *testing.T) {
	key, worst := slowest(map[int][]float64{1: {1, 1, 90}, 2: {5, 5, 5}, 3: {5, 5, 6}})
	if key != 2 || worst != 5 {
		t.Errorf("%d with %g", key, worst)
	}
}
