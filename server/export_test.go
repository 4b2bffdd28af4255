package server

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/labstack/echo/v4"
)

// PanicOn adds a path whose handler panics.
func PanicOn(s *Server, path string) {
	s.echo.GET(path, func(echo.Context) error { panic("secret cause") })
}

// WaitOn adds a path that says when it was entered and answers when it is released.
func WaitOn(s *Server, path string, entered, release chan struct{}) {
	s.echo.GET(path, func(c echo.Context) error {
		close(entered)
		<-release
		return c.NoContent(http.StatusOK)
	})
}

// StartedAt lets the server have been started at a time.
func StartedAt(s *Server, at time.Time) { s.started = at }

// LeadsOutside says whether a page makes a link of an address that stands in data.
func LeadsOutside(href string) bool { return outside("text", href).Href != "" }

// EventTime is when an event was, as pages say it.
func EventTime(e *geo.Event) (words string) {
	for _, p := range eventTimeWords(e) {
		words += p.Text
	}
	return words
}

// Code is a code as pages say it.
func Code(property, value string) string { return code(property, value) }

// Number is a whole number as pages say it, "" of another text.
func Number(digits string) string {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return ""
	}
	return number(n)
}

// SureDates are the dates of an event that search engines are told.
func SureDates(e *geo.Event) (start, end string) { return sureDates(e) }

// Described lists the path, with the collections in their places, and the method of each
// route that the server has and the API is made of.
func Described(s *Server) (list [][2]string) {
	for _, r := range s.routes() {
		method := r.method
		if method == "" {
			method = http.MethodGet
		}
		if r.path == "/*" { // the page's files
			continue
		}
		if !strings.Contains(r.path, collectionInPath) {
			list = append(list, [2]string{method, r.path})
			continue
		}
		for _, k := range geo.Kinds() {
			list = append(list, [2]string{method, strings.Replace(r.path, collectionInPath, string(k), 1)})
		}
	}
	return list
}
