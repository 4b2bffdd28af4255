package cql2

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// shapeDepth is how deep the arrays of coordinates are at most: a MultiPolygon's.
const shapeDepth = 4

// shape reads coordinates whose first bracket has been read: a position, or an array
// of shapes.
func (d *decoder) shape(path string, depth int) shape {
	if depth > shapeDepth {
		d.fail(path, "coordinates are nested more than %d deep", shapeDepth)
	}
	if d.fault == nil && d.in.PeekKind() == jsontext.KindNumber {
		return d.position(path)
	}
	s := shape{at: -1, path: path}
	for d.more() {
		at := path + "/" + strconv.Itoa(len(s.parts))
		if !d.array(at) {
			break
		}
		s.parts = append(s.parts, d.shape(at, depth+1))
	}
	return s
}

// position reads longitude, latitude and a height, which is dropped: records have none.
func (d *decoder) position(path string) shape {
	numbers := d.numbers(path)
	if len(numbers) != 2 && len(numbers) != 3 {
		d.fail(path, "a position has a longitude, a latitude and perhaps a height: not %d numbers", len(numbers))
		return shape{}
	}
	return shape{at: -1, path: path, isPosition: true, position: orb.Point{numbers[0], numbers[1]}}
}

// numbers reads an array of numbers whose bracket has been read.
func (d *decoder) numbers(path string) []float64 {
	numbers := []float64{}
	for d.more() {
		at := path + "/" + strconv.Itoa(len(numbers))
		t := d.token()
		if d.fault == nil && t.Kind() != jsontext.KindNumber {
			d.fail(at, "a number is needed here")
		}
		if d.fault != nil {
			return nil
		}
		numbers = append(numbers, d.number(t, at))
	}
	return numbers
}
