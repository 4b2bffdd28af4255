package geo_test

import (
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

// TestIsPlain puts every byte at every place of texts of every short length.
func TestIsPlain(t *testing.T) {
	for length := range 20 {
		if s := strings.Repeat("~", length); !geo.IsPlain(s) {
			t.Errorf("%q is plain", s)
		}
		for at := range length {
			for c := range 256 {
				for _, other := range []byte{' ', '!', '#', '~', '[', ']'} {
					text := []byte(strings.Repeat(string(other), length))
					text[at] = byte(c)
					want := c >= ' ' && c < 0x7F && c != '"' && c != '\\'
					if geo.IsPlain(text) != want || geo.IsPlain(string(text)) != want {
						t.Fatalf("%q is plain: want %v", text, want)
					}
				}
			}
		}
	}
}
