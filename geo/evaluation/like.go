package evaluation

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// pattern is one of LIKE: % stands for any characters, or none; _ for one character
// (a code point); a backslash takes what the next character stands for away.
type pattern struct {
	pieces []piece // what stands between the %
	begins bool    // there is none before the first piece
	ends   bool    // there is none after the last
}

// piece is characters that follow on one another.
type piece struct {
	text  string // where none is any
	runes []rune // else, with any
}

// anyRune stands for _, which no text can hold.
const anyRune = -1

func parsePattern(s string) (*pattern, error) {
	p := &pattern{begins: true}
	var runes []rune
	ended := func() {
		if len(runes) > 0 {
			p.pieces = append(p.pieces, newPiece(runes))
		}
		runes = nil
	}
	escaped := false
	for _, r := range s {
		switch {
		case escaped:
			runes, escaped = append(runes, r), false
		case r == '\\':
			escaped = true
		case r == '_':
			runes = append(runes, anyRune)
		case r == '%':
			if len(p.pieces) == 0 && len(runes) == 0 {
				p.begins = false
			}
			ended()
		default:
			runes = append(runes, r)
		}
	}
	if escaped {
		return nil, errors.New("the pattern ends in a backslash, which escapes nothing")
	}
	p.ends = len(runes) > 0 || p.begins && len(p.pieces) == 0
	ended()
	return p, nil
}

func newPiece(runes []rune) piece {
	for _, r := range runes {
		if r == anyRune {
			return piece{runes: runes}
		}
	}
	return piece{text: string(runes)}
}

// matches says whether the pattern stands for the whole text. Each piece is met as
// early as can be, but a last one that ends the text is held to its end.
func (p *pattern) matches(s string) bool {
	pieces := p.pieces
	if p.begins && len(pieces) > 0 {
		n, met := pieces[0].at(s)
		if !met {
			return false
		}
		s, pieces = s[n:], pieces[1:]
	}
	if p.begins && p.ends && len(pieces) == 0 {
		return s == ""
	}
	for i, piece := range pieces {
		if i == len(pieces)-1 && p.ends {
			return piece.ends(s)
		}
		n, met := piece.in(s)
		if !met {
			return false
		}
		s = s[n:]
	}
	return true
}

// at says whether the text begins with the piece, and how long that is in bytes.
func (p piece) at(s string) (int, bool) {
	if p.runes == nil {
		return len(p.text), strings.HasPrefix(s, p.text)
	}
	n := 0
	for _, want := range p.runes {
		r, size := utf8.DecodeRuneInString(s[n:])
		if size == 0 || want != anyRune && want != r {
			return 0, false
		}
		n += size
	}
	return n, true
}

// in finds the piece in the text, and where it ends.
func (p piece) in(s string) (int, bool) {
	if p.runes == nil {
		at := strings.Index(s, p.text)
		return at + len(p.text), at >= 0
	}
	for at := range s {
		if n, met := p.at(s[at:]); met {
			return at + n, true
		}
	}
	return 0, false
}

// ends says whether the text ends with the piece.
func (p piece) ends(s string) bool {
	if p.runes == nil {
		return strings.HasSuffix(s, p.text)
	}
	at := len(s)
	for range p.runes {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		if size == 0 {
			return false
		}
		at -= size
	}
	_, met := p.at(s[at:])
	return met
}
