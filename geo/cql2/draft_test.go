package cql2

import (
	"errors"
	"testing"
	"unicode/utf8"
)

var draftProperties = map[string]Type{"start": InstantType, "end": InstantType, "type": TextType, "incidents": NumberType}

// TestDraftForms holds what GDAL writes to the CQL2 that it means.
func TestDraftForms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"type = 'clash'", "type = 'clash'"},
		{"(type = 'clash') OR (incidents > 1)", "type = 'clash' OR incidents > 1"},
		{"NOT ((end IS NULL))", "end IS NOT NULL"},
		{"start >= '2024-07-01T'", "start >= DATE('2024-07-01')"},
		{"start >= '2024-07-01'", "start >= DATE('2024-07-01')"},
		{"'2024-07-01T' < start", "DATE('2024-07-01') < start"},
		{"(start >= '2024-01-01T') AND (end <= '2024-06-30T10:30:00Z')", "start >= DATE('2024-01-01') AND end <= TIMESTAMP('2024-06-30T10:30:00Z')"},
		{"NOT (start = '2024-07-01T')", "NOT start = DATE('2024-07-01')"},
		{"start = DATE('2024-07-01')", "start = DATE('2024-07-01')"},
		{"type = '2024-07-01T'", "type = '2024-07-01T'"},
		{"type ILIKE '%Raid%'", "CASEI(type) LIKE CASEI('%Raid%')"},
		{"NOT (type iLike 'x')", "CASEI(type) NOT LIKE CASEI('x')"},
		{"type NOT ILIKE 'x'", "CASEI(type) NOT LIKE CASEI('x')"},
		{"type LIKE 'x'", "type LIKE 'x'"},
		{`"ILIKE" = 1`, "ILIKE = 1"},
	} {
		e, err := ParseDraft(c.text, draftProperties)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := string(AppendText(nil, e)); got != c.want {
			t.Errorf("%s\nis read as %s\nand not    %s", c.text, got, c.want)
		}
	}
}

func TestDraftFaults(t *testing.T) {
	for _, c := range []struct {
		text string
		at   int
	}{
		{"type = 'clash' AND start >= 'yesterday'", 28},
		{"start >= '2024-02-30T'", 9},
		{"start >= '..'", 9},
		{"start >= ''", 9},
		{"start >= '2024-07-01T10T'", 9},
		{"type ILIKE", 10},
	} {
		_, err := ParseDraft(c.text, draftProperties)
		var fault *Error
		if !errors.As(err, &fault) || fault.Position != c.at {
			t.Errorf("%s: %+v", c.text, err)
		}
	}
	if _, err := ParseText("type ILIKE 'x'"); err == nil {
		t.Error("ILIKE is taken as CQL2")
	}
}

func FuzzParseDraft(f *testing.F) {
	for _, s := range []string{"start >= '2024-07-01T'", "type ILIKE '%Raid%'", "NOT ((end IS NULL))", "start BETWEEN '2024' AND 'T'"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := ParseDraft(s, draftProperties)
		if err == nil {
			holdToForms(t, e)
			return
		}
		var fault *Error
		if !errors.As(err, &fault) || fault.Detail == "" || fault.Position < 0 || fault.Position > utf8.RuneCountInString(s) || fault.Path != "" {
			t.Fatalf("%q: %+v", s, err)
		}
	})
}
