package server

import (
	"encoding/hex"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"
)

// Content types.
const (
	jsonType    = "application/json"
	geojsonType = "application/geo+json"
	htmlType    = "text/html; charset=utf-8"
)

// answer is one request on its way: which state it is of, and how it is written.
type answer struct {
	server  *Server
	context echo.Context
	view    data.View
	root    string // the server's address as the reader knows it
	format  format
	coding  coding
}

// begin takes the present state and sets the headers that tell its version. The
// second result says that the reader has this answer already: it is done.
func (s *Server) begin(c echo.Context, f format) (a *answer, done bool, err error) {
	r := c.Request()
	a = &answer{s, c, s.Catalog.View().WithContext(r.Context()), s.root(c), f, acceptedCoding(r.Header.Get("Accept-Encoding"), answerCodings)}
	etag := a.etag()
	h := c.Response().Header()
	if r.Method == http.MethodPost {
		h["Cache-Control"] = []string{"no-store"} // no cache knows what its body asked
		return a, false, nil
	}
	h["Vary"] = varyValues
	h["Cache-Control"] = s.caching
	h["Etag"] = []string{etag}
	modified, known := a.modified()
	if known {
		h["Last-Modified"] = []string{modified.Format(http.TimeFormat)}
	}
	if tags := r.Header.Get("If-None-Match"); tags != "" {
		done = matches(tags, etag)
	} else if since := r.Header.Get("If-Modified-Since"); since != "" && known {
		at, err := http.ParseTime(since)
		done = err == nil && !modified.After(at) // a date that cannot be read is to be ignored: RFC 9110, 13.1.3
	}
	if done {
		return a, true, c.NoContent(http.StatusNotModified)
	}
	return a, false, nil
}

// varyValues is shared by many answers: nobody appends to it.
var varyValues = []string{"Accept, Accept-Encoding"}

// modified is when the answer may last have changed: with the records or with the
// program. It is known a second later, when nothing can change within it any more.
func (a *answer) modified() (time.Time, bool) {
	at := a.view.Time
	if a.server.started.After(at) {
		at = a.server.started
	}
	at = at.UTC().Truncate(time.Second)
	return at, time.Since(at) >= time.Second
}

// etag is strong: the same tag is given only to the same bytes. They follow from
// the state of the records, the request, the program and the encoding.
func (a *answer) etag() string {
	var room [512]byte
	b := room[:0]
	for _, s := range []string{a.server.Version, a.server.Title, a.root, a.context.Request().URL.RequestURI(), a.format.contentType, string(a.coding)} {
		b = append(append(b, s...), 0)
	}
	b = strconv.AppendInt(b, a.view.Time.UnixMicro(), 10)
	h := fnv.New128a()
	h.Write(b)
	sum := h.Sum(room[:0])
	tag := append(make([]byte, 0, 40), '"')
	tag = append(strconv.AppendUint(tag, a.view.Seq, 10), '-')
	return string(append(hex.AppendEncode(tag, sum[:8]), '"'))
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

// json writes a document.
func (a *answer) json(document any) error {
	body, err := json.Marshal(document, json.Deterministic(true))
	if err != nil {
		return err
	}
	return a.bytes(body)
}

// bodies holds the memory of bodies that are written.
var bodies sync.Pool

// maxPooledBody is the most that is kept for the next answer, in bytes.
const maxPooledBody = 4 << 20

func takeBody() *[]byte {
	if b, _ := bodies.Get().(*[]byte); b != nil {
		*b = (*b)[:0]
		return b
	}
	return new([]byte)
}

func giveBody(b *[]byte) {
	if cap(*b) <= maxPooledBody {
		bodies.Put(b)
	}
}

// bytes writes a body.
func (a *answer) bytes(body []byte) error {
	body, err := compressed(body, a.coding, usual)
	if err != nil {
		return err
	}
	if a.coding != "" {
		a.context.Response().Header().Set("Content-Encoding", string(a.coding))
	}
	return send(a.context, a.format.contentType, body)
}

// send writes a body whose length is known, so that a reader on a bad line can
// tell a whole answer from one cut short.
func send(c echo.Context, contentType string, body []byte) error {
	h := c.Response().Header()
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	h["Content-Type"] = []string{contentType}
	c.Response().WriteHeader(http.StatusOK)
	_, err := c.Response().Write(body)
	return err
}
