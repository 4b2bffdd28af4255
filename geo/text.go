package geo

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

// Text is a text by BCP 47 language tag: {"en": "Lashio", "zh": "腊戌"}.
type Text map[string]string

// In returns the text in the first of the languages there is, else in English,
// else in the first by tag; "" of an empty Text.
func (t Text) In(languages ...string) string {
	_, text := t.Tagged(languages...)
	return text
}

// Tagged is In, with the tag of the language that the text is in.
func (t Text) Tagged(languages ...string) (tag, text string) {
	for _, l := range append(languages, "en") {
		if s, ok := t[l]; ok {
			return l, s
		}
	}
	for _, l := range t.Languages() {
		return l, t[l]
	}
	return "", ""
}

// Languages lists the tags of the languages that there is a text in, sorted.
func (t Text) Languages() []string { return slices.Sorted(maps.Keys(t)) }

// languageTags remembers which tags are known good: a dataset has a handful, and
// millions of texts.
var languageTags sync.Map

func isLanguage(tag string) bool {
	if _, known := languageTags.Load(tag); known {
		return true
	}
	if _, err := language.Parse(tag); err != nil {
		return false
	}
	languageTags.Store(strings.Clone(tag), true)
	return true
}

// check reports empty texts and keys that are no language.
func (t Text) check(name string, required bool) (fs faults) {
	if required && len(t) == 0 {
		fs.add(name, "", "is missing: give it in at least one language, as {\"en\": \"...\"}")
	}
	if t.isGood() {
		return fs
	}
	for _, l := range t.Languages() {
		if !isLanguage(l) {
			fs.add(name, l, "is not a language tag (en, my, zh, shn, ...)")
		}
		fs = append(fs, checkText(name+"."+l, t[l], textLimit, true)...)
	}
	return fs
}

// isGood says whether no text is at fault: where all are good, their order is no matter.
func (t Text) isGood() bool {
	for l, s := range t {
		if !isLanguage(l) || len(checkText("", s, textLimit, true)) > 0 {
			return false
		}
	}
	return true
}
