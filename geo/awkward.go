package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// Awkward is a geometry that code tends to forget.
type Awkward struct {
	Name     string
	Geometry orb.Geometry
	Valid    bool // whether a record may have it
}

// AwkwardGeometries is the list that every function over geometries is tested on.
var AwkwardGeometries = []Awkward{
	{"none", nil, true},
	{"null island", orb.Point{0, 0}, true},
	{"north pole", orb.Point{17, 90}, true},
	{"south pole", orb.Point{-180, -90}, true},
	{"on the 180th meridian, east", orb.Point{180, 10}, true},
	{"on the 180th meridian, west", orb.Point{-180, 10}, true},
	{"not a number", orb.Point{math.NaN(), 1}, false},
	{"infinite", orb.Point{1, math.Inf(1)}, false},
	{"longitude of 181", orb.Point{181, 0}, false},
	{"latitude and longitude swapped", orb.Point{22.94, 97.75}, false},
	{"multipoint without points", orb.MultiPoint{}, false},
	{"multipoint on both sides of 180", orb.MultiPoint{{179, 1}, {-179, 2}}, true},
	{"line without points", orb.LineString{}, false},
	{"line of one point", orb.LineString{{1, 2}}, false},
	{"line without length", orb.LineString{{1, 2}, {1, 2}}, true},
	{"line cut at 180", orb.MultiLineString{{{170, 0}, {180, 5}}, {{-180, 5}, {-170, 10}}}, true},
	{"multiline with an empty line", orb.MultiLineString{{{0, 0}, {1, 1}}, {}}, false},
	{"polygon without rings", orb.Polygon{}, false},
	{"polygon with an empty ring", orb.Polygon{{}}, false},
	{"ring of three positions", orb.Polygon{{{0, 0}, {1, 1}, {0, 0}}}, false},
	{"open ring", orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}, false},
	{"ring without area", orb.Polygon{{{0, 0}, {1, 0}, {0, 0}, {0, 0}}}, true},
	{"clockwise ring", orb.Polygon{{{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}}}, true},
	{"polygon with a hole", orb.Polygon{
		{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}},
		{{4, 4}, {4, 6}, {6, 6}, {6, 4}, {4, 4}}}, true},
	{"polygon that is a bow tie", orb.Polygon{{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}}, true},
	{"the whole world", orb.Polygon{{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}}}, true},
	{"polygon cut at 180", orb.MultiPolygon{
		{{{170, -10}, {180, -10}, {180, 10}, {170, 10}, {170, -10}}},
		{{{-180, -10}, {-170, -10}, {-170, 10}, {-180, 10}, {-180, -10}}}}, true},
	{"polygon around the south pole", orb.Polygon{{{-180, -90}, {180, -90}, {180, -60}, {0, -70}, {-180, -60}, {-180, -90}}}, true},
	{"multipolygon without polygons", orb.MultiPolygon{}, false},
	{"collection without members", orb.Collection{}, false},
	{"collection of all sorts", orb.Collection{
		orb.Point{1, 1}, orb.LineString{{0, 0}, {1, 1}}, orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}}, true},
	{"collection with an empty member", orb.Collection{orb.Point{1, 1}, orb.LineString{}}, false},
	{"bare ring, which is no GeoJSON", orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, false},
}
