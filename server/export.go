package server

import (
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/labstack/echo/v4"
)

// export streams a selection in a format for files. Without a limit it is all
// that the filter matches.
func (s *Server) export(c echo.Context, q itemsQuery) error {
	format, err := exchange.OutFormatOf(q.format.name, q.kind)
	if err != nil {
		return err
	}
	a, done, err := s.begin(c, q.format)
	if done || err != nil {
		return err
	}
	selection, err := a.view.Select(q.kind, q.filter)
	if err != nil {
		return err
	}
	if q.limit > 0 {
		selection = selection.First(q.limit)
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, format.ContentType)
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+string(q.kind)+format.Extension+`"`)
	if format.Name == exchange.GeoParquet {
		a.coding = "" // it is compressed already
	}
	if a.coding != "" {
		h.Set(echo.HeaderContentEncoding, string(a.coding))
	}
	c.Response().WriteHeader(http.StatusOK)
	if c.Request().Method == http.MethodHead {
		return nil
	}
	err = stream(c, a.coding, func(w io.Writer) error {
		return format.Write(w, &exchange.Export{View: a.view, Kind: q.kind, Selection: selection, Title: s.Title, Query: q.filter.Values(), Source: s.root(c)})
	})
	if err != nil {
		// The head is out. Only a broken connection tells the reader that this is not all.
		s.Log.Error("export cut short", "request_id", requestID(c), "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

func stream(c echo.Context, in coding, write func(io.Writer) error) error {
	w := &patient{c.Response(), http.NewResponseController(c.Response())}
	if in == "" {
		return write(w)
	}
	return compress(w, in, quick, write)
}

// patient gives a slow reader time as long as it reads on: the time limit is each
// write's, not the whole answer's.
type patient struct {
	w       io.Writer
	control *http.ResponseController
}

func (p *patient) Write(b []byte) (int, error) {
	// Where there is no connection, as in a test, there is no deadline to set.
	if err := p.control.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return p.w.Write(b)
}
