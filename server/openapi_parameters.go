package server

import (
	"slices"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server/openapi"
	"github.com/go-json-experiment/json"
)

// describeParameter says what a parameter's values are. in is query or path.
func describeParameter(p geo.Parameter, in string) *openapi.Parameter {
	explode := false
	d := &openapi.Parameter{Name: p.Name, In: in, Description: sentence(p.About) + ".", Required: p.Required || in == "path", Schema: parameterSchema(p)}
	if in == "query" { // written out, since QGIS takes nothing for granted
		d.Style, d.Explode = "form", &explode
	}
	if p.Example != "" {
		d.Example = exampleOf(p)
	}
	return d
}

func parameterSchema(p geo.Parameter) *openapi.Schema {
	s := &openapi.Schema{Type: string(p.Type), Format: p.Format, Pattern: p.Pattern, MaxLength: p.MaxBytes, Enum: p.Codes, Meanings: p.Meanings}
	if p.Maximum != 0 {
		s.Minimum, s.Maximum = &p.Minimum, &p.Maximum
	}
	if p.List {
		s = openapi.Array(s)
		s.MinItems = 1
		if p.Lengths != nil {
			s.MinItems, s.MaxItems = slices.Min(p.Lengths), slices.Max(p.Lengths)
			for _, n := range p.Lengths {
				s.OneOf = append(s.OneOf, &openapi.Schema{Type: s.Type, Items: s.Items, MinItems: n, MaxItems: n})
			}
		}
	}
	if p.Otherwise != "" {
		s.Default = valueOf(p.Type, p.Otherwise)
	}
	return s
}

func exampleOf(p geo.Parameter) any {
	if !p.List {
		return valueOf(p.Type, p.Example)
	}
	var list []any
	for part := range strings.SplitSeq(p.Example, ",") {
		list = append(list, valueOf(p.Type, part))
	}
	return list
}

// valueOf is a value of a parameter as JSON has it.
func valueOf(t geo.PropertyType, text string) any {
	switch t {
	case geo.IntegerProperty:
		if n, err := strconv.Atoi(text); err == nil {
			return n
		}
	case geo.NumberProperty:
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return n
		}
	case geo.BooleanProperty:
		return text == "true"
	}
	return text
}

// formatParameter is the parameter f of a resource with these formats.
func formatParameter(offered []format) geo.Parameter {
	p := geo.Parameter{Name: "f", About: "the format, in place of the Accept header", ParameterShape: geo.ParameterShape{Type: geo.StringProperty, Example: offered[0].name, Meanings: make(map[string]string)}}
	for _, f := range offered {
		p.Codes = append(p.Codes, f.names()...)
		for _, name := range f.names() {
			p.Meanings[name] = strings.TrimPrefix(f.title, ofAllMatching)
		}
	}
	return p
}

// shareParameters moves each parameter that several operations have into the
// components, and leaves references to it. Of those with one name it is the one that
// most have: clients look for limit under its name. Those that differ by resource, as
// f does, stay where they are.
func shareParameters(d *openapi.Document) error {
	uses, err := usesOf(d)
	if err != nil {
		return err
	}
	for _, name := range uses {
		slices.SortStableFunc(name.Value, func(a, b parameterUse) int { return len(b.places) - len(a.places) })
		most, others := name.Value[0].places, 0
		for _, use := range name.Value[1:] {
			others += len(use.places)
		}
		if len(most) == 1 || others >= len(most) {
			continue
		}
		d.Components.Parameters.Add(name.Name, *most[0])
		for _, place := range most {
			*place = &openapi.Parameter{Ref: "#/components/parameters/" + name.Name}
		}
	}
	return nil
}

// parameterUse is where a parameter stands of which the same is said.
type parameterUse struct {
	said   string
	places []**openapi.Parameter
}

// usesOf lists all parameters by name.
func usesOf(d *openapi.Document) (uses openapi.Ordered[[]parameterUse], err error) {
	for _, path := range d.Paths {
		o := path.Value.Get
		if o == nil {
			o = path.Value.Post
		}
		for i, p := range o.Parameters {
			said, err := json.Marshal(p, json.Deterministic(true))
			if err != nil {
				return nil, err
			}
			at := slices.IndexFunc(uses, func(m openapi.Member[[]parameterUse]) bool { return m.Name == p.Name })
			if at < 0 {
				at = len(uses)
				uses.Add(p.Name, nil)
			}
			list := uses[at].Value
			same := slices.IndexFunc(list, func(u parameterUse) bool { return u.said == string(said) })
			if same < 0 {
				same = len(list)
				list = append(list, parameterUse{said: string(said)})
			}
			list[same].places = append(list[same].places, &o.Parameters[i])
			uses[at].Value = list
		}
	}
	return uses, nil
}
