package server

import (
	"bytes"
	"embed"
	"fmt"
	"html/template" // escapes by where a value stands: data is nobody's we trust
	"io/fs"
	"slices"
	"strings"
	"time"
)

// htmlFiles are the pages' templates, and the files that pages load.
//
//go:embed html
var htmlFiles embed.FS

// htmlPage is a page: its own part, and what the layout around it shows. A page's
// file html/NAME.html defines the template "main", which is given the htmlPage.
type htmlPage struct {
	Title       string   // of the window; "main" writes the heading itself
	Trail       []link   // from the collections to here; the page itself is the last, without Href
	Links       []link   // those of the JSON document: its formats stand in the head and at the foot
	Attribution []string // of all whose work the page shows
	Structured  any      // JSON-LD for search engines, or nil
	Map         bool     // whether a map of the page's GeoJSON makes sense
	Main        any      // what "main" shows

	// What the answer and the server add.
	Site   htmlSite
	Change uint64
	Time   time.Time // of the last change, UTC
}

// Formats are the links to the page's other formats.
func (p htmlPage) Formats() (list []link) {
	for _, l := range p.Links {
		if l.Rel == "alternate" {
			list = append(list, l)
		}
	}
	return list
}

// Related are the links to other documents that stand nowhere else on the page.
func (p htmlPage) Related() (list []link) {
	for _, l := range p.Links {
		if !slices.Contains([]string{"self", "alternate", "next", "root"}, l.Rel) && l.Method == "" {
			list = append(list, l)
		}
	}
	return list
}

// Canonical is the page's address without the format.
func (p htmlPage) Canonical() string {
	for _, l := range p.Links {
		if l.Rel == "self" {
			return withoutFormat(l.Href)
		}
	}
	return ""
}

// HasMap says whether the page has a map: one makes sense, and there is the script.
func (p htmlPage) HasMap() bool { return p.Map && p.Site.Map != nil }

// pages are the templates by the name of the page.
type pages map[string]*template.Template

// loadPages reads the templates.
func loadPages(site htmlSite) (pages, error) {
	files, err := fs.Sub(htmlFiles, "html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "*.html")
	if err != nil {
		return nil, err
	}
	shared := []string{"layout.html", "parts.html"}
	base, err := template.New("").Funcs(htmlFunctions(site)).ParseFS(files, shared...)
	if err != nil {
		return nil, err
	}
	list := make(pages)
	for _, name := range names {
		if name == shared[0] || name == shared[1] {
			continue
		}
		page, err := base.Clone()
		if err == nil {
			page, err = page.ParseFS(files, name)
		}
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", name, err)
		}
		list[strings.TrimSuffix(name, ".html")] = page
	}
	return list, nil
}

// write writes a page.
func (s *Server) writePage(name string, p htmlPage) ([]byte, error) {
	page := s.pages[name]
	if page == nil {
		return nil, fmt.Errorf("there is no page %q", name)
	}
	p.Site = s.site
	var b bytes.Buffer
	if err := page.ExecuteTemplate(&b, "layout", p); err != nil {
		return nil, fmt.Errorf("page %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// html answers with a page.
func (a *answer) html(name string, p htmlPage) error {
	p.Change, p.Time = a.view.Seq, a.view.Time.UTC()
	body, err := a.server.writePage(name, p)
	if err != nil {
		return err
	}
	a.context.Response().Header().Set("Content-Security-Policy", a.server.page.policy)
	a.inHeader(p.Links)
	return a.bytes(body)
}
