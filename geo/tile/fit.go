package tile

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"github.com/paulmach/orb"
)

// sketch is a shape on its way into the tile.
type sketch struct {
	shape      *Shape
	drawing    drawing
	bound      orb.Bound // of the drawing before it was made coarser
	geometries geometries
	extent     bool // geometries is that of the bound
}

// sketch draws what of the shapes is in the tile.
func (t Tile) sketch(shapes []Shape) ([]sketch, error) {
	var sketches []sketch
	for i := range shapes {
		d, err := t.draw(shapes[i].Geometry)
		if err != nil {
			return nil, fmt.Errorf("the shape %q: %w", shapes[i].ID, err)
		}
		if !d.empty() {
			sketches = append(sketches, sketch{shape: &shapes[i], drawing: d, bound: d.bound()})
		}
	}
	return sketches, nil
}

// fit encodes the shapes within the limit of bytes. Encode says what gives way.
func fit(sketches []sketch, limit int) ([]byte, error) {
	for coarse := tolerance; coarse <= 64; coarse *= 4 {
		for i := range sketches {
			s := &sketches[i]
			s.drawing.simplify(coarse)
			s.geometries = s.drawing.geometries()
		}
		if b, err := encodeShapes(sketches, nil); err != nil || len(b) <= limit {
			return b, err
		}
	}
	largest := make([]int, len(sketches))
	for i := range largest {
		largest[i] = i
	}
	slices.SortStableFunc(largest, func(a, b int) int {
		return cmp.Compare(sketches[b].geometries.size(), sketches[a].geometries.size())
	})
	boxed := slices.Clone(sketches)
	b, err := least(len(sketches), limit, func(n int) ([]byte, error) {
		copy(boxed, sketches)
		for _, i := range largest[:n] {
			boxed[i].box()
		}
		return encodeShapes(boxed, nil)
	})
	if b != nil || err != nil {
		return b, err
	}
	b, err = least(len(boxed), limit, func(n int) ([]byte, error) {
		first := len(boxed) - n
		return encodeShapes(boxed[:first], boxed[first:])
	})
	if b == nil && err == nil {
		err = ErrTooLarge
	}
	return b, err
}

// least returns what the attempt makes of the smallest number from 0 to most that
// makes it come within the limit, or nil where none does.
func least(most, limit int, attempt func(n int) ([]byte, error)) (fitting []byte, failed error) {
	sort.Search(most+1, func(n int) bool {
		b, err := attempt(n)
		if err != nil {
			failed = err
			return true
		}
		if len(b) > limit {
			return false
		}
		fitting = b
		return true
	})
	return fitting, failed
}

// box puts the rectangle around the drawing in its place, where that is smaller.
func (s *sketch) box() {
	if g := rectangle(s.bound); g.size() < s.geometries.size() {
		s.geometries, s.extent = g, true
	}
}

// encodeShapes writes the shapes, and the rest as one rectangle around them.
func encodeShapes(sketches, rest []sketch) ([]byte, error) {
	l := newLayer("shapes", len(sketches))
	for i := range sketches {
		s := &sketches[i]
		l.begin()
		if err := l.describe(s.shape.ID, s.shape.Count, false, s.shape.Properties); err != nil {
			return nil, fmt.Errorf("the shape %q: %w", s.shape.ID, err)
		}
		if s.extent {
			if err := l.property("extent", true); err != nil {
				return nil, fmt.Errorf("the shape %q: %w", s.shape.ID, err)
			}
		}
		l.endAll(s.geometries)
	}
	if len(rest) > 0 {
		if err := l.rest(rest); err != nil {
			return nil, err
		}
	}
	return l.bytes(), nil
}

// rest adds one feature for several shapes.
func (l *layer) rest(sketches []sketch) error {
	bound, count := sketches[0].bound, 0
	for i := range sketches {
		bound = bound.Union(sketches[i].bound)
		count += sketches[i].shape.Count
	}
	l.begin()
	for _, p := range []Property{{"count", count}, {"extent", true}, {"shapes", len(sketches)}} {
		if err := l.property(p.Name, p.Value); err != nil {
			return err
		}
	}
	l.endAll(rectangle(bound))
	return nil
}
