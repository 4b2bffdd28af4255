package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/conflictmap/conflictmap/server"
	"github.com/getkin/kin-openapi/openapi3"
)

// documentedValues asks for every example and every value of a list, which are
// answered over the built-in dataset, and for values beyond what is documented, which
// are refused by the parameter's name.
func documentedValues(t *testing.T, s *server.Server) {
	asked := 0
	for path, item := range contractOf(t, s).document.Paths.Map() {
		o := item.Get
		if o == nil {
			continue
		}
		for _, p := range o.Parameters {
			if p.Value.In != openapi3.ParameterInQuery || p.Value.Example == nil {
				continue
			}
			good, bad := valuesOf(p.Value)
			for _, value := range good {
				asked++
				target := filled(path, o) + "?" + neighbours(o, p.Value.Name, value).Encode()
				if response, body := get(t, s, target, "Accept: application/json"); response.StatusCode != http.StatusOK {
					t.Errorf("%s: %d %.300s", target, response.StatusCode, body)
				}
			}
			for _, value := range bad {
				target := filled(path, o) + "?" + neighbours(o, p.Value.Name, value).Encode()
				response, body := get(t, s, target, "Accept: application/json")
				if _, faults := problem(t, response, body); len(faults) != 1 || faults[0].Name != p.Value.Name {
					t.Errorf("%s: %d %.300s", target, response.StatusCode, body)
				}
			}
		}
	}
	if asked < 500 {
		t.Errorf("only %d values were asked for", asked)
	}
}

// valuesOf lists what a parameter may be, and what it may not.
func valuesOf(p *openapi3.Parameter) (good, bad []string) {
	good = []string{valueText(p.Example)}
	schema := p.Schema.Value
	if schema.Items != nil {
		schema = schema.Items.Value
	}
	if schema.Default != nil {
		good = append(good, valueText(schema.Default))
	}
	for _, v := range schema.Enum {
		good = append(good, fmt.Sprint(v))
	}
	if schema.Min != nil && schema.Max != nil {
		good = append(good, fmt.Sprintf("%.0f", *schema.Min), fmt.Sprintf("%.0f", *schema.Max))
		bad = append(bad, fmt.Sprintf("%.0f", *schema.Min-1), fmt.Sprintf("%.0f", *schema.Max+1), "few")
	}
	if schema.Enum != nil || schema.Pattern != "" || schema.Type.Is("boolean") {
		bad = append(bad, "none-of-them")
	}
	return good, bad
}

// neighbours are a parameter with those that it needs beside it.
func neighbours(o *openapi3.Operation, name, value string) url.Values {
	values := url.Values{}
	for _, p := range o.Parameters {
		if p.Value.In == openapi3.ParameterInQuery && p.Value.Required {
			values.Set(p.Value.Name, valueText(p.Value.Example))
		}
	}
	values.Set(name, value)
	switch name {
	case "bbox-crs":
		values.Set("bbox", "1,2,3,4") // in whatever system
	case "filter-crs":
		values.Set("filter", "id = 'a'")
	}
	return values
}
