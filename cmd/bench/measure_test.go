package main

import "testing"

func TestUnitText(t *testing.T) {
	for _, test := range []struct {
		unit  unit
		value float64
		want  string
	}{
		{seconds, 0.834, "0.83 s"}, {seconds, 21.46, "21.5 s"}, {millis, 0.0042, "0.00 ms"}, {millis, 9.999, "10.00 ms"}, {millis, 152.6, "153 ms"}, {millis, 1234.4, "1,234 ms"},
		{mebibyte, 1525.4, "1,525 MiB"}, {mebibyte, 0.4, "0 MiB"}, {percent, 71.6, "72 %"}, {perSecond, 21918.67, "21,919 /s"}, {perSecond, 9.7, "10 /s"},
		{times, 1.284, "1.28 times"}, {count, 1_000_000, "1,000,000"}, {count, 999, "999"}, {count, -1000, "-1,000"}, {count, -100, "-100"},
	} {
		if got := test.unit.text(test.value); got != test.want {
			t.Errorf("%g %s is written %q, not %q", test.value, test.unit, got, test.want)
		}
	}
}

func TestHeld(t *testing.T) {
	for _, test := range []struct {
		m                  measure
		value, bound, kept string
	}{
		{measure{Value: 5, Unit: millis}, "5.00 ms", "", ""},
		{measure{Value: 10, Unit: millis, Hold: atMost(10)}, "10.0 ms", "at most 10.0 ms", "yes"},
		{measure{Value: 10.1, Unit: millis, Hold: atMost(10)}, "10.1 ms", "at most 10.0 ms", "**no**"},
		{measure{Value: 70, Unit: percent, Hold: atLeast(70)}, "70 %", "at least 70 %", "yes"},
		{measure{Value: 69, Unit: percent, Hold: atLeast(70)}, "69 %", "at least 70 %", "**no**"},
		{measure{Absent: true, Unit: millis, Hold: atMost(10)}, "not there", "at most 10.0 ms", "**no**"},
		{measure{Value: 0, Unit: count, Hold: atMost(0)}, "0", "at most 0", "yes"},
	} {
		bound, kept := test.m.held()
		if value := test.m.value(); value != test.value || bound != test.bound || kept != test.kept {
			t.Errorf("%+v: %q %q %q", test.m, value, bound, kept)
		}
	}
}
