package geo

import (
	"bytes"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// text reads a string without its escapes. One that has some is written to the
// end of own; others share the scanned memory.
func (s *scanner) text(own *[]byte) []byte {
	content := s.quoted()
	if bytes.IndexByte(content, '\\') < 0 {
		return content
	}
	start := len(*own)
	longer, err := jsontext.AppendUnquote(*own, s.b[s.at-len(content)-2:s.at])
	if err != nil {
		s.fail("an escape that JSON does not know")
		return nil
	}
	*own = longer
	return longer[start:len(longer):len(longer)]
}

func (s *scanner) literal(word string) {
	if !bytes.HasPrefix(s.b[s.at:], []byte(word)) {
		s.fail("a word that JSON does not know")
		return
	}
	s.at += len(word)
}

// number reads a number and returns it as it stands.
func (s *scanner) number() []byte {
	s.peek()
	at := s.at
	if at < len(s.b) && s.b[at] == '-' {
		at++
	}
	whole := at
	if at = pastDigits(s.b, at); at == whole || s.b[whole] == '0' && at > whole+1 {
		s.fail("no value where one is due")
		return nil
	}
	if at < len(s.b) && s.b[at] == '.' {
		fraction := at + 1
		if at = pastDigits(s.b, fraction); at == fraction {
			s.fail("a number without digits after its point")
			return nil
		}
	}
	if at < len(s.b) && (s.b[at] == 'e' || s.b[at] == 'E') {
		if at++; at < len(s.b) && (s.b[at] == '+' || s.b[at] == '-') {
			at++
		}
		exponent := at
		if at = pastDigits(s.b, exponent); at == exponent {
			s.fail("a number without an exponent after its e")
			return nil
		}
	}
	start := s.at
	s.at = at
	return s.b[start:at:at]
}

func pastDigits(b []byte, at int) int {
	for at < len(b) && '0' <= b[at] && b[at] <= '9' {
		at++
	}
	return at
}

// float reads a number as strconv.ParseFloat does.
func (s *scanner) float() float64 {
	f, err := strconv.ParseFloat(string(s.number()), 64)
	if err != nil {
		s.fail("a number that is too large")
	}
	return f
}

// count reads a whole number that is not below zero.
func (s *scanner) count() int {
	n, err := strconv.Atoi(string(s.number()))
	if err != nil || n < 0 {
		s.fail("not a count")
		return 0
	}
	return n
}

// code reads a coded value as its place in the list.
func code[T ~string](s *scanner, list []T) uint8 {
	value := s.quoted()
	for i := range list {
		if string(value) == string(list[i]) {
			return uint8(i)
		}
	}
	s.fail("a code that is not known")
	return 0
}

// countOrNull reads a count; -1: null, not known.
func (s *scanner) countOrNull() int {
	if s.peek() == 'n' {
		s.literal("null")
		return -1
	}
	return s.count()
}

// truth reads true or false.
func (s *scanner) truth() bool {
	if s.peek() == 't' {
		s.literal("true")
		return true
	}
	s.literal("false")
	return false
}

// instant reads a date or a time; null is no instant.
func (s *scanner) instant() Instant {
	if s.peek() == 'n' {
		s.literal("null")
		return Instant{}
	}
	text := s.quoted()
	if day, isDay := parseDay(text); isDay {
		return day
	}
	i, err := ParseInstant(string(text))
	if err != nil {
		s.fail(err.Error())
	}
	return i
}

// position reads a longitude and a latitude.
func (s *scanner) position() (p orb.Point) {
	n := 0
	for s.enter('['); s.more(']'); n++ {
		if f := s.float(); n < len(p) {
			p[n] = f
		}
	}
	if n != len(p) {
		s.fail("not two numbers")
	}
	return p
}
