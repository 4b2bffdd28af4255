package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// answering is a server that answers 404 to /absent, as conflictmap does, 404 to
// /gone as to an id that is not there, 500 to /broken, and else "ok".
func answering(t *testing.T) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/absent":
			http.Error(w, `{"detail":"there is nothing at this path; /collections lists what there is"}`, http.StatusNotFound)
		case "/gone":
			http.Error(w, `{"detail":"there is no record"}`, http.StatusNotFound)
		case "/broken":
			http.Error(w, "it broke", http.StatusInternalServerError)
		case "/slow":
			time.Sleep(100 * time.Millisecond)
		}
		fmt.Fprint(w, "ok")
	}))
	t.Cleanup(s.Close)
	return s
}

func TestCheckAll(t *testing.T) {
	s := answering(t)
	for _, test := range []struct {
		paths  []string
		absent bool
		names  string // what the error tells
	}{
		{[]string{"/a", "/b"}, false, ""},
		{[]string{"/absent"}, true, "not there"},
		{[]string{"/gone"}, false, "404 " + s.URL + "/gone"},
		{[]string{"/a", "/absent"}, false, "404 " + s.URL + "/absent"}, // one of many is no missing endpoint
		{[]string{"/a", "/broken"}, false, "500 " + s.URL + "/broken it broke"},
	} {
		bytesEach, err := checkAll(t.Context(), s.URL, test.paths)
		if test.names == "" {
			if err != nil || bytesEach != 2 {
				t.Errorf("%v: %g %v", test.paths, bytesEach, err)
			}
			continue
		}
		if err == nil || errors.Is(err, errAbsent) != test.absent || !strings.Contains(err.Error(), test.names) {
			t.Errorf("%v: %v", test.paths, err)
		}
	}
}

func TestNameFailure(t *testing.T) {
	s := answering(t)
	for _, test := range []struct {
		found asked
		paths []string
		want  string
	}{
		{asked{Requests: 9, Errors: 1, Failure: "500 /x no"}, []string{"/a"}, "1 of 9 requests failed: 500 /x no"},
		{asked{Requests: 9, Errors: 1}, []string{"/a", "/broken"}, "1 of 9 requests failed: 500 " + s.URL + "/broken it broke"},
		{asked{Requests: 9, Errors: 1}, []string{"/a"}, "1 of 9 requests failed: asked once more, they do not fail"},
	} {
		if err := (bench{}).nameFailure(t.Context(), s.URL, test.paths, test.found); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%v, not %s", err, test.want)
		}
	}
}

func TestCursorOf(t *testing.T) {
	const page = `{"type":"FeatureCollection","links":[{"href":"http://h/items","rel":"self"}%s],"features":[{"broken`
	for name, test := range map[string]struct{ page, want, err string }{
		"a next link":   {fmt.Sprintf(page, `,{"href":"http://h/items?limit=5&cursor=a-_b%3D","rel":"next"}`), "&cursor=a-_b%3D", ""},
		"the last page": {fmt.Sprintf(page, ""), "", "no next page"},
		"no page":       {`{"detail":"no"}`, "", "without features"},
	} {
		got, err := cursorOf(strings.NewReader(test.page))
		if got != test.want || (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}
