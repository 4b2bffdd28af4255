package geo

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of single values, in bytes: generous for people, a wall for accidents.
const (
	idLimit   = 200
	lineLimit = 1_000
	textLimit = 100_000
)

// checkID holds ids to what is safe in a URL's path, a key and a file name.
func checkID(name, id string) (fs faults) {
	switch {
	case isPlainID(id): // as nearly all are
	case id == "":
		fs.add(name, id, "is missing")
	case len(id) > idLimit:
		fs.add(name, id, "is longer than %d bytes", idLimit)
	case !utf8.ValidString(id) || strings.ContainsFunc(id, forbiddenInID):
		fs.add(name, id, "may not hold spaces, control characters, commas or any of / ? # %% \\ \" < >")
	case id == "." || id == "..":
		fs.add(name, id, "is not usable in a URL")
	}
	return fs
}

// isPlainID says whether an id is ASCII, not too long and without fault.
func isPlainID(id string) bool {
	for i := range len(id) {
		if !plainInID[id[i]] {
			return false
		}
	}
	return id != "" && len(id) <= idLimit && id != "." && id != ".."
}

var plainInID = func() (plain [256]bool) {
	for c := range rune(utf8.RuneSelf) {
		plain[c] = !forbiddenInID(c)
	}
	return plain
}()

func forbiddenInID(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("/?#%\\\"<>,", r)
}

// checkRef checks an id that may be left out.
func checkRef(name, id string) faults {
	if id == "" {
		return nil
	}
	return checkID(name, id)
}

func checkText(name, s string, limit int, required bool) (fs faults) {
	switch {
	case len(s) <= limit && IsPlain(s) && (!required || s != "" && s[0] != ' '): // as most are
	case required && strings.TrimSpace(s) == "":
		fs.add(name, s, "is missing")
	case len(s) > limit:
		fs.add(name, s, "is longer than %d bytes", limit)
	case !utf8.ValidString(s):
		fs.add(name, s, "is not valid UTF-8")
	case strings.ContainsFunc(s, forbiddenInText):
		fs.add(name, s, "holds a control character")
	}
	return fs
}

func forbiddenInText(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t'
}

// checkLink lets only http and https through: a link ends in a page's href.
func checkLink(name, link string) (fs faults) {
	if link == "" {
		return nil
	}
	u, err := url.Parse(link)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		fs.add(name, link, "is not an http or https URL")
	}
	if len(link) > lineLimit {
		fs.add(name, link, "is longer than %d bytes", lineLimit)
	}
	return fs
}

// checkOneOf holds a coded value to its list.
func checkOneOf[T ~string](name string, value T, allowed []T) (fs faults) {
	if value == "" {
		fs.add(name, "", "is missing: one of %s", join(allowed))
	} else if !slices.Contains(allowed, value) {
		fs.add(name, string(value), "is not one of %s", join(allowed))
	}
	return fs
}

func join[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return strings.Join(words, ", ")
}

// checkLines checks a list of short texts that may not repeat.
func checkLines(name string, list []string) (fs faults) {
	if areFewGoodLines(list) {
		return nil
	}
	seen := make(map[string]bool, len(list))
	for i, s := range list {
		at := name + "[" + strconv.Itoa(i) + "]"
		fs = append(fs, checkText(at, s, lineLimit, true)...)
		if seen[s] {
			fs.add(at, s, "stands twice")
		}
		seen[s] = true
	}
	return fs
}

// fewLines is how many texts are compared with one another sooner than remembered.
const fewLines = 8

// areFewGoodLines spares a short list without fault what checkLines takes to name faults.
func areFewGoodLines(list []string) bool {
	for i, s := range list {
		if i >= fewLines || len(checkText("", s, lineLimit, true)) > 0 || slices.Contains(list[:i], s) {
			return false
		}
	}
	return true
}
