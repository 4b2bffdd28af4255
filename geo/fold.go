package geo

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// foldedASCII is what Fold makes of each ASCII character: itself, its small
// letter, or a separator between words. Other bytes are foreign to it.
var foldedASCII = func() (table [256]byte) {
	for c := range table {
		switch {
		case c >= utf8.RuneSelf:
			table[c] = foreign
		case 'A' <= c && c <= 'Z':
			table[c] = byte(c) - 'A' + 'a'
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			table[c] = byte(c)
		}
	}
	return table
}()

const (
	separator = 0
	foreign   = utf8.RuneSelf
)

// Fold brings a text to the form in which words are compared: compatibility
// forms and case set aside, and the accents of Latin, Greek and Cyrillic. The
// marks of Burmese, Shan or Hindi are letters of theirs and stay. One space
// stands between two words, and none at the ends.
func Fold(s string) string {
	var folder Folder
	var b strings.Builder
	b.Grow(len(s))
	folder.Words([]byte(s), func(word []byte) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.Write(word)
	})
	return b.String()
}

// Folder splits texts into the words of Fold, without allocation where they are
// ASCII. It may be used again and again, by one goroutine at a time.
type Folder struct {
	word []byte
}

// Words calls f with each word of Fold(text), in order. The word is valid during
// the call.
func (fo *Folder) Words(text []byte, f func(word []byte)) {
	fo.word = slices.Grow(fo.word[:0], len(text))
	for at := 0; at < len(text); {
		if foldedASCII[text[at]] == separator {
			at++
			continue
		}
		start, all := at, byte(0)
		fo.word = fo.word[:0]
		for ; at < len(text); at++ {
			c := foldedASCII[text[at]]
			if c == separator {
				break
			}
			all |= c
			fo.word = append(fo.word, c)
		}
		if all >= foreign {
			// Nothing in Unicode folds or composes across an ASCII character.
			fo.foreignWords(text[start:at], f)
		} else {
			f(fo.word)
		}
	}
}

// foreignWords is Words of a text that is not ASCII.
func (fo *Folder) foreignWords(text []byte, f func(word []byte)) {
	fo.word = fo.word[:0]
	for _, r := range norm.NFKD.String(cases.Fold().String(string(text))) {
		switch {
		case isAccent(r):
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r):
			fo.word = utf8.AppendRune(fo.word, r)
		case len(fo.word) > 0:
			f(fo.word)
			fo.word = fo.word[:0]
		}
	}
	if len(fo.word) > 0 {
		f(fo.word)
	}
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

// Plain says whether a folded word is of scripts written with spaces only. A word
// that is not matches anywhere in a text, and not only where a word begins.
func Plain(word []byte) bool {
	for at, c := range word {
		if c >= utf8.RuneSelf {
			return !bytes.ContainsFunc(word[at:], writtenWithoutSpaces)
		}
	}
	return true
}

func writtenWithoutSpaces(r rune) bool {
	if r < firstWithoutSpaces {
		return false
	}
	return unicode.In(r, unicode.Han, unicode.Myanmar, unicode.Thai, unicode.Lao, unicode.Khmer,
		unicode.Hiragana, unicode.Katakana, unicode.Tibetan)
}

const firstWithoutSpaces = 0x0E01 // of the scripts above the first by number: Thai

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
	for _, l := range t.Languages() {
		list = append(list, t[l])
	}
	return list
}
