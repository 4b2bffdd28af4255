package index

import (
	"cmp"
	"slices"
	"sync"
)

// maxCellBits is the most that a Web Mercator position has.
const maxCellBits = 32

// cells says of each anchor in which cell of a grid it is. Numbers: 0 is nowhere,
// then come the cells of the map that have anchors, then each shape by itself.
type cells struct {
	bits   uint     // there are 2^bits cells a side
	of     []uint32 // of each anchor: the number of its cell
	keys   []uint64 // of each number: y<<32 | x of the cell; of shapes the anchor
	mapped int      // numbers below it are cells of the map
}

// shape is the anchor of a number that is a shape by itself; 0 of a cell.
func (c *cells) shape(number uint32) uint32 {
	if int(number) < c.mapped {
		return 0
	}
	return uint32(c.keys[number])
}

// grids holds the cells of each grid that was asked for.
type grids [maxCellBits + 1]struct {
	once  sync.Once
	cells *cells
}

// cells lays a grid over the anchors, once for each number of cells.
func (a *anchors) cells(bits uint) *cells {
	a.lookup.asked.ask(bits)
	return a.makeCells(bits)
}

func (a *anchors) makeCells(bits uint) *cells {
	grid := &a.lookup.grids[bits]
	grid.once.Do(func() { grid.cells = a.layOut(bits) })
	return grid.cells
}

func (a *anchors) layOut(bits uint) *cells {
	c := &cells{bits: bits, of: make([]uint32, a.len()), keys: make([]uint64, 1)}
	shift := maxCellBits - bits
	last := ^uint64(0)
	for _, n := range a.byCurve() {
		key := uint64(a.y[n]>>shift)<<32 | uint64(a.x[n]>>shift)
		if key != last {
			c.keys = append(c.keys, key)
			last = key
		}
		c.of[n] = uint32(len(c.keys) - 1)
	}
	c.mapped = len(c.keys)
	for n := range a.kind {
		if n := uint32(n); a.isShape(n) {
			c.of[n] = uint32(len(c.keys))
			c.keys = append(c.keys, uint64(n))
		}
	}
	return c
}

// byCurve lists the anchors that are points along a Z-order curve: those of one
// cell, of whatever grid, stand together.
func (a *anchors) byCurve() []uint32 {
	a.lookup.curve.Do(func() {
		type position struct {
			code uint64
			n    uint32
		}
		var points []position
		for n := range a.kind {
			if n := uint32(n); a.isPoint(n) {
				points = append(points, position{interleaveBits(a.x[n])<<1 | interleaveBits(a.y[n]), n})
			}
		}
		slices.SortFunc(points, func(a, b position) int { return cmp.Compare(a.code, b.code) })
		for _, p := range points {
			a.lookup.byCurve = append(a.lookup.byCurve, p.n)
		}
	})
	return a.lookup.byCurve
}

// interleaveBits puts a zero before each bit.
func interleaveBits(v uint32) uint64 {
	x := uint64(v)
	x = (x | x<<16) & 0x0000ffff0000ffff
	x = (x | x<<8) & 0x00ff00ff00ff00ff
	x = (x | x<<4) & 0x0f0f0f0f0f0f0f0f
	x = (x | x<<2) & 0x3333333333333333
	return (x | x<<1) & 0x5555555555555555
}
