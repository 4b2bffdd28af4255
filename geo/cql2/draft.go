package cql2

import "strings"

// anyCaseLike is LIKE without regard to case, in the draft.
const anyCaseLike = "ILIKE"

// ParseDraft reads CQL text as drafts of the standard had it and GDAL still writes it
// (filter-lang=cql-text): CQL2 text in which a LIKE may be an ILIKE, and a property
// that is a time is compared with a text, '2024-07-22', '2024-07-22T' or
// '2024-07-22T10:30:00Z'. It needs to know which properties are times. Errors: as
// those of ParseText.
func ParseDraft(s string, properties map[string]Type) (Expression, error) {
	e, err := parseText(&lexer{rest: s, isDraft: true})
	if err != nil {
		return nil, err
	}
	d := draft{properties: properties}
	e = d.read(e)
	if d.fault != nil {
		return nil, d.fault
	}
	return e, nil
}

// like is a LIKE, or the draft's ILIKE in the words of CQL2.
func like(word token, e, pattern Expression) Expression {
	if strings.EqualFold(word.text, anyCaseLike) {
		e, pattern = call("casei", e), call("casei", pattern)
	}
	return call("like", e, pattern)
}

type draft struct {
	properties map[string]Type
	fault      *Error // the first one
}

// read makes times of the texts that times are compared with.
func (d *draft) read(e Expression) Expression {
	c, isCall := e.(Call)
	if !isCall {
		return e
	}
	if len(c.Args) == 2 && operators[c.Op].sameTypes {
		c.Args[0], c.Args[1] = d.beside(c.Args[1], c.Args[0]), d.beside(c.Args[0], c.Args[1])
	}
	for i, arg := range c.Args {
		c.Args[i] = d.read(arg)
	}
	return c
}

// beside is e where it is compared with other.
func (d *draft) beside(other, e Expression) Expression {
	p, isProperty := other.(Property)
	text, isText := e.(Text)
	if !isProperty || !isText || d.properties[p.Name] != InstantType {
		return e
	}
	at, fault := parseBound(strings.TrimSuffix(text.Value, "T"), text.At)
	if fault == "" && at == nil {
		fault = `a time is needed, not ".."`
	}
	if fault != "" {
		if d.fault == nil {
			d.fault = &Error{Detail: fault, Position: text.At}
		}
		return e
	}
	return at
}
