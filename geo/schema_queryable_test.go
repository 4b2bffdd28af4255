package geo_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/go-json-experiment/json"
)

// TestQueryableSchema holds what a filter sees of random records to the schema that
// says so.
func TestQueryableSchema(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 19))
	for _, k := range geo.Kinds() {
		b, err := json.Marshal(geo.QueryableSchema(k))
		if err != nil {
			t.Fatal(err)
		}
		schema := geotest.CompileSchema(t, b)
		for range 200 {
			r := geotest.RandomRecord(random, k, geotest.RandomID(random))
			seen := make(map[string]any)
			for _, q := range geo.Queryables(k) {
				if v := seenAs(q.Value(r, nil)); v != nil {
					seen[q.Name] = v
				}
			}
			if err := schema.Validate(seen); err != nil {
				t.Fatalf("%s: %v\n%v", k, seen, err)
			}
			seen["colour"] = "red"
			if schema.Validate(seen) == nil {
				t.Fatal("a property that no filter can name matches")
			}
		}
	}
}

// seenAs writes a value of a queryable as JSON has it.
func seenAs(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case geo.Interval:
		return v.String()
	case []string:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = s
		}
		return list
	}
	return v
}

// TestQueryableColumns holds the list for GDAL to what a table has as the filter sees it.
func TestQueryableColumns(t *testing.T) {
	for k, want := range map[geo.Kind]string{
		geo.Places: "id kind pcode within dataset_id",
		geo.Areas:  "id kind pcode within start end dataset_id",
		geo.Events: "id type subtype start end date_precision date_text place_id place_precision incidents part_of status dataset_id",
		geo.Actors: "id kind dataset_id",
	} {
		var got []string
		for _, column := range geo.QueryableSchema(k).Queryables {
			got = append(got, column.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q", k, got)
		}
	}
}

// TestQueryablesAreDescribed holds each queryable to have a title and a meaning, its
// codes where it has codes, and a place of its own.
func TestQueryablesAreDescribed(t *testing.T) {
	for _, k := range geo.Kinds() {
		list := geo.QueryableProperties(k)
		for i, q := range geo.Queryables(k) {
			p := list[i]
			if p.Name != q.Name || p.Title == "" || !strings.HasSuffix(p.Meaning, ".") || p.Type == "" {
				t.Errorf("%s: %s is described as %+v", k, q.Name, p)
			}
			if of, known := geo.PropertyOf(geo.Properties(k), strings.Split(q.Name, ".")...); known && len(of.Codes) != len(p.Codes) {
				t.Errorf("%s: %s has not the codes of the property", k, q.Name)
			}
		}
	}
	for path, want := range map[string]string{"fatalities.best": "Deaths: best estimate", "datetime": "Time", "type": "Type"} {
		if p, _ := geo.PropertyOf(geo.QueryableProperties(geo.Events), path); p.Title != want {
			t.Errorf("%s is called %q", path, p.Title)
		}
	}
}

// TestQueryableLanguages holds the patterns of names to what a filter can name.
func TestQueryableLanguages(t *testing.T) {
	patterns := geo.QueryableSchema(geo.Events).PatternProperties
	for _, name := range []string{"title.my", "title.zh_Hant", "title.zh-Hant", "summary.en", "title", "titles.my", "title.", "title.m y", "date_text.my", "my.title"} {
		_, found := geo.FindQueryable(geo.Events, name)
		matches := name == "title" // a property by its name
		for _, p := range patterns {
			matches = matches || regexp.MustCompile(p.Name).MatchString(name)
		}
		if matches != found {
			t.Errorf("%s: a filter can name it: %t; the schema says %t", name, found, matches)
		}
	}
}

// TestSortableSchema holds the schema to what pages can be sorted by: each with a
// meaning, and none an object, an array or a geometry.
func TestSortableSchema(t *testing.T) {
	for _, k := range geo.Kinds() {
		var names []string
		for _, p := range geo.SortableSchema(k).Properties {
			names = append(names, p.Name)
			if s := p.Schema; s.Type != geo.StringProperty && s.Type != geo.IntegerProperty || !strings.HasSuffix(s.Description, ".") {
				t.Errorf("%s: %s is %v: %q", k, p.Name, s.Type, s.Description)
			}
			if isChange := p.Schema.Title == "Change"; isChange != (p.Name == "change") {
				t.Errorf("%s: %s is called %s", k, p.Name, p.Schema.Title)
			}
		}
		if !slices.Equal(names, geo.Sortables(k)) {
			t.Errorf("%s: %v, not %v", k, names, geo.Sortables(k))
		}
	}
}
