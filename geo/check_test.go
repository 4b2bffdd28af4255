package geo_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// TestEveryCharacterIsJudged holds ids and texts to their rules for each character,
// alone and among others: most are let pass eight at a time.
func TestEveryCharacterIsJudged(t *testing.T) {
	for c := range rune(0x3001) {
		inID := !unicode.IsSpace(c) && !unicode.IsControl(c) && !strings.ContainsRune("/?#%\\\"<>,", c)
		inText := !unicode.IsControl(c) || c == '\n' || c == '\t'
		for _, around := range []string{"", "abc", "abcdefghi"} {
			text := around + string(c) + around
			e := geotest.Event("e", "d", "p", geo.Date(2024, 7, 22))
			e.PartOf, e.Subtype, e.Tags = "p"+text, text, []string{"tag", "x" + text}
			faults := faultNames(geo.Validate(e))
			if slices.Contains(faults, "part_of") == inID || slices.Contains(faults, "subtype") == inText || slices.Contains(faults, "tags[1]") == inText {
				t.Fatalf("%q: faults %v", text, faults)
			}
		}
	}
}

func TestLimitsOfTexts(t *testing.T) {
	for _, c := range []struct {
		name string
		text string // of a tag, which must be there
		good bool
	}{
		{"nothing", "", false}, {"a space", " ", false}, {"many spaces", strings.Repeat(" ", 20), false}, {"a space first", " tag", true}, {"a quote", `"`, true},
		{"as long as may be", strings.Repeat("x", 1_000), true}, {"too long", strings.Repeat("x", 1_001), false}, {"not UTF-8", "\xe1\x80", false},
	} {
		e := geotest.Event("e", "d", "p", geo.Date(2024, 7, 22))
		e.Tags = []string{c.text}
		if err := geo.Validate(e); (err == nil) != c.good {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for length, good := range map[int]bool{0: false, 1: true, 200: true, 201: false} {
		if err := geo.Validate(geotest.Event(strings.Repeat("x", length), "d", "p", geo.Date(2024, 7, 22))); (err == nil) != good {
			t.Errorf("an id of %d bytes: %v", length, err)
		}
	}
	for _, id := range []string{".", "..", "...", ".a"} {
		if err := geo.Validate(geotest.Event(id, "d", "p", geo.Date(2024, 7, 22))); (err == nil) != (len(id) > 1 && id != "..") {
			t.Errorf("the id %q: %v", id, err)
		}
	}
}

// TestRepeatedTags are found in short and in long lists.
func TestRepeatedTags(t *testing.T) {
	for _, n := range []int{2, 8, 9, 30} {
		e := geotest.Event("e", "d", "p", geo.Date(2024, 7, 22))
		for i := range n {
			e.Tags = append(e.Tags, strings.Repeat("x", i+1))
		}
		if err := geo.Validate(e); err != nil {
			t.Errorf("%d tags: %v", n, err)
		}
		e.Tags[n-1] = "x"
		if got := faultNames(geo.Validate(e)); len(got) != 1 || !strings.HasPrefix(got[0], "tags[") {
			t.Errorf("%d tags, one twice: %v", n, got)
		}
	}
}
