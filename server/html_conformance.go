package server

import (
	"cmp"
	"strings"
)

// standards are the titles of the OGC's standards by the part of a class's URI that
// names them.
var standards = map[string]string{
	"ogcapi-features-1/1.0": "OGC API - Features, Part 1: Core",
	"ogcapi-features-2/1.0": "OGC API - Features, Part 2: Coordinate Reference Systems by Reference",
	"ogcapi-features-3/1.0": "OGC API - Features, Part 3: Filtering",
	"ogcapi-common-3/1.0":   "OGC API - Features, Part 5 / Common, Part 3: Schemas",
	"ogcapi-tiles-1/1.0":    "OGC API - Tiles, Part 1: Core",
	"cql2/1.0":              "Common Query Language (CQL2)",
	"tms/2.0":               "Two Dimensional Tile Matrix Set and Tile Set Metadata",
}

// standardClaimed is a standard with the classes of it that are claimed.
type standardClaimed struct {
	Title   string
	Classes []link
}

// conformancePage lists the conformance classes for people.
func (a *answer) conformancePage(links []link) error {
	var list []standardClaimed
	for _, uri := range conformanceClasses {
		standard, class, _ := strings.Cut(strings.TrimPrefix(uri, "http://www.opengis.net/spec/"), "/conf/")
		title := cmp.Or(standards[standard], standard)
		if len(list) == 0 || list[len(list)-1].Title != title {
			list = append(list, standardClaimed{Title: title})
		}
		last := &list[len(list)-1]
		last.Classes = append(last.Classes, link{Href: uri, Title: class})
	}
	return a.html("conformance", htmlPage{Title: "Conformance", Links: links, Main: list, Trail: []link{dataLink, {Title: "Conformance"}}})
}
