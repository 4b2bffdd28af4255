// Package openapi writes OpenAPI 3.0 documents. It knows as much of the format as the
// server says with it; a test holds what it writes to a validator of the whole.
package openapi

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Version is that of the format. OGC API - Features - Part 1 asks for 3.0, and not 3.1.
const Version = "3.0.3"

// MediaType is that of a document in JSON. Clients look for it letter by letter.
const MediaType = "application/vnd.oai.openapi+json;version=3.0"

// Document is an OpenAPI document.
type Document struct {
	OpenAPI    string             `json:"openapi"`
	Info       Info               `json:"info"`
	Servers    []Server           `json:"servers"`
	Tags       []Tag              `json:"tags"`
	Paths      Ordered[*PathItem] `json:"paths"`
	Components Components         `json:"components"`
}

// Info says what the API is. Descriptions are CommonMark, here and everywhere.
type Info struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Version     string `json:"version"`
}

// Server is an address that the paths begin with.
type Server struct {
	URL string `json:"url"`
}

// Tag is a group of operations.
type Tag struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

// PathItem is what can be asked of a path.
type PathItem struct {
	Get     *Operation `json:"get,omitzero"`
	Post    *Operation `json:"post,omitzero"`
	Head    *Operation `json:"head,omitzero"`
	Options *Operation `json:"options,omitzero"`
}

// Operation is a method of a path.
type Operation struct {
	Tags        []string           `json:"tags"`
	Summary     string             `json:"summary"`
	Description string             `json:"description,omitzero"`
	OperationID string             `json:"operationId"`
	Parameters  []*Parameter       `json:"parameters,omitempty"`
	RequestBody *RequestBody       `json:"requestBody,omitzero"`
	Responses   Ordered[*Response] `json:"responses"` // by status
}

// Parameter is one of an operation's, or a reference to one of the components.
type Parameter struct {
	Ref         string  `json:"$ref,omitzero"`
	Name        string  `json:"name,omitzero"`
	In          string  `json:"in,omitzero"` // query or path
	Description string  `json:"description,omitzero"`
	Required    bool    `json:"required,omitzero"`
	Style       string  `json:"style,omitzero"`
	Explode     *bool   `json:"explode,omitzero"`
	Schema      *Schema `json:"schema,omitzero"`
	Example     any     `json:"example,omitzero"`
}

// RequestBody is what is sent.
type RequestBody struct {
	Description string              `json:"description"`
	Required    bool                `json:"required"`
	Content     Ordered[*MediaBody] `json:"content"`
}

// Response is an answer, or a reference to one of the components.
type Response struct {
	Ref         string              `json:"$ref,omitzero"`
	Description string              `json:"description,omitzero"`
	Headers     Ordered[*Header]    `json:"headers,omitempty"`
	Content     Ordered[*MediaBody] `json:"content,omitempty"` // by media type
}

// MediaBody is a body in one media type.
type MediaBody struct {
	Schema  *Schema        `json:"schema"`
	Example jsontext.Value `json:"example,omitzero"`
}

// Header is one of an answer's, or a reference to one of the components.
type Header struct {
	Ref         string  `json:"$ref,omitzero"`
	Description string  `json:"description,omitzero"`
	Schema      *Schema `json:"schema,omitzero"`
}

// Components are what operations refer to.
type Components struct {
	Schemas    Ordered[*Schema]    `json:"schemas"`
	Parameters Ordered[*Parameter] `json:"parameters"`
	Headers    Ordered[*Header]    `json:"headers"`
	Responses  Ordered[*Response]  `json:"responses"`
}

// Ordered is a JSON object whose members have an order: it is for people too.
type Ordered[T any] []Member[T]

// Member is one of its members.
type Member[T any] struct {
	Name  string
	Value T
}

// Get finds a member.
func (o Ordered[T]) Get(name string) (value T, found bool) {
	for _, m := range o {
		if m.Name == name {
			return m.Value, true
		}
	}
	return value, false
}

// Add adds a member.
func (o *Ordered[T]) Add(name string, value T) { *o = append(*o, Member[T]{name, value}) }

// MarshalJSONTo writes the object.
func (o Ordered[T]) MarshalJSONTo(e *jsontext.Encoder) error {
	if err := e.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for _, m := range o {
		if err := e.WriteToken(jsontext.String(m.Name)); err != nil {
			return err
		}
		if err := json.MarshalEncode(e, m.Value); err != nil {
			return err
		}
	}
	return e.WriteToken(jsontext.EndObject)
}
