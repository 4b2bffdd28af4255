package server_test

import (
	"io"
	"maps"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/data/seed"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
	"github.com/go-json-experiment/json/jsontext"
)

// TestFeaturesMatchTheirSchema holds every feature that the server answers of the
// built-in dataset, in pages and by itself, to the schema that its collection links
// to; and that the schema would refuse it, were it another.
func TestFeaturesMatchTheirSchema(t *testing.T) {
	seeded := seededServer(t)
	for name, s := range map[string]*server.Server{"built-in": seeded, "masked": newServer(t, io.Discard, nil)} {
		for _, k := range geo.Kinds() {
			_, b := get(t, s, linkOf(t, s, "/collections/"+string(k), "http://www.opengis.net/def/rel/ogc/1.0/schema"), "Accept: application/schema+json")
			schema := geotest.CompileSchema(t, b)
			features := allFeatures(t, s, k)
			if len(features) == 0 {
				t.Errorf("%s: there are no %s", name, k)
			}
			for _, feature := range features {
				record := geotest.Logical(t, k, feature)
				if err := schema.Validate(record); err != nil {
					t.Errorf("%s, %s: %.300s\n%v", name, k, feature, err)
				}
				for what, broken := range brokenRecords(record) {
					if schema.Validate(broken) == nil {
						t.Errorf("%s, %s: a feature %s matches: %.300s", name, k, what, feature)
					}
				}
			}
		}
	}
}

// seededServer is a server of the built-in dataset.
func seededServer(t *testing.T) *server.Server {
	t.Helper()
	records, err := seed.Records()
	if err != nil {
		t.Fatal(err)
	}
	return newServer(t, io.Discard, func(c *server.Config) { c.Catalog = datatest.Open(t, records...) })
}

// linkOf follows a document's link of the relation, which must be the only one.
func linkOf(t *testing.T, s *server.Server, target, relation string) string {
	t.Helper()
	_, body := get(t, s, target)
	var document struct{ Links []struct{ Rel, Href string } }
	unmarshal(t, body, &document)
	var found []string
	for _, l := range document.Links {
		if l.Rel == relation {
			found = append(found, l.Href)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s: the links of the relation %s are %q", target, relation, found)
	}
	return strings.TrimPrefix(found[0], "http://example.com")
}

// allFeatures asks for the features of a collection in a page, and for each by itself.
func allFeatures(t *testing.T, s *server.Server, k geo.Kind) (features []jsontext.Value) {
	t.Helper()
	_, body := get(t, s, "/collections/"+string(k)+"/items?limit=10000")
	var page struct{ Features []jsontext.Value }
	unmarshal(t, body, &page)
	features = page.Features
	for _, feature := range page.Features {
		var of struct{ ID string }
		unmarshal(t, feature, &of)
		_, one := get(t, s, "/collections/"+string(k)+"/items/"+of.ID)
		features = append(features, one)
	}
	return features
}

func brokenRecords(record map[string]any) map[string]map[string]any {
	broken := make(map[string]map[string]any)
	change := func(what string, f func(record map[string]any)) {
		broken[what] = maps.Clone(record)
		f(broken[what])
	}
	change("without an id", func(r map[string]any) { delete(r, "id") })
	change("with what is not known", func(r map[string]any) { r["colour"] = "red" })
	for _, name := range []string{"type", "kind", "redistribution"} {
		if _, given := record[name]; given {
			change("of a "+name+" that there is not", func(r map[string]any) { r[name] = "nonsense" })
		}
	}
	for _, name := range []string{"title", "names"} {
		if _, given := record[name]; given {
			change("whose "+name+" is no text by language", func(r map[string]any) { r[name] = "Lashio" })
		}
	}
	if _, given := record["events"]; given {
		change("without a count of events", func(r map[string]any) { delete(r, "event_count") })
	}
	return broken
}

// TestSchemasHaveAddressesOfTheirOwn asks for each schema by its $id.
func TestSchemasHaveAddressesOfTheirOwn(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	for _, k := range geo.Kinds() {
		for _, name := range []string{"schema", "queryables", "sortables"} {
			target := linkOf(t, s, "/collections/"+string(k), "http://www.opengis.net/def/rel/ogc/1.0/"+name)
			if want := "/collections/" + string(k) + "/" + name; target != want {
				t.Errorf("%s is at %s", want, target)
			}
			for accept, contentType := range map[string]string{
				"application/schema+json":                "application/schema+json",
				"*/*":                                    "application/schema+json",
				"application/json":                       "application/json",
				"application/geo+json, application/json": "application/json", // GDAL of queryables
			} {
				response, body := get(t, s, target, "Accept: "+accept)
				var schema map[string]any
				unmarshal(t, body, &schema)
				if got := response.Header.Get("Content-Type"); got != contentType || schema["$id"] != "http://example.com"+target {
					t.Errorf("%s for %s: %s, %v", target, accept, got, schema["$id"])
				}
				if got := response.Header.Get("Link"); !strings.Contains(got, `<http://www.opengis.net/def/profile/OGC/0/codelist-inline>; rel="profile"`) {
					t.Errorf("%s: the Link header is %s", target, got)
				}
			}
		}
	}
}
