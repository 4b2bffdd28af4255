package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server/openapi"
)

// htmlAPI is the OpenAPI document as people read it.
type htmlAPI struct {
	Title, Version string
	Remarks        []remark // of the whole
	Groups         []apiGroup
	Parameters     []apiParameter // those that several paths have
	Errors         []apiAnswer    // those that several paths answer
	Schemas        []apiSchema
}

// remark is a paragraph, and what it is about.
type remark struct{ Lead, Text string }

type apiGroup struct {
	Name, About string
	Paths       []apiOperation
}

// apiOperation is what can be asked of a path, HEAD and OPTIONS aside, which all have.
type apiOperation struct {
	ID, Method, Path string
	Summary, About   string
	Shared           []string // names of parameters that several paths have
	Own              []apiParameter
	Tries            []link
	Body             []apiMedia // what is sent
	Answer           []apiMedia // of a 200
	Statuses         []apiAnswer
	Example          string // of the answer, as indented JSON
}

type apiParameter struct {
	Name, Meaning string
	Required      bool
	In            string // path or query
	Type          string
	Codes         []apiCode
	Example       string
	Try           string // an address that shows it, where there is one
}

type apiCode struct{ Code, Meaning string }

type apiMedia struct {
	Type   string
	Words  string // what it holds, where it is no component
	Schema string // the name of the component
}

// apiAnswer is an error: Name is its component.
type apiAnswer struct{ Status, Name, About string }

// apiPage is the OpenAPI document for people, made of what programs read.
func (a *answer) apiPage(links []link) error {
	document := a.server.document.document
	main := htmlAPI{Title: document.Info.Title, Version: document.Info.Version}
	for paragraph := range strings.SplitSeq(document.Info.Description, "\n\n") {
		r := remark{Text: paragraph}
		if lead, text, found := strings.Cut(strings.TrimPrefix(paragraph, "**"), ".** "); found {
			r = remark{lead, text}
		}
		main.Remarks = append(main.Remarks, r)
	}
	ids, err := a.someIDs()
	if err != nil {
		return err
	}
	for _, tag := range document.Tags {
		group := apiGroup{Name: tag.Name, About: tag.Description}
		for _, path := range document.Paths {
			shown, err := showPath(document, path.Name, path.Value, ids)
			if err != nil {
				return err
			}
			if path.Value.Options.Tags[0] == tag.Name {
				group.Paths = append(group.Paths, shown)
			}
		}
		main.Groups = append(main.Groups, group)
	}
	for _, p := range document.Components.Parameters {
		main.Parameters = append(main.Parameters, showParameter(p.Value, itemsPath(geo.Events)))
	}
	main.Errors = sharedErrors(document)
	for _, s := range document.Components.Schemas {
		main.Schemas = append(main.Schemas, showSchema(s.Name, s.Value))
	}
	return a.html("api", htmlPage{Title: "The API", Links: links, Main: main})
}

// someIDs are ids that there are, of each kind that has any: those of the document's
// examples are of the built-in dataset.
func (a *answer) someIDs() (map[geo.Kind]string, error) {
	ids := make(map[geo.Kind]string)
	for _, k := range geo.Kinds() {
		page, err := a.view.Query(k, geo.Filter{}, nil, "", 1)
		if err != nil {
			return nil, err
		}
		for _, row := range page.Rows {
			ids[k] = row.ID
		}
	}
	return ids, nil
}

func showPath(document *openapi.Document, path string, item *openapi.PathItem, ids map[geo.Kind]string) (shown apiOperation, err error) {
	o := item.Get
	shown = apiOperation{Method: http.MethodGet, Path: path}
	if o == nil {
		o, shown.Method = item.Post, http.MethodPost
		for _, m := range o.RequestBody.Content {
			shown.Body = append(shown.Body, showMedia(m.Name, m.Value.Schema))
		}
	}
	shown.ID, shown.Summary, shown.About = o.OperationID, o.Summary, o.Description
	target, there := tryPath(path, o, ids)
	if there && shown.Method == http.MethodGet {
		shown.Tries = tries(document, o, target)
	}
	for _, p := range o.Parameters {
		if name, shared := strings.CutPrefix(p.Ref, "#/components/parameters/"); shared {
			shown.Shared = append(shown.Shared, name)
		} else {
			shown.Own = append(shown.Own, showParameter(p, ""))
		}
	}
	for _, answer := range o.Responses {
		if name, shared := strings.CutPrefix(answer.Value.Ref, "#/components/responses/"); shared {
			shown.Statuses = append(shown.Statuses, apiAnswer{Status: answer.Name, Name: name})
			continue
		}
		for _, m := range answer.Value.Content {
			shown.Answer = append(shown.Answer, showMedia(m.Name, m.Value.Schema))
			if m.Value.Example != nil {
				var b bytes.Buffer
				if err := json.Indent(&b, m.Value.Example, "", "  "); err != nil {
					return shown, err
				}
				shown.Example = b.String()
			}
		}
	}
	return shown, nil
}

// tryPath puts examples into the names of a path: of a record one that there is.
func tryPath(path string, o *openapi.Operation, ids map[geo.Kind]string) (target string, there bool) {
	for _, p := range o.Parameters {
		if p.In != "path" {
			continue
		}
		example := textOf(p.Example)
		for _, k := range geo.Kinds() {
			if strings.HasPrefix(path, itemsPath(k)+"/") {
				if example = ids[k]; example == "" {
					return "", false
				}
			}
		}
		path = strings.Replace(path, "{"+p.Name+"}", url.PathEscape(example), 1)
	}
	return path, true
}

// tries are addresses of an operation in each of its formats, with the parameters
// that it must have.
func tries(document *openapi.Document, o *openapi.Operation, target string) (list []link) {
	query := url.Values{}
	var formats *openapi.Schema
	for _, p := range o.Parameters {
		if p.In != "query" && p.Ref == "" {
			continue
		}
		if p.Name == "f" {
			formats = p.Schema
		} else if p.Required {
			query.Set(p.Name, textOf(p.Example))
		}
	}
	if formats == nil {
		return []link{{Href: target, Title: target}}
	}
	for _, f := range formats.Enum {
		title := formats.Meanings[f]
		if !slices.ContainsFunc(list, func(l link) bool { return l.Title == title }) {
			list = append(list, link{Href: target + "?" + withValue(query, "f", f).Encode(), Title: title})
		}
	}
	return list
}

func sharedErrors(document *openapi.Document) (list []apiAnswer) {
	for _, r := range document.Components.Responses {
		for status, said := range errorAnswers {
			if said.name == r.Name {
				list = append(list, apiAnswer{http.StatusText(status), r.Name, r.Value.Description})
			}
		}
	}
	return slices.Clip(list)
}
