package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/labstack/echo/v4"
)

// Config is what a Server needs. The zero value of an optional field is its default.
type Config struct {
	Catalog        *data.Catalog
	Log            *slog.Logger
	Page           fs.FS    // the built page; optional: then / says how to build it
	Title          string   // of the map and the API
	Version        string   // of the program
	PublicURL      string   // of the server as readers see it, without a slash at the end; optional: from each request's Host
	BaseMap        *BaseMap // optional: the page's own
	FrameAncestors string   // who may embed the page, as in a Content-Security-Policy; optional: everyone
	CacheSeconds   int      // how long a cache may give an answer again without asking; optional: it asks each time
}

// BaseMap is an XYZ tile service that the page loads instead of its own base map.
type BaseMap struct {
	URL         string `json:"url"` // https://host/{z}/{x}/{y}.png
	Attribution string `json:"attribution"`
}

// Limits of one request, and of how long it may take.
const (
	maxURLBytes    = 16 << 10
	maxHeaderBytes = 2 << 20 // wider than maxURLBytes, so that too long a URL gets a problem and not a bare 431

	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 120 * time.Second
	shutdownTimeout   = 8 * time.Second
)

// Server is the HTTP side of a catalog.
type Server struct {
	Config
	echo     *echo.Echo
	page     *page
	pages    pages    // the HTML of the data
	site     htmlSite // what they have in common
	document *apiDocument
	always   http.Header // of every answer
	caching  []string    // the Cache-Control of answers of the records
	started  time.Time
	stopping atomic.Bool
}

// New makes a Server and finds what is wrong with its configuration.
func New(cfg Config) (*Server, error) {
	s := &Server{Config: cfg, echo: echo.New(), caching: []string{"no-cache"}, started: time.Now()}
	if s.CacheSeconds > 0 {
		s.caching = []string{"public, max-age=" + strconv.Itoa(s.CacheSeconds)}
	}
	if s.FrameAncestors == "" {
		s.FrameAncestors = "*"
	}
	s.always = alwaysHeaders(s.Config)
	var err error
	if s.page, err = loadPage(cfg); err != nil {
		return nil, fmt.Errorf("the page: %w", err)
	}
	if s.site, err = loadSite(cfg, s.page); err != nil {
		return nil, fmt.Errorf("the pages of the data: %w", err)
	}
	if s.pages, err = loadPages(s.site); err != nil {
		return nil, fmt.Errorf("the pages of the data: %w", err)
	}
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.HTTPErrorHandler = s.fail
	s.echo.Pre(s.identify, s.logRequest, s.recoverPanic, s.protect, s.limit)
	routes := s.routes()
	for _, r := range routes {
		r.register(s.echo)
	}
	if s.document, err = s.makeAPI(routes); err != nil {
		return nil, fmt.Errorf("the OpenAPI document: %w", err)
	}
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// Serve answers the listener's requests until the context ends; then it takes no
// new ones, lets those under way finish for some seconds, and returns nil.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	httpServer := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() { done <- httpServer.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	s.Log.Info("stopping: requests under way may finish", "within", shutdownTimeout)
	deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := httpServer.Shutdown(deadline); err != nil {
		s.Log.Warn("requests were cut off", "error", err)
		if err := httpServer.Close(); err != nil {
			return err
		}
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
