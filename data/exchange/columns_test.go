package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPackedFieldsComeBack(t *testing.T) {
	for _, fields := range [][]string{nil, {""}, {"", "", ""}, {"a", "", "b,\"c\"\n"}, {strings.Repeat("x", 127), strings.Repeat("y", 128), strings.Repeat("z", 20_000), "\xff"}} {
		if got := pack(fields).unpack(); !slices.Equal(got, fields) {
			t.Errorf("%q came back as %q", fields, got)
		}
	}
}

// TestISODaysAreReadAsTheLibraryDoes tries every day that there is, and those beside them.
func TestISODaysAreReadAsTheLibraryDoes(t *testing.T) {
	for _, year := range []int{0, 1, 1900, 2000, 2023, 2024, 9999} {
		for month := range 14 {
			for day := range 33 {
				text := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
				want, err := time.Parse("2006-01-02", text)
				at, is := isoDay(text)
				if good := err == nil && year > 0; is != good || good && !at.First().Equal(want) {
					t.Fatalf("%s is %v %v, by the library %v %v", text, at, is, want, err)
				}
			}
		}
	}
	for _, text := range []string{"", "2023-7-11", "2023-07-1x", "+023-07-11", "2023/07/11", "2023-07x11", "2023x07-11", "2023-07-111", " 023-07-11", "11 Jul 2023", "2-Jan-2006"} {
		if at, is := isoDay(text); is {
			t.Errorf("%q is %v", text, at)
		}
	}
}
