package server

import (
	"sync"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server/style"
	"github.com/labstack/echo/v4"
)

const (
	stylesPath     = "/styles"
	eventStylePath = stylesPath + "/events"
	relStyles      = "http://www.opengis.net/def/rel/ogc/1.0/styles"
)

// asStyle is the one format of a style. Clients ask for it as any JSON.
var asStyle = format{"mapbox", "application/vnd.mapbox.style+json", "Style for MapLibre and QGIS", []string{"json", jsonType}}

var (
	stylesFormats = []format{asJSON}
	styleFormats  = []format{asStyle}
	spriteFormats = []format{{"png", "image/png", "PNG", nil}, asJSON}
)

// spriteInPath names the picture and what says where its signs are, for usual screens
// and for those of twice the density.
var spriteInPath = []geo.Parameter{{Name: "sprite", About: "the signs, or where each stands in them",
	ParameterShape: geo.ParameterShape{Type: geo.StringProperty, Codes: []string{"sprite.png", "sprite.json", "sprite@2x.png", "sprite@2x.json"}, Example: "sprite.png"}}}

// stylesDocument lists styles as OGC API - Styles (20-009, a draft) has it.
type stylesDocument struct {
	Default string      `json:"default"`
	Styles  []styleItem `json:"styles"`
	Links   []link      `json:"links"`
}

type styleItem struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Links []link `json:"links"`
}

func (s *Server) styles(c echo.Context) error {
	f, err := onlyFormat(c, stylesFormats...)
	if err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	return a.json(stylesDocument{Default: string(geo.Events), Styles: []styleItem{{string(geo.Events), "Events", []link{a.styleLink(nil)}}},
		Links: a.inHeader(a.selfLinks(stylesPath, nil, nil, stylesFormats))})
}

func (a *answer) styleLink(query map[string][]string) link {
	return link{Href: a.href(eventStylePath, query), Rel: "stylesheet", Type: asStyle.mediaType(), Title: asStyle.title}
}

// style answers the style of the events' tiles, with the same filter in their address.
func (s *Server) style(c echo.Context) error {
	filter, faults := geo.ParseFilter(geo.Events, c.QueryParams(), "f")
	f, formatFaults := negotiate(c, styleFormats)
	if err := unanswerable(append(faults, formatFaults...)); err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	selection, err := a.view.Select(geo.Events, filter)
	if err != nil {
		return err
	}
	defer selection.Release()
	tiles := a.tileJSON(filter, selection)
	return a.json(style.New(s.Title, a.href(eventStylePath+"/sprite", nil), style.Source{Tiles: tiles.Tiles, Bounds: tiles.Bounds, MinZoom: tiles.MinZoom, MaxZoom: tiles.MaxZoom, Attribution: tiles.Attribution}))
}

// sprites are the files of the sprite, by name: for usual screens and for those of
// twice the density. Each sheet is drawn when it is first asked for.
var sprites = makeSprites()

func makeSprites() map[string]func() (*pageFile, error) {
	files := make(map[string]func() (*pageFile, error))
	for name, scale := range map[string]int{"sprite": 1, "sprite@2x": 2} {
		draw := sync.OnceValues(func() (style.Sprite, error) { return style.DrawSprite(scale) })
		file := func(name string, of func(style.Sprite) []byte) func() (*pageFile, error) {
			return sync.OnceValues(func() (*pageFile, error) {
				drawn, err := draw()
				return newPageFile(name, of(drawn)), err
			})
		}
		files[name+".png"] = file(name+".png", func(s style.Sprite) []byte { return s.PNG })
		files[name+".json"] = file(name+".json", func(s style.Sprite) []byte { return s.JSON })
	}
	return files
}

// sprite answers a file of the style's signs. It does not change with the records.
func (s *Server) sprite(c echo.Context) error {
	file := sprites[param(c, "sprite")]
	if file == nil {
		return echo.ErrNotFound
	}
	if _, unknown := geo.ParseFilter("", c.QueryParams()); len(unknown) > 0 {
		return unanswerable(unknown)
	}
	f, err := file()
	if err != nil {
		return err
	}
	return s.sendFile(c, f)
}
