package tile

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"
	"google.golang.org/protobuf/encoding/protowire"
)

// tolerance is how far, in units, a line may be drawn from where it is.
const tolerance = 0.25

// simplify leaves out, in place, what lies within the tolerance of what stays.
func (d *drawing) simplify(tolerance float64) {
	s := simplify.DouglasPeucker(tolerance)
	for i, l := range d.lines {
		d.lines[i] = s.LineString(l)
	}
	for _, p := range d.polygons {
		for i, ring := range p {
			p[i] = s.Ring(ring)
		}
	}
}

// bound is the rectangle around the drawing.
func (d *drawing) bound() orb.Bound {
	b := orb.MultiPoint(d.points).Bound()
	for _, l := range d.lines {
		b = b.Union(l.Bound())
	}
	for _, p := range d.polygons {
		b = b.Union(p.Bound())
	}
	return b
}

// rectangle is the geometry of a bound.
func rectangle(b orb.Bound) geometries {
	d := drawing{polygons: []orb.Polygon{b.ToPolygon()}}
	return d.geometries()
}

// unit is a position rounded to whole units.
type unit [2]int32

func round(p orb.Point) unit { return unit{int32(math.Round(p[0])), int32(math.Round(p[1]))} }

// rounded is a line in whole units, without repeated positions.
func rounded[T ~[]orb.Point](line T) []unit {
	units := make([]unit, len(line))
	for i, p := range line {
		units[i] = round(p)
	}
	return slices.Compact(units)
}

// path is a geometry in the format's words: commands, and steps from the position
// before.
type path struct {
	words []uint32
	at    unit
}

const (
	moveTo    = 1
	lineTo    = 2
	closePath = 7
)

func (p *path) add(command uint32, to ...unit) {
	p.words = append(p.words, command|uint32(len(to))<<3)
	for _, u := range to {
		for axis := range u {
			p.words = append(p.words, uint32(protowire.EncodeZigZag(int64(u[axis]-p.at[axis]))))
		}
		p.at = u
	}
}

func (p *path) line(line []unit) {
	p.add(moveTo, line[0])
	p.add(lineTo, line[1:]...)
}

// ring adds a ring whose last position is not its first again. Outer rings have a
// positive area where y grows downwards, holes a negative one.
func (p *path) ring(ring []unit, area int64, hole bool) {
	if area > 0 == hole {
		slices.Reverse(ring)
	}
	p.line(ring)
	p.words = append(p.words, closePath|1<<3)
}

// area is twice the signed area of the ring.
func area(ring []unit) (sum int64) {
	last := ring[len(ring)-1]
	for _, u := range ring {
		sum += int64(last[0])*int64(u[1]) - int64(u[0])*int64(last[1])
		last = u
	}
	return sum
}

// geometries are those of a drawing by kind, a feature each: the format does not mix
// them. Those without words are not there.
type geometries [kindPolygon + 1]path

func (g *geometries) size() (words int) {
	for _, p := range g {
		words += len(p.words)
	}
	return words
}

// geometries rounds the drawing to whole units. Parts without area, or without
// length, are left out unless nothing else is left: then an area is drawn as a line,
// and a line as a point, so that no shape vanishes.
func (d *drawing) geometries() (g geometries) {
	var thin [][]unit
	for _, polygon := range d.polygons {
		thin = append(thin, g[kindPolygon].polygon(polygon)...)
	}
	for _, l := range d.lines {
		if line := rounded(l); len(line) > 1 {
			g[kindLine].line(line)
		} else {
			thin = append(thin, line)
		}
	}
	if points := rounded(d.points); len(points) > 0 {
		slices.SortFunc(points, func(a, b unit) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
		g[kindPoint].add(moveTo, slices.Compact(points)...)
	}
	if g.size() > 0 {
		return g
	}
	for _, line := range thin {
		if len(line) > 1 {
			g[kindLine].line(line)
		}
	}
	if g.size() == 0 && len(thin) > 0 {
		g[kindPoint].add(moveTo, thin[0]...)
	}
	return g
}

// polygon adds a polygon, or returns its outer ring where that has no area.
func (p *path) polygon(polygon orb.Polygon) (thin [][]unit) {
	for i, r := range polygon {
		closed := rounded(r)
		ring := closed
		if n := len(ring); n > 1 && ring[0] == ring[n-1] {
			ring = ring[:n-1]
		}
		switch a := area(ring); {
		case a != 0:
			p.ring(ring, a, i > 0)
		case i == 0:
			return [][]unit{closed}
		}
	}
	return nil
}
