package server

import (
	"bytes"
	"encoding/hex"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"sync"

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
	root        string // the server's address as the reader knows it
	contentType string
	gzip        bool
}

// begin takes the present state and sets the headers that tell its version. The
// second result says that the reader has this answer already: it is done.
func (s *Server) begin(c echo.Context, contentType string) (a *answer, done bool, err error) {
	a = &answer{s, c, s.Catalog.View(), s.root(c), contentType, acceptsGzip(c.Request())}
	etag := a.etag()
	h := c.Response().Header()
	h["Vary"] = varyValues
	h["Cache-Control"] = revalidateValues
	h["Etag"] = []string{etag}
	if known := c.Request().Header.Get("If-None-Match"); known != "" && matches(known, etag) {
		return a, true, c.NoContent(http.StatusNotModified)
	}
	return a, false, nil
}

// Header values that many answers have. They are shared: nobody appends to them.
var (
	varyValues       = []string{"Accept, Accept-Encoding"}
	revalidateValues = []string{"no-cache"} // keep it, and ask each time whether it still holds
)

// etag is strong: the same tag is given only to the same bytes. They follow from
// the state of the records, the request, the program and the encoding.
func (a *answer) etag() string {
	var room [512]byte
	b := room[:0]
	for _, s := range []string{a.server.Version, a.server.Title, a.root, a.context.Request().URL.RequestURI(), a.contentType} {
		b = append(append(b, s...), 0)
	}
	b = strconv.AppendBool(strconv.AppendInt(b, a.view.Time.UnixMicro(), 10), a.gzip)
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

func acceptsGzip(r *http.Request) bool {
	accepted := r.Header.Get("Accept-Encoding")
	if accepted == "" {
		return false
	}
	for _, part := range strings.Split(accepted, ",") {
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
	h := c.Response().Header()
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	h["Content-Type"] = []string{contentType}
	c.Response().WriteHeader(http.StatusOK)
	_, err := c.Response().Write(body)
	return err
}

// zippers holds writers that are done with: each has most of a megabyte.
var zippers sync.Map // *sync.Pool by level

func compress(to *bytes.Buffer, body []byte, level int) error {
	known, _ := zippers.LoadOrStore(level, new(sync.Pool))
	pool, _ := known.(*sync.Pool)
	w, _ := pool.Get().(*gzip.Writer)
	if w == nil {
		var err error
		if w, err = gzip.NewWriterLevel(to, level); err != nil {
			return err
		}
	}
	defer pool.Put(w)
	w.Reset(to)
	if _, err := w.Write(body); err != nil {
		return err
	}
	return w.Close()
}
