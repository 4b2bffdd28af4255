package geo_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

func TestFoldCaseAndAccents(t *testing.T) {
	for _, c := range []struct{ text, noCase, noAccents string }{
		{"", "", ""},
		{"Lashio - 104 MILE", "lashio - 104 mile", "Lashio - 104 MILE"},
		{"Straße, STRASSE", "strasse, strasse", "Straße, STRASSE"},
		{"Οδος ΟΔΟΣ", "οδοσ οδοσ", "Οδος ΟΔΟΣ"},
		{"débárquér", "débárquér", "debarquer"},
		{"e\u0301 É", "é é", "e E"},
		{"İstanbul ılık", "i̇stanbul ılık", "Istanbul ılık"},
		{"ﬁ ½ Ⅳ", "fi ½ ⅳ", "ﬁ ½ Ⅳ"},
		{"Ø ł Đ", "ø ł đ", "Ø ł Đ"},
		{"Война ή", "война ή", "Воина η"},
		{"လားရှိုး हिन्दी が", "လားရှိုး हिन्दी が", "လားရှိုး हिन्दी が"},
		{"\u1EAEx", "\u1EAFx", "Ax"}, // two marks on one letter
	} {
		if got := geo.FoldCase(c.text); got != c.noCase {
			t.Errorf("FoldCase(%q) is %q, not %q", c.text, got, c.noCase)
		}
		if got := geo.FoldAccents(c.text); got != c.noAccents {
			t.Errorf("FoldAccents(%q) is %q, not %q", c.text, got, c.noAccents)
		}
	}
}
