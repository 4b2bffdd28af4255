package tile

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"
)

// Point is one event, or a cluster of them.
type Point struct {
	Position   orb.Point // degrees
	ID         string    // the event's id, or the cluster's name
	Count      int       // of events; 1: it is one, and no cluster
	Properties []Property
}

// Property is a name and a string, int, int64, float64 or bool. The same names in the
// same order in all points or shapes cost least. What is not known has no property:
// the format knows no null. The names id, count, cluster, extent and shapes are taken.
type Property struct {
	Name  string
	Value any
}

// Shape is what is more than a point: an event's line, area or collection, or the
// outline that Count events are tied to.
type Shape struct {
	Geometry   orb.Geometry // degrees
	ID         string
	Count      int
	Properties []Property
}

// ErrTooLarge is what Encode returns where the points alone come close to MaxBytes:
// the caller makes clusters of them and tries again.
var ErrTooLarge = errors.New("the points do not fit in a tile")

// Encode writes what of the points and the shapes is in the widened tile as at most
// MaxBytes: points as the layer "events", shapes as the layer "shapes". A layer
// without features is left out; a tile without layers has no bytes.
//
// A feature has the properties id, count, those of its own, and cluster: true where
// it is a point for several events. Positions are whole units from -256 to 4352:
// points are true to half a unit, outlines to a whole one, a 16th of a pixel.
// Latitudes beyond the map's edge are drawn at it. A point that is twice in the widened tile of level
// 0, at 170 degrees and therefore also at -190, is one feature of two points, the
// true one first.
//
// A shape is one feature for each kind of geometry that it has; where it is too small
// at this level for an area it is a line, and where it is too small for that a point.
// One without positions is not drawn, as it is nowhere.
// Where the shapes make the tile too large, their outlines are drawn ever coarser, up
// to 64 units, 4 pixels. If that is not enough, those of the most bytes become the
// rectangles around what of them is in the tile, with the property extent: true. If
// that is not enough either, the first shapes stay so, and one rectangle stands for
// all others: it has no id, their number as shapes, the sum of their counts, and
// extent: true. If not even that fits beside the points: ErrTooLarge.
func (t Tile) Encode(points []Point, shapes []Shape) ([]byte, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	events, err := t.encodePoints(points)
	if err != nil {
		return nil, err
	}
	if len(events) > MaxBytes {
		return nil, ErrTooLarge
	}
	sketches, err := t.sketch(shapes)
	if err != nil {
		return nil, err
	}
	outlines, err := fit(sketches, MaxBytes-len(events))
	if err != nil {
		return nil, err
	}
	return append(events, outlines...), nil
}

func (t Tile) encodePoints(points []Point) ([]byte, error) {
	l := newLayer("events", len(points))
	windows := t.windows()
	var at path
	var units []unit
	for i := range points {
		p := &points[i]
		if err := checkPositions(p.Position); err != nil {
			return nil, fmt.Errorf("the event %q: %w", p.ID, err)
		}
		units = units[:0]
		for _, w := range windows {
			if w.bound.Contains(p.Position) {
				units = append(units, round(w.units(p.Position)))
			}
		}
		if len(units) == 0 {
			continue
		}
		l.begin()
		if err := l.describe(p.ID, p.Count, p.Count > 1, p.Properties); err != nil {
			return nil, fmt.Errorf("the event %q: %w", p.ID, err)
		}
		at = path{words: at.words[:0]}
		at.add(moveTo, units...)
		l.end(kindPoint, at.words)
	}
	return l.bytes(), nil
}

// describe adds the properties that a feature has.
func (l *layer) describe(id string, count int, cluster bool, others []Property) error {
	if count < 1 {
		return fmt.Errorf("it stands for %d events", count)
	}
	if err := l.id(id); err != nil {
		return err
	}
	if err := l.property("count", count); err != nil {
		return err
	}
	if cluster {
		if err := l.property("cluster", true); err != nil {
			return err
		}
	}
	for _, p := range others {
		switch p.Name {
		case "cluster", "extent", "shapes": // id and count are there already, and cannot come twice
			return fmt.Errorf("the name of the property %q is taken", p.Name)
		}
		if err := l.property(p.Name, p.Value); err != nil {
			return err
		}
	}
	return nil
}
