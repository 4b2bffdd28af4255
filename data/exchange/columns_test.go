package exchange

import (
	"slices"
	"strings"
	"testing"
)

func TestPackedFieldsComeBack(t *testing.T) {
	for _, fields := range [][]string{nil, {""}, {"", "", ""}, {"a", "", "b,\"c\"\n"}, {strings.Repeat("x", 127), strings.Repeat("y", 128), strings.Repeat("z", 20_000), "\xff"}} {
		if got := pack(fields).unpack(); !slices.Equal(got, fields) {
			t.Errorf("%q came back as %q", fields, got)
		}
	}
}
