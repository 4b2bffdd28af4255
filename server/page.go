package server

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"html"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// page is the built page, read once at the start and kept ready to send.
type page struct {
	files  map[string]*pageFile // by path without the first slash; "" is the index
	policy string               // its Content-Security-Policy
}

type pageFile struct {
	contentType  string
	etag         string
	cacheControl string
	bodies       map[coding]func() ([]byte, error) // each made when it is first asked for
}

// notBuilt stands where the page would, in a program built without it.
const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>%s</title>
<h1>%[1]s</h1><p>This program was built without its page. In the source folder, run <code>make build</code>
(it needs Go and Node) and start <code>bin/conflictmap</code>.</p>
<p>The data is here all the same, <a href="/collections">to read and as an API</a>.</p></html>
`

// loadPage reads the page's files, compresses them, and writes the configuration
// into the index, whose policy allows no inline script that could carry it.
func loadPage(cfg Config) (*page, error) {
	policy, err := pagePolicy(cfg)
	if err != nil {
		return nil, err
	}
	p := &page{files: make(map[string]*pageFile), policy: policy}
	if cfg.Page == nil {
		index := fmt.Appendf(nil, notBuilt, html.EscapeString(cfg.Title))
		p.files[""] = newPageFile("index.html", index)
		return p, nil
	}
	err = fs.WalkDir(cfg.Page, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(cfg.Page, name)
		if err != nil {
			return err
		}
		key := name
		if name == "index.html" {
			key = ""
			if body, err = configure(body, cfg); err != nil {
				return err
			}
		}
		p.files[key] = newPageFile(name, body)
		return nil
	})
	if err == nil && p.files[""] == nil {
		err = fmt.Errorf("it has no index.html")
	}
	return p, err
}

func newPageFile(name string, body []byte) *pageFile {
	h := fnv.New128a()
	h.Write(body)
	f := &pageFile{etag: fmt.Sprintf("%x", h.Sum(nil)), bodies: make(map[coding]func() ([]byte, error)),
		contentType: mime.TypeByExtension(path.Ext(name)), cacheControl: "no-cache"}
	for _, c := range append(fileCodings, "") {
		f.bodies[c] = sync.OnceValues(func() ([]byte, error) { return compressed(body, c, utmost) })
	}
	if path.Ext(name) == ".woff2" {
		f.contentType = fontType // unknown to Go, and to systems without a table of types
	}
	if f.contentType == "" {
		f.contentType = "application/octet-stream"
	}
	// Vite writes a hash of the content into the names of assets.
	if strings.HasPrefix(name, "assets/") {
		f.cacheControl = "public, max-age=31536000, immutable"
	}
	return f
}

// pageConfig is what the page knows of the operator's wishes.
type pageConfig struct {
	Title   string   `json:"title"`
	Version string   `json:"version"`
	BaseMap *BaseMap `json:"base_map"`
}

const fontType = "font/woff2"

const (
	configMark = `<meta name="conflictmap" content="">`
	titleStart = "<title>"
	titleEnd   = "</title>"
)

// settingsOf is what the page's scripts read from the element of configMark.
func settingsOf(cfg Config) (string, error) {
	settings, err := json.Marshal(pageConfig{cfg.Title, cfg.Version, cfg.BaseMap})
	return string(settings), err
}

func configure(index []byte, cfg Config) ([]byte, error) {
	settings, err := settingsOf(cfg)
	if err != nil {
		return nil, err
	}
	text := string(index)
	before, rest, hasTitle := strings.Cut(text, titleStart)
	_, after, hasEnd := strings.Cut(rest, titleEnd)
	if !hasTitle || !hasEnd || strings.Count(text, configMark) != 1 {
		return nil, fmt.Errorf("index.html has not one %s and one <title>", configMark)
	}
	text = before + titleStart + html.EscapeString(cfg.Title) + titleEnd + after
	return []byte(strings.Replace(text, configMark, `<meta name="conflictmap" content="`+html.EscapeString(settings)+`">`, 1)), nil
}

// pagePolicy is the page's Content-Security-Policy: its own files and nothing
// else, save the images of the one tile host that the operator names.
func pagePolicy(cfg Config) (string, error) {
	images := "'self' data:"
	if cfg.BaseMap != nil {
		u, err := url.Parse(cfg.BaseMap.URL)
		if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || strings.ContainsAny(u.Host, " ;,'\"") {
			return "", fmt.Errorf("base map %q is not a URL of the form https://host/{z}/{x}/{y}.png", cfg.BaseMap.URL)
		}
		// {s} and {r} are Leaflet's, for which we name no hosts.
		for _, part := range []string{"{z}", "{x}", "{y}"} {
			if !strings.Contains(cfg.BaseMap.URL, part) {
				return "", fmt.Errorf("base map %q has no %s", cfg.BaseMap.URL, part)
			}
		}
		images += " " + u.Scheme + "://" + u.Host
	}
	frames := cfg.FrameAncestors
	if frames == "" {
		frames = "*"
	}
	if strings.ContainsAny(frames, ";,\r\n") {
		return "", fmt.Errorf("frame ancestors %q: give sources separated by spaces", frames)
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src " + images +
		"; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors " + frames, nil
}

// index answers / for a browser. Its parameters are the page's own, for its script.
func (s *Server) index(c echo.Context) error { return s.sendFile(c, s.page.files[""]) }

// file answers the page's other files.
func (s *Server) file(c echo.Context) error {
	f := s.page.files[param(c, "*")]
	if f == nil || param(c, "*") == "" {
		return echo.ErrNotFound
	}
	return s.sendFile(c, f)
}

func (s *Server) sendFile(c echo.Context, f *pageFile) error {
	h := c.Response().Header()
	h.Set("Vary", "Accept, Accept-Encoding")
	h.Set("Cache-Control", f.cacheControl)
	h.Set("Content-Security-Policy", s.page.policy)
	in := acceptedCoding(c.Request().Header.Get("Accept-Encoding"), fileCodings)
	if f.contentType == "image/png" || f.contentType == fontType {
		in = "" // it is compressed already
	}
	etag := `"` + f.etag + `"`
	if in != "" {
		etag = `"` + f.etag + "-" + string(in) + `"`
	}
	h.Set("ETag", etag)
	if matches(c.Request().Header.Get("If-None-Match"), etag) {
		return c.NoContent(http.StatusNotModified)
	}
	body, err := f.bodies[in]()
	if err != nil {
		return err
	}
	if in != "" {
		h.Set("Content-Encoding", string(in))
	}
	return send(c, f.contentType, body)
}
