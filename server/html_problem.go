package server

import (
	"net/http"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/labstack/echo/v4"
)

// itemsRoute is the path of items, as echo knows it.
const itemsRoute = "/collections/:collection/items"

// htmlProblem is an error as people read it.
type htmlProblem struct {
	Heading string
	problem
}

// problemPage is an error as a page. What is wrong with a filter is said at the form
// that it may have come from, with the values as they were given.
func (s *Server) problemPage(c echo.Context, p problem) ([]byte, error) {
	if c.Path() == itemsRoute && p.Status == http.StatusBadRequest {
		if k, err := geo.ParseKind(param(c, "collection")); err == nil {
			return s.faultyItems(c, k, p)
		}
	}
	heading := p.Title
	switch p.Status {
	case http.StatusBadRequest:
		heading = "This cannot be answered"
	case http.StatusNotFound:
		heading = "There is nothing here"
	case http.StatusGone:
		heading = "Withdrawn or removed"
	case http.StatusInternalServerError:
		heading = "The server failed"
	}
	return s.writePage("problem", htmlPage{Title: heading, Trail: []link{dataLink, {Title: heading}}, Main: htmlProblem{heading, p}})
}

// faultyItems is a page of items whose filter has faults: the form, and no items.
func (s *Server) faultyItems(c echo.Context, k geo.Kind, p problem) ([]byte, error) {
	a := &answer{server: s, context: c, view: s.Catalog.View(), root: s.root(c), format: asHTML}
	form, err := a.itemsForm(k, geo.Filter{}, p.Errors)
	if err != nil {
		return nil, err
	}
	title := described[k][0]
	main := htmlItems{Title: title, About: described[k][1], Form: form, Problem: p}
	return s.writePage("items", htmlPage{Title: title, Trail: []link{dataLink, {Title: title}}, Main: main})
}
