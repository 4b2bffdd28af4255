package exchange_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/exchange"
)

const codebook = "../../docs/codebook.md"

// TestCodebookHasEveryColumn holds the page to the columns; -update writes it.
func TestCodebookHasEveryColumn(t *testing.T) {
	var b strings.Builder
	b.WriteString("# The columns of an export as CSV\n\nOne row an event, UTF-8, commas, CRLF, a header. An empty cell is not known or does not apply; it is never a zero. A cell\nthat a spreadsheet would take for a formula (it begins with = + - @, a tab or a line break) has an apostrophe before it.\nThe selection and the time of the export stand in the answer's URL and `Date`, and not in the table.\n\n| column | |\n|---|---|\n")
	for _, c := range exchange.CSVColumns() {
		b.WriteString("| `" + c.Name + "` | " + c.About + " |\n")
	}
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(codebook, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page, err := os.ReadFile(codebook)
	if err != nil || string(page) != b.String() {
		t.Errorf("docs/codebook.md is not as the columns are (go test -update writes it): %v", err)
	}
}
