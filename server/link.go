package server

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/labstack/echo/v4"
)

// link is a link as OGC API - Common writes it.
type link struct {
	Href  string `json:"href"`
	Rel   string `json:"rel"`
	Type  string `json:"type,omitzero"`
	Title string `json:"title,omitzero"`

	// Of a link that is followed by a search.
	Method string            `json:"method,omitzero"`
	Body   map[string]string `json:"body,omitzero"`
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
		b = appendQuoted(append(b, `,"title":`...), l.Title)
		if l.Method != "" {
			b = appendBody(append(append(append(b, `,"method":"`...), l.Method...), `","body":`...), l.Body)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

// inHeader also says in a Link header (RFC 8288) what links say in the body: a
// reader that streams the body, or only asks for the head, finds its way. self is
// left out, which the reader knows.
func (a *answer) inHeader(links []link) []link {
	var b []byte
	for _, l := range links {
		if l.Rel == "self" || l.Method != "" {
			continue
		}
		if len(b) > 0 {
			b = append(b, ", "...)
		}
		b = append(append(append(b, '<'), l.Href...), `>; rel="`...)
		b = append(append(b, l.Rel...), '"')
		if l.Type != "" {
			b = append(append(append(b, `; type="`...), l.Type...), '"')
		}
	}
	a.context.Response().Header()["Link"] = []string{string(b)}
	return links
}

// selfLinks lead to the answer itself and to the other formats that it has. self and
// others are their queries, without f.
func (a *answer) selfLinks(path string, self, others url.Values, offered []format) []link {
	links := make([]link, 0, len(offered)+3) // and room for what follows
	if a.context.QueryParam("f") != "" {
		self = withValue(self, "f", a.format.name)
	}
	links = append(links, link{Href: a.href(path, self), Rel: "self", Type: a.format.mediaType(), Title: "This document"})
	return append(links, a.alternates(path, others, offered)...)
}

// alternates lead to the formats that the answer has not.
func (a *answer) alternates(path string, query url.Values, offered []format) (links []link) {
	for _, f := range offered {
		if f.name != a.format.name {
			links = append(links, link{Href: a.href(path, withValue(query, "f", f.name)), Rel: "alternate", Type: f.mediaType(), Title: f.title})
		}
	}
	return links
}

// withoutFormat is an address without the parameter f.
func withoutFormat(href string) string {
	path, query, _ := strings.Cut(href, "?")
	values, err := url.ParseQuery(query)
	if err != nil || !values.Has("f") {
		return href
	}
	if values.Del("f"); len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// withValue is a copy of values with one more.
func withValue(v url.Values, name, value string) url.Values {
	c := make(url.Values, len(v)+1)
	for name, list := range v {
		c[name] = list
	}
	c.Set(name, value)
	return c
}

func appendBody(b []byte, members map[string]string) []byte {
	b = append(b, '{')
	for i, name := range slices.Sorted(maps.Keys(members)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuoted(append(appendQuoted(b, name), ':'), members[name])
	}
	return append(b, '}')
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

// searchLinks lets the links of a search that are too long for a URL be searches too:
// what a GET of their address could not answer is answered to a POST of their body,
// or it is left out.
func (a *answer) searchLinks(k geo.Kind, links []link) []link {
	var short []link
	for _, l := range links {
		if len(l.Href) > maxURLBytes/2 {
			_, query, _ := strings.Cut(l.Href, "?")
			values, err := url.ParseQuery(query)
			if err != nil {
				continue // it was encoded here
			}
			l.Href, l.Method, l.Body = a.href(collectionPath(k)+"/search", nil), http.MethodPost, searchBody(values)
		}
		short = append(short, l)
	}
	return short
}

func collectionPath(k geo.Kind) string { return "/collections/" + string(k) }

func itemsPath(k geo.Kind) string { return collectionPath(k) + "/items" }

func itemPath(k geo.Kind, id string) string { return itemsPath(k) + "/" + url.PathEscape(id) }
