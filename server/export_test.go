package server

import (
	"net/http"
	"time"

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
