package server_test

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"       // reads and checks OpenAPI documents: in tests only
	"github.com/getkin/kin-openapi/openapi3filter" // holds requests and answers to one
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// contract is the OpenAPI document as its readers understand it.
type contract struct {
	document *openapi3.T
	router   routers.Router
}

var (
	contractMutex sync.Mutex
	theContract   *contract
)

// contractOf reads the document of the first server that is asked: all have the same,
// but for title and address.
func contractOf(t testing.TB, s http.Handler) *contract {
	t.Helper()
	contractMutex.Lock()
	defer contractMutex.Unlock()
	if theContract != nil {
		return theContract
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api", nil))
	document, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	document.Servers = openapi3.Servers{{URL: "http://example.com"}} // where tests ask
	router, err := gorillamux.NewRouter(document)
	if err != nil {
		t.Fatal(err)
	}
	for _, mediaType := range []string{"application/geo+json", "application/schema+json", "application/vnd.mapbox.tile+json", "application/vnd.oai.openapi+json", "application/vnd.mapbox.style+json"} {
		openapi3filter.RegisterBodyDecoder(mediaType, openapi3filter.JSONBodyDecoder)
	}
	for _, mediaType := range []string{"application/vnd.mapbox-vector-tile", "application/vnd.apache.parquet", "application/vnd.google-earth.kml+xml", "application/geo+json-seq", "application/atom+xml", "text/html", "text/csv"} {
		openapi3filter.RegisterBodyDecoder(mediaType, openapi3filter.FileBodyDecoder)
	}
	theContract = &contract{document, router}
	return theContract
}

// hold holds a request and its answer to the document. What is in no document is held
// to nothing: the page's files, and paths that are not there.
func (c *contract) hold(t testing.TB, r *http.Request, sent []byte, w *httptest.ResponseRecorder) {
	t.Helper()
	route, inPath, err := c.router.FindRoute(r)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	options := &openapi3filter.Options{IncludeResponseStatus: true, SkipSettingDefaults: true, ExcludeRequestBody: len(sent) == 0} // an empty form is none
	request := &openapi3filter.RequestValidationInput{Request: r, PathParams: inPath, Route: route, Options: options}
	if w.Code < http.StatusMultipleChoices { // not of what a redirect puts right
		if err := openapi3filter.ValidateRequest(context.Background(), request); err != nil {
			t.Errorf("%s %.200s is answered, and not as documented: %v", r.Method, r.URL, err)
		}
		for name := range r.URL.Query() {
			if parameterOf(route, name) == nil && r.URL.Path != "/" { // whose page has its own
				t.Errorf("%s %.200s: %s is answered and in no document", r.Method, r.URL, name)
			}
		}
	}
	status := route.Operation.Responses.Status(w.Code)
	if status == nil {
		t.Errorf("%s %.200s: %d is in no document", r.Method, r.URL, w.Code)
		return
	}
	for name := range w.Header() {
		said := slices.ContainsFunc(slices.Collect(maps.Keys(status.Value.Headers)), func(h string) bool { return http.CanonicalHeaderKey(h) == name })
		if !said && !saidOnce(name) {
			t.Errorf("%s %.200s: %d with %s, which is in no document", r.Method, r.URL, w.Code, name)
		}
	}
	body := decoded(t, w.Header().Get("Content-Encoding"), w.Body.Bytes())
	answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: request, Status: w.Code, Header: w.Header(), Body: io.NopCloser(bytes.NewReader(body)), Options: options}
	if err := openapi3filter.ValidateResponse(context.Background(), answer); err != nil {
		t.Errorf("%s %.200s: the answer is not as documented: %.2000v", r.Method, r.URL, err)
	}
}

// saidOnce says whether a header is in every answer, or part of its form: the
// document does not repeat it.
func saidOnce(name string) bool {
	return slices.Contains([]string{"Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition", "X-Content-Type-Options", "Referrer-Policy",
		"Content-Security-Policy", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"}, name)
}

func parameterOf(route *routers.Route, name string) *openapi3.Parameter {
	return route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name)
}

// filled puts the examples of a path's parameters into it.
func filled(path string, o *openapi3.Operation) string {
	for _, p := range o.Parameters {
		if p.Value.In == openapi3.ParameterInPath {
			path = strings.ReplaceAll(path, "{"+p.Value.Name+"}", valueText(p.Value.Example))
		}
	}
	return path
}
