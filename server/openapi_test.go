package server_test

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/data/seed"
	"github.com/conflictmap/conflictmap/server"
	"github.com/getkin/kin-openapi/openapi3"
)

// seeded is a server over the built-in dataset, of which the document has its examples.
func seeded(t *testing.T) *server.Server {
	t.Helper()
	catalog := datatest.Open(t)
	if _, err := seed.Apply(t.Context(), catalog); err != nil {
		t.Fatal(err)
	}
	return newServer(t, io.Discard, func(c *server.Config) { c.Catalog = catalog })
}

// valueText writes an example as a query has it.
func valueText(example any) string {
	list, isList := example.([]any)
	if !isList {
		return fmt.Sprint(example)
	}
	var texts []string
	for _, v := range list {
		texts = append(texts, fmt.Sprint(v))
	}
	return strings.Join(texts, ",")
}

// documentIsValid also holds it to name, to describe and to exemplify all that it has.
func documentIsValid(t *testing.T, s *server.Server) {
	c := contractOf(t, s)
	if err := c.document.Validate(t.Context(), openapi3.EnableExamplesValidation(), openapi3.EnableSchemaFormatValidation()); err != nil {
		t.Error(err)
	}
	ids := make(map[string]string)
	for path, item := range c.document.Paths.Map() {
		for method, o := range item.Operations() {
			if other := ids[o.OperationID]; other != "" || o.OperationID == "" {
				t.Errorf("%s %s has the id %q, as %s", method, path, o.OperationID, other)
			}
			ids[o.OperationID] = path
			if o.Summary == "" || len(o.Tags) != 1 {
				t.Errorf("%s %s: %q of %v", method, path, o.Summary, o.Tags)
			}
			for _, p := range o.Parameters {
				if p.Value.Description == "" || p.Value.Example == nil && p.Value.Name != "cursor" {
					t.Errorf("%s %s: %s has no description, or no example", method, path, p.Value.Name)
				}
			}
		}
	}
}

// everyRoute is in the document, with the methods that it answers, and no other.
func everyRoute(t *testing.T, s *server.Server) {
	c := contractOf(t, s)
	left := maps.Clone(c.document.Paths.Map())
	for _, route := range server.Described(s) {
		item := left[route[1]]
		delete(left, route[1])
		if item == nil || item.GetOperation(route[0]) == nil {
			t.Errorf("%s %s is in no document: give its route in routes.go a resource", route[0], route[1])
			continue
		}
		methods := slices.Sorted(maps.Keys(item.Operations()))
		response := request(t, s, http.MethodOptions, filled(route[1], item.GetOperation(route[0])))
		allowed := strings.Split(response.Header.Get("Allow"), ", ")
		if slices.Sort(allowed); !slices.Equal(methods, allowed) {
			t.Errorf("%s allows %v and documents %v", route[1], allowed, methods)
		}
	}
	for path := range left {
		t.Errorf("%s is in the document, and no route", path)
	}
}

var knownNames = regexp.MustCompile(`colour: .*the known ones are ([^;]*)`)

// everyParameter is in the document: who asks for one that is not known is told those
// that are.
func everyParameter(t *testing.T, s *server.Server) {
	for path, item := range contractOf(t, s).document.Paths.Map() {
		var detail string
		var documented []string
		if o := item.Get; o != nil {
			response, body := get(t, s, filled(path, o)+"?colour=red")
			detail, _ = problem(t, response, body)
			for _, p := range o.Parameters {
				if p.Value.In == openapi3.ParameterInQuery {
					documented = append(documented, p.Value.Name)
				}
			}
		} else {
			response, body := post(t, s, path, jsonBody, `{"colour":"red"}`)
			detail, _ = problem(t, response, body)
			for _, media := range item.Post.RequestBody.Value.Content {
				documented = slices.Collect(maps.Keys(media.Schema.Value.Properties)) // of the form the same: hold checks it
			}
		}
		found := knownNames.FindStringSubmatch(detail)
		var known []string
		switch {
		case found != nil:
			known = strings.Split(found[1], ", ")
		case !strings.Contains(detail, "has none"):
			t.Errorf("%s: %s", path, detail)
			continue
		}
		slices.Sort(known)
		slices.Sort(documented)
		if !slices.Equal(known, documented) {
			t.Errorf("%s knows %v, and its document %v", path, known, documented)
		}
	}
}

var knownFormats = regexp.MustCompile(`f: .*it has (.*)$`)

// everyFormat is in the document: who asks for one that is not known is told those
// that are.
func everyFormat(t *testing.T, s *server.Server) {
	for path, item := range contractOf(t, s).document.Paths.Map() {
		if item.Get == nil || item.Get.Parameters.GetByInAndName(openapi3.ParameterInQuery, "f") == nil {
			continue // everyParameter says whether there should be one
		}
		target := filled(path, item.Get) + "?" + neighbours(item.Get, "f", "none").Encode()
		response, body := get(t, s, target)
		detail, _ := problem(t, response, body)
		var documented []string
		for _, name := range item.Get.Parameters.GetByInAndName(openapi3.ParameterInQuery, "f").Schema.Value.Enum {
			documented = append(documented, fmt.Sprint(name))
		}
		if found := knownFormats.FindStringSubmatch(detail); found == nil || found[1] != strings.Join(documented, ", ") {
			t.Errorf("%s has the formats %v: %s", path, documented, detail)
		}
	}
}

// TestTheDocumentIsWhatClientsLookFor holds what GDAL and QGIS seek letter by letter.
func TestTheDocumentIsWhatClientsLookFor(t *testing.T) {
	s := newServer(t, io.Discard, nil)
	var landing struct {
		Links []struct{ Href, Rel, Type string }
	}
	_, body := get(t, s, "/", "Accept: application/json")
	unmarshal(t, body, &landing)
	links := make(map[string][]string)
	for _, l := range landing.Links {
		links[l.Rel] = append(links[l.Rel], l.Type+" "+l.Href)
	}
	for rel, want := range map[string]string{
		"service-desc": "application/vnd.oai.openapi+json;version=3.0 http://example.com/api",
		"service-doc":  "text/html http://example.com/api?f=html",
		"conformance":  "application/json http://example.com/conformance",
		"data":         "application/json http://example.com/collections",
	} {
		if got := links[rel]; len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q, not %q", rel, got, want)
		}
	}
	for _, accept := range []string{"application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0, application/json", "application/json", "*/*", ""} {
		if response, _ := get(t, s, "/api", "Accept: "+accept); response.Header.Get("Content-Type") != "application/vnd.oai.openapi+json;version=3.0" {
			t.Errorf("%q is answered %q", accept, response.Header.Get("Content-Type"))
		}
	}
	var document struct {
		OpenAPI string
		Paths   map[string]struct {
			Get struct {
				Parameters []struct {
					Ref string `json:"$ref"`
				}
			}
		}
		Components struct {
			Parameters map[string]struct {
				Schema struct{ Maximum, Default any }
			}
		}
	}
	_, body = get(t, s, "/api")
	unmarshal(t, body, &document)
	if limit := document.Components.Parameters["limit"].Schema; limit.Maximum != 10_000.0 || limit.Default != 100.0 || document.OpenAPI != "3.0.3" {
		t.Errorf("OpenAPI %s, limit %+v", document.OpenAPI, limit)
	}
	for _, collection := range []string{"places", "areas", "events", "actors", "datasets"} {
		refers := false
		for _, p := range document.Paths["/collections/"+collection+"/items"].Get.Parameters {
			refers = refers || p.Ref == "#/components/parameters/limit"
		}
		if !refers {
			t.Errorf("the items of %s do not refer to the limit", collection)
		}
	}
}

// TestTheDocumentIsAnsweredAsOthersAre, with the address of the server that was asked.
func TestTheDocumentIsAnsweredAsOthersAre(t *testing.T) {
	s := newServer(t, io.Discard, func(c *server.Config) { c.PublicURL = "https://map.example/base" })
	response, plain := get(t, s, "/api")
	if !strings.Contains(string(plain), `"servers":[{"url":"https://map.example/base"}]`) || strings.Contains(string(plain), "server.invalid") {
		t.Error("not the public address")
	}
	if again, body := get(t, s, "/api", "If-None-Match: "+response.Header.Get("ETag")); again.StatusCode != http.StatusNotModified || len(body) > 0 {
		t.Error(again.Status)
	}
	for _, coding := range []string{"zstd", "br", "gzip"} {
		response, body := get(t, s, "/api", "Accept-Encoding: "+coding)
		if response.Header.Get("Content-Encoding") != coding || string(decoded(t, coding, body)) != string(plain) {
			t.Errorf("%s: %q", coding, response.Header.Get("Content-Encoding"))
		}
	}
	other := newServer(t, io.Discard, nil)
	if _, body := get(t, other, "http://other.example:8080/api"); !strings.Contains(string(body), `"servers":[{"url":"http://other.example:8080"}]`) {
		t.Error("not the address that was asked")
	}
}

// empty is a server without records.
func empty(t *testing.T) *server.Server {
	t.Helper()
	return newServer(t, io.Discard, func(c *server.Config) { c.Catalog = datatest.Open(t) })
}
