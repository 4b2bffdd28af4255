package server

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server/openapi"
	"github.com/go-json-experiment/json"
)

// usualErrors are those that every resource may answer.
var usualErrors = []int{http.StatusBadRequest, http.StatusRequestURITooLong, http.StatusInternalServerError, http.StatusServiceUnavailable}

// errorAnswers says when each status is the answer.
var errorAnswers = map[int]struct{ name, about string }{
	http.StatusSeeOther:              {"Tidied", "A page for people, asked for by a form: Location is its address without the fields that were left empty"},
	http.StatusBadRequest:            {"BadRequest", "A parameter that is not known, or a value out of its range: errors names each"},
	http.StatusNotFound:              {"NotFound", "There is no such record, or it is not for everyone"},
	http.StatusMethodNotAllowed:      {"MethodNotAllowed", "The path does not answer this method: Allow lists those that it does"},
	http.StatusGone:                  {"Gone", "The record was withdrawn or removed"},
	http.StatusRequestEntityTooLarge: {"BodyTooLarge", "The body has more bytes than are read"},
	http.StatusRequestURITooLong:     {"AddressTooLong", "The URL has more than 16,384 bytes: search with a POST"},
	http.StatusUnsupportedMediaType:  {"UnsupportedMediaType", "The body is neither JSON nor a form"},
	http.StatusInternalServerError:   {"ServerFailure", "The server failed; its log has the request_id"},
	http.StatusServiceUnavailable:    {"Unavailable", "The server stops, or the answer took too long: ask again"},
}

// Headers of problems, and of answers of the records.
var (
	headersOfErrors  = []string{requestIDHeader, "Cache-Control", "Vary"}
	headersOfRecords = []string{requestIDHeader, "ETag", "Last-Modified", "Cache-Control", "Vary"}
	headerMeanings   = map[string]string{
		requestIDHeader: "Names the request in the server's log. A request may bring its own",
		"ETag":          "Of exactly these bytes: send it as If-None-Match",
		"Last-Modified": "When the records last changed. It is not said within a second of that",
		"Cache-Control": "Whether a cache must ask before it gives the answer again",
		"Vary":          "What of the request the answer depends on",
		"Link":          "The links of the answer to elsewhere (RFC 8288)",
		"Content-Crs":   "The reference system of the answer's geometries, in angle brackets",
		"Location":      "Where to go on",
		"Allow":         "The methods that the path answers",

		"Access-Control-Allow-Methods": "The methods that the path answers",
		"Access-Control-Allow-Headers": "The headers that a page may send",
		"Access-Control-Max-Age":       "For how many seconds that holds",
	}
)

func headerRefs(names ...string) (list openapi.Ordered[*openapi.Header]) {
	for _, name := range names {
		list.Add(name, &openapi.Header{Ref: "#/components/headers/" + name})
	}
	return list
}

// answers lists what a route may answer, by status.
func (d *describer) answers(r route, k geo.Kind, operationID string) (list openapi.Ordered[*openapi.Response], err error) {
	found := &openapi.Response{Description: sentence(r.summary) + ".", Headers: d.headers(r)}
	found.Description = strings.Replace(found.Description, collectionInPath, string(k), 1)
	for i, f := range r.formats(k) {
		if _, there := found.Content.Get(f.mediaType()); there {
			continue
		}
		body := &openapi.MediaBody{Schema: d.bodySchema(r, k, f)}
		if i == 0 {
			if body.Example, err = exampleAnswer(operationID); err != nil {
				return nil, err
			}
		}
		found.Content.Add(f.mediaType(), body)
	}
	list.Add(strconv.Itoa(http.StatusOK), found)
	if r.method == "" && r.tag != tagService {
		list.Add(strconv.Itoa(http.StatusNotModified), &openapi.Response{Ref: "#/components/responses/NotModified"})
	}
	statuses := append(slices.Clone(usualErrors), r.errors...)
	slices.Sort(statuses)
	for _, status := range statuses {
		list.Add(strconv.Itoa(status), &openapi.Response{Ref: "#/components/responses/" + errorAnswers[status].name})
	}
	return list, nil
}

func (d *describer) headers(r route) openapi.Ordered[*openapi.Header] {
	switch {
	case r.tag == tagService:
		return headerRefs(requestIDHeader, "Cache-Control")
	case r.method != "":
		return headerRefs(requestIDHeader, "Cache-Control", "Link", "Content-Crs")
	case r.shaped:
		return headerRefs(append(slices.Clone(headersOfRecords), "Link", "Content-Crs")...)
	}
	return headerRefs(append(slices.Clone(headersOfRecords), "Link")...)
}

// bodySchema is the schema of an answer in a format: of JSON what the route says, of
// anything else that it is a text, or bytes.
func (d *describer) bodySchema(r route, k geo.Kind, f format) *openapi.Schema {
	switch {
	case strings.HasSuffix(f.mediaType(), "json") && r.body != nil:
		return r.body(d, k, f)
	case strings.HasPrefix(f.contentType, "text/"), strings.HasSuffix(f.mediaType(), "xml"), strings.HasSuffix(f.mediaType(), "json-seq"):
		return &openapi.Schema{Type: "string"}
	}
	return &openapi.Schema{Type: "string", Format: "binary"}
}

// addComponents adds what all operations refer to.
func (d *describer) addComponents() error {
	c := &d.document.Components
	for _, name := range slices.Sorted(maps.Keys(headerMeanings)) {
		c.Headers.Add(name, &openapi.Header{Description: headerMeanings[name], Schema: &openapi.Schema{Type: "string"}})
	}
	c.Responses.Add("NotModified", &openapi.Response{Description: "The reader has this answer already", Headers: headerRefs(headersOfRecords...)})
	c.Responses.Add("Head", &openapi.Response{Description: "The status and the headers that a GET is answered with", Headers: headerRefs(append(slices.Clone(headersOfRecords), "Link", "Content-Crs")...)})
	c.Responses.Add("Preflight", &openapi.Response{Description: "What may be asked, of every origin",
		Headers: headerRefs(requestIDHeader, "Allow", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age")})
	schema := d.types.Of(problem{})
	for _, status := range slices.Sorted(maps.Keys(errorAnswers)) {
		said := errorAnswers[status]
		if status < http.StatusBadRequest {
			c.Responses.Add(said.name, &openapi.Response{Description: said.about, Headers: headerRefs(requestIDHeader, "Vary", "Location")})
			continue
		}
		example, err := json.Marshal(exampleProblem(status, said.about))
		if err != nil {
			return err
		}
		c.Responses.Add(said.name, &openapi.Response{Description: said.about, Headers: headerRefs(headersOfErrors...),
			Content: openapi.Ordered[*openapi.MediaBody]{{Name: problemType, Value: &openapi.MediaBody{Schema: schema, Example: example}},
				{Name: asHTML.mediaType(), Value: &openapi.MediaBody{Schema: &openapi.Schema{Type: "string"}}}}})
	}
	c.Schemas = append(c.Schemas, d.types.Components...)
	return nil
}

func exampleProblem(status int, about string) problem {
	p := problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: about, RequestID: "2f1d6c0b9e8a7d54"}
	if status == http.StatusBadRequest {
		_, faults := geo.ParseFilter(geo.Events, map[string][]string{"type": {"war"}, "colour": {"red"}})
		p.Detail, p.Errors = asProblem(unanswerable(faults)).Detail, faults
	}
	return p
}
