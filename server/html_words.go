package server

import (
	"html/template"
	"math"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/geo"
)

// htmlFunctions are what templates may call.
func htmlFunctions(site htmlSite) template.FuncMap {
	return template.FuncMap{
		"signs":    func() string { return "/" + site.Signs },
		"number":   number,
		"pieces":   func(line []piece) template.HTML { return written([][]piece{line}, "", "") },
		"lines":    func(lines [][]piece) template.HTML { return written(lines, "<div>", "</div>") },
		"sentence": sentence,
	}
}

// number writes a whole number with a comma between thousands.
func number(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// boxWords says where a box lies, to a tenth of a degree.
func boxWords(b geo.Box) string {
	return latitude(b.South) + " to " + latitude(b.North) + ", " + longitude(b.West) + " to " + longitude(b.East)
}

func latitude(v float64) string  { return degrees(v, "N", "S") }
func longitude(v float64) string { return degrees(v, "E", "W") }

func degrees(v float64, positive, negative string) string {
	side := positive
	if v < 0 {
		side = negative
	}
	return strconv.FormatFloat(math.Abs(v), 'f', -1, 64) + "°\u00a0" + side
}

// unique sorts texts and leaves each once.
func unique(texts []string) []string {
	texts = slices.Clone(texts)
	slices.Sort(texts)
	return slices.Compact(texts)
}

// sentence begins a text with a capital letter.
func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
