package server

import (
	"context"
	"errors"
	"net/http"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"
)

// problem is an error as RFC 9457 writes it, with all faults of the request.
type problem struct {
	Type      string      `json:"type"`
	Title     string      `json:"title"`
	Status    int         `json:"status"`
	Detail    string      `json:"detail"`
	Errors    []geo.Fault `json:"errors,omitempty"`
	RequestID string      `json:"request_id"`
}

const problemType = "application/problem+json"

// problemFormats are those of errors: every reader that does not ask for a page gets
// the one for programs.
var problemFormats = []format{{"json", problemType, "JSON", []string{jsonType, geojsonType}}, asHTML}

// statuses maps the domain's errors to HTTP, the one place that does.
var statuses = map[geo.Code]int{
	geo.Invalid:     http.StatusBadRequest,
	geo.NotFound:    http.StatusNotFound,
	geo.Gone:        http.StatusGone,
	geo.Conflict:    http.StatusConflict,
	geo.Unavailable: http.StatusServiceUnavailable,
}

// httpError is an error that belongs to HTTP and not to the domain.
type httpError struct {
	status int
	detail string
	faults []geo.Fault
}

func (e *httpError) Error() string { return e.detail }

func asProblem(err error) problem {
	var domain *geo.Error
	var own *httpError
	var routing *echo.HTTPError
	switch {
	case errors.As(err, &own):
		return problem{Status: own.status, Detail: own.detail, Errors: own.faults}
	case errors.As(err, &domain) && statuses[domain.Code] != 0:
		return problem{Status: statuses[domain.Code], Detail: domain.Error(), Errors: domain.Faults}
	case errors.As(err, &routing) && routing.Code == http.StatusNotFound:
		return problem{Status: http.StatusNotFound, Detail: "there is nothing at this path; /collections lists what there is"}
	case errors.As(err, &routing) && routing.Code == http.StatusMethodNotAllowed:
		return problem{Status: http.StatusMethodNotAllowed, Detail: "this path does not answer the method: Allow lists those that it does"}
	case errors.Is(err, context.DeadlineExceeded):
		return problem{Status: http.StatusServiceUnavailable, Detail: "the answer took too long"}
	}
	// What went wrong inside is for the log, not for the world.
	return problem{Status: http.StatusInternalServerError, Detail: "the server failed to answer; its log has the request_id"}
}

// fail answers with a problem. It is echo's error handler.
func (s *Server) fail(err error, c echo.Context) {
	if errors.Is(err, context.Canceled) && c.Request().Context().Err() != nil {
		return // the reader went away: nobody is left to be told
	}
	p := asProblem(err)
	p.Type, p.Title, p.RequestID = "about:blank", http.StatusText(p.Status), requestID(c)
	if p.Status >= http.StatusInternalServerError {
		s.Log.Error("request failed", "request_id", p.RequestID, "error", err)
	}
	if c.Response().Committed {
		return // the head is out: the reader sees a body cut short
	}
	h := c.Response().Header()
	contentType := problemType
	body, err := json.Marshal(p)
	if wanted, _ := negotiate(c, problemFormats); wanted.name == asHTML.name {
		contentType = htmlType
		h.Set("Content-Security-Policy", s.page.policy)
		body, err = s.problemPage(c, p)
	}
	if err != nil {
		s.Log.Error("problem not written", "request_id", p.RequestID, "error", err)
		contentType, body = problemType, []byte(`{}`)
	}
	for _, name := range []string{"ETag", "Last-Modified", "Link", "Content-Crs"} { // of the answer that there was to be
		h.Del(name)
	}
	h.Set("Vary", "Accept")
	h.Set("Cache-Control", "no-store")
	if p.Status == http.StatusMethodNotAllowed {
		h.Set("Allow", methodsOf(c.Request()))
	}
	if err := c.Blob(p.Status, contentType, body); err != nil {
		s.Log.Debug("reader went away", "request_id", p.RequestID, "error", err)
	}
}
