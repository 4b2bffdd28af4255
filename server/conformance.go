package server

import "github.com/labstack/echo/v4"

// conformanceClasses are the conformance classes that the server claims. What each
// asks and which test holds it is in docs/conformance.md; a test holds the two
// together, so that only what is true is claimed, and all of it.
var conformanceClasses = []string{
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
	"http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
	"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
	"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
	"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
	"http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
	"http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
	"http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
	"http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
	"http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
	"http://www.opengis.net/spec/cql2/1.0/conf/accent-insensitive-comparison",
	"http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
	"http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
	"http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
	"http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions",
	"http://www.opengis.net/spec/cql2/1.0/conf/array-functions",
	"http://www.opengis.net/spec/cql2/1.0/conf/property-property",
	"http://www.opengis.net/spec/cql2/1.0/conf/arithmetic",
	"http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/schemas",
	"http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/references",
	"http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/returnables-and-receivables",
	"http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/queryables",
	"http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/sortables",
	"http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/profile-codelists",
	"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
	"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
	"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
	"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
	"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
	"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
	"http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
	"http://www.opengis.net/spec/tms/2.0/conf/tilematrixsetlimits",
	"http://www.opengis.net/spec/tms/2.0/conf/tilesetmetadata",
}

const conformancePath = "/conformance"

var conformanceFormats = []format{asJSON, asHTML}

type conformanceDocument struct {
	ConformsTo []string `json:"conformsTo"`
	Links      []link   `json:"links"`
}

// conformance answers the classes of the OGC's standards that the server conforms to.
func (s *Server) conformance(c echo.Context) error {
	f, err := onlyFormat(c, conformanceFormats...)
	if err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	links := a.inHeader(append(a.selfLinks(conformancePath, nil, nil, conformanceFormats), link{Href: a.href("/", nil), Rel: "root", Type: jsonType, Title: s.Title}))
	if f.name == asHTML.name {
		return a.conformancePage(links)
	}
	return a.json(conformanceDocument{conformanceClasses, links})
}
