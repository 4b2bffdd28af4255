package geo

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// Members calls f with each member of a JSON object, in order: the name as it
// stands between its quotes, escaped where it is, and the raw value. Both share
// the object's memory. A value is skipped by its quotes and brackets: what stands
// between them is not checked. The error is f's first, or Invalid where the bytes
// are no object; f may have been called before that shows.
func Members(object []byte, f func(name, value []byte) error) error {
	s := scanner{b: object}
	for s.enter('{'); s.more('}'); {
		name, value := s.name(), s.skip()
		if s.fault != "" {
			break
		}
		if err := f(name, value); err != nil {
			return err
		}
	}
	s.end()
	if s.fault != "" {
		return Errorf(Invalid, "not a JSON object: %s at byte %d", s.fault, s.faultAt)
	}
	return nil
}

// scanner steps through JSON without decoding it. It remembers the first fault
// and then stands at the end, where every further step fails at once: callers
// look at fault when they are done.
type scanner struct {
	b       []byte
	at      int
	fresh   bool // an object or array was entered, and none of it read
	fault   string
	faultAt int
}

func (s *scanner) fail(fault string) {
	if s.fault == "" {
		s.fault, s.faultAt = fault, s.at
	}
	s.at = len(s.b)
}

// peek returns the next byte that is no white space, and stands at it; 0 at the end.
func (s *scanner) peek() byte {
	for ; s.at < len(s.b); s.at++ {
		if c := s.b[s.at]; c > ' ' || c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c
		}
	}
	return 0
}

// end holds that nothing stands after the value.
func (s *scanner) end() {
	if s.peek(); s.at < len(s.b) {
		s.fail("more than one value")
	}
}

// enter steps into an object or an array, by its opening bracket.
func (s *scanner) enter(open byte) {
	if s.peek() != open {
		s.fail("a value of another type than " + string(open))
		return
	}
	s.at++
	s.fresh = true
}

// more steps to the next member or element, or out by the closing bracket.
func (s *scanner) more(closing byte) bool {
	c := s.peek()
	if c == closing {
		s.at++
		s.fresh = false
		return false
	}
	if s.fresh {
		s.fresh = false
		return true
	}
	if c != ',' {
		s.fail("neither a comma nor " + string(closing))
		return false
	}
	s.at++
	return true
}

// name reads a member's name and its colon.
func (s *scanner) name() []byte {
	name := s.quoted()
	if s.peek() != ':' {
		s.fail("a name without a colon")
		return nil
	}
	s.at++
	return name
}

// quoted reads a string and returns what stands between its quotes.
func (s *scanner) quoted() []byte {
	if s.peek() != '"' {
		s.fail("no string where one is due")
		return nil
	}
	start := s.at + 1
	end := closingQuote(s.b, start)
	if end < 0 {
		s.fail("a string without an end")
		return nil
	}
	s.at = end + 1
	return s.b[start:end:end]
}

// closingQuote finds the quote that ends the string whose content starts there; -1: none.
func closingQuote(b []byte, start int) int {
	at := start
	for len(b)-at >= 8 {
		quotes := quotesIn(binary.LittleEndian.Uint64(b[at:]))
		if quotes == 0 {
			at += 8
			continue
		}
		at += bits.TrailingZeros64(quotes) / 8
		if b[at-1] != '\\' || !endsEscaping(b[start:at]) {
			return at
		}
		at++
	}
	for ; at < len(b); at++ {
		if b[at] == '"' && !endsEscaping(b[start:at]) {
			return at
		}
	}
	return -1
}

// quotesIn marks the first quote among eight bytes by the highest bit of its byte
// (Warren, Hacker's Delight, 6-1). Most strings are so short that a call of
// bytes.IndexByte for each costs an eighth more of the whole.
func quotesIn(eight uint64) uint64 {
	const lowest, highest = 0x0101010101010101, 0x8080808080808080
	zeroWhereQuote := eight ^ '"'*lowest
	return (zeroWhereQuote - lowest) &^ zeroWhereQuote & highest
}

// endsEscaping says whether the next byte of a string is escaped.
func endsEscaping(content []byte) bool {
	return (len(content)-len(bytes.TrimRight(content, `\`)))%2 == 1
}

// skip reads any value and returns it raw.
func (s *scanner) skip() []byte {
	c := s.peek()
	start := s.at
	switch c {
	case '"':
		s.quoted()
	case '{', '[':
		s.brackets()
	case 't':
		s.literal("true")
	case 'f':
		s.literal("false")
	case 'n':
		s.literal("null")
	default:
		s.number()
	}
	return s.b[start:s.at:s.at]
}

// brackets skips an object or array. It counts brackets of both kinds alike.
func (s *scanner) brackets() {
	depth := 0
	for at := s.at; at < len(s.b); at++ {
		switch s.b[at] {
		case '"':
			if at = closingQuote(s.b, at+1); at < 0 {
				s.fail("a string without an end")
				return
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				s.at = at + 1
				return
			}
		}
	}
	s.fail("a bracket without its other")
}
