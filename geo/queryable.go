package geo

import (
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/paulmach/orb"
	"golang.org/x/text/language"
)

// Queryable is a property that a CQL2 filter can name, and how its value is found
// in a record.
type Queryable struct {
	Name string
	Type cql2.Type

	// ByLanguage says that the property is a text by language. Its value is that of
	// Text.In without a choice: English, else the first by tag. NAME.TAG, as title.my
	// or title.zh_Hant, names the text in that language alone: any BCP 47 tag, as it is
	// written in the records but for _ in place of -, which no name in CQL2 has. A
	// record without a text in it has a null there.
	ByLanguage bool

	members []string
	value   func(r Record) any
	texts   func(r Record) Text // where ByLanguage
}

const geometryName = "geometry"

// Members lists the members of a feature's properties in which the value is found;
// none of id and geometry, which stand beside them.
func (q Queryable) Members() []string { return q.members }

// Value finds the value in a record as it may leave, and shape, the geometry that
// it is answered with: an event without one of its own has its place's. It is a
//
//	string, never ""
//	float64
//	bool
//	time.Time, the first instant of a start or the last of an end
//	Interval, whose zero End is open: an event is going on, an area stands for ever.
//	So is an area's zero Start; an event's is not known
//	[]string, a set. One with nothing in it is a value too
//	orb.Geometry
//
// or nil, where it is not known: CQL2's null.
func (q Queryable) Value(r Record, shape orb.Geometry) any {
	switch {
	case q.Name != geometryName:
		return q.value(r)
	case shape == nil:
		return nil
	}
	return shape
}

// Queryables lists the properties that a filter of the kind can name, in the order
// of the record. No kind: none.
func Queryables(k Kind) []Queryable { return slices.Clone(queryables[k]) }

// FindQueryable finds the property of a name, of a text by language also in one
// language alone.
func FindQueryable(k Kind, name string) (q Queryable, found bool) {
	for _, q := range queryables[k] {
		if q.Name == name {
			return q, true
		}
		if tag, isIn := strings.CutPrefix(name, q.Name+"."); isIn && q.ByLanguage && !strings.Contains(tag, "-") {
			if _, err := language.Parse(tag); err == nil {
				return q.in(tag), true
			}
		}
	}
	return Queryable{}, false
}

// in is the property in one language.
func (q Queryable) in(tag string) Queryable {
	texts, language := q.texts, strings.ReplaceAll(tag, "_", "-")
	return Queryable{Name: q.Name + "." + tag, Type: q.Type, members: q.members,
		value: func(r Record) any { return known(texts(r)[language]) }}
}

// queryable makes one of the records of one type. Its name is that of the member, or
// begins with it.
func queryable[R Record](t cql2.Type, name string, value func(r R) any) Queryable {
	member, _, _ := strings.Cut(name, ".")
	return Queryable{Name: name, Type: t, members: []string{member}, value: func(r Record) any {
		if of, isOf := r.(R); isOf {
			return value(of)
		}
		return nil
	}}
}

func text[R Record](name string, value func(r R) string) Queryable {
	return queryable(cql2.TextType, name, func(r R) any { return known(value(r)) })
}

func list[R Record](name string, value func(r R) []string) Queryable {
	return queryable(cql2.ListType, name, func(r R) any { return append([]string{}, value(r)...) })
}

func languages[R Record](name string, value func(r R) Text) Queryable {
	q := text(name, func(r R) string { return value(r).In() })
	q.ByLanguage = true
	q.texts = func(r Record) Text {
		if of, isOf := r.(R); isOf {
			return value(of)
		}
		return nil
	}
	return q
}

// idOf is the queryable of an id.
func idOf() Queryable {
	return Queryable{Name: "id", Type: cql2.TextType, value: func(r Record) any { return r.Key() }}
}

// shapeOf is the queryable of a geometry.
func shapeOf() Queryable { return Queryable{Name: geometryName, Type: cql2.GeometryType} }

// known is a text; nil of none.
func known[T ~string](s T) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// first and last are the instants that a start and an end stand for; nil where
// there are none.
func first(i Instant) any {
	if i.IsZero() {
		return nil
	}
	return i.First()
}

func last(i Instant) any {
	if i.IsZero() {
		return nil
	}
	return i.Last()
}

// each lists one text of each element, without those that are empty.
func each[T any](elements []T, of func(T) string) []string {
	texts := make([]string, 0, len(elements))
	for _, e := range elements {
		if s := of(e); s != "" {
			texts = append(texts, s)
		}
	}
	return texts
}
