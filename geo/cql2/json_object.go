package cql2

import (
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// object is what the members of a JSON object are read into before it is known which
// of them are there: they come in any order.
type object struct {
	names   []string
	op      string // of an operator or function
	args    []Expression
	text    string // of property, date or timestamp
	bounds  Interval
	kind    string // of a geometry
	shape   shape
	members []Expression
	numbers []float64 // of a box; or a geometry's bbox, which says nothing more
}

func (o *object) has(names ...string) bool {
	return len(o.names) == len(names) && !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(o.names, n) })
}

// object reads an object whose brace has been read.
func (d *decoder) object(path string, depth int) Expression {
	o := &object{}
	for d.more() {
		name := d.token().String()
		if d.fault != nil {
			return nil
		}
		o.names = append(o.names, name)
		d.member(o, name, path+string(jsontext.Pointer("").AppendToken(name)), depth)
	}
	if d.fault != nil {
		return nil
	}
	return d.finish(o, path)
}

// member reads the value of a member.
func (d *decoder) member(o *object, name, path string, depth int) {
	switch name {
	case "op":
		o.op = d.text(path)
	case "property", "date", "timestamp":
		o.text = d.text(path)
	case "type":
		o.kind = d.text(path)
	case "args":
		if d.array(path) {
			o.args = d.list(path, depth)
		}
	case "interval":
		if d.array(path) {
			o.bounds = d.interval(path, depth)
		}
	case "coordinates":
		if d.array(path) {
			o.shape = d.shape(path, 1)
		}
	case "geometries":
		if d.array(path) {
			o.members = d.list(path, depth)
		}
	case "bbox":
		if d.array(path) {
			o.numbers = d.numbers(path)
		}
	default:
		if err := d.in.SkipValue(); err != nil { // a fault in it is told first
			d.syntax(err)
		}
		d.fail(path, "there is no member %q in CQL2 JSON%s", shorten(name), oldForm(name))
	}
}

// oldForm says how to write what drafts of the standard had.
func oldForm(name string) string {
	switch {
	case name == "function":
		return `: a function is {"op": "name", "args": [...]}`
	case opsOfJSON[name] != "":
		return `: an operator is {"op": "` + name + `", "args": [...]}`
	}
	return ""
}

// finish makes an expression of the members that were read.
func (d *decoder) finish(o *object, path string) Expression {
	switch {
	case o.has("op", "args"):
		if op, known := opsOfJSON[o.op]; known {
			return Call{Op: op, Args: o.args, At: -1}
		} else if _, reserved := operators[o.op]; reserved { // t_metby
			d.fail(path+"/op", "%q is not an operator of CQL2%s", o.op, otherSpelling(o.op))
		}
		return Call{Op: o.op, Args: o.args, At: -1}
	case o.has("property"):
		return Property{Name: o.text, At: -1}
	case o.has("date"):
		value, fault := parseDate(o.text)
		d.failIf(path+"/date", fault)
		return Date{Value: value, At: -1}
	case o.has("timestamp"):
		value, fault := parseTimestamp(o.text)
		d.failIf(path+"/timestamp", fault)
		return Timestamp{Value: value, At: -1}
	case o.has("interval"):
		return o.bounds
	case o.has("bbox"):
		box, fault := boxOf(o.numbers, d.place)
		d.failIf(path+"/bbox", fault)
		box.At = -1
		return box
	case slices.Contains(o.names, "type"):
		return d.geometry(o, path)
	}
	d.fail(path, `an object has "op" and "args", or one of "property", "date", "timestamp", "interval" and "bbox", or is a GeoJSON geometry`)
	return nil
}

func (d *decoder) failIf(path, fault string) {
	if fault != "" {
		d.fail(path, "%s", fault)
	}
}

// text reads a text.
func (d *decoder) text(path string) string {
	t := d.token()
	if d.fault == nil && t.Kind() != jsontext.KindString {
		d.fail(path, "a text in quotes is needed here")
	}
	if d.fault != nil {
		return ""
	}
	return t.String()
}

// array reads the bracket that an array begins with.
func (d *decoder) array(path string) bool {
	t := d.token()
	if d.fault == nil && t.Kind() != jsontext.KindBeginArray {
		d.fail(path, "an array is needed here")
	}
	return d.fault == nil
}

// interval reads the ends of an interval: texts, properties or functions.
func (d *decoder) interval(path string, depth int) Interval {
	var ends []Expression
	for d.more() {
		at := path + "/" + strconv.Itoa(len(ends))
		e := d.expression(at, depth+1)
		switch bound := e.(type) {
		case Text:
			var fault string
			e, fault = parseBound(bound.Value, -1)
			d.failIf(at, fault)
		case Date, Timestamp:
			d.fail(at, `an end of an interval is written as a text, as in ["2024-07-22", ".."]`)
		}
		ends = append(ends, e)
	}
	if len(ends) != 2 {
		d.fail(path, "an interval has 2 ends, not %d", len(ends))
		return Interval{}
	}
	return Interval{Start: ends[0], End: ends[1], At: -1}
}

// geometry makes a GeoJSON geometry. Its bbox may be there and is not used: it says
// what the coordinates do.
func (d *decoder) geometry(o *object, path string) Expression {
	o.names = slices.DeleteFunc(o.names, func(n string) bool { return n == "bbox" })
	if o.numbers != nil {
		_, fault := boxOf(o.numbers, d.place)
		d.failIf(path+"/bbox", fault)
	}
	switch {
	case o.kind == "GeometryCollection" && o.has("type", "geometries"):
		return d.collection(o, path)
	case isGeometryType(o.kind) && o.has("type", "coordinates"):
		g, fault := geometryOf(o.kind, o.shape, d.place)
		if fault != nil {
			d.fail(fault.Path, "%s", fault.Detail)
		}
		return Geometry{Value: g, At: -1}
	case isGeometryType(o.kind):
		d.fail(path, `a %s has "type" and "coordinates"`, o.kind)
	case o.kind == "GeometryCollection":
		d.fail(path, `a GeometryCollection has "type" and "geometries"`)
	default:
		d.fail(path+"/type", "%q is not a GeoJSON geometry", shorten(o.kind))
	}
	return nil
}

func isGeometryType(kind string) bool {
	for _, name := range geometryNames {
		if name == kind {
			return true
		}
	}
	return false
}

func (d *decoder) collection(o *object, path string) Expression {
	c := make(orb.Collection, 0, len(o.members))
	for i, m := range o.members {
		g, isGeometry := m.(Geometry)
		if _, isCollection := g.Value.(orb.Collection); !isGeometry || isCollection {
			d.fail(path+"/geometries/"+strconv.Itoa(i), "a GeometryCollection holds geometries, and no collections")
			return nil
		}
		c = append(c, g.Value)
	}
	if len(c) == 0 {
		d.fail(path+"/geometries", "a GeometryCollection holds one geometry or more")
	}
	return Geometry{Value: c, At: -1}
}
