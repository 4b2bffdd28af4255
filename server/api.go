package server

import (
	"bytes"
	"errors"

	"github.com/conflictmap/conflictmap/server/openapi"
	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"
)

const apiPath = "/api"

var (
	asOpenAPI  = format{"json", openapi.MediaType, "OpenAPI 3.0", []string{"openapi", "application/openapi+json", jsonType}}
	apiFormats = []format{asOpenAPI, asHTML}
)

// apiDocument is the OpenAPI document, made once. Only the server's address, which
// may be another for each reader, is put in when it is answered.
type apiDocument struct {
	document      *openapi.Document
	before, after []byte // of the address, as JSON
}

// rootMark stands for the address: nothing else in the document is like it.
const rootMark = "https://server.invalid"

func (s *Server) makeAPI(routes []route) (*apiDocument, error) {
	document, err := s.describe(routes, rootMark)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(document, json.Deterministic(true))
	if err != nil {
		return nil, err
	}
	before, after, found := bytes.Cut(text, []byte(`"`+rootMark+`"`))
	if !found {
		return nil, errors.New("the OpenAPI document has no address")
	}
	return &apiDocument{document, before, after}, nil
}

// api answers the OpenAPI document.
func (s *Server) api(c echo.Context) error {
	f, err := onlyFormat(c, apiFormats...)
	if err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	links := append(a.selfLinks(apiPath, nil, nil, apiFormats), link{Href: a.href("/", nil), Rel: "root", Type: jsonType, Title: s.Title})
	if f.name == asHTML.name {
		return a.apiPage(links)
	}
	b := takeBody()
	defer giveBody(b)
	*b = appendQuoted(append(*b, s.document.before...), a.root)
	*b = append(*b, s.document.after...)
	a.inHeader(links)
	return a.bytes(*b)
}
