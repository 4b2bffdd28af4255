package index

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// CellBits: at a zoom z the map is 2^(z+CellBits) cells a side; a cell is 64 pixels
// of a map whose tiles have 256.
const CellBits = 2

// Cell is a square of the Web Mercator map, counted from its upper left corner.
type Cell struct {
	Bits uint // there are 2^Bits cells a side
	X, Y uint32
}

// Cluster is the events of one cell.
type Cluster struct {
	Cell     Cell
	Position orb.Point // mean of the positions of its events, in degrees
	Extent   orb.Bound // around them
	Shared   bool      // all are at one point
	Row      Row       // of the event, where it is one
	Tally
}

// Shape is the events that have one line or area: their own, or the outline of
// the area that they are tied to.
type Shape struct {
	Geometry orb.Geometry
	Area     string       // id of the area whose outline it is; "" of an event's own
	Kind     geo.AreaKind // of that area
	Row      Row          // of the event, where it is one
	Tally
}

// Clusters is events by where they are. Each is in one of the three.
type Clusters struct {
	Clusters []Cluster // by cell, from the upper left
	Shapes   []Shape
	Nowhere  Tally
}

// Clusters groups the rows by cells of the map, 2^bits a side. Positions beyond the
// map's edges, towards the poles, count to the cells at its edge. ok is false where
// there would be more than most groups.
func (s Selection) Clusters(bits uint, most int) (clusters Clusters, ok bool) {
	cells := s.snapshot.anchors.cells(bits)
	shares := 1
	if s.len > worthSharing {
		shares = runtime.GOMAXPROCS(0)
	}
	groupings := make([]*grouping, shares)
	var workers sync.WaitGroup
	for i := range groupings {
		workers.Go(func() {
			g := newGrouping(s.snapshot, cells, most)
			for n, p := range s.parts {
				words := len(s.rows[n])
				g.count(p, s.rows[n], words*i/shares, words*(i+1)/shares)
			}
			groupings[i] = g
		})
	}
	workers.Wait()
	for _, g := range groupings[1:] {
		groupings[0].merge(g)
	}
	if groupings[0].full {
		return Clusters{}, false
	}
	clusters = groupings[0].finish()
	clusters.Nowhere.Coarse += s.lostSharp()
	return clusters, true
}

// lostSharp counts the rows that have lost their place and say still that it is
// known closely: they are placed nowhere.
func (s Selection) lostSharp() (n int) {
	for i, p := range s.parts {
		if p.lost == nil {
			continue
		}
		for precision := range near + 1 {
			sharp := borrow(p.rows)
			copy(sharp, p.byPlacePrecision[precision])
			sharp.and(p.lost)
			n += sharp.countAnd(s.rows[i])
			sharp.give()
		}
	}
	return n
}

// worthSharing is how many rows are worth counting on all processors.
const worthSharing = 100_000

// grouping counts rows by cell.
type grouping struct {
	snapshot *Snapshot
	cells    *cells
	most     int
	full     bool     // there are more groups than most
	slots    []int32  // of each cell: its group; 0 where it has none yet
	at       []uint32 // of each anchor: its rows
	groups   []group  // from 1; see firstGroup
}

// group is the rows of a cell.
type group struct {
	counts
	part *part // of counts.row
	cell uint32
}

// The group of the rows that are nowhere, and that of the first cell.
const (
	groupNowhere = 1
	firstGroup   = 2
)

func newGrouping(s *Snapshot, cells *cells, most int) *grouping {
	g := &grouping{snapshot: s, cells: cells, most: most, slots: make([]int32, len(cells.keys)), at: make([]uint32, s.anchors.len()), groups: make([]group, firstGroup, 1024)}
	g.slots[0] = groupNowhere
	return g
}

// count adds the rows of some words of a set.
func (g *grouping) count(p *part, rows bitset, from, to int) {
	anchors, of := p.anchor, g.cells.of
	for row := range rows[from:to].all() {
		row += uint32(from) << 6
		n := anchors[row]
		slot := g.slots[of[n]]
		if slot == 0 {
			if slot = g.open(of[n]); g.full {
				return
			}
		}
		g.at[n]++
		its := &g.groups[slot]
		its.add(p.table, row)
		its.part = p
	}
}

// open makes the group of a cell.
func (g *grouping) open(cell uint32) int32 {
	slot := int32(len(g.groups))
	g.groups = append(g.groups, group{cell: cell})
	g.slots[cell] = slot
	g.full = g.full || len(g.groups)-firstGroup > g.most
	return slot
}

// merge adds another grouping of the same cells.
func (g *grouping) merge(o *grouping) {
	g.full = g.full || o.full
	for i := groupNowhere; i < len(o.groups) && !g.full; i++ {
		from := &o.groups[i]
		slot := g.slots[from.cell]
		if slot == 0 {
			slot = g.open(from.cell)
		}
		its := &g.groups[slot]
		its.counts.merge(&from.counts)
		its.part = from.part
	}
	for n, rows := range o.at {
		g.at[n] += rows
	}
}

func (g *grouping) finish() Clusters {
	c := Clusters{Nowhere: g.groups[groupNowhere].tally()}
	clusters := make([]Cluster, len(g.groups))
	for n, rows := range g.at {
		if slot := g.slots[g.cells.of[n]]; rows > 0 && slot >= firstGroup {
			clusters[slot].place(g.snapshot.anchors.at[n], rows)
		}
	}
	for i := firstGroup; i < len(g.groups); i++ {
		its, cluster := &g.groups[i], &clusters[i]
		tally, row := its.tally(), g.snapshot.row(its.part, its.row)
		if n := g.cells.shape(its.cell); n != 0 {
			c.Shapes = append(c.Shapes, g.shape(n, row, tally))
			continue
		}
		key := g.cells.keys[its.cell]
		cluster.Cell, cluster.Tally, cluster.Row = Cell{g.cells.bits, uint32(key), uint32(key >> 32)}, tally, row
		if !cluster.Shared {
			cluster.Position[0] /= float64(cluster.Events)
			cluster.Position[1] /= float64(cluster.Events)
		} else {
			cluster.Position = cluster.Extent.Min
		}
		c.Clusters = append(c.Clusters, *cluster)
	}
	slices.SortFunc(c.Clusters, func(a, b Cluster) int {
		return cmp.Or(cmp.Compare(a.Cell.Y, b.Cell.Y), cmp.Compare(a.Cell.X, b.Cell.X))
	})
	slices.SortFunc(c.Shapes, func(a, b Shape) int { return cmp.Compare(a.Row.ShapeSeq, b.Row.ShapeSeq) })
	return c
}

// place adds the position of some rows; Position is their sum until the end.
func (c *Cluster) place(at orb.Point, rows uint32) {
	if c.Extent == (orb.Bound{}) && c.Position == (orb.Point{}) && !c.Shared {
		c.Extent, c.Shared = at.Bound(), true
	}
	c.Shared = c.Shared && at == c.Extent.Min
	c.Extent = c.Extent.Extend(at)
	c.Position[0] += at[0] * float64(rows)
	c.Position[1] += at[1] * float64(rows)
}

func (g *grouping) shape(n uint32, row Row, tally Tally) Shape {
	s := Shape{Geometry: g.snapshot.anchors.shapes[n].geometry, Row: row, Tally: tally}
	if g.snapshot.anchors.kind[n] == areaShape {
		s.Area, s.Kind = g.snapshot.locationID(n), g.snapshot.areas[n].kind
	}
	return s
}
