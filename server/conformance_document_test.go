package server_test

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// conformanceClass is one class of docs/conformance.md.
type conformanceClass struct {
	uri          string
	requirements []string
	tests        []string // of each, the file that has it; "" where there is none yet
	needs        []string // classes that must be claimed too
	left         bool     // a line says that it is not claimed, and why
}

// missing counts the requirements that have no test yet.
func (c conformanceClass) missing() (n int) {
	for _, file := range c.tests {
		if file == "" {
			n++
		}
	}
	return n
}

var (
	classLine       = regexp.MustCompile("^`(http://www.opengis.net/spec/[^`]+/conf/[^`]+)`$")
	classInLine     = regexp.MustCompile("`([^`]+)`")
	requirementLine = regexp.MustCompile("^\\| `(/req/[^`]+)` \\| ([^|]+) \\| (?:none(?: yet)?|\\[([^]]+)\\]\\(\\.\\./([^)]+)\\)) \\|$")
)

// readConformance reads the tables of docs/conformance.md.
func readConformance(t *testing.T) (classes []conformanceClass) {
	t.Helper()
	f, err := os.Open("../docs/conformance.md")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		if m := classLine.FindStringSubmatch(line); m != nil {
			classes = append(classes, conformanceClass{uri: m[1]})
			continue
		}
		if len(classes) == 0 {
			continue
		}
		class := &classes[len(classes)-1]
		switch m := requirementLine.FindStringSubmatch(line); {
		case m != nil:
			class.requirements, class.tests = append(class.requirements, m[1]), append(class.tests, m[4])
		case strings.HasPrefix(line, "Not claimed: "):
			class.left = true
		case strings.HasPrefix(line, "Needs "):
			for _, m := range classInLine.FindAllStringSubmatch(line, -1) {
				class.needs = append(class.needs, m[1])
			}
		case strings.HasPrefix(line, "| `"):
			t.Errorf("docs/conformance.md: not a requirement: %s", line)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return classes
}

// TestConformanceDocument holds docs/conformance.md, the tests and the claim to one
// another: a requirement that names a test has a subtest of its name there, and no
// subtest is left out; a class is claimed when all its requirements have a test and
// what it needs is claimed, unless the document says why not.
func TestConformanceDocument(t *testing.T) {
	classes := readConformance(t)
	claimed := claimedClasses(t)
	listed, known := make(map[string]bool), make(map[string]bool)
	for _, class := range classes {
		known[class.uri] = true
		for i, id := range class.requirements {
			if file := class.tests[i]; file != "" {
				if listed[file+" "+id] = true; !slices.Contains(requirementsIn(t, filepath.Join("..", file)), id) {
					t.Errorf("%s: %s has no subtest %s", class.uri, file, id)
				}
			}
		}
		earned := !class.left && len(class.requirements) > 0 && class.missing() == 0
		for _, need := range class.needs {
			earned = earned && slices.Contains(claimed, need)
		}
		if is := slices.Contains(claimed, class.uri); is != earned {
			t.Errorf("%s: claimed is %t; %d requirements have no test, needed are %q", class.uri, is, class.missing(), class.needs)
		}
	}
	for _, uri := range claimed {
		if !known[uri] {
			t.Errorf("%s is claimed, and docs/conformance.md does not say what it asks", uri)
		}
	}
	files, err := filepath.Glob("conformance_*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for _, id := range requirementsIn(t, file) {
			if !listed["server/"+file+" "+id] {
				t.Errorf("%s tests %s, which docs/conformance.md does not say", file, id)
			}
		}
	}
}

func claimedClasses(t *testing.T) []string {
	t.Helper()
	_, body := get(t, newServer(t, io.Discard, nil), "/conformance")
	var document struct{ ConformsTo []string }
	unmarshal(t, body, &document)
	return document.ConformsTo
}

// requirementsIn lists the requirements that a test file names.
func requirementsIn(t *testing.T, file string) (ids []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		literal, isLiteral := n.(*ast.BasicLit)
		if !isLiteral || literal.Kind != token.STRING {
			return true
		}
		if id, err := strconv.Unquote(literal.Value); err == nil && len(id) > len("/req/") && strings.HasPrefix(id, "/req/") {
			ids = append(ids, id)
		}
		return true
	})
	return ids
}
