package server

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/data"
	"github.com/go-json-experiment/json"
	"github.com/klauspost/compress/gzip" // a third faster than the standard library's
	"github.com/labstack/echo/v4"
)

// Content types.
const (
	jsonType    = "application/json"
	geojsonType = "application/geo+json"
)

// answer is one GET on its way: which state it is of, and how it is encoded.
type answer struct {
	server      *Server
	context     echo.Context
	view        data.View
	contentType string
	gzip        bool
}

// begin takes the present state and sets the headers that tell its version. The
// second result says that the reader has this answer already: it is done.
func (s *Server) begin(c echo.Context, contentType string) (a *answer, done bool, err error) {
	a = &answer{s, c, s.Catalog.View(), contentType, acceptsGzip(c.Request())}
	h := c.Response().Header()
	h.Set("Vary", "Accept, Accept-Encoding")
	h.Set("Cache-Control", "no-cache") // keep it, and ask each time whether it still holds
	h.Set("ETag", a.etag())
	if matches(c.Request().Header.Get("If-None-Match"), a.etag()) {
		return a, true, c.NoContent(http.StatusNotModified)
	}
	return a, false, nil
}

// etag is strong: the same tag is given only to the same bytes. They follow from
// the state of the records, the request, the program and the encoding.
func (a *answer) etag() string {
	h := fnv.New128a()
	r := a.context.Request()
	fmt.Fprintln(h, a.server.Version, a.server.Title, a.view.Time.UnixMicro(), a.server.root(a.context), r.URL.RequestURI(), a.contentType, a.gzip)
	return fmt.Sprintf(`"%d-%x"`, a.view.Seq, h.Sum(nil)[:8])
}

// matches says whether an If-None-Match header names the tag (RFC 9110, 13.1.2).
func matches(header, etag string) bool {
	for _, tag := range strings.Split(header, ",") {
		tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
		if tag == etag || tag == "*" {
			return true
		}
	}
	return false
}

func acceptsGzip(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		coding, quality, hasQuality := strings.Cut(part, ";")
		if coding = strings.TrimSpace(coding); coding != "gzip" && coding != "*" {
			continue
		}
		if !hasQuality {
			return true
		}
		q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(quality), "q="), 64)
		return err == nil && q > 0
	}
	return false
}

// json writes a document.
func (a *answer) json(document any) error {
	body, err := json.Marshal(document, json.Deterministic(true))
	if err != nil {
		return err
	}
	return a.bytes(body)
}

// bytes writes a body.
func (a *answer) bytes(body []byte) error {
	if a.gzip {
		var b bytes.Buffer
		if err := compress(&b, body, gzip.DefaultCompression); err != nil {
			return err
		}
		body = b.Bytes()
		a.context.Response().Header().Set("Content-Encoding", "gzip")
	}
	return send(a.context, a.contentType, body)
}

// send writes a body whose length is known, so that a reader on a bad line can
// tell a whole answer from one cut short.
func send(c echo.Context, contentType string, body []byte) error {
	c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(len(body)))
	return c.Blob(http.StatusOK, contentType, body)
}

func compress(to *bytes.Buffer, body []byte, level int) error {
	w, err := gzip.NewWriterLevel(to, level)
	if err != nil {
		return err
	}
	if _, err := w.Write(body); err != nil {
		return err
	}
	return w.Close()
}
