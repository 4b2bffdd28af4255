package server

import (
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// htmlCollection is a collection as pages show it.
type htmlCollection struct {
	collection
	Href    string
	Items   string // the address of its items
	Records int
	Span    []piece // in which its events happened
	Box     string  // where they are, in words
	Files   []link  // all of it, in each format
	Schemas []link  // what its records hold
}

// collectionsPage is the list of collections for people.
func (a *answer) collectionsPage(document collectionsDocument) error {
	var list []htmlCollection
	var lines []string
	for _, c := range document.Collections {
		shown, err := a.htmlCollection(c)
		if err != nil {
			return err
		}
		list, lines = append(list, shown), append(lines, c.Attribution...)
	}
	return a.html("collections", htmlPage{Title: "The data", Links: document.Links, Attribution: unique(lines), Structured: a.catalogData(), Main: list})
}

// collectionPage is one collection for people.
func (a *answer) collectionPage(document collection) error {
	k := geo.Kind(document.ID)
	shown, err := a.htmlCollection(document)
	if err != nil {
		return err
	}
	links := a.selfLinks(collectionPath(k), nil, nil, collectionFormats)
	for _, l := range document.Links {
		// The page has its items and its schemas where one looks for them.
		if l.Rel != "self" && l.Rel != "alternate" && l.Rel != "items" && !slices.ContainsFunc(shown.Schemas, func(s link) bool { return s.Href == l.Href }) {
			links = append(links, l)
		}
	}
	return a.html("collection", htmlPage{Title: document.Title, Links: links, Attribution: document.Attribution, Structured: a.collectionData(k), Main: shown,
		Trail: []link{dataLink, {Title: document.Title}}})
}

// dataLink leads to the list of collections, where every trail begins.
var dataLink = link{Href: "/collections", Title: "Data"}

func (a *answer) htmlCollection(c collection) (htmlCollection, error) {
	k := geo.Kind(c.ID)
	page, err := a.view.Query(k, geo.Filter{}, nil, "", 1)
	if err != nil {
		return htmlCollection{}, err
	}
	shown := htmlCollection{collection: c, Href: collectionPath(k), Items: itemsPath(k), Records: page.Matched}
	all := a.view.Summary(k)
	if all.Box != nil {
		shown.Box = boxWords(*all.Box)
	}
	shown.Span = spanWords(all.Span)
	for _, l := range a.schemaLinks(k) {
		if l.Type == schemaType { // some stand twice, for programs
			shown.Schemas = append(shown.Schemas, l)
		}
	}
	for _, f := range itemsFormats[k] {
		if f.name != asHTML.name {
			shown.Files = append(shown.Files, link{Href: itemsPath(k) + "?f=" + f.name, Rel: "items", Type: f.mediaType(), Title: strings.TrimPrefix(f.title, ofAllMatching)})
		}
	}
	return shown, nil
}
