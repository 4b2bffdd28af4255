package index

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// chunk gathers rows of one kind, in any order, until they become a table. What
// they refer to, it finds in the tables that the snapshot has already; numbers of
// things that are new are the chunk's own until it is finished.
type chunk struct {
	of     *Snapshot
	table  // its columns grow; what is derived stays empty
	text   strings.Builder
	list   *wordList
	folder geo.Folder
	brief  geo.Brief

	// The rows' own geometries, the events that they mention and the names that they
	// give, by numbers of the chunk's: numbers in anchor stand for these where ownGeometry is.
	points     map[orb.Point]uint32
	geometries []orb.Geometry
	mentions   *numbering
	names      *numbering // of participants without an id
	own        []bool

	locPairs, toPairs, fromPairs, assumedPairs, actorPairs, namePairs, partOfPairs, mentionPairs []pair
}

func newChunk(of *Snapshot, k geo.Kind) *chunk {
	return &chunk{of: of, table: table{kind: k}, list: newWordList(), points: make(map[orb.Point]uint32), mentions: newNumbering(), names: newNumbering()}
}

// add reads one record. Datasets, actors, areas and places get their numbers from
// number.
func (c *chunk) add(seq uint64, feature []byte, number func(id []byte) (uint32, error)) error {
	b := &c.brief
	if err := b.Read(c.kind, feature); err != nil {
		return err
	}
	row := uint32(c.rows)
	c.rows++
	c.text.Write(b.ID)
	c.idEnds = append(c.idEnds, uint32(c.text.Len()))
	c.seq = append(c.seq, seq)
	for _, text := range b.Texts {
		c.folder.Words(text, c.list.add)
	}
	c.list.endRow()
	if c.kind != geo.Events {
		n, err := number(b.ID)
		if err != nil {
			return err
		}
		c.anchor = append(c.anchor, n)
	}
	dataset := c.of.datasetNumber(b.Dataset)
	if c.kind == geo.Datasets {
		dataset = uint16(c.anchor[row])
	}
	c.dataset = append(c.dataset, dataset)
	switch c.kind {
	case geo.Areas:
		c.addTime(b)
	case geo.Events:
		return c.addEvent(row, b)
	}
	return nil
}

func (c *chunk) addTime(b *geo.Brief) {
	start, end := times(geo.Interval{Start: b.Start, End: b.End})
	c.start, c.end = append(c.start, start), append(c.end, end)
}

// times is an interval in microseconds.
func times(v geo.Interval) (from, to int64) {
	from, to = always, still
	if at, known := v.FirstTime(); known {
		from = at.UnixMicro()
	}
	if at, known := v.LastTime(); known {
		to = at.UnixMicro()
	}
	return from, to
}

func instant(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

func (c *chunk) addEvent(row uint32, b *geo.Brief) error {
	c.addTime(b)
	c.types, c.statuses = append(c.types, b.Type), append(c.statuses, b.Status)
	c.datePrecisions, c.placePrecisions = append(c.datePrecisions, b.DatePrecision), append(c.placePrecisions, b.PlacePrecision)
	for _, count := range []struct {
		column *[]int32
		n      int
	}{{&c.incidents, b.Incidents}, {&c.best, b.Best}, {&c.low, b.Low}, {&c.high, b.High}} {
		if count.n > math.MaxInt32 {
			return fmt.Errorf("a count of %d is beyond what can be added up", count.n)
		}
		*count.column = append(*count.column, int32(count.n))
	}
	loc := c.of.locNumber(b.Place)
	c.loc = append(c.loc, loc)
	anchor, own := loc, b.Geometry != nil
	if own {
		var err error
		if anchor, err = c.geometry(b); err != nil {
			return err
		}
	}
	c.anchor, c.own = append(c.anchor, anchor), append(c.own, own)
	c.pairs(row, loc, b)
	return nil
}

func (c *chunk) pairs(row, loc uint32, b *geo.Brief) {
	if loc != 0 {
		c.locPairs = append(c.locPairs, makePair(loc, row))
	}
	if to := c.of.locNumber(b.RouteTo); to != 0 {
		c.toPairs = append(c.toPairs, makePair(to, row))
	}
	if from := c.of.locNumber(b.RouteFrom); from != 0 && b.RouteAssumed {
		c.assumedPairs = append(c.assumedPairs, makePair(from, row))
	} else if from != 0 {
		c.fromPairs = append(c.fromPairs, makePair(from, row))
	}
	for _, id := range b.Actors {
		if n := c.of.actorNumber(id); n != 0 {
			c.actorPairs = append(c.actorPairs, makePair(n, row))
		}
	}
	for _, name := range b.Names {
		c.namePairs = append(c.namePairs, makePair(number(c.names, name), row))
	}
	if len(b.PartOf) > 0 {
		n := number(c.mentions, b.PartOf)
		c.partOfPairs = append(c.partOfPairs, makePair(n, row))
		c.mentionPairs = append(c.mentionPairs, makePair(n, row))
	}
	for _, id := range b.Related {
		c.mentionPairs = append(c.mentionPairs, makePair(number(c.mentions, id), row))
	}
}

// geometry is the chunk's number of a row's own geometry.
func (c *chunk) geometry(b *geo.Brief) (uint32, error) {
	if b.IsPoint {
		n, known := c.points[b.Point]
		if !known {
			n = uint32(len(c.geometries))
			c.points[b.Point] = n
			c.geometries = append(c.geometries, b.Point)
		}
		return n, nil
	}
	g, err := geojson.UnmarshalGeometry(b.Geometry)
	if err != nil {
		return 0, fmt.Errorf("geometry: %w", err)
	}
	c.geometries = append(c.geometries, g.Geometry())
	return uint32(len(c.geometries) - 1), nil
}

// number gives what the chunk found new the snapshot's numbers. It is the one part
// of the reading that cannot run beside another chunk's.
func (c *chunk) number(next *writer) {
	if len(c.geometries) > 0 {
		numbers := make([]uint32, len(c.geometries))
		for i, g := range c.geometries {
			numbers[i] = next.geometryNumber(g)
		}
		for row, own := range c.own {
			if own {
				c.anchor[row] = numbers[c.anchor[row]]
			}
		}
	}
	renumber(c.mentions, next.mention, c.partOfPairs, c.mentionPairs)
	renumber(c.names, next.name, c.namePairs)
}

// renumber gives the keys of pairs the numbers that the next snapshot has for them.
func renumber(from *numbering, next func(text string) uint32, lists ...[]pair) {
	numbers := make([]uint32, len(from.texts))
	for i, text := range from.texts[1:] {
		numbers[i+1] = next(text)
	}
	for _, pairs := range lists {
		for i, p := range pairs {
			pairs[i] = makePair(numbers[p.key()], p.row())
		}
	}
}

// finish makes the table.
func (c *chunk) finish() *table {
	c.ids = c.text.String()
	order := c.sorted()
	t := &table{kind: c.kind, rows: c.rows}
	t.gather([]*table{&c.table}, picks{make([]uint8, c.rows), order})
	t.words = c.list.dictionary(order)
	if c.kind == geo.Events {
		moved := make([]uint32, c.rows)
		t.ownGeometry = newBitset(c.rows)
		anchors := make([]pair, c.rows)
		for to, from := range order {
			moved[from] = uint32(to)
			anchors[to] = makePair(t.anchor[to], uint32(to))
			if c.own[from] {
				t.ownGeometry.set(uint32(to))
			}
		}
		t.byAnchor = newKeyed(c.rows, anchors)
		for _, list := range []struct {
			pairs []pair
			to    *keyed
		}{{c.locPairs, &t.byLoc}, {c.toPairs, &t.byTo}, {c.fromPairs, &t.byFrom}, {c.assumedPairs, &t.byAssumed}, {c.actorPairs, &t.byActor}, {c.namePairs, &t.byName}, {c.partOfPairs, &t.byPartOf}, {c.mentionPairs, &t.byMention}} {
			for i, p := range list.pairs {
				list.pairs[i] = makePair(p.key(), moved[p.row()])
			}
			*list.to = newKeyed(c.rows, list.pairs)
		}
	}
	t.derive()
	return t
}

// sorted lists the chunk's rows in the order of answers.
func (c *chunk) sorted() []uint32 {
	type key struct {
		order int64
		row   uint32
	}
	keys := make([]key, c.rows)
	for row := range keys {
		keys[row] = key{c.order(uint32(row)), uint32(row)}
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(cmp.Compare(a.order, b.order), strings.Compare(c.id(a.row), c.id(b.row)))
	})
	order := make([]uint32, c.rows)
	for i, k := range keys {
		order[i] = k.row
	}
	return order
}
