package server

import (
	"net/url"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/labstack/echo/v4"
)

// link is a link as OGC API - Common writes it.
type link struct {
	Href  string `json:"href"`
	Rel   string `json:"rel"`
	Type  string `json:"type,omitzero"`
	Title string `json:"title,omitzero"`
}

// appendLinks writes links as a JSON array. Addresses and titles are valid UTF-8.
func appendLinks(b []byte, links []link) []byte {
	b = append(b, '[')
	for i, l := range links {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuoted(append(b, `{"href":`...), l.Href)
		b = appendQuoted(append(b, `,"rel":`...), l.Rel)
		b = appendQuoted(append(b, `,"type":`...), l.Type)
		b = append(appendQuoted(append(b, `,"title":`...), l.Title), '}')
	}
	return append(b, ']')
}

// appendTexts writes texts as a JSON array.
func appendTexts(b []byte, texts []string) []byte {
	b = append(b, '[')
	for i, text := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuoted(b, text)
	}
	return append(b, ']')
}

// root is the server's address as the reader knows it, without a slash at the end.
func (s *Server) root(c echo.Context) string {
	if s.PublicURL != "" {
		return s.PublicURL
	}
	r := c.Request()
	return c.Scheme() + "://" + r.Host
}

func (a *answer) href(path string, query url.Values) string {
	u := a.root + path
	if len(query) > 0 {
		u += "?" + query.Encode()
	}
	return u
}

func collectionPath(k geo.Kind) string { return "/collections/" + string(k) }

func itemsPath(k geo.Kind) string { return collectionPath(k) + "/items" }

func itemPath(k geo.Kind, id string) string { return itemsPath(k) + "/" + url.PathEscape(id) }
