package geo

import (
	"errors"
	"fmt"
	"strings"

	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/paulmach/orb"
)

// The languages of the parameter filter (OGC 19-079r2, 6.3), and that of its drafts, in
// which alone GDAL asks. The canonical form of an expression is text.
const (
	cql2Text  = "cql2-text"
	cql2JSON  = "cql2-json"
	draftText = "cql-text"
)

func (f *reading) setLanguage(v string) error {
	f.language = v
	if v != cql2Text && v != cql2JSON && v != draftText {
		return fmt.Errorf("is not %s, %s or %s", cql2Text, cql2JSON, draftText)
	}
	return nil
}

func (f *reading) setReferenceSystem(v string) (err error) {
	f.whereCRS, err = ParseCRS(v)
	return err
}

// place finds the positions of a reference system; nil of the one in which records are
// kept.
func (c CRS) place() cql2.Place {
	if c == "" || c == CRS84 {
		return nil
	}
	return func(p orb.Point) (orb.Point, bool) {
		box, err := c.box([4]float64{p[0], p[1], p[0], p[1]})
		return orb.Point{box.West, box.South}, err == nil
	}
}

func (f *reading) setWhere(v string) (err error) {
	var e cql2.Expression
	switch f.language {
	case "", cql2Text:
		e, err = cql2.ParseTextIn(v, f.whereCRS.place())
	case cql2JSON:
		e, err = cql2.ParseJSONIn([]byte(v), f.whereCRS.place())
	case draftText:
		if f.whereCRS.place() != nil {
			return fmt.Errorf("in %s has its geometries in %s", draftText, CRS84)
		}
		e, err = cql2.ParseDraft(v, queryableTypes(f.kind))
	default:
		return nil // it cannot be read, and its language is at fault
	}
	if err != nil {
		return err
	}
	f.Where = e
	return CheckWhere(f.kind, e)
}

func unwritten(Filter) string { return "" }

func writtenWhere(f Filter) string {
	if f.Where == nil {
		return ""
	}
	return string(cql2.AppendText(nil, f.Where))
}

// whereErrors is all that is wrong with an expression.
type whereErrors []*cql2.Error

func (errs whereErrors) Error() string { return errs[0].Error() }

// CheckWhere holds an expression to the queryables of a kind. The error holds all
// that is wrong.
func CheckWhere(k Kind, e cql2.Expression) error {
	types := queryableTypes(k)
	cql2.Walk(e, func(e cql2.Expression) bool {
		if p, isProperty := e.(cql2.Property); isProperty {
			if q, found := FindQueryable(k, p.Name); found {
				types[q.Name] = q.Type // in one language
			}
		}
		return true
	})
	if errs := cql2.Check(e, types); len(errs) > 0 {
		return whereErrors(errs)
	}
	return nil
}

func queryableTypes(k Kind) map[string]cql2.Type {
	types := make(map[string]cql2.Type)
	for _, q := range Queryables(k) {
		types[q.Name] = q.Type
	}
	return types
}

// WhereFaults says what is wrong with an expression: where in its text, as a
// character from 1 on, or where in its JSON.
func WhereFaults(value string, err error) []Fault { return faultsOf("filter", value, err) }

// faultsOf is the faults of a parameter's value.
func faultsOf(name, value string, err error) (fs faults) {
	var list whereErrors
	var one *cql2.Error
	switch {
	case errors.As(err, &list):
	case errors.As(err, &one):
		list = whereErrors{one}
	default:
		fs.add(name, value, "%s", err)
	}
	for _, e := range list {
		where := ""
		switch {
		case e.Position >= 0:
			where = fmt.Sprintf("character %d: ", e.Position+1)
		case e.Path != "":
			where = "at " + e.Path + ": "
		}
		fs.add(name, excerpt(value, e.Position), "%s%s", where, e.Detail)
	}
	return fs
}

// excerpt is what of a long text a fault is about.
func excerpt(value string, position int) string {
	const before = 40
	runes := []rune(value)
	if len(runes) <= faultValueLimit || position < before || position > len(runes) {
		return value
	}
	return "..." + strings.TrimSpace(string(runes[position-before:]))
}
