package geo

// IsPlain says whether a text is printable ASCII without quotes and backslashes,
// as most are: it is valid, has no control characters, and is JSON as it stands
// between two quotes. It looks at eight bytes at a time: imports ask of every field.
func IsPlain[T ~string | ~[]byte](s T) bool {
	for ; len(s) >= 8; s = s[8:] {
		if hasSpecial(uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56) {
			return false
		}
	}
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

const (
	everyByte = 0x0101010101010101
	highBits  = 0x80 * everyByte
)

// hasSpecial says whether any of eight bytes is below a space, above a tilde, a
// quote or a backslash. The high bit of a difference tells that a byte was the
// smaller; what its borrow spoils lies above it, and the answer is no longer open.
func hasSpecial(w uint64) bool {
	below := (w - ' '*everyByte) &^ w
	return (w|below|areByte(w, '"')|areByte(w, '\\')|areByte(w, 0x7F))&highBits != 0
}

// areByte sets the high bit of the lowest byte that is c, and none where none is.
func areByte(w, c uint64) uint64 {
	w ^= c * everyByte
	return (w - everyByte) &^ w
}
