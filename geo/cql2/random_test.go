package cql2

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
)

// TestWrittenIsReadTheSame holds both forms of random expressions to the expressions.
func TestWrittenIsReadTheSame(t *testing.T) {
	for seed := range uint64(2_000) {
		g := &generator{rand.New(rand.NewPCG(seed, 7))}
		e := g.condition(1 + int(seed%6))
		if faults := check(e, nil); len(faults) > 0 {
			t.Fatalf("seed %d: %s: %v", seed, AppendText(nil, e), faults[0])
		}
		holdToForms(t, e)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// TestGeneratorMakesAll makes sure that the test above is about all of the language.
func TestGeneratorMakesAll(t *testing.T) {
	made := map[string]bool{}
	for seed := range uint64(2_000) {
		g := &generator{rand.New(rand.NewPCG(seed, 7))}
		Walk(g.condition(1+int(seed%6)), func(e Expression) bool {
			switch e := e.(type) {
			case Call:
				made[e.Op] = true
			case Geometry:
				made[e.Value.GeoJSONType()] = true
			default:
				made[reflect.TypeOf(e).Name()] = true
			}
			return true
		})
	}
	want := []string{"Property", "Text", "Number", "Truth", "Date", "Timestamp", "Interval", "Box", "List", "Buffer",
		"Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"}
	for op := range operators {
		want = append(want, op)
	}
	for _, name := range want {
		if !made[name] {
			t.Errorf("no %s is made", name)
		}
	}
}

// generator makes expressions that stand where they may.
type generator struct{ *rand.Rand }

func pick[T any](g *generator, list ...T) T { return list[g.IntN(len(list))] }

func (g *generator) condition(depth int) Expression {
	if depth == 0 {
		return Truth{Value: g.IntN(2) == 0, At: -1}
	}
	d := depth - 1
	switch g.IntN(10) {
	case 0, 1:
		args := []Expression{g.condition(d), g.condition(d)}
		if g.IntN(3) == 0 {
			args = append(args, g.condition(d))
		}
		return Call{Op: pick(g, "and", "or"), Args: args, At: -1}
	case 2:
		return g.call("not", g.condition(d))
	case 3:
		return g.call("isNull", pick(g, g.condition, g.number, g.text, g.geometry, g.interval)(d))
	case 4:
		return g.call("like", g.text(d), g.pattern())
	case 5:
		return g.call("between", g.number(d), g.number(d), g.number(d))
	case 6:
		of := pick(g, g.number, g.text, g.instant)
		return g.call("in", of(d), List{Items: []Expression{of(d), of(d)}[:1+g.IntN(2)], At: -1})
	case 7:
		of := pick(g, g.number, g.text, g.instant)
		return g.call(pick(g, "=", "<>", "<", ">", "<=", ">="), of(d), of(d))
	}
	return g.relation(d)
}

func (g *generator) relation(d int) Expression {
	op := pick(g, relations()...)
	switch {
	case strings.HasPrefix(op, "s_"):
		return g.call(op, g.geometry(d), g.geometry(d))
	case strings.HasPrefix(op, "a_"):
		return g.call(op, g.list(d), g.list(d))
	case operators[op].takes.has(InstantType):
		return g.call(op, g.instant(d), g.interval(d))
	}
	return g.call(op, g.interval(d), g.interval(d))
}

// relations are the operators written as functions, without casei and accenti.
func relations() (ops []string) {
	for op, o := range operators {
		if o.isFunction && o.yields == TruthType {
			ops = append(ops, op)
		}
	}
	slices.Sort(ops)
	return ops
}

func (g *generator) call(op string, args ...Expression) Expression {
	return Call{Op: op, Args: args, At: -1}
}

func (g *generator) property() Expression {
	return Property{Name: pick(g, "a", "eo:cloud", "x.y", "အမည်", "名", "date", "Not", "z", "_1", "S_Within", "isNull"), At: -1}
}

func (g *generator) number(d int) Expression {
	switch {
	case d <= 0 || g.IntN(3) == 0:
		v := pick(g, float64(g.IntN(100)-50), g.Float64(), math.Float64frombits(g.Uint64()))
		if math.IsNaN(v) || math.IsInf(v, 0) {
			v = 1e300
		}
		return Number{Value: v + 0, At: -1}
	case g.IntN(4) == 0:
		return g.property()
	case g.IntN(8) == 0:
		return g.call("Buffer", List{Items: []Expression{g.number(d - 1)}, At: -1}, g.condition(d-1))
	}
	return g.call(pick(g, "+", "-", "*", "/", "%", "div", "^"), g.number(d-1), g.number(d-1))
}

func (g *generator) literal() Expression {
	return Text{Value: pick(g, "", "it's", `\'`, `a\b`, `''`, `\\''x`, "လားရှိုး", "%a_", "\t\n", "🌍", `"q"`, "--"), At: -1}
}

func (g *generator) text(d int) Expression {
	switch {
	case d <= 0 || g.IntN(2) == 0:
		return g.literal()
	case g.IntN(2) == 0:
		return g.property()
	}
	return g.call(pick(g, "casei", "accenti"), g.text(d-1))
}

func (g *generator) pattern() Expression {
	if g.IntN(2) == 0 {
		return g.call(pick(g, "casei", "accenti"), g.literal())
	}
	return g.literal()
}

func (g *generator) time(from, to int) (day, instant time.Time) {
	year := from + g.IntN(to-from)
	day = time.Date(year, time.Month(1+g.IntN(12)), 1+g.IntN(28), 0, 0, 0, 0, time.UTC)
	return day, day.Add(time.Duration(g.Int64N(int64(24*time.Hour))) / pick(g, time.Microsecond, time.Second) * time.Microsecond)
}

func (g *generator) instant(int) Expression {
	day, instant := g.time(1, 10_000)
	return pick[Expression](g, Date{Value: day, At: -1}, Timestamp{Value: instant, At: -1}, g.property())
}

func (g *generator) interval(int) Expression {
	day, instant := g.time(1, 2000)
	endDay, endInstant := g.time(2000, 10_000)
	return Interval{
		Start: pick[Expression](g, nil, Date{Value: day, At: -1}, Timestamp{Value: instant, At: -1}, g.property()),
		End:   pick[Expression](g, nil, Date{Value: endDay, At: -1}, Timestamp{Value: endInstant, At: -1}, g.property()),
		At:    -1,
	}
}

func (g *generator) list(d int) Expression {
	if d <= 0 {
		return g.property()
	}
	items := []Expression{g.text(d - 1), g.number(d - 1), g.condition(d - 1), List{Items: []Expression{g.geometry(d)}, At: -1}, List{At: -1}}
	return List{Items: slices.Clone(items[g.IntN(3):][:g.IntN(3)]), At: -1}
}

func (g *generator) geometry(int) Expression {
	if g.IntN(6) == 0 {
		return g.property()
	}
	if g.IntN(6) == 0 {
		return Box{West: g.point()[0], South: -g.Float64() * 90, East: g.point()[0], North: g.Float64() * 90, At: -1}
	}
	shapes := []orb.Geometry{g.point(), orb.MultiPoint(g.line()), g.line(), orb.MultiLineString{g.line(), g.line()},
		g.polygon(), orb.MultiPolygon{g.polygon()}}
	shapes = append(shapes, orb.Collection(slices.Clone(shapes[:1+g.IntN(6)])))
	return Geometry{Value: pick(g, shapes...), At: -1}
}

func (g *generator) point() orb.Point {
	return orb.Point{pick(g, g.Float64()*360-180, 180, 1e-9), pick(g, g.Float64()*180-90, -90, 0.5)}
}

func (g *generator) line() orb.LineString { return orb.LineString{g.point(), g.point()} }

func (g *generator) polygon() orb.Polygon {
	first := g.point()
	return orb.Polygon{{first, g.point(), g.point(), first}}
}
