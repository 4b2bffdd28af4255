package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path"
	"slices"
	"strings"
)

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

// MapCredit is whom the map's ground is owed to.
func (s htmlSite) MapCredit() string {
	if s.Map.Ground != nil {
		return s.Map.Ground.Attribution
	}
	return "Outlines: Natural Earth, generalised; no opinion on any border."
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
