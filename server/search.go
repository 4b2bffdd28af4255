package server

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"
)

const (
	formType = "application/x-www-form-urlencoded"
	// maxSearchBytes bounds the body of a search.
	maxSearchBytes = 256 << 10
)

// search answers items as their GET does, of a query that is too long for a URL and
// so stands in the body: as a form, or as a JSON object of the same parameters.
func (s *Server) search(c echo.Context) error {
	values, err := searchValues(c.Request())
	if err != nil {
		return err
	}
	if c.Request().URL.RawQuery != "" {
		return badRequest("query", c.Request().URL.RawQuery, "a search has its parameters in the body, and none in the URL")
	}
	c.Request().URL.RawQuery = values.Encode()
	return s.items(c)
}

func searchValues(r *http.Request) (url.Values, error) {
	contentType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || contentType != jsonType && contentType != formType {
		return nil, &httpError{status: http.StatusUnsupportedMediaType, detail: fmt.Sprintf("the Content-Type %q is not %s or %s", geo.Quote(r.Header.Get("Content-Type")), jsonType, formType)}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxSearchBytes+1))
	if err != nil {
		return nil, badRequest("body", "", err.Error())
	}
	if len(body) > maxSearchBytes {
		return nil, &httpError{status: http.StatusRequestEntityTooLarge, detail: fmt.Sprintf("the body has more than the %d bytes that are read", maxSearchBytes)}
	}
	if contentType == formType {
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, badRequest("body", string(body), err.Error())
		}
		return values, nil
	}
	return jsonValues(body)
}

// jsonValues makes parameters of a JSON object: a text is the value itself, a number
// its digits, a list its values by comma, and an object, as filter may be in
// CQL2-JSON, its JSON.
func jsonValues(body []byte) (url.Values, error) {
	var members map[string]jsontext.Value
	if err := json.Unmarshal(body, &members); err != nil || members == nil {
		return nil, badRequest("body", string(body), "is not a JSON object of parameters")
	}
	values := make(url.Values, len(members))
	for name, member := range members {
		value, err := jsonValue(member)
		if err != nil {
			return nil, badRequest(name, string(member), err.Error())
		}
		values.Set(name, value)
	}
	return values, nil
}

func jsonValue(member jsontext.Value) (string, error) {
	switch member.Kind() {
	case '"':
		var text string
		err := json.Unmarshal(member, &text)
		return text, err
	case '0', '{':
		return string(bytes.TrimSpace(member)), nil
	case '[':
		var list []jsontext.Value
		if err := json.Unmarshal(member, &list); err != nil {
			return "", err
		}
		texts := make([]string, len(list))
		for i, item := range list {
			if kind := item.Kind(); kind != '"' && kind != '0' {
				return "", fmt.Errorf("is a list of other things than texts and numbers")
			}
			text, err := jsonValue(item)
			if err != nil {
				return "", err
			}
			if strings.Contains(text, ",") {
				return "", fmt.Errorf("has a comma within a value")
			}
			texts[i] = text
		}
		return strings.Join(texts, ","), nil
	}
	return "", fmt.Errorf("is not a text, a number, a list or an object")
}

// body is the JSON object that jsonValues reads as these parameters.
func searchBody(values url.Values) map[string]string {
	members := make(map[string]string, len(values))
	for name, list := range values {
		members[name] = list[0]
	}
	return members
}
