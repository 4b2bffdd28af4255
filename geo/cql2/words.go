package cql2

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// keywords are the words of the language, which are no names unless quoted.
var keywords = func() map[string]int {
	words := map[string]int{
		"AND": tokenAND, "OR": tokenOR, "NOT": tokenNOT, "LIKE": tokenLIKE, "BETWEEN": tokenBETWEEN, "IN": tokenIN,
		"IS": tokenIS, "NULL": tokenNULL, "TRUE": tokenTRUE, "FALSE": tokenFALSE, "DIV": tokenDIV,
		"DATE": tokenDATE, "TIMESTAMP": tokenTIMESTAMP, "INTERVAL": tokenINTERVAL, "BBOX": tokenBBOX,
		"POINT": tokenPOINT, "LINESTRING": tokenLINESTRING, "POLYGON": tokenPOLYGON, "MULTIPOINT": tokenMULTIPOINT,
		"MULTILINESTRING": tokenMULTILINESTRING, "MULTIPOLYGON": tokenMULTIPOLYGON,
		"GEOMETRYCOLLECTION": tokenGEOMETRYCOLLECTION,
	}
	for name, o := range operators {
		if o.isFunction {
			words[strings.ToUpper(name)] = tokenOPERATION
		}
	}
	return words
}()

func isKeyword(s string) bool {
	_, known := keywords[strings.ToUpper(s)]
	return known
}

// names are the characters that a name may begin with (OGC 21-065r2, annex B,
// identifierStart), without the space that stands among them.
var names = &unicode.RangeTable{
	R16: []unicode.Range16{
		{':', ':', 1}, {'A', 'Z', 1}, {'_', '_', 1}, {'a', 'z', 1},
		{0xC0, 0xD6, 1}, {0xD8, 0xF6, 1}, {0xF8, 0x2FF, 1}, {0x370, 0x37D, 1},
		{0x37F, 0x167F, 1}, {0x1681, 0x1FFE, 1}, {0x200C, 0x200D, 1}, {0x2070, 0x218F, 1},
		{0x2C00, 0x2FEF, 1}, {0x3001, 0xD7FF, 1}, {0xF900, 0xFDCF, 1}, {0xFDF0, 0xFFFD, 1},
	},
	R32:         []unicode.Range32{{0x10000, 0xEFFFF, 1}},
	LatinOffset: 6,
}

// moreOfNames are those that may follow.
var moreOfNames = &unicode.RangeTable{
	R16:         []unicode.Range16{{'.', '.', 1}, {'0', '9', 1}, {0x300, 0x36F, 1}, {0x203F, 0x2040, 1}},
	LatinOffset: 2,
}

// Bytes that are no UTF-8 are read as U+FFFD, which the standard takes and we do not.
func isNameStart(r rune) bool { return r != utf8.RuneError && unicode.Is(names, r) }
func isNamePart(r rune) bool  { return isNameStart(r) || unicode.Is(moreOfNames, r) }

// isName says whether a property or a function may be called so.
func isName(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return isNameStart(r) && !strings.ContainsFunc(s[size:], func(r rune) bool { return !isNamePart(r) })
}

// isTextCharacter says whether a text may hold the character (annex B, character).
func isTextCharacter(r rune) bool {
	return r >= 0x20 && r <= 0xFFFD || r >= 0x07 && r <= 0x0D || r >= 0x10000
}

// wordLimit is how many characters of the input a fault repeats.
const wordLimit = 40

func shorten(s string) string {
	if utf8.RuneCountInString(s) <= wordLimit {
		return s
	}
	return string([]rune(s)[:wordLimit]) + "..."
}
