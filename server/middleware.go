package server

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"runtime/debug"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/labstack/echo/v4"
)

const (
	requestIDHeader = "X-Request-Id"
	allowedMethods  = "GET, HEAD, OPTIONS"
	searchMethods   = "POST, OPTIONS"
)

var usableRequestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func requestID(c echo.Context) string { return c.Response().Header().Get(requestIDHeader) }

// newRequestID makes an id that tells requests apart in a log; it protects nothing.
func newRequestID() string {
	var id [8]byte
	binary.BigEndian.PutUint64(id[:], rand.Uint64())
	return hex.EncodeToString(id[:])
}

// identify gives the request an id: a proxy's, where it is harmless, or a new one.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(requestIDHeader)
		if !usableRequestID.MatchString(id) {
			id = newRequestID()
		}
		c.Response().Header()[requestIDHeader] = []string{id}
		return next(c)
	}
}

// logRequest writes one line a request. It names no address of the reader: what
// somebody looked up on a conflict map is nobody's to keep.
func (s *Server) logRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		started := time.Now()
		if err := next(c); err != nil {
			c.Error(err) // answered here, so that the status can be logged
		}
		r, w := c.Request(), c.Response()
		s.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("method", r.Method), slog.String("uri", geo.Quote(r.RequestURI)), slog.Int("status", w.Status),
			slog.Int64("bytes", w.Size), slog.Float64("ms", float64(time.Since(started).Microseconds())/1000), slog.String("request_id", requestID(c)))
		return nil
	}
}

// recoverPanic turns a panic into an error, and so into a 500 with an id.
func (s *Server) recoverPanic(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			p := recover()
			if p == http.ErrAbortHandler {
				panic(p) // for net/http: the reader is to see that the answer is cut short
			}
			if p != nil {
				s.Log.Error("panic", "request_id", requestID(c), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				err = fmt.Errorf("panic: %v", p)
			}
		}()
		return next(c)
	}
}

// alwaysHeaders are those that every answer has. They are shared by all: nobody
// appends to them.
func alwaysHeaders(cfg Config) http.Header {
	return http.Header{
		"X-Content-Type-Options":        {"nosniff"},
		"Referrer-Policy":               {"no-referrer"},
		"Content-Security-Policy":       {"default-src 'none'; frame-ancestors " + cfg.FrameAncestors},
		"Access-Control-Allow-Origin":   {"*"},
		"Access-Control-Expose-Headers": {"Content-Crs, ETag, Last-Modified, Link, " + requestIDHeader},
	}
}

// isSearch says whether the path takes a query in the body.
func isSearch(r *http.Request) bool {
	collection, found := strings.CutSuffix(r.URL.Path, "/search")
	return found && strings.HasPrefix(collection, "/collections/") && strings.Count(collection, "/") == 2
}

// methodsOf lists what may be asked of a request's path.
func methodsOf(r *http.Request) string {
	if isSearch(r) {
		return searchMethods
	}
	return allowedMethods
}

// protect sets the headers that every answer has, and answers CORS preflights.
func (s *Server) protect(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		maps.Copy(h, s.always)
		if c.Request().Method == http.MethodOptions {
			h.Set("Allow", methodsOf(c.Request()))
			h.Set("Access-Control-Allow-Methods", methodsOf(c.Request()))
			h.Set("Access-Control-Allow-Headers", "Accept, Content-Type, If-Modified-Since, If-None-Match, "+requestIDHeader)
			h.Set("Access-Control-Max-Age", "86400")
			return c.NoContent(http.StatusNoContent)
		}
		return next(c)
	}
}

// limit refuses what no handler could use: too long a URL, a path or query that
// is not text, a body where none belongs.
func (s *Server) limit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if len(r.RequestURI) > maxURLBytes {
			return &httpError{status: http.StatusRequestURITooLong, detail: fmt.Sprintf("the URL has %d bytes, and at most %d are read", len(r.RequestURI), maxURLBytes)}
		}
		if !utf8.ValidString(r.URL.Path) || strings.ContainsFunc(r.URL.Path, unicode.IsControl) {
			return badRequest("path", r.URL.Path, "is not valid UTF-8 without control characters")
		}
		if search := isSearch(r); search != (r.Method == http.MethodPost) || !search && r.Method != http.MethodGet && r.Method != http.MethodHead {
			return echo.ErrMethodNotAllowed
		}
		if r.ContentLength != 0 && !isSearch(r) {
			return badRequest("body", "", "a "+r.Method+" has no body here: put the query into the URL")
		}
		if r.URL.RawQuery != "" {
			if _, err := url.ParseQuery(r.URL.RawQuery); err != nil {
				return badRequest("query", r.URL.RawQuery, err.Error())
			}
		}
		return next(c)
	}
}

func badRequest(name, value, detail string) error {
	return geo.Reject("the request cannot be read", []geo.Fault{{Name: name, Value: geo.Quote(value), Detail: detail}})
}
