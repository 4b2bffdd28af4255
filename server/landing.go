package server

import (
	"net/http"
	"net/url"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server/openapi"
	"github.com/labstack/echo/v4"
)

var (
	landingFormats = []format{asJSON, asHTML}
	statusFormats  = []format{asJSON}
)

type landingPage struct {
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Version     string   `json:"version" doc:"Of the program."`
	Change      uint64   `json:"change" doc:"The number of the last change in the catalog."`
	Attribution []string `json:"attribution" doc:"A line for each dataset whose work is here."`
	Links       []link   `json:"links"`
}

// landing is the map for browsers and the API's landing page for programs.
func (s *Server) landing(c echo.Context) error {
	f, faults := negotiate(c, landingFormats)
	if f.name == asHTML.name && len(faults) == 0 {
		return s.index(c) // whose parameters are the page's own
	}
	if _, err := onlyFormat(c, landingFormats...); err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	return a.json(landingPage{
		Title:       s.Title,
		Description: "Places, areas and events of a conflict as GeoJSON: where, when, who, according to whom, and how sure that is.",
		Version:     s.Version,
		Change:      a.view.Seq,
		Attribution: data.Attributions(a.view.Summary(geo.Datasets).Datasets),
		Links: []link{
			{Href: a.href("/", nil), Rel: "self", Type: jsonType, Title: "This document"},
			{Href: a.href("/", nil), Rel: "alternate", Type: "text/html", Title: "The map"},
			{Href: a.href(apiPath, nil), Rel: "service-desc", Type: openapi.MediaType, Title: "What can be asked, for programs (OpenAPI)"},
			{Href: a.href(apiPath, url.Values{"f": {"html"}}), Rel: "service-doc", Type: asHTML.mediaType(), Title: "What can be asked, for people"},
			{Href: a.href("/collections", nil), Rel: "data", Type: jsonType, Title: "The collections"},
			{Href: a.href(conformancePath, nil), Rel: "conformance", Type: jsonType, Title: "The conformance classes"},
			{Href: a.href(tilesetsPath, nil), Rel: relTilesets, Type: jsonType, Title: "Vector tiles of the events"},
			{Href: a.href(tileMatrixSetsPath, nil), Rel: relTilingSchemes, Type: jsonType, Title: "The tile matrix sets"},
			{Href: a.href(stylesPath, nil), Rel: relStyles, Type: jsonType, Title: "Styles of the tiles"},
		},
	})
}

type status struct {
	Status string `json:"status"`
	Change uint64 `json:"change,omitzero"`
}

// healthy says that the process lives.
func (s *Server) healthy(c echo.Context) error {
	if _, err := onlyFormat(c, statusFormats...); err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, status{Status: "ok"})
}

// ready says whether requests should be sent here: not any more while stopping.
func (s *Server) ready(c echo.Context) error {
	if _, err := onlyFormat(c, statusFormats...); err != nil {
		return err
	}
	if s.stopping.Load() {
		return geo.Errorf(geo.Unavailable, "the server is stopping")
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, status{"ready", s.Catalog.View().Seq})
}
