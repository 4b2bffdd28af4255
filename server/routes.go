package server

import (
	"net/http"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/labstack/echo/v4"
)

// route is one of the server's resources: where it is, what answers, and what the
// OpenAPI document says of it.
type route struct {
	path    string // with {names}, as OpenAPI writes them; {collection} is each of the collections
	method  string // POST; GET, with which HEAD goes, where it is ""
	handler echo.HandlerFunc
	resource
}

// resource is what the OpenAPI document says of a route. Tests hold that all of it is
// so, and that there is no more.
type resource struct {
	name         string // of the operation, in camelCase; "": not part of the API
	tag          string // one of tags
	summary      string // one line
	about        string // more than that, in sentences
	formats      func(k geo.Kind) []format
	parameters   func(k geo.Kind) []geo.Parameter // of the query, without f
	inPath       []geo.Parameter                  // the {names} of the path, without {collection}
	body         bodyOf
	errors       []int // beyond those of every resource
	formatInPath bool  // there is no parameter f
	shaped       bool  // has geometries, in the reference system that Content-Crs names
}

// routes lists all that the server answers.
func (s *Server) routes() []route {
	list := []route{
		{path: "/", handler: s.landing, resource: resource{name: "landingPage", tag: tagAPI, summary: "The landing page",
			about: "Where everything else is. A browser is answered with the map.", formats: always(landingFormats), body: bodyFor(landingPage{})}},
		{path: apiPath, handler: s.api, resource: resource{name: "API", tag: tagAPI, summary: "This document",
			about: "What can be asked of the server, for programs (OpenAPI 3.0) and as a page for people.", formats: always(apiFormats), body: anyObject}},
		{path: conformancePath, handler: s.conformance, resource: resource{name: "conformance", tag: tagAPI, summary: "The conformance classes",
			about: "Which parts of the OGC's standards the server keeps.", formats: always(conformanceFormats), body: bodyFor(conformanceDocument{})}},
		{path: "/collections", handler: s.collections, resource: resource{name: "collectionsList", tag: tagRecords, summary: "The collections",
			about: "What each holds, where and when, from whose work, and where its records are.", formats: always(collectionFormats), body: bodyFor(collectionsDocument{})}},
		{path: "/collections/{collection}", handler: s.collection, resource: resource{name: "collection", tag: tagRecords, summary: "About the {collection}",
			formats: always(collectionFormats), body: bodyFor(collection{})}},
		{path: "/collections/{collection}/items", handler: s.items, resource: resource{name: "items", tag: tagRecords, summary: "The {collection}",
			about:   "A page of those that the filter matches, as GeoJSON, with a link to the next page, or a file of them all.",
			formats: func(k geo.Kind) []format { return itemsFormats[k] }, parameters: itemsQueryParameters, body: pageBody, errors: []int{http.StatusSeeOther}, shaped: true}},
		{path: "/collections/{collection}/items/{id}", handler: s.item, resource: resource{name: "item", tag: tagRecords, summary: "One of the {collection}",
			formats: always(itemFormats), parameters: itemQueryParameters, inPath: idInPath, body: featureBody, errors: []int{http.StatusNotFound, http.StatusGone}, shaped: true}},
		{path: "/collections/{collection}/search", method: http.MethodPost, handler: s.search, resource: resource{name: "search", tag: tagRecords, summary: "Search the {collection}",
			about: "Answers as the items do, of a query that is too long for a URL and so stands in the body.", formats: searchFormats,
			body: pageBody, errors: []int{http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType}, shaped: true}},
		{path: "/collections/events/clusters", handler: s.clusters, resource: resource{name: "clusters", tag: tagCounts, summary: "Events by cells of the map",
			about:   "All events that the filter matches: alone where they are alone, else together with those nearby. All counts together are numberMatched.",
			formats: always(clustersFormats), parameters: eventsAnd(clustersParameters), body: clustersBody}},
		{path: "/collections/events/histogram", handler: s.histogram, resource: resource{name: "histogram", tag: tagCounts, summary: "Events over time",
			about: "Bins come without gaps; undated events are counted beside them.", formats: always(countsFormats), parameters: eventsAnd(histogramParameters), body: histogramBody}},
		{path: "/collections/events/facets", handler: s.facets, resource: resource{name: "facets", tag: tagCounts, summary: "Events by the values of their fields",
			about:   "Each facet counts as if its own choice were not made: what the filter would match with that value in its place.",
			formats: always(countsFormats), parameters: eventsAnd(facetsParameters), body: facetsBody}},
		{path: tilesetsPath, handler: s.tilesets, resource: resource{name: "events.collection.vector.tileSetsList", tag: tagTiles, summary: "The tilesets of the events",
			formats: always(tilesetsFormats), body: bodyFor(tilesetsDocument{})}},
		{path: tilesURL, handler: s.tileset, resource: resource{name: "events.collection.vector.tileSet", tag: tagTiles, summary: "What the tiles hold, and where they are",
			about: "The metadata of the OGC, or TileJSON, with the same filter in the address of the tiles.", formats: always(tilesetFormats), parameters: eventsAnd(nil), body: tilesetBody}},
		{path: tilesURL + "/{tileMatrix}/{tileRow}/{tileCol}", handler: s.tile, resource: resource{name: "events.collection.vector.tile", tag: tagTiles, summary: "A vector tile of the events",
			about: "Without content where there is nothing.", formats: always(tileFormats), parameters: eventsAnd(nil), inPath: tileInPath}},
		{path: stylesPath, handler: s.styles, resource: resource{name: "styles", tag: tagTiles, summary: "The styles of the tiles", formats: always(stylesFormats), body: bodyFor(stylesDocument{})}},
		{path: eventStylePath, handler: s.style, resource: resource{name: "style", tag: tagTiles, summary: "A style that draws the events as the map does",
			about: "For MapLibre and QGIS, with the same filter in the address of the tiles.", formats: always(styleFormats), parameters: eventsAnd(nil), body: anyObject}},
		{path: eventStylePath + "/{sprite}", handler: s.sprite, resource: resource{name: "sprite", tag: tagTiles, summary: "The signs of the style",
			formats: always(spriteFormats), inPath: spriteInPath, formatInPath: true, body: anyObject, errors: []int{http.StatusNotFound}}},
		{path: tileMatrixSetsPath, handler: s.tileMatrixSets, resource: resource{name: "tileMatrixSetsList", tag: tagTiles, summary: "The tile matrix sets",
			formats: always(tileMatrixSetFormats), body: bodyFor(tileMatrixSetsDocument{})}},
		{path: tileMatrixSetsPath + "/{id}", handler: s.tileMatrixSet, resource: resource{name: "tileMatrixSet", tag: tagTiles, summary: "Where the tiles of a matrix set lie",
			formats: always(tileMatrixSetFormats), inPath: tileMatrixSetInPath, body: bodyFor(tileMatrixSet{}), errors: []int{http.StatusNotFound}}},
		{path: "/healthz", handler: s.healthy, resource: resource{name: "health", tag: tagService, summary: "Whether the process lives",
			formats: always(statusFormats), body: bodyFor(status{})}},
		{path: "/readyz", handler: s.ready, resource: resource{name: "readiness", tag: tagService, summary: "Whether requests should be sent here",
			about: "503 while the server stops.", formats: always(statusFormats), body: bodyFor(status{})}},
		{path: "/*", handler: s.file},
	}
	for _, r := range schemaResources {
		list = append(list, route{path: "/collections/{collection}" + r.path, handler: s.schema(r), resource: resource{name: strings.TrimPrefix(r.path, "/"), tag: tagRecords,
			summary: r.title + " of the {collection}", about: r.about, formats: always(schemaFormats), body: anyObject}})
	}
	return list
}

// echoPath writes a path's names as echo does.
var echoPath = strings.NewReplacer("{", ":", "}", "")

func (r route) register(e *echo.Echo) {
	methods := []string{http.MethodGet, http.MethodHead}
	if r.method != "" {
		methods = []string{r.method}
	}
	e.Match(methods, echoPath.Replace(r.path), r.handler)
}

// always is for what does not depend on the collection.
func always[T any](list []T) func(geo.Kind) []T { return func(geo.Kind) []T { return list } }

// eventsAnd are the parameters of the filter of events, and others.
func eventsAnd(others []geo.Parameter) func(geo.Kind) []geo.Parameter {
	return always(append(geo.Parameters(geo.Events), others...))
}
