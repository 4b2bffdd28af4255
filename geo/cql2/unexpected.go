package cql2

import (
	"fmt"
	"slices"
	"strings"
)

// The parser then says what it expected.
func init() { cqlErrorVerbose = true }

// Error is told by the parser that what was found cannot stand where it does, and what
// could if that is little. Behind a value in parentheses it tells only how they close,
// because it has then given up on operators.
func (l *lexer) Error(message string) {
	expected := l.expectedAfter()
	_, list, given := strings.Cut(message, "expecting ")
	if given && (l.literal != 0 || strings.Trim(list, "'), or") != "") {
		expected = inWords(strings.Split(list, " or "))
	}
	l.fail(l.found.at, "%s where %s was expected%s", l.foundWhat(), expected, l.hint())
}

// foundWhat names the token found, in a clause that "where" can follow.
func (l *lexer) foundWhat() string {
	switch l.found.kind {
	case 0:
		return "the expression ends"
	case tokenTEXT:
		return fmt.Sprintf("there is the text '%s'", shorten(l.found.text))
	case tokenNAME, tokenQUOTED:
		return fmt.Sprintf("there is the name %q", shorten(l.found.text))
	}
	return fmt.Sprintf("there is %q", shorten(l.found.text))
}

// expectedAfter says what could follow the token before the one found.
func (l *lexer) expectedAfter() string {
	switch l.previous.kind {
	case tokenTEXT, tokenNUMBER, tokenNAME, tokenQUOTED, tokenTRUE, tokenFALSE, tokenNULL, ')':
		if l.depth > 0 {
			return `an operator (such as = or AND), "," or ")"`
		}
		return "an operator (such as = or AND) or the end"
	case tokenNOT:
		return "a condition"
	}
	return `a name, a value or "("`
}

// hint says how to write what was probably meant.
func (l *lexer) hint() string {
	switch {
	case l.previous.kind == '=' && l.found.kind == '=':
		return ": equal is one ="
	case l.found.kind == tokenNULL:
		return ": write IS NULL"
	case l.literal == tokenINTERVAL && (l.found.kind == tokenDATE || l.found.kind == tokenTIMESTAMP):
		return ": times stand in it as texts, INTERVAL('2024-07-22', '..')"
	}
	if word := l.misplacedWord(); word != "" && l.found.kind != tokenTEXT {
		return fmt.Sprintf(`: %s is a word of CQL2, and a property of that name is written in double quotes`, word)
	}
	return ""
}

// misplacedWord is a word of the language that was probably meant as a name.
func (l *lexer) misplacedWord() string {
	switch {
	case l.previous.kind >= tokenOPERATION && l.previous.kind <= tokenGEOMETRYCOLLECTION:
		return l.previous.text
	case l.literal == 0 && l.found.kind >= tokenDIV && l.found.kind <= tokenGEOMETRYCOLLECTION:
		return l.found.text
	}
	return ""
}

// grammarWords are the names of the grammar's tokens for people.
var grammarWords = map[string]string{
	"$end": "the end", "tokenNAME": "a name", "tokenQUOTED": "a name in double quotes", "tokenNUMBER": "a number",
	"tokenTEXT": "a text in quotes", "tokenLESSEQUAL": `"<="`, "tokenGREATEREQUAL": `">="`, "tokenNOTEQUAL": `"<>"`,
}

func inWords(tokens []string) string {
	words := make([]string, 0, len(tokens))
	isNumber := slices.Contains(tokens, "tokenNUMBER")
	for _, t := range tokens {
		word, known := grammarWords[t]
		switch {
		case known:
		case isNumber && (t == "'+'" || t == "'-'"):
			continue
		case strings.HasPrefix(t, "'"):
			word = `"` + strings.Trim(t, "'") + `"`
		default:
			word = strings.TrimPrefix(t, "token")
		}
		words = append(words, word)
	}
	return alternatives(words)
}

// alternatives joins words: "a, b or c".
func alternatives(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
