package geo

import (
	"bytes"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/project"
)

// CRS is a coordinate reference system, by its URI. Records are kept in CRS84.
type CRS string

const (
	CRS84    CRS = "http://www.opengis.net/def/crs/OGC/1.3/CRS84" // longitude, latitude of WGS 84 in degrees
	EPSG4326 CRS = "http://www.opengis.net/def/crs/EPSG/0/4326"   // latitude, longitude of WGS 84 in degrees
	EPSG3857 CRS = "http://www.opengis.net/def/crs/EPSG/0/3857"   // Web Mercator, metres east and north
)

// CRSs lists those in which geometries are read and written, the one in which they
// are kept first.
func CRSs() []CRS { return []CRS{CRS84, EPSG4326, EPSG3857} }

// ParseCRS reads the URI of one of CRSs, or its safe CURIE: [EPSG:4326].
func ParseCRS(s string) (CRS, error) {
	for _, crs := range CRSs() {
		if s == string(crs) || s == crs.curie() {
			return crs, nil
		}
	}
	return "", fmt.Errorf("is not one of %s", join(CRSs()))
}

// curie is the short form of the URI that OGC API - Common allows in its place.
func (c CRS) curie() string {
	parts := strings.Split(strings.TrimPrefix(string(c), "http://www.opengis.net/def/crs/"), "/")
	return "[" + parts[0] + ":" + parts[2] + "]"
}

// mercatorEdge is where Web Mercator meets the 180th meridian, in metres, and the
// rounding that clients do there.
const mercatorEdge = orb.EarthRadius*math.Pi + 0.01

// box makes the box of CRS84 that four numbers of the system say: the lower corner
// and the upper one, in the order of its axes.
func (c CRS) box(n [4]float64) (Box, error) {
	switch c {
	case EPSG4326:
		return Box{n[1], n[0], n[3], n[2]}, nil
	case EPSG3857:
		if math.Abs(n[0]) > mercatorEdge || math.Abs(n[2]) > mercatorEdge {
			return Box{}, fmt.Errorf("its eastings %g and %g are not both between -%.2f and %.2f metres", n[0], n[2], mercatorEdge, mercatorEdge)
		}
		low, high := project.Mercator.ToWGS84(orb.Point{n[0], n[1]}), project.Mercator.ToWGS84(orb.Point{n[2], n[3]})
		return Box{clamp(low[0], 180), low[1], clamp(high[0], 180), high[1]}, nil
	}
	return Box{n[0], n[1], n[2], n[3]}, nil
}

func clamp(v, most float64) float64 { return math.Max(-most, math.Min(most, v)) }

// polarLatitude stands for the poles, which Web Mercator puts infinitely far away.
const polarLatitude = 90 - 1e-9

func (c CRS) from84(p orb.Point) orb.Point {
	switch c {
	case EPSG4326:
		return orb.Point{p[1], p[0]}
	case EPSG3857:
		p = project.WGS84.ToMercator(orb.Point{p[0], clamp(p[1], polarLatitude)})
		return orb.Point{toMillimetres(p[0]), toMillimetres(p[1])}
	}
	return p
}

func toMillimetres(metres float64) float64 { return math.Round(metres*1000) / 1000 }

// To84 changes a geometry of the system into one of CRS84. The error names a
// coordinate that has no place there.
func (c CRS) To84(g orb.Geometry) (orb.Geometry, error) {
	if c == CRS84 || g == nil {
		return g, nil
	}
	var err error
	g = project.Geometry(orb.Clone(g), func(p orb.Point) orb.Point {
		box, fault := c.box([4]float64{p[0], p[1], p[0], p[1]})
		if fault == nil {
			fault = box.check()
		}
		if fault != nil && err == nil {
			err = fmt.Errorf("the position %g, %g is not one of %s", p[0], p[1], c)
		}
		return orb.Point{box.West, box.South}
	})
	return g, err
}

// AppendGeometryIn writes a GeoJSON geometry of CRS84, or null, in another system:
// degrees as they are, metres to the millimetre.
func AppendGeometryIn(dst, geometry []byte, c CRS) ([]byte, error) {
	if c == CRS84 || bytes.Equal(geometry, []byte("null")) {
		return append(dst, geometry...), nil
	}
	g, err := geojson.UnmarshalGeometry(geometry)
	if err != nil {
		return dst, fmt.Errorf("a geometry that cannot be read: %w", err)
	}
	return AppendGeometry(dst, project.Geometry(g.Geometry(), c.from84))
}
