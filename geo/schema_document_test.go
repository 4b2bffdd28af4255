package geo_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// documentMark stands in docs/records.md above what is written from the table.
const documentMark = "<!-- From here on written from geo/schema*.go by: go test ./geo -run TestRecordsDocument -update -->\n"

// TestRecordsDocument holds docs/records.md to the table of properties and codes.
func TestRecordsDocument(t *testing.T) {
	b, err := os.ReadFile("../docs/records.md")
	if err != nil {
		t.Fatal(err)
	}
	head, _, found := strings.Cut(string(b), documentMark)
	if !found {
		t.Fatalf("docs/records.md has no line %q", documentMark)
	}
	var d strings.Builder
	d.WriteString(head + documentMark)
	for _, k := range geo.Kinds() {
		list := geo.Returnables(k)
		fmt.Fprintf(&d, "\n## %s\n\n| property | | |\n|---|---|---|\n", strings.ToUpper(string(k)[:1])+string(k)[1:])
		writeProperties(&d, "", list)
		writeCodes(&d, "", list)
	}
	geotest.Golden(t, "../../docs/records.md", []byte(d.String()))
}

func writeProperties(d *strings.Builder, at string, list []geo.Property) {
	for _, p := range list {
		fmt.Fprintf(d, "| `%s` | %s | %s |\n", at+p.Name, formOf(p), p.Meaning)
		if p.ReadOnly {
			continue // the short events are events
		}
		if writeProperties(d, at+p.Name+".", p.Properties); p.Items != nil {
			writeProperties(d, at+p.Name+"[].", p.Items.Properties)
		}
	}
}

// formOf says in a word or two what a value looks like.
func formOf(p geo.Property) string {
	form := string(p.Type)
	switch {
	case p.Type == geo.GeometryProperty:
		form = strings.ReplaceAll(p.Format, "-", " ")
		if p.Format == "any" {
			form = "any geometry"
		}
	case p.Values != nil && p.Values.Type == geo.StringProperty:
		form = "texts by language"
	case p.Items != nil && p.Items.Type == geo.StringProperty:
		form = "array of strings"
		if p.Items.Reference != "" {
			form = "array of ids of " + string(p.Items.Reference)
		}
	case p.Items != nil:
		form = "array"
	case p.Codes != nil:
		form = "code"
	case p.Reference != "":
		form = "id of " + string(p.Reference)
	case p.Format == geo.InstantFormat:
		form = "date or time"
	case p.Format == geo.URIFormat:
		form = "link"
	case p.Maximum != 0:
		form = fmt.Sprintf("whole number from %d", p.Minimum)
	}
	if p.Nullable {
		form += " or null"
	}
	if p.Required {
		form += ", always"
	}
	return form
}

// writeCodes lists the codes of each coded property.
func writeCodes(d *strings.Builder, at string, list []geo.Property) {
	for _, p := range list {
		if p.ReadOnly {
			continue
		}
		if p.Codes != nil {
			fmt.Fprintf(d, "\n| `%s` | |\n|---|---|\n", at+p.Name)
		}
		for _, c := range p.Codes {
			fmt.Fprintf(d, "| `%s` | %s |\n", c.Value, c.Meaning)
		}
		if writeCodes(d, at+p.Name+".", p.Properties); p.Items != nil {
			writeCodes(d, at+p.Name+"[].", p.Items.Properties)
		}
	}
}
