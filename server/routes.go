package server

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// route is one of the server's resources: where it is, and what answers.
type route struct {
	path    string // with {names}, as OpenAPI writes them; {collection} is each of the collections
	method  string // POST; GET, with which HEAD goes, where it is ""
	handler echo.HandlerFunc
}

// routes lists all that the server answers.
func (s *Server) routes() []route {
	list := []route{
		{path: "/", handler: s.landing},
		{path: conformancePath, handler: s.conformance},
		{path: "/collections", handler: s.collections},
		{path: "/collections/{collection}", handler: s.collection},
		{path: "/collections/{collection}/items", handler: s.items},
		{path: "/collections/{collection}/items/{id}", handler: s.item},
		{path: "/collections/{collection}/search", method: http.MethodPost, handler: s.search},
		{path: "/collections/events/clusters", handler: s.clusters},
		{path: "/collections/events/histogram", handler: s.histogram},
		{path: "/collections/events/facets", handler: s.facets},
		{path: tilesetsPath, handler: s.tilesets},
		{path: tilesURL, handler: s.tileset},
		{path: tilesURL + "/{z}/{y}/{x}", handler: s.tile},
		{path: stylesPath, handler: s.styles},
		{path: eventStylePath, handler: s.style},
		{path: eventStylePath + "/{sprite}", handler: s.sprite},
		{path: tileMatrixSetsPath, handler: s.tileMatrixSets},
		{path: tileMatrixSetsPath + "/{id}", handler: s.tileMatrixSet},
		{path: "/healthz", handler: s.healthy},
		{path: "/readyz", handler: s.ready},
		{path: "/*", handler: s.file},
	}
	for _, r := range schemaResources {
		list = append(list, route{path: "/collections/{collection}" + r.path, handler: s.schema(r)})
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
