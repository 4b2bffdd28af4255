package geo

import (
	"regexp"
	"strings"

	"github.com/conflictmap/conflictmap/geo/cql2"
)

// queryableNotes say what a filter sees where that is not the property as it stands.
var queryableNotes = map[string]string{
	"datetime":     "The time from start to end. An end that is not there is open: the event goes on, the area still stands.",
	"start":        "A filter sees its first instant.",
	"end":          "A filter sees its last instant.",
	"participants": "A filter sees the ids of actors on record, and the names of others.",
	"related":      "A filter sees the ids of the other events.",
	"inferred":     "A filter sees the names of the fields.",
}

// QueryableProperties says of each of the kind's Queryables what the table says of the
// property, with the type that a filter sees.
func QueryableProperties(k Kind) []Property {
	queryables := Queryables(k)
	list := make([]Property, len(queryables))
	for i, q := range queryables {
		list[i] = q.property(Properties(k))
	}
	return list
}

func (q Queryable) property(table []Property) Property {
	p := flatProperty(table, strings.Split(q.Name, "."))
	p.Name, p.Required, p.Nullable = q.Name, false, false
	if note := queryableNotes[q.Name]; note != "" {
		p.Meaning = strings.TrimSpace(p.Meaning + " " + note)
	}
	switch q.Type {
	case cql2.TextType:
		if p.Values != nil { // a text by language
			p = Property{Name: p.Name, Title: p.Title, Meaning: p.Meaning + " A filter sees it in English, else in the first language by tag."}
		}
		p.Type = StringProperty
	case cql2.ListType:
		p = Property{Name: p.Name, Title: p.Title, Meaning: p.Meaning, Type: ArrayProperty, Items: &Property{Type: StringProperty}}
	case cql2.InstantType:
		p.Format = DateTimeFormat
	case cql2.IntervalType:
		p.Title, p.Type, p.Format = "Time", StringProperty, IntervalFormat
	}
	return p
}

// flatProperty finds a property by its path, and names it by all titles on the way.
func flatProperty(table []Property, path []string) Property {
	p, _ := PropertyOf(table, path...)
	if len(path) > 1 {
		above := flatProperty(table, path[:len(path)-1])
		p.Title = above.Title + ": " + strings.ToLower(p.Title)
	}
	return p
}

// QueryableSchema is the JSON Schema of what a filter of the kind can name: each
// property, and each text by language also in one language alone, as title.my.
func QueryableSchema(k Kind) JSONSchema {
	s := SchemaOf(QueryableProperties(k))
	for _, q := range Queryables(k) {
		if q.isColumn() {
			s.Queryables = append(s.Queryables, QueryableColumn{q.Name})
		}
		if q.ByLanguage {
			p, _ := PropertyOf(Properties(k), q.Name)
			in := Property{Title: p.Title + " in one language", Meaning: "By language tag (BCP 47), with _ for each -, as " + q.Name + ".my or " + q.Name + ".zh_Hant. Null where there is no text in it.", Type: StringProperty}
			s.PatternProperties = append(s.PatternProperties, PropertySchema{"^" + regexp.QuoteMeta(q.Name) + `\.[A-Za-z0-9_]+$`, in.schema()})
		}
	}
	return s
}

// isColumn says that a filter sees what a table of the features has under that name: one
// value. GDAL, which knows of queryables from a draft's list of them, leaves to the
// server what compares one of the list with a literal, and looks at the rest itself.
func (q Queryable) isColumn() bool {
	switch q.Type {
	case cql2.TextType, cql2.NumberType, cql2.TruthType, cql2.InstantType:
		return !q.ByLanguage && !strings.Contains(q.Name, ".")
	}
	return false
}
