package geo

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold brings a text to the form in which words are compared: compatibility
// forms and case set aside, and the accents of Latin, Greek and Cyrillic. The
// marks of Burmese, Shan or Hindi are letters of theirs and stay.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(cases.Fold().String(s)) {
		switch {
		case r >= 0x0300 && r <= 0x036F: // combining diacritical marks
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Words is a text ready to be searched. The zero Words matches nothing.
type Words string

// NewWords folds the texts into one searchable text.
func NewWords(texts ...string) Words {
	var b strings.Builder
	for _, t := range texts {
		if folded := Fold(t); folded != "" {
			b.WriteByte(' ')
			b.WriteString(folded)
		}
	}
	return Words(b.String())
}

// Query is a folded search: all its words must match.
type Query []string

// NewQuery folds what a reader typed.
func NewQuery(q string) Query { return queryWords(q) }

func queryWords(q string) []string { return strings.Fields(Fold(q)) }

// Match says whether each word of the query begins a word of any of the texts.
// Scripts that are written without spaces match anywhere.
func (q Query) Match(texts ...Words) bool {
	for _, word := range q {
		if !matchesAny(word, texts) {
			return false
		}
	}
	return len(q) > 0
}

func matchesAny(word string, texts []Words) bool {
	needle := word
	if !strings.ContainsFunc(word, writtenWithoutSpaces) {
		needle = " " + word
	}
	for _, t := range texts {
		if strings.Contains(string(t), needle) {
			return true
		}
	}
	return false
}

func writtenWithoutSpaces(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Myanmar, unicode.Thai, unicode.Lao, unicode.Khmer,
		unicode.Hiragana, unicode.Katakana, unicode.Tibetan)
}

// SearchText gathers the texts of a record that a reader may look for.
func SearchText(r Record) Words {
	switch r := r.(type) {
	case *Place:
		return NewWords(append(append(r.Names.all(), r.Summary.all()...), r.OtherNames...)...)
	case *Area:
		return NewWords(append(append(r.Names.all(), r.Summary.all()...), r.OtherNames...)...)
	case *Actor:
		return NewWords(append(append(r.Names.all(), r.Summary.all()...), r.OtherNames...)...)
	case *Dataset:
		return NewWords(append(append(r.Title.all(), r.Summary.all()...), r.Publisher)...)
	case *Event:
		texts := append(r.Title.all(), r.Summary.all()...)
		for _, p := range r.Participants {
			texts = append(texts, p.Name)
		}
		return NewWords(texts...)
	}
	return ""
}

func (t Text) all() []string {
	list := make([]string, 0, len(t))
	for _, l := range t.languages() {
		list = append(list, t[l])
	}
	return list
}
