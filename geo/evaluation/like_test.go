package evaluation

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

func TestLike(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true}, {"", "a", false}, {"%", "", true}, {"%", "abc", true}, {"%%", "a", true}, {"_", "", false}, {"_", "a", true}, {"_", "ab", false},
		{"a%", "abc", true}, {"a%", "ba", false}, {"%c", "abc", true}, {"%c", "cb", false}, {"%b%", "abc", true}, {"%b%", "ac", false},
		{"a%c", "ac", true}, {"a%c", "abcd", false}, {"a%a", "a", false}, {"ab%ba", "aba", false}, {"ab%ba", "abba", true},
		{"a_c", "abc", true}, {"a_c", "ac", false}, {"%_c", "c", false}, {"%_c", "bc", true}, {"_%_", "a", false}, {"_%_", "ab", true},
		{"_", "é", true}, {"_", "e\u0301", false}, {"__", "腊戌", true}, {"%戌", "腊戌", true}, {"l%o", "Lo", false},
		{`100\%`, "100%", true}, {`100\%`, "1000", false}, {`a\_c`, "a_c", true}, {`a\_c`, "abc", false}, {`\\%`, `\x`, true}, {`\a`, "a", true},
		{"%aab%", "aaab", true}, {"a%ab", "aab", true}, {"%ab%ab", "ab", false}, {"%a_%b", "aab", true}, {"%a_%b", "ab", false}, {"a\nb%", "a\nbc", true},
	} {
		p, err := parsePattern(c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.matches(c.text); got != c.want {
			t.Errorf("%q LIKE %q is %v", c.text, c.pattern, got)
		}
	}
	if _, err := parsePattern(`ab\`); err == nil {
		t.Error("a backslash at the end escapes nothing, and is taken")
	}
}

// TestLikeIsARegularExpression holds patterns to regular expressions over few letters.
func TestLikeIsARegularExpression(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	some := func(pieces ...string) string {
		var b strings.Builder
		for range random.IntN(8) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		return b.String()
	}
	matched := 0
	for range 50_000 {
		like, text := some("a", "b", "é", "%", "_", `\%`, `\_`), some("a", "b", "é", "%", "_")
		expression := regexp.MustCompile(`(?s)^` + strings.NewReplacer(`\%`, "%", `\_`, "_", "%", ".*", "_", ".").Replace(like) + "$")
		p, err := parsePattern(like)
		if err != nil {
			t.Fatal(err)
		}
		want := expression.MatchString(text)
		if got := p.matches(text); got != want {
			t.Fatalf("%q LIKE %q is %v", text, like, got)
		}
		if want {
			matched++
		}
	}
	if matched < 1000 {
		t.Errorf("only %d patterns matched: these are not the texts to ask about", matched)
	}
}
