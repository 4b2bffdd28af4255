package cql2

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, a literal or a sign of CQL2 text.
type token struct {
	kind   int // of the grammar; 0 at the end of the text
	at     int // characters from 0
	text   string
	number float64
}

// lexer cuts CQL2 text into tokens for the parser that goyacc makes of grammar.y, and
// keeps what the parser finds.
type lexer struct {
	rest            string
	isDraft         bool  // the words of ParseDraft
	place           Place // of the geometries
	at              int   // characters before rest
	depth           int   // parentheses that are open
	literal         int   // kind of the word (POINT, DATE, ...) whose parentheses these are; 0 of none
	literalDepth    int   // of its first parenthesis
	previous, found token
	result          Expression
	fault           *Error // the first one
}

// invalid is a token that the grammar does not have.
const invalid = 1

// signs are the tokens of one and two characters that are no words.
var signs = []struct {
	text string
	kind int
}{
	{"<=", tokenLESSEQUAL}, {">=", tokenGREATEREQUAL}, {"<>", tokenNOTEQUAL},
	{"=", '='}, {"<", '<'}, {">", '>'}, {"(", '('}, {")", ')'}, {",", ','},
	{"+", '+'}, {"-", '-'}, {"*", '*'}, {"/", '/'}, {"%", '%'}, {"^", '^'},
}

// Lex is what the parser reads tokens by.
func (l *lexer) Lex(value *cqlSymType) int {
	l.previous = l.found
	l.skipSpace()
	l.found = token{at: l.at}
	if l.rest != "" {
		l.found.kind = l.next()
	}
	if l.fault != nil {
		return invalid // stops the parser; the fault stands
	}
	value.token = l.found
	return l.found.kind
}

func (l *lexer) skipSpace() {
	for {
		r, size := utf8.DecodeRuneInString(l.rest)
		if size == 0 || !unicode.IsSpace(r) {
			return
		}
		l.skip(size)
	}
}

// skip moves on by a number of bytes.
func (l *lexer) skip(size int) string {
	text := l.rest[:size]
	l.at += utf8.RuneCountInString(text)
	l.rest = l.rest[size:]
	return text
}

// next reads a token into found and returns its kind.
func (l *lexer) next() int {
	r, _ := utf8.DecodeRuneInString(l.rest)
	switch {
	case isNameStart(r):
		return l.word()
	case r == '\'':
		return l.quoted()
	case r == '"':
		return l.quotedName()
	case isDigit(l.rest) || r == '.' && isDigit(l.rest[1:]):
		return l.digits()
	}
	for _, sign := range signs {
		if strings.HasPrefix(l.rest, sign.text) {
			l.found.text = l.skip(len(sign.text))
			return l.nest(sign.kind)
		}
	}
	l.fail(l.at, "%q means nothing in CQL2%s", r, hintOf(r))
	return invalid
}

// hintOf says what CQL2 writes in place of a character that other languages have.
func hintOf(r rune) string {
	switch r {
	case '!':
		return `: "not equal" is <>, and "not" is NOT`
	case '[', ']', '{', '}':
		return ": a list is written in parentheses, ('a', 'b')"
	case '&', '|':
		return ": write AND or OR"
	case '‘', '’', '“', '”', '`':
		return ": a text is written in straight quotes, 'so'"
	}
	return ""
}

// nest keeps the depth of parentheses: more than depthLimit expressions cannot stand
// in one another, and a geometry adds four at most.
func (l *lexer) nest(kind int) int {
	switch kind {
	case '(':
		l.depth++
		if word := l.previous.kind; l.literal == 0 && (word >= tokenDATE && word <= tokenGEOMETRYCOLLECTION || word == tokenZ) {
			l.literal, l.literalDepth = word, l.depth
		}
	case ')':
		if l.depth == l.literalDepth {
			l.literal = 0
		}
		l.depth--
	}
	if l.depth > depthLimit+4 {
		l.fail(l.found.at, "parentheses are nested more than %d deep", depthLimit+4)
	}
	return kind
}

func (l *lexer) word() int {
	size := strings.IndexFunc(l.rest, func(r rune) bool { return !isNamePart(r) })
	if size < 0 {
		size = len(l.rest)
	}
	l.found.text = l.skip(size)
	kind, known := keywords[strings.ToUpper(l.found.text)]
	switch {
	case known:
		return kind
	case l.isDraft && strings.EqualFold(l.found.text, anyCaseLike):
		return tokenLIKE
	case strings.EqualFold(l.found.text, "Z") && l.previous.kind >= tokenPOINT && l.previous.kind <= tokenGEOMETRYCOLLECTION:
		return tokenZ // a word of the language nowhere else
	}
	return tokenNAME
}

// quoted reads a text: two quotes, or a backslash and a quote, are one quote.
func (l *lexer) quoted() int {
	var b strings.Builder
	l.skip(1)
	for l.rest != "" {
		r, size := utf8.DecodeRuneInString(l.rest)
		switch {
		case strings.HasPrefix(l.rest, "''"), strings.HasPrefix(l.rest, `\'`):
			b.WriteByte('\'')
			l.skip(2)
			continue
		case r == '\'':
			l.skip(1)
			l.found.text = b.String()
			return tokenTEXT
		case !isTextCharacter(r) || r == utf8.RuneError && size == 1:
			l.fail(l.at, "a text may not hold the character %U", r)
			return invalid
		}
		b.WriteString(l.skip(size))
	}
	l.fail(l.found.at, "the text that begins here has no closing quote '")
	return invalid
}

func (l *lexer) quotedName() int {
	size := strings.IndexByte(l.rest[1:], '"')
	if size < 0 {
		l.fail(l.at, `the name that begins here has no closing quote "`)
		return invalid
	}
	l.found.text = l.skip(size + 2)[1 : size+1]
	if !isName(l.found.text) {
		l.fail(l.found.at, `%q is not a name; a text is written in single quotes, 'so'`, shorten(l.found.text))
	}
	return tokenQUOTED
}

func (l *lexer) digits() int {
	size := scanNumber(l.rest)
	l.found.text = l.skip(size)
	number, err := strconv.ParseFloat(l.found.text, 64)
	if err != nil {
		l.fail(l.found.at, "the number %s is too large", shorten(l.found.text))
	}
	l.found.number = number
	return tokenNUMBER
}

// scanNumber returns the bytes that a decimal number at the start of s takes.
func scanNumber(s string) int {
	digits := func(at int) int {
		for isDigit(s[at:]) {
			at++
		}
		return at
	}
	end := digits(0)
	if strings.HasPrefix(s[end:], ".") {
		end = digits(end + 1)
	}
	exponent := end
	if exponent < len(s) && (s[exponent] == 'e' || s[exponent] == 'E') {
		exponent++
		if exponent < len(s) && (s[exponent] == '+' || s[exponent] == '-') {
			exponent++
		}
		if isDigit(s[exponent:]) {
			return digits(exponent)
		}
	}
	return end
}

func isDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// fail keeps the first fault.
func (l *lexer) fail(at int, format string, args ...any) {
	if l.fault == nil {
		l.fault = &Error{Detail: fmt.Sprintf(format, args...), Position: at}
	}
}
