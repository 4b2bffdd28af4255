package readymade_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/conflictmap/conflictmap/server/readymade"
)

func TestHandlerAnswersWhatStandsUnderTheURI(t *testing.T) {
	h := readymade.Handler(map[string]readymade.Answer{"/items?bbox=1%2C2": {"application/geo+json", []byte("{}")}})
	for _, test := range []struct {
		target      string
		status      int
		contentType string
		body        string
	}{
		{"/items?bbox=1%2C2", http.StatusOK, "application/geo+json", "{}"},
		{"/items?bbox=1,2", http.StatusNotFound, "application/json", ""},
		{"/items", http.StatusNotFound, "application/json", ""},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, test.target, nil))
		if w.Code != test.status || w.Header().Get("Content-Type") != test.contentType || test.body != "" && w.Body.String() != test.body {
			t.Errorf("%s is answered %d %s %q", test.target, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
}
