package index_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/evaluation"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/paulmach/orb"
)

var braces = regexp.MustCompile(`\{\w+\}`)

// choice fills the braces of predicates.
type choice struct {
	*rand.Rand
	*state
}

func oneOf[T any](c choice, list []T) T { return list[c.IntN(len(list))] }

// where is a predicate, or several of them, with NOT here and there.
func (c choice) where(k geo.Kind) cql2.Expression { return parsed(k, c.expression(k, 2)) }

func parsed(k geo.Kind, text string) cql2.Expression {
	e, err := cql2.ParseText(text)
	if err == nil {
		err = geo.CheckWhere(k, e)
	}
	if err != nil {
		panic(fmt.Sprintf("%s: %v", text, err))
	}
	return e
}

func (c choice) expression(k geo.Kind, depth int) string {
	switch n := c.IntN(8); {
	case depth == 0 || n < 3:
		return braces.ReplaceAllStringFunc(oneOf(c, predicates[k]), c.fill)
	case n == 3:
		return "NOT (" + c.expression(k, depth-1) + ")"
	default:
		parts := []string{c.expression(k, depth-1), c.expression(k, depth-1)}
		if c.IntN(3) == 0 {
			parts = append(parts, c.expression(k, depth-1))
		}
		return "(" + strings.Join(parts, oneOf(c, []string{" AND ", " OR "})) + ")"
	}
}

func (c choice) fill(brace string) string {
	quoted := func(s string) string { return strings.ReplaceAll(s, "'", "''") }
	switch name := strings.Trim(brace, "{}"); name {
	case "type":
		return string(oneOf(c, geo.EventTypes()))
	case "status":
		return string(oneOf(c, geo.Statuses()))
	case "count":
		return oneOf(c, []string{"-1", "0", "1", "2", "2.5", "5", "10", "1e300", "1073741824", "1000"})
	case "day":
		return c.day().Format("2006-01-02")
	case "time":
		at := c.day().Add(time.Duration(c.IntN(3)) * 12 * time.Hour).Add(-time.Microsecond * time.Duration(c.IntN(2)))
		return at.Format("2006-01-02T15:04:05.000000Z")
	case "days", "times":
		from, to := c.fill("{"+name[:len(name)-1]+"}"), c.fill("{"+name[:len(name)-1]+"}")
		return "'" + min(from, to) + "', '" + max(from, to) + "'"
	case "relation":
		return oneOf(c, []string{"T_CONTAINS", "T_DURING", "T_EQUALS", "T_FINISHEDBY", "T_FINISHES", "T_MEETS", "T_METBY", "T_OVERLAPPEDBY", "T_OVERLAPS", "T_STARTEDBY", "T_STARTS", "T_AFTER", "T_BEFORE", "T_DISJOINT", "T_INTERSECTS"})
	case "common":
		return oneOf(c, []string{"T_AFTER", "T_BEFORE", "T_DISJOINT", "T_EQUALS", "T_INTERSECTS"})
	case "space":
		return oneOf(c, []string{"S_CONTAINS", "S_CROSSES", "S_DISJOINT", "S_EQUALS", "S_INTERSECTS", "S_OVERLAPS", "S_TOUCHES", "S_WITHIN"})
	case "word":
		return quoted(oneOf(c, words))
	case "name":
		return quoted(c.mentioned(geo.Events, func(r geo.Record) (names []string) {
			for _, p := range r.(*geo.Event).Participants {
				names = append(names, p.Name)
			}
			return names
		}))
	case "pattern":
		letters := []rune(oneOf(c, words))
		from := c.IntN(len(letters))
		piece := strings.ReplaceAll(string(letters[from:from+1+c.IntN(len(letters)-from)]), `\`, `\\`)
		return quoted(oneOf(c, []string{"%", "", "_"}) + piece + oneOf(c, []string{"%", "%", "_%"}))
	case "events", "actors", "datasets":
		return c.named(geo.Kind(name))
	case "location":
		return c.named(oneOf(c, []geo.Kind{geo.Places, geo.Areas}))
	case "partof":
		return c.mentioned(geo.Events, func(r geo.Record) []string { return []string{r.(*geo.Event).PartOf} })
	case "group":
		return c.mentioned(geo.Actors, func(r geo.Record) []string { return r.(*geo.Actor).MemberOf })
	case "spelling":
		return quoted(c.mentioned(geo.Places, func(r geo.Record) []string { return r.(*geo.Place).OtherNames }))
	}
	return c.shape(strings.Trim(brace, "{}"))
}

// mentioned is mostly a text that some record of a kind has in one of its fields.
func (c choice) mentioned(k geo.Kind, of func(r geo.Record) []string) string {
	var all []string
	for _, r := range c.rows[k] {
		all = append(all, of(r.record)...)
	}
	all = slices.DeleteFunc(all, func(s string) bool { return s == "" })
	if len(all) == 0 {
		return "nothing"
	}
	return oneOf(c, all)
}

// named is mostly an id that is there.
func (c choice) named(k geo.Kind) string {
	if rows := c.rows[k]; len(rows) > 0 && c.IntN(20) > 0 {
		return oneOf(c, rows).id()
	}
	return oneOf(c, []string{"nobody", "e-1", "l1", "a1", "d1"}) // there may be such, and hidden
}

// day is mostly one on which an event starts.
func (c choice) day() time.Time {
	if rows := c.rows[geo.Events]; len(rows) > 0 && c.IntN(8) > 0 {
		if at, dated := firstKnown(oneOf(c, rows).record.(*geo.Event)); dated && at.Year() > 1 && at.Year() < 9999 {
			return at.Truncate(24 * time.Hour)
		}
	}
	return time.Date(2024, 1, 1+c.IntN(200), 0, 0, 0, 0, time.UTC)
}

// shape runs through points that there are.
func (c choice) shape(kind string) string {
	p, q := c.point(), c.point()
	at := func(points ...orb.Point) string {
		var list []string
		for _, p := range points {
			list = append(list, fmt.Sprintf("%v %v", p[0], p[1]))
		}
		return strings.Join(list, ", ")
	}
	switch kind {
	case "box":
		return fmt.Sprintf("BBOX(%v, %v, %v, %v)", p[0], min(p[1], q[1]), q[0], max(p[1], q[1]))
	case "line":
		if p == q {
			q[0]--
		}
		return "LINESTRING(" + at(p, q) + ")"
	case "area":
		if p[0] == q[0] || p[1] == q[1] {
			return "POLYGON((-9 -9, 9 -9, 0 12, -9 -9), (-1 -1, 1 -1, 0 1, -1 -1))"
		}
		if c.IntN(2) == 0 {
			return "POLYGON((" + at(p, orb.Point{q[0], p[1]}, q, p) + "))"
		}
		return "POLYGON((" + at(p, orb.Point{q[0], p[1]}, q, orb.Point{p[0], q[1]}, p) + "))"
	}
	return "POINT(" + at(p) + ")"
}

func (c choice) point() orb.Point {
	if rows := c.rows[geo.Events]; len(rows) > 0 && c.IntN(8) > 0 {
		if p, isPoint := oneOf(c, rows).shape.(orb.Point); isPoint && p[0] > -180 && p[1] > -90 {
			return p
		}
	}
	return orb.Point{float64(c.IntN(20) - 10), float64(c.IntN(20) - 10)}
}

// meets says whether the filter's expression is true of a record.
func meets(k geo.Kind, f geo.Filter) func(r *seen) bool {
	if f.Where == nil {
		return func(*seen) bool { return true }
	}
	condition, err := evaluation.Compile(k, f.Where)
	if err != nil {
		panic(fmt.Sprintf("%s: %v", f.Values(), err)) // a test that goes on would say something else
	}
	return func(r *seen) bool {
		holds, err := condition.Of(evaluation.Record{Record: r.record, Shape: r.shape})
		if err != nil {
			panic(fmt.Sprintf("%s: %v", f.Values(), err))
		}
		return holds == evaluation.True
	}
}

// TestPredicates holds each predicate by itself to the plain loop, in some worlds: the
// rows, their number, and that they are counted on the map.
func TestPredicates(t *testing.T) {
	matched := make(map[string]int)
	for seed := uint64(1); seed <= 6; seed++ {
		w := newRandomWorld(seed)
		now := asking{w.Rand, newModel().state(), index.Empty(w.model.read), index.Position{}}
		for range 3 {
			for range 30 {
				w.edit()
			}
			entries, err := w.entries()
			if err != nil {
				t.Fatal(err)
			}
			if now.index, err = now.index.With(entries); err != nil {
				t.Fatal(err)
			}
			now.plain = w.model.state()
			for _, k := range geo.Kinds() { // in one order: what is random is to be the same in each run
				for _, predicate := range predicates[k] {
					n, err := now.predicate(k, predicate)
					if err != nil {
						t.Fatal(err)
					}
					matched[predicate] += n
				}
			}
		}
	}
	for _, list := range predicates {
		for _, predicate := range list {
			if neverTrue := slices.Contains(impossible, predicate); neverTrue != (matched[predicate] == 0) {
				t.Errorf("%s is true of %d records in all", predicate, matched[predicate])
			}
		}
	}
}

// impossible is what no record of a random world is.
var impossible = []string{"type IS NULL", "fatalities.low < 0", "A_OVERLAPS(tags, ('x'))"}

// predicate asks for the records of which a predicate is true, and of which it is
// false, and says how many it is true of.
func (a *asking) predicate(k geo.Kind, predicate string) (matched int, err error) {
	c := choice{a.Rand, a.plain}
	text := braces.ReplaceAllStringFunc(predicate, c.fill)
	for _, text := range []string{text, "NOT (" + text + ")"} {
		f := geo.Filter{Where: parsed(k, text)}
		found, rows, err := a.rows(k, f)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", text, err)
		}
		if k == geo.Events {
			if err := a.clusters(found, rows); err != nil {
				return 0, fmt.Errorf("%s: %w", text, err)
			}
		}
		if !strings.HasPrefix(text, "NOT (") {
			matched = len(rows)
		}
	}
	return matched, nil
}
