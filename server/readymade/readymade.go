// Package readymade is the limit that the server's speed is measured against: echo
// handing out bytes that it has.
package readymade

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// Answer is what one URL is answered.
type Answer struct {
	ContentType string
	Body        []byte
}

// Handler answers each request with the bytes that stand under its URI (path and
// query, as sent), and 404 where none do.
func Handler(answers map[string]Answer) http.Handler {
	e := echo.New()
	e.GET("/*", func(c echo.Context) error {
		a, known := answers[c.Request().RequestURI]
		if !known {
			return echo.ErrNotFound
		}
		return c.Blob(http.StatusOK, a.ContentType, a.Body)
	})
	return e
}
