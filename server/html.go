package server

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"html/template" // escapes by where a value stands: data is nobody's we trust
	"io/fs"
	"path"
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

// htmlSite is what the pages of one server have in common.
type htmlSite struct {
	Title string
	Style string   // the path of the style sheet, without the first slash, as all paths here
	Signs string   // the path of the events' signs
	Icon  string   // "": without the built page there is none
	Map   *htmlMap // nil: nor is there a map
}

// htmlMap is what the map of a page loads.
type htmlMap struct {
	Script   string
	Imports  []string // what the script loads
	Styles   []string
	Settings string   // the operator's, as in the index
	Ground   *BaseMap // the operator's tiles; nil: the map's own outlines
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

// MapCredit is whom the map's ground is owed to.
func (s htmlSite) MapCredit() string {
	if s.Map.Ground != nil {
		return s.Map.Ground.Attribution
	}
	return "Outlines: Natural Earth, generalised; no opinion on any border."
}

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

// loadSite adds the pages' own files to the built page's, and finds what of the
// built page the pages use.
func loadSite(cfg Config, p *page) (site htmlSite, err error) {
	site.Title = cfg.Title
	for name, address := range map[string]*string{"style.css": &site.Style, "signs.svg": &site.Signs} {
		body, err := htmlFiles.ReadFile("html/" + name)
		if err != nil {
			return site, err
		}
		*address = hashedName(name, body)
		p.files[*address] = newPageFile(*address, body)
	}
	if p.files["icon.svg"] != nil {
		site.Icon = "icon.svg"
	}
	site.Map, err = findMap(cfg, p)
	return site, err
}

// hashedName is where a file lies: its name changes with what is in it, so that it
// may be kept for ever.
func hashedName(name string, body []byte) string {
	h := fnv.New64a()
	h.Write(body)
	extension := path.Ext(name)
	return fmt.Sprintf("assets/%s-%x%s", strings.TrimSuffix(name, extension), h.Sum64(), extension)
}

const (
	manifestFile = ".vite/manifest.json"
	mapEntry     = "src/map/small.ts"
)

// chunk is an entry of vite's manifest: a script, what it loads, and its styles.
type chunk struct {
	File    string   `json:"file"`
	CSS     []string `json:"css"`
	Imports []string `json:"imports"`
}

// findMap finds the script and the styles of the pages' map in the manifest that
// vite writes beside the built page. A page without one has no such map.
func findMap(cfg Config, p *page) (*htmlMap, error) {
	if cfg.Page == nil {
		return nil, nil
	}
	text, err := fs.ReadFile(cfg.Page, manifestFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // built by other means
	} else if err != nil {
		return nil, err
	}
	var manifest map[string]chunk
	if err := json.Unmarshal(text, &manifest); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestFile, err)
	}
	entry, found := manifest[mapEntry]
	if !found {
		return nil, fmt.Errorf("%s has no %s", manifestFile, mapEntry)
	}
	settings, err := settingsOf(cfg)
	if err != nil {
		return nil, err
	}
	m := &htmlMap{Script: entry.File, Settings: settings, Ground: cfg.BaseMap}
	for _, name := range entry.Imports {
		m.Imports = append(m.Imports, manifest[name].File)
	}
	for _, name := range append(entry.Imports, mapEntry) {
		m.Styles = append(m.Styles, manifest[name].CSS...)
	}
	delete(p.files, manifestFile) // which is nobody's else
	for _, name := range slices.Concat(m.Styles, m.Imports, []string{m.Script}) {
		if p.files[name] == nil {
			return nil, fmt.Errorf("%s names %s, which is not there", manifestFile, name)
		}
	}
	return m, nil
}
