package index

import (
	"sync"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// Summary is what a collection holds.
type Summary struct {
	Box      *geo.Box       // around all its rows; nil where none is anywhere
	Span     geo.Interval   // of the events; its ends are open where one of them has an open end
	Datasets []*geo.Dataset // whose work it shows
}

// Summary says what a collection holds. It is worked out once a snapshot.
func (s *Snapshot) Summary(k geo.Kind) Summary {
	made, _ := s.summaries.LoadOrStore(k, sync.OnceValue(func() Summary { return s.summarise(k) }))
	of, _ := made.(func() Summary)
	return of()
}

func (s *Snapshot) summarise(k geo.Kind) Summary {
	all := s.everything(k)
	sum := Summary{Datasets: all.Datasets()}
	if k == geo.Places || k == geo.Areas || k == geo.Events {
		if box, found := geo.Extent(all.shapes()); found {
			sum.Box = &box
		}
	}
	if k == geo.Events {
		sum.Span = all.span()
	}
	return sum
}

// shapes is every geometry that the rows have, once.
func (s Selection) shapes() (shapes orb.Collection) {
	for n := range s.anchors().all() {
		if g := s.snapshot.anchors.geometry(n); g != nil {
			shapes = append(shapes, g)
		}
	}
	return shapes
}

// anchors is where the rows are.
func (s Selection) anchors() bitset {
	used := newBitset(s.snapshot.anchors.len())
	for i, p := range s.parts {
		for row := range s.rows[i].all() {
			used.set(p.anchor[row])
		}
	}
	return used
}

// Geometry says of which GeoJSON types the rows' geometries are, and the box
// around them; nil where none is anywhere.
func (s Selection) Geometry() (types map[string]bool, box *geo.Box) {
	shapes := s.shapes()
	types = make(map[string]bool)
	for _, g := range shapes {
		types[g.GeoJSONType()] = true
	}
	if around, found := geo.Extent(shapes); found {
		box = &around
	}
	return types, box
}

// span is the shortest interval that holds the times of all dated events.
func (s Selection) span() geo.Interval {
	from, to, dated := still, always, false
	for i, p := range s.parts {
		for row := range s.rows[i].all() {
			if p.start[row] == always && p.end[row] == still {
				continue
			}
			from, to, dated = min(from, p.start[row]), max(to, p.end[row]), true
		}
	}
	if !dated {
		return geo.Interval{}
	}
	return interval(from, to)
}

// Timed says whether any record of a kind starts or ends within a day, and not with it.
// It looks at every row.
func (s *Snapshot) Timed(k geo.Kind) bool {
	if k != geo.Areas && k != geo.Events {
		return false
	}
	for _, p := range s.parts[k] {
		for row := range p.visible.all() {
			start, end := p.start[row], p.end[row]
			if start != always && floorDay(start)*day != start || end != still && floorDay(end+1)*day != end+1 {
				return true
			}
		}
	}
	return false
}

const day = 86_400_000_000 // microseconds

// interval writes times in microseconds as dates where they are whole days.
func interval(from, to int64) (v geo.Interval) {
	if from != always {
		if v.Start = geo.At(instant(from)); floorDay(from)*day == from {
			v.Start = dateOf(from)
		}
	}
	if to != still {
		if v.End = geo.At(instant(to)); floorDay(to+1)*day == to+1 {
			v.End = dateOf(to)
		}
	}
	return v
}

func dateOf(micros int64) geo.Instant {
	y, m, d := instant(micros).Date()
	return geo.Date(y, m, d)
}

// floorDay is the day that a time lies in, counted from 1970.
func floorDay(micros int64) int64 {
	d := micros / day
	if micros%day < 0 {
		d--
	}
	return d
}
