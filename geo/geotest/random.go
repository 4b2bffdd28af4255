package geotest

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// RandomRecord is a valid record of the kind and of the dataset "d", with whatever
// one may have or lack: ids and texts that look like JSON, awkward geometries,
// dates and times, every code.
func RandomRecord(random *rand.Rand, k geo.Kind, id string) geo.Record {
	r := randomness{random}
	switch k {
	case geo.Places:
		p := &geo.Place{ID: id, Geometry: r.point(), Names: r.text(1), OtherNames: r.lines(), PlaceKind: oneOf(r, geo.PlaceKinds()),
			Within: r.maybeID(), Summary: r.text(0), Inferred: r.inferences(), DatasetID: "d"}
		p.PCode = r.maybe(r.line)
		return p
	case geo.Areas:
		a := &geo.Area{ID: id, Geometry: r.polygon(), Names: r.text(1), OtherNames: r.lines(), AreaKind: oneOf(r, geo.AreaKinds()),
			Within: r.maybeID(), Summary: r.text(0), Inferred: r.inferences(), DatasetID: "d"}
		a.Start, a.End = r.interval()
		return a
	case geo.Actors:
		return &geo.Actor{ID: id, Names: r.text(1), OtherNames: r.lines(), ActorKind: oneOf(r, geo.ActorKinds()), MemberOf: r.ids(),
			Summary: r.text(0), DatasetID: "d"}
	case geo.Datasets:
		return &geo.Dataset{ID: id, Title: r.text(1), Publisher: r.line(), Licence: r.line(), Attribution: r.line(),
			Redistribution: oneOf(r, geo.Redistributions()), Summary: r.text(0), Link: r.maybe(func() string { return "https://example.org/?a=b&c" })}
	}
	return r.event(id)
}

// RandomID is a valid id, more awkward than people's.
func RandomID(random *rand.Rand) string {
	return randomness{random}.join([]string{"a", "ucdp:", "7", "-", "}", "]", "{", "[", ":", "'", "é", "လား", "😀", "&"}) + strconv.Itoa(random.IntN(1_000_000))
}

type randomness struct{ *rand.Rand }

func oneOf[T any](r randomness, list []T) T { return list[r.IntN(len(list))] }

// some makes up to three elements; often none.
func some[T any](r randomness, atLeast int, element func() T) (list []T) {
	for range atLeast + max(0, r.IntN(5)-1-atLeast) {
		list = append(list, element())
	}
	return list
}

func (r randomness) chance() bool { return r.IntN(2) == 0 }

func (r randomness) maybe(f func() string) string {
	if r.chance() {
		return f()
	}
	return ""
}

func (r randomness) join(pieces []string) string {
	var b strings.Builder
	for range 1 + r.IntN(6) {
		b.WriteString(oneOf(r, pieces))
	}
	return b.String()
}

func (r randomness) id() string      { return RandomID(r.Rand) }
func (r randomness) maybeID() string { return r.maybe(r.id) }
func (r randomness) ids() []string   { return some(r, 0, r.id) }

// line is a text of letters, of what JSON escapes, and of what it is made of.
func (r randomness) line() string {
	return r.join([]string{"Clash", " in ", "Lashio", "\"", "\\", "\\\"", "\n", "\t", "}", "]}", `,"properties":{`, `{"en":"`, ",", ": ", "/", "</script>", "\u2028",
		"Ünïted", "ﬁne", "İ", "ß", "e\u0301", "လားရှိုး", "腊戌", "Санкт", "😀", "½", "—", "15"}) + "."
}

// lines is a list of texts without a second one of a kind.
func (r randomness) lines() []string {
	n := 0
	return some(r, 0, func() string { n++; return r.line() + strconv.Itoa(n) })
}

func (r randomness) text(atLeast int) geo.Text {
	text := make(geo.Text)
	for _, tag := range []string{"en", "my", "zh", "shn"}[:atLeast+r.IntN(4)] {
		text[tag] = r.line()
	}
	if len(text) == 0 {
		return nil
	}
	return text
}

// awkward picks from the valid AwkwardGeometries those that are wanted.
func (r randomness) awkward(wanted func(g orb.Geometry) bool) orb.Geometry {
	for {
		if a := oneOf(r, geo.AwkwardGeometries); a.Valid && wanted(a.Geometry) {
			return a.Geometry
		}
	}
}

func (r randomness) point() orb.Geometry {
	switch r.IntN(4) {
	case 0:
		return r.awkward(func(g orb.Geometry) bool { _, isPoint := g.(orb.Point); return isPoint })
	case 1:
		return orb.Point{float64(r.IntN(361) - 180), float64(r.IntN(181) - 90)}
	case 2:
		return orb.Point{math.Copysign(0, -1), r.NormFloat64() * math.Pow(10, -float64(r.IntN(30)))}
	}
	return orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
}

func (r randomness) polygon() orb.Geometry {
	return r.awkward(func(g orb.Geometry) bool {
		switch g.(type) {
		case orb.Polygon, orb.MultiPolygon:
			return true
		}
		return false
	})
}

func (r randomness) instant() geo.Instant {
	if r.chance() {
		return geo.Date(1+r.IntN(9999), time.Month(1+r.IntN(12)), 1+r.IntN(31))
	}
	at := time.Date(1+r.IntN(9999), 1, 2, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(86_400)) * time.Second)
	if r.chance() {
		at = at.Add(time.Duration(r.IntN(1_000_000)) * time.Microsecond)
	}
	return geo.At(at)
}

// interval has a start, an end, both, which may be the same, or neither.
func (r randomness) interval() (start, end geo.Instant) {
	start, end = r.instant(), r.instant()
	if r.chance() {
		end = start
	}
	if end.Last().Before(start.First()) {
		start, end = end, start
	}
	switch r.IntN(6) {
	case 0:
		return geo.Instant{}, geo.Instant{}
	case 1:
		return start, geo.Instant{}
	case 2:
		return geo.Instant{}, end
	}
	return start, end
}

func (r randomness) inferences() []geo.Inference {
	return some(r, 0, func() geo.Inference { return geo.Inference{Field: "geometry", From: r.line()} })
}

// json is any JSON.
func (r randomness) json() jsontext.Value {
	return jsontext.Value(oneOf(r, []string{"null", "-1.5e300", "false", `"a \"}] \\"`, `"\\"`, `{"}\"":{"]":[]},"type":{"start":null}}`,
		`[[],{},[{"\"":"[{"}],true,"\\\""]`}))
}
