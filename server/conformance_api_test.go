package server_test

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
	"github.com/getkin/kin-openapi/openapi3"
)

// TestAPIDefinition holds the API definition to OGC API - Features, Part 1 (17-069r4)
// and OGC API - Tiles, Part 1 (20-057), over the built-in dataset. Beside it every
// request of every test is held to the definition: see contract.
func TestAPIDefinition(t *testing.T) {
	s := seeded(t)
	for _, r := range []requirement{
		{"/req/core/root-success", rootSuccess},
		{"/req/core/api-definition-op", func(t *testing.T, s *server.Server) {
			for _, l := range definitions(t, s) {
				fetch(t, s, l.target())
			}
		}},
		{"/req/core/api-definition-success", definitionSuccess},
		{"/req/oas30/oas-definition-1", definitionIsOpenAPI},
		{"/req/oas30/oas-definition-2", documentIsValid},
		{"/req/oas30/oas-impl", documentedValues},
		{"/req/oas30/completeness", func(t *testing.T, s *server.Server) {
			everyRoute(t, s)
			everyParameter(t, s)
			everyFormat(t, s)
			everyTile(t, s)
		}},
		{"/req/oas30/exceptions-codes", everyError},
		{"/req/oas30/security", func(t *testing.T, s *server.Server) {
			if d := contractOf(t, s).document; len(d.Security) > 0 || len(d.Components.SecuritySchemes) > 0 {
				t.Error("nobody must authenticate, and the definition says so")
			}
		}},
		{"/req/oas30/operation-id", operationIDs},
	} {
		t.Run(r.id, func(t *testing.T) { r.hold(t, s) })
	}
}

func landingLinks(t *testing.T, s *server.Server) []weblink {
	t.Helper()
	_, body := fetch(t, s, "/", "Accept: application/json")
	var document struct{ Links []weblink }
	unmarshal(t, body, &document)
	return document.Links
}

func definitions(t *testing.T, s *server.Server) []weblink {
	t.Helper()
	links := landingLinks(t, s)
	list := append(withRel(links, "service-desc"), withRel(links, "service-doc")...)
	if len(list) < 2 {
		t.Errorf("only %v", list)
	}
	return list
}

func rootSuccess(t *testing.T, s *server.Server) {
	links := landingLinks(t, s)
	for _, rel := range []string{"service-desc", "service-doc", "conformance", "data"} {
		list := withRel(links, rel)
		if len(list) == 0 {
			t.Errorf("there is no link %s", rel)
		}
		for _, l := range list {
			fetch(t, s, l.target())
		}
	}
}

func definitionSuccess(t *testing.T, s *server.Server) {
	for _, l := range definitions(t, s) {
		header, _ := fetch(t, s, l.target(), "Accept: "+l.Type)
		if got, _, _ := strings.Cut(header.Get("Content-Type"), "; charset"); got != l.Type {
			t.Errorf("%s is %s, not %s", l.Href, got, l.Type)
		}
	}
}

func definitionIsOpenAPI(t *testing.T, s *server.Server) {
	for _, l := range withRel(landingLinks(t, s), "service-desc") {
		header, body := fetch(t, s, l.target())
		document, err := openapi3.NewLoader().LoadFromData(body)
		if err != nil {
			t.Fatal(err)
		}
		if header.Get("Content-Type") != "application/vnd.oai.openapi+json;version=3.0" || !strings.HasPrefix(document.OpenAPI, "3.0.") {
			t.Errorf("%s of OpenAPI %s", header.Get("Content-Type"), document.OpenAPI)
		}
	}
}

// everyError that a request meets is documented: contract holds each answer to its
// statuses. Here is one of each.
func everyError(t *testing.T, s *server.Server) {
	document := contractOf(t, s).document
	for target, status := range map[string]int{
		"/collections/events/items?type=war":                        http.StatusBadRequest,
		"/collections/events/items/none":                            http.StatusNotFound,
		"/collections/events/items?q=" + strings.Repeat("a", 1<<16): http.StatusRequestURITooLong,
		"/styles/events/sprite.gif":                                 http.StatusNotFound,
		"/tileMatrixSets/WorldCRS84Quad":                            http.StatusNotFound,
	} {
		if response, _ := get(t, s, target); response.StatusCode != status {
			t.Errorf("%.100s: %s", target, response.Status)
		}
	}
	catalog := datatest.Open(t, records()...)
	if _, err := catalog.Apply(t.Context(), []geo.Change{geo.Remove(geo.Events, "d:undated", "an editor", "a test")}); err != nil {
		t.Fatal(err)
	}
	gone := newServer(t, io.Discard, func(c *server.Config) { c.Catalog = catalog })
	if response, _ := get(t, gone, "/collections/events/items/d:undated"); response.StatusCode != http.StatusGone {
		t.Errorf("a removed event: %s", response.Status)
	}
	for path, item := range document.Paths.Map() {
		for method, o := range item.Operations() {
			if method == http.MethodOptions {
				continue
			}
			for _, status := range []int{http.StatusBadRequest, http.StatusRequestURITooLong, http.StatusInternalServerError, http.StatusServiceUnavailable} {
				if o.Responses.Status(status) == nil {
					t.Errorf("%s %s does not say when it is answered %d", method, path, status)
				}
			}
			for status, answer := range o.Responses.Map() {
				if n, err := strconv.Atoi(status); err != nil || n >= 400 && method != http.MethodHead && answer.Value.Content["application/problem+json"] == nil {
					t.Errorf("%s %s: %s is no problem", method, path, status)
				}
			}
		}
	}
}

// everyTile of the documents that lead to the tiles has its path in the definition.
func everyTile(t *testing.T, s *server.Server) {
	document := contractOf(t, s).document
	_, body := fetch(t, s, "/collections/events/tiles/WebMercatorQuad", "Accept: application/json")
	var set struct{ Links []weblink }
	unmarshal(t, body, &set)
	paths := []string{"/collections/events/tiles", "/collections/events/tiles/WebMercatorQuad"}
	for _, l := range withRel(set.Links, "item") {
		paths = append(paths, l.target())
	}
	for _, path := range paths {
		if document.Paths.Value(path) == nil {
			t.Errorf("%s is not in the definition", path)
		}
	}
}

// operationIDs are those of the standard's table.
func operationIDs(t *testing.T, s *server.Server) {
	for path, want := range map[string]string{
		"/": "getLandingPage", "/conformance": "getConformance", "/api": "getAPI", "/collections": "getCollectionsList", "/collections/events": "getCollection",
		"/tileMatrixSets": "getTileMatrixSetsList", "/tileMatrixSets/{id}": "getTileMatrixSet",
		"/collections/events/tiles":                                                  ".collection.vector.getTileSetsList",
		"/collections/events/tiles/WebMercatorQuad":                                  ".collection.vector.getTileSet",
		"/collections/events/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": ".collection.vector.getTile",
	} {
		item := contractOf(t, s).document.Paths.Value(path)
		if item == nil || !strings.HasSuffix(item.Get.OperationID, want) {
			t.Errorf("%s is not %s", path, want)
		}
	}
}
