// Package web carries the built page (web/dist) into the program.
package web

import (
	"embed"
	"io/fs"
)

// dist.md is always there, so that a program can be built without the page.
//
//go:embed all:dist*
var files embed.FS

// Page returns the built page's files, or nil where it has not been built.
func Page() fs.FS {
	page, err := fs.Sub(files, "dist")
	if err != nil {
		return nil
	}
	if _, err := fs.Stat(page, "index.html"); err != nil {
		return nil
	}
	return page
}
