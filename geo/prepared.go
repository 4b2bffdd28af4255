package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Prepared is a Polygon or MultiPolygon made ready for many questions whether it
// holds a point. It may be asked by several goroutines at once. The area must not
// change meanwhile.
//
// The edges are sorted into bands of longitude, because planar.PolygonContains,
// which it agrees with to the last bit, casts its ray along the meridian: a point
// is held against the edges of its own band alone.
type Prepared struct {
	area   orb.Geometry
	off    bool      // has positions off the globe, even NaN: nothing can be sorted by them
	bound  orb.Bound // of the outer rings
	rings  []preparedRing
	edges  []preparedEdge // those of one ring stand together, rings in their order
	scale  float64        // bands to a degree
	starts []uint32       // where each band begins in member, and where the last one ends
	member []uint32       // numbers of edges, by band, ascending
}

type preparedRing struct {
	polygon int
	hole    bool
	end     uint32 // the number of the edge after its last
}

// preparedEdge is an edge from its western to its eastern end.
type preparedEdge struct {
	west, east orb.Point
	slope      float64
	ring       uint32
	westward   bool // the ring leads from its eastern to its western end
}

// Prepare sorts the edges of a Polygon or MultiPolygon. Any other geometry holds
// no point.
func Prepare(area orb.Geometry) *Prepared {
	p := &Prepared{area: area, bound: orb.MultiPoint{}.Bound()}
	switch area := area.(type) {
	case orb.Polygon:
		p.addPolygon(0, area)
	case orb.MultiPolygon:
		for i, polygon := range area {
			p.addPolygon(i, polygon)
		}
	}
	if !p.off && len(p.edges) > 0 {
		p.sort()
	}
	return p
}

// Bound is the box around the area, empty where there is no area.
func (p *Prepared) Bound() orb.Bound { return p.bound }

func (p *Prepared) addPolygon(number int, polygon orb.Polygon) {
	if len(polygon) == 0 {
		return
	}
	p.bound = p.bound.Union(polygon[0].Bound())
	for i, ring := range polygon {
		if len(ring) == 0 {
			continue
		}
		p.edges = slices.Grow(p.edges, len(ring))
		last := ring[len(ring)-1]
		for _, next := range ring {
			p.addEdge(last, next)
			last = next
		}
		p.rings = append(p.rings, preparedRing{number, i > 0, uint32(len(p.edges))})
	}
}

func (p *Prepared) addEdge(from, to orb.Point) {
	westward := from.Lon() > to.Lon()
	if westward {
		from, to = to, from
	}
	slope := (to.Lat() - from.Lat()) / (to.Lon() - from.Lon())
	p.edges = append(p.edges, preparedEdge{from, to, slope, uint32(len(p.rings)), westward})
	p.off = p.off || !onGlobe(from) || !onGlobe(to)
}

// membersPerEdge bounds the memory: an edge stands in so many bands on average.
const membersPerEdge = 5

// sort chooses the bands and files each edge in all that it reaches into.
func (p *Prepared) sort() {
	width := p.bound.Max.Lon() - p.bound.Min.Lon()
	length := 0.0
	for _, e := range p.edges {
		length += e.east.Lon() - e.west.Lon()
	}
	bands := 1
	if n := float64(len(p.edges)); width > 0 && length > 0 {
		bands = int(max(1, min(n, (membersPerEdge-1)*n*width/length)))
	}
	// An area of next to no width would get an infinite scale.
	if p.scale = float64(bands) / width; !(p.scale < math.MaxFloat32) {
		p.scale, bands = 0, 1
	}
	p.starts = make([]uint32, bands+1)
	p.eachBand(func(band int, _ uint32) { p.starts[band+1]++ })
	for i := range bands {
		p.starts[i+1] += p.starts[i]
	}
	p.member = make([]uint32, p.starts[bands])
	next := slices.Clone(p.starts)
	p.eachBand(func(band int, edge uint32) {
		p.member[next[band]] = edge
		next[band]++
	})
}

func (p *Prepared) eachBand(file func(band int, edge uint32)) {
	for i, e := range p.edges {
		for band := p.band(e.west.Lon()); band <= p.band(e.east.Lon()); band++ {
			file(band, uint32(i))
		}
	}
}

// band never falls as the longitude grows, rounding included: so a longitude
// between the ends of an edge has a band between theirs.
func (p *Prepared) band(lon float64) int {
	return int(max(0, min((lon-p.bound.Min.Lon())*p.scale, float64(len(p.starts)-2))))
}

// Contains says whether the point lies in the area or on its edge, a hole's edge
// excluded: what Inside says of the same point and area.
func (p *Prepared) Contains(pt orb.Point) bool {
	if p.off {
		return holds(p.area, pt)
	}
	if len(p.starts) == 0 || !p.bound.Contains(pt) || isNaN(pt) {
		return false
	}
	band := p.band(pt.Lon())
	member := p.member[p.starts[band]:p.starts[band+1]]
	held, polygon := false, -1 // by the polygon, as far as its rings have been looked at
	for len(member) > 0 {
		ring := &p.rings[p.edges[member[0]].ring]
		if ring.polygon != polygon {
			if held {
				return true
			}
			polygon = ring.polygon
		}
		n := 1
		for n < len(member) && member[n] < ring.end {
			n++
		}
		// A hole matters only where the outer ring, which stands before it, holds.
		if ring.hole == held && p.encloses(member[:n], pt) {
			held = !held
		}
		member = member[n:]
	}
	return held
}

// Meets says whether the area shares a point with a bound that does not cross the
// 180th meridian, edges included: what Intersects says of the same area and box.
func (p *Prepared) Meets(b orb.Bound) bool {
	if p.off {
		return meets(p.area, b)
	}
	if len(p.starts) == 0 || !p.bound.Intersects(b) {
		return false
	}
	// An edge that enters the bound shares a longitude with it, and so a band.
	for _, i := range p.member[p.starts[p.band(b.Min.Lon())]:p.starts[p.band(b.Max.Lon())+1]] {
		e := &p.edges[i]
		from, to := e.west, e.east
		if e.westward {
			from, to = to, from
		}
		if segmentMeets(from, to, b) {
			return true
		}
	}
	return p.Contains(b.Min)
}

// encloses says whether the ring of these edges encloses the point: the ray to
// the north crosses an odd number of edges, or the point is on one.
func (p *Prepared) encloses(member []uint32, pt orb.Point) bool {
	odd := false
	for _, i := range member {
		crosses, on := p.edges[i].meetsRay(pt.Lon(), pt.Lat())
		if on {
			return true
		}
		odd = odd != crosses
	}
	return odd
}

// meetsRay says whether the ray from the point to the north crosses the edge, and
// whether the point is on it. A ray through an end of the edge is moved east by
// the least step, so that the end counts for one of the two edges that meet there.
func (e *preparedEdge) meetsRay(lon, lat float64) (crosses, on bool) {
	if lon < e.west[0] || lon > e.east[0] {
		return false, false
	}
	low, high := e.west[1], e.east[1]
	if low > high {
		low, high = high, low
	}
	switch lon {
	case e.west[0]:
		if lat == e.west[1] || e.west[0] == e.east[0] && low <= lat && lat <= high {
			return false, true
		}
		lon = math.Nextafter(lon, math.Inf(1))
	case e.east[0]:
		if lat == e.east[1] {
			return false, true
		}
		lon = math.Nextafter(lon, math.Inf(1))
	}
	switch {
	case lon > e.east[0] || lat > high:
		return false, false
	case lat < low:
		return true, false
	}
	slope := (lat - e.west[1]) / (lon - e.west[0])
	return slope < e.slope, slope == e.slope
}

func isNaN(p orb.Point) bool { return math.IsNaN(p.Lon()) || math.IsNaN(p.Lat()) }
