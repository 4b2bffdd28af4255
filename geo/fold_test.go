package geo_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/geo"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// plainlyFolded is Fold as Unicode defines it, the text taken as one.
func plainlyFolded(s string) []string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(cases.Fold().String(s)) {
		switch {
		case r >= 0x0300 && r <= 0x036F:
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// checkFold holds Fold to the Folder, and both to plainlyFolded where the text is
// valid: norm leaves letters after half a character as they are, if it is the last.
func checkFold(t *testing.T, folder *geo.Folder, s string) {
	t.Helper()
	var got []string
	folder.Words([]byte(s), func(word []byte) { got = append(got, string(word)) })
	want := got
	if utf8.ValidString(s) {
		want = plainlyFolded(s)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("the words of %q are %q, not %q", s, got, want)
	}
	if folded := geo.Fold(s); folded != strings.Join(want, " ") {
		t.Fatalf("%q is folded to %q, not %q", s, folded, want)
	}
}

var foldSamples = []string{"", " ", "a", "Clash in Lashio, 15 dead", "-a--B-", "e\u0301 \u0301e", "a\u0301b c\u0327\u0301", "Lāshio–Town", "လားရှိုး ရှိုး", "腊戌", "Санкт-Петербург", "ﬁne ﬃ½",
	"İSTANBUL ıi", "Straße ẞ", "ΣΑΣ ς", "…a…b", "\u00a0a\u2028b", "①②", "ｶﾞ ガ", "한국", "\xff\xe1\x80a\xe1", "a\xe1\x80 b", "\u1037\u103a a\u103a\u1037b", "x\u200dy", "x\ny\tz", "😀 a😀b",
	"a" + strings.Repeat("\u0345\u0316", 40) + " b" + strings.Repeat("\u1037\u103a", 40) + " " + strings.Repeat("\u1037\u103a", 40)}

func TestFoldByWordsIsFoldOfTheWhole(t *testing.T) {
	var folder geo.Folder
	for _, s := range foldSamples {
		checkFold(t, &folder, s)
	}
	for c := range rune(0x80) {
		checkFold(t, &folder, "x"+string(c)+"Y")
	}
	random := rand.New(rand.NewPCG(9, 10))
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(6) {
			sample := foldSamples[random.IntN(len(foldSamples))]
			b.WriteString(sample[random.IntN(len(sample)+1):])
		}
		checkFold(t, &folder, b.String())
	}
}

func FuzzFolder(f *testing.F) {
	for _, s := range foldSamples {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkFold(t, new(geo.Folder), s)
	})
}

func TestPlain(t *testing.T) {
	for word, want := range map[string]bool{"": true, "clash": true, "café": true, "петербург": true, "अब": true, "한국": true, "လား": false, "a腊": false, "ก": false, "ລາວ": false, "ខ្មែរ": false,
		"ひらがな": false, "カタカナ": false, "བོད": false, "aလ": false, "15": true} {
		if got := geo.Plain([]byte(word)); got != want {
			t.Errorf("%q: %t", word, got)
		}
	}
	for _, script := range []*unicode.RangeTable{unicode.Han, unicode.Myanmar, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Hiragana, unicode.Katakana, unicode.Tibetan} {
		for _, r := range script.R16[:1] {
			if first := string(rune(r.Lo)); geo.Plain([]byte("a" + first)) {
				t.Errorf("%q is taken for a script with spaces", first)
			}
		}
	}
}

func BenchmarkFolderWords(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"ASCII", "State-based violence: Government of Nigeria, Group 50 (YeMin village)"},
		{"one accent", "State-based violence: Government of Nigeria, Group 50 (Yémin village)"},
		{"Burmese", "တပ်မတော်ချုပ်ရှိ စစ်တပ်သို့ လေတပ်ခ"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			text := []byte(c.text)
			var folder geo.Folder
			n := 0
			for b.Loop() {
				folder.Words(text, func(word []byte) { n += len(word) })
			}
		})
	}
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		geo.Fold("State-based violence: Government of Nigeria, Group 50 (YeMin village)")
	}
}
