package geo

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// FoldCase brings a text to the form in which case is set aside, CQL2's CASEI: the
// full case folding of Unicode, of no language (ß is ss, ς is σ, İ is i with a dot
// above), in canonical composition. Two texts become the same just where they are
// canonical caseless matches (The Unicode Standard, D145). Accents, punctuation,
// spaces and compatibility forms (ﬁ is folded to fi, ½ stays) are not touched.
func FoldCase(s string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFD.String(s)))
}

// FoldAccents brings a text to the form in which accents are set aside, CQL2's
// ACCENTI: its canonical decomposition without the combining diacritical marks
// U+0300 to U+036F, composed again. These are the accents of Latin, Greek and
// Cyrillic (é is e, ή is η, й is и). The marks of Burmese, Shan, Hindi or Japanese
// are letters of theirs and stay, as do letters that Unicode does not decompose (ø,
// ł, đ, ı) and the case.
func FoldAccents(s string) string {
	if IsPlain(s) {
		return s
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if isAccent(r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// isAccent says whether a character is a combining diacritical mark.
func isAccent(r rune) bool { return r >= 0x0300 && r <= 0x036F }
