package server

import (
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server/openapi"
)

// Tags are the groups of the document's operations.
const (
	tagAPI     = "Capabilities"
	tagRecords = "Records" // and for each collection its title
	tagCounts  = "Counts"
	tagTiles   = "Tiles"
	tagService = "Service"
)

// tags describes them, in the order in which people read of them.
func tags() []openapi.Tag {
	list := []openapi.Tag{{Name: tagAPI, Description: "What there is, and how to ask for it."},
		{Name: tagRecords, Description: "Places, areas, events, actors and datasets, as GeoJSON features and as files (OGC API - Features)."}}
	for _, k := range geo.Kinds() {
		list = append(list, openapi.Tag{Name: described[k][0], Description: described[k][1] + "."})
	}
	return append(list, openapi.Tag{Name: tagCounts, Description: "Counts over events, for maps, timelines and choices. They take the filter of the events, and answer of one state of the records."},
		openapi.Tag{Name: tagTiles, Description: "Vector tiles of the events (OGC API - Tiles), with the same filter."},
		openapi.Tag{Name: tagService, Description: "For whoever runs the server."})
}

const apiDescription = `Where, when, who, according to whom, and how sure that is. Times are UTC. A null is not known, never zero.

**Filter.** Several values of one parameter by comma: one of them must hold. Several parameters: all must hold. The same filter works on items, files, counts and tiles. A parameter that is not known, or has a value out of its range, is a 400 that names all faults of the request.

**Formats.** By the parameter f, else by the Accept header; where that names nothing that there is, the first format is the answer, and never a 406. Answers are compressed with zstd, brotli or gzip where the reader accepts it.

**Caching.** Every answer of the records has a strong ETag, made of their state and the request; If-None-Match and If-Modified-Since are answered 304.

**Methods.** GET and HEAD, and POST of searches; any other is a 405. OPTIONS answers a CORS preflight: reads are open to every origin.`

// describer makes the OpenAPI document.
type describer struct {
	types    openapi.Types
	document openapi.Document
}

// describe makes the OpenAPI document of the server's routes. Its one address is root.
func (s *Server) describe(routes []route, root string) (*openapi.Document, error) {
	d := &describer{types: openapi.Types{Known: map[reflect.Type]*openapi.Schema{reflect.TypeFor[geo.Instant](): {Type: "string", Nullable: true}}}}
	d.document = openapi.Document{OpenAPI: openapi.Version, Servers: []openapi.Server{{URL: root}}, Tags: tags(),
		Info: openapi.Info{Title: s.Title, Description: apiDescription, Version: s.Version}}
	for _, r := range routes {
		if r.name == "" {
			continue
		}
		kinds := []geo.Kind{""}
		if strings.Contains(r.path, collectionInPath) {
			kinds = geo.Kinds()
		}
		for _, k := range kinds {
			item, err := d.pathItem(r, k)
			if err != nil {
				return nil, err
			}
			d.document.Paths.Add(strings.Replace(r.path, collectionInPath, string(k), 1), item)
		}
	}
	if err := shareParameters(&d.document); err != nil {
		return nil, err
	}
	for _, path := range d.document.Paths {
		addMethods(path.Value)
	}
	return &d.document, d.addComponents()
}

const collectionInPath = "{collection}"

// pathItem describes a route for one of the collections; "": it has none in its path.
func (d *describer) pathItem(r route, k geo.Kind) (item *openapi.PathItem, err error) {
	o := &openapi.Operation{Tags: []string{r.tag}, Summary: strings.Replace(r.summary, collectionInPath, string(k), 1), Description: r.about}
	if k != "" {
		o.Tags[0] = described[k][0]
	}
	for _, p := range r.inPath {
		if p.Name == "id" && k != "" {
			p.Example = exampleIDs[k]
		}
		o.Parameters = append(o.Parameters, describeParameter(p, "path"))
	}
	if r.method == http.MethodPost {
		o.OperationID = operationID("post", r.name, k)
		o.RequestBody = d.searchBody(k)
		o.Responses, err = d.answers(r, k, o.OperationID)
		return &openapi.PathItem{Post: o}, err
	}
	o.OperationID = operationID("get", r.name, k)
	if r.parameters != nil {
		for _, p := range r.parameters(k) {
			o.Parameters = append(o.Parameters, describeParameter(p, "query"))
		}
	}
	if !r.formatInPath {
		o.Parameters = append(o.Parameters, describeParameter(formatParameter(r.formats(k)), "query"))
	}
	o.Responses, err = d.answers(r, k, o.OperationID)
	return &openapi.PathItem{Get: o}, err
}

// operationID names an operation as OGC API - Tiles asks for it: by what it does, after
// what it is of, as events.getItems or events.collection.vector.getTile.
func operationID(verb, name string, k geo.Kind) string {
	of := ""
	if i := strings.LastIndex(name, "."); i >= 0 {
		of, name = name[:i+1], name[i+1:]
	}
	if k != "" {
		of = string(k) + "." + of
	}
	return of + verb + sentence(name)
}

// verbed is an operation's id with another verb.
func verbed(verb string, o *openapi.Operation) string {
	i := strings.LastIndex(o.OperationID, ".") + 1
	return o.OperationID[:i] + verb + strings.TrimLeftFunc(o.OperationID[i:], unicode.IsLower)
}

// addMethods describes HEAD and OPTIONS, which go with what is there.
func addMethods(item *openapi.PathItem) {
	of := item.Post
	if get := item.Get; get != nil {
		of = get
		head := *get
		head.Summary, head.Description = "The headers of: "+get.Summary, ""
		head.OperationID = verbed("head", of)
		head.Responses = nil
		for _, answer := range get.Responses {
			head.Responses.Add(answer.Name, &openapi.Response{Ref: "#/components/responses/Head"})
		}
		item.Head = &head
	}
	options := openapi.Operation{Tags: of.Tags, Summary: "What may be asked of: " + of.Summary,
		OperationID: verbed("options", of), Responses: openapi.Ordered[*openapi.Response]{{Name: strconv.Itoa(http.StatusNoContent), Value: &openapi.Response{Ref: "#/components/responses/Preflight"}}}}
	for _, p := range of.Parameters { // that the path has
		if p.In == "path" {
			options.Parameters = append(options.Parameters, p)
		}
	}
	item.Options = &options
}
