package index

import (
	"maps"
	"math"
	"slices"
	"sync"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// An anchor is where rows are: a point that they have of their own, a shape of
// their own, or a place or area that lends them its geometry. Rows name it by
// number, so that a place that moves takes its events along, and questions about
// space are asked of anchors, which are far fewer than rows. Number 0 is nowhere.
type anchors struct {
	kind    []anchorKind
	at      []orb.Point // of points and places; longitude and latitude in degrees
	x, y    []uint32    // the same on the Web Mercator square, see mercator
	hidden  []bool      // a place or an area that may not leave, or is gone: rows there are nowhere
	seq     []uint64    // where the geometry of a place or an area stands in the log
	dataset []uint16    // of a place or an area
	within  []uint32    // of a place or an area: the area that its record names, 0 for none
	shapes  map[uint32]shape

	points map[orb.Point]uint32 // for writers: the numbers of rows' own points; made when first needed
	lookup *spatial
}

type anchorKind uint8

const (
	nowhere anchorKind = iota
	ownPoint
	ownShape
	placePoint
	areaShape
)

// shape is a geometry that is no point, with the bounds around it.
type shape struct {
	geometry orb.Geometry
	bounds   []orb.Bound
	prepared *geo.Prepared // of places' and events' areas; nil of an event's own
}

func newShape(g orb.Geometry, prepared *geo.Prepared) shape {
	box, found := geo.Extent(g)
	if !found {
		return shape{geometry: g, prepared: prepared}
	}
	return shape{g, box.Split(), prepared}
}

// meets is geo.Intersects, with the extents asked first.
func (s shape) meets(b geo.Box) bool {
	for _, part := range b.Split() {
		if !slices.ContainsFunc(s.bounds, part.Intersects) {
			continue
		}
		if s.prepared == nil {
			return geo.Intersects(s.geometry, b)
		}
		if s.prepared.Meets(part) {
			return true
		}
	}
	return false
}

func newAnchors() *anchors {
	a := &anchors{shapes: make(map[uint32]shape), lookup: new(spatial)}
	a.append(nowhere, orb.Point{})
	return a
}

// truncate takes all anchors away, nowhere too.
func (a *anchors) truncate() { *a = anchors{shapes: a.shapes, lookup: a.lookup} }

// clone returns anchors that can be changed.
func (a *anchors) clone() *anchors {
	return &anchors{kind: slices.Clone(a.kind), at: slices.Clone(a.at), x: slices.Clone(a.x), y: slices.Clone(a.y), hidden: slices.Clone(a.hidden),
		seq: slices.Clone(a.seq), dataset: slices.Clone(a.dataset), within: slices.Clone(a.within), shapes: maps.Clone(a.shapes), points: maps.Clone(a.points), lookup: new(spatial)}
}

func (a *anchors) len() int { return len(a.kind) }

func (a *anchors) append(kind anchorKind, at orb.Point) uint32 {
	n := uint32(a.len())
	a.kind, a.at, a.hidden = append(a.kind, kind), append(a.at, at), append(a.hidden, false)
	a.seq, a.dataset, a.within = append(a.seq, 0), append(a.dataset, 0), append(a.within, 0)
	x, y := mercator(at)
	a.x, a.y = append(a.x, x), append(a.y, y)
	return n
}

// known finds the number of a point that rows have of their own. It is for the one
// writer: the points are gathered when it first asks.
func (a *anchors) known(p orb.Point) (uint32, bool) {
	if a.points == nil {
		a.points = make(map[orb.Point]uint32)
		for n, kind := range a.kind {
			if kind == ownPoint {
				a.points[a.at[n]] = uint32(n)
			}
		}
	}
	n, known := a.points[p]
	return n, known
}

// point adds a point that rows have of their own.
func (a *anchors) point(p orb.Point) uint32 {
	n := a.append(ownPoint, p)
	a.points[p] = n
	return n
}

// shape adds a geometry that a row has of its own and that is no point.
func (a *anchors) shape(g orb.Geometry) uint32 {
	n := a.append(ownShape, orb.Point{})
	a.shapes[n] = newShape(g, nil)
	return n
}

// lendPoint sets what a place lends.
func (a *anchors) lendPoint(n uint32, p orb.Point, seq uint64, dataset uint16, within uint32) {
	a.kind[n], a.at[n] = placePoint, p
	a.x[n], a.y[n] = mercator(p)
	a.seq[n], a.dataset[n], a.within[n] = seq, dataset, within
}

// lendShape sets what an area lends.
func (a *anchors) lendShape(n uint32, s shape, seq uint64, dataset uint16) {
	a.kind[n], a.shapes[n] = areaShape, s
	a.seq[n], a.dataset[n] = seq, dataset
}

// isPoint says whether rows at the anchor are at one point.
func (a *anchors) isPoint(n uint32) bool {
	return !a.hidden[n] && (a.kind[n] == ownPoint || a.kind[n] == placePoint)
}

// isShape says whether rows at the anchor have a line or an area.
func (a *anchors) isShape(n uint32) bool {
	return !a.hidden[n] && (a.kind[n] == ownShape || a.kind[n] == areaShape)
}

// geometry is the anchor's; nil: nowhere.
func (a *anchors) geometry(n uint32) orb.Geometry {
	switch {
	case a.isPoint(n):
		return a.at[n]
	case a.isShape(n):
		return a.shapes[n].geometry
	}
	return nil
}

// meeting lists the anchors that meet a box; nowhere meets every box.
func (a *anchors) meeting(box geo.Box) bitset {
	s := a.spatial()
	set := newBitset(a.len())
	copy(set, s.everywhere)
	for _, bound := range box.Split() {
		s.each(bound, func(n uint32) {
			if bound.Contains(a.at[n]) {
				set.set(n)
			}
		})
	}
	for _, n := range s.shapes {
		if a.shapes[n].meets(box) {
			set.set(n)
		}
	}
	return set
}

// near lists the anchors that may meet what has a box around it: no other does.
func (a *anchors) near(box geo.Box) bitset {
	s := a.spatial()
	set := newBitset(a.len())
	for _, bound := range box.Split() {
		s.each(bound, set.set)
		for _, n := range s.shapes {
			if slices.ContainsFunc(a.shapes[n].bounds, bound.Intersects) {
				set.set(n)
			}
		}
	}
	return set
}

// spatial finds anchors by a grid of half degrees.
type spatial struct {
	once       sync.Once
	everywhere bitset   // the anchors that are nowhere
	shapes     []uint32 // those that are no points
	ends       []uint32 // of each cell, in numbers
	numbers    []uint32 // points by cell

	grids   grids
	curve   sync.Once
	byCurve []uint32
	asked   asked
}

// The grid has so many cells to a degree, and so many in all.
const (
	gridCells  = 2
	gridWidth  = 360 * gridCells
	gridHeight = 180 * gridCells
)

func gridCell(p orb.Point) int { return gridRow(p.Lat())*gridWidth + gridColumn(p.Lon()) }

func gridColumn(lon float64) int {
	return max(0, min(gridWidth-1, int(math.Floor((lon+180)*gridCells))))
}
func gridRow(lat float64) int { return max(0, min(gridHeight-1, int(math.Floor((lat+90)*gridCells)))) }

// spatial makes the grid when it is first asked for.
func (a *anchors) spatial() *spatial {
	a.lookup.asked.ask(degrees)
	return a.makeSpatial()
}

func (a *anchors) makeSpatial() *spatial {
	s := a.lookup
	s.once.Do(func() {
		s.everywhere = newBitset(a.len())
		s.ends = make([]uint32, gridWidth*gridHeight+1)
		for n := range a.kind {
			switch n := uint32(n); {
			case a.isPoint(n):
				s.ends[gridCell(a.at[n])+1]++
			case a.isShape(n):
				s.shapes = append(s.shapes, n)
			default:
				s.everywhere.set(n)
			}
		}
		for i := range gridWidth * gridHeight {
			s.ends[i+1] += s.ends[i]
		}
		s.numbers = make([]uint32, s.ends[gridWidth*gridHeight])
		next := slices.Clone(s.ends)
		for n := range a.kind {
			if n := uint32(n); a.isPoint(n) {
				cell := gridCell(a.at[n])
				s.numbers[next[cell]] = n
				next[cell]++
			}
		}
	})
	return s
}

// each calls f with the points of all cells that a bound touches.
func (s *spatial) each(b orb.Bound, f func(n uint32)) {
	for row := gridRow(b.Min.Lat()); row <= gridRow(b.Max.Lat()); row++ {
		from := s.ends[row*gridWidth+gridColumn(b.Min.Lon())]
		to := s.ends[row*gridWidth+gridColumn(b.Max.Lon())+1]
		for _, n := range s.numbers[from:to] {
			f(n)
		}
	}
}

// mercator is where a point stands on the Web Mercator square, from the upper left
// corner, in parts of 2^32 of its side. Latitudes beyond the square stand at its edge.
func mercator(p orb.Point) (x, y uint32) {
	const side = 1 << 32
	fx := (p.Lon() + 180) / 360
	sin := math.Sin(p.Lat() * math.Pi / 180)
	fy := 0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)
	return uint32(max(0, min(side-1, fx*side))), uint32(max(0, min(side-1, fy*side)))
}
