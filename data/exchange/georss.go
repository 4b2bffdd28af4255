package exchange

import (
	"slices"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// GeoRSS is where a record is as GeoRSS-Simple writes it (OGC 17-002r1): latitudes
// before longitudes. At most one of the four shapes is there.
type GeoRSS struct {
	Point   string `xml:"georss:point,omitempty"`
	Line    string `xml:"georss:line,omitempty"`
	Polygon string `xml:"georss:polygon,omitempty"`
	Box     string `xml:"georss:box,omitempty"`
	Radius  int    `xml:"georss:radius,omitempty"` // metres
	Name    string `xml:"georss:featurename,omitempty"`
}

// maxGeoRSSPoints is the most positions of a line or polygon in a feed: what has more
// is its box.
const maxGeoRSSPoints = 200

// unitKinds are the areas that a precision names.
var unitKinds = map[geo.PlacePrecision][]geo.AreaKind{
	geo.DistrictWide: {geo.District, geo.Township},
	geo.RegionWide:   {geo.State, geo.Region, geo.Zone},
	geo.CountryWide:  {geo.Country},
}

// GeoRSSOf says where a record is that has the shape (nil: nowhere), and never closer
// than it says itself: a point only where it is known to be near it, else the box of the
// district, region or country, where that is on record. location reads a place or an
// area that may leave, nil where there is none.
func GeoRSSOf(record geo.Record, shape orb.Geometry, location func(id string) (geo.Record, error)) (GeoRSS, error) {
	switch record := record.(type) {
	case *geo.Place:
		return shapeGeoRSS(record.Geometry), nil
	case *geo.Area:
		return boxGeoRSS(record.Geometry), nil
	case *geo.Event:
		return eventGeoRSS(record, shape, location)
	}
	return GeoRSS{}, nil
}

func eventGeoRSS(e *geo.Event, shape orb.Geometry, location func(id string) (geo.Record, error)) (g GeoRSS, err error) {
	_, isPoint := shape.(orb.Point)
	switch {
	case e.PlacePrecision == geo.Exact && isPoint:
		g = shapeGeoRSS(shape)
	case e.PlacePrecision == geo.Near && isPoint:
		g = shapeGeoRSS(shape)
		g.Radius = int(drawnRadius[geo.Near])
	case isPoint:
		return unitGeoRSS(e, location)
	case e.Geometry != nil:
		g = shapeGeoRSS(shape)
	default:
		g = boxGeoRSS(shape) // of an area, or nowhere
	}
	return g, nil
}

// unitGeoRSS is the box of the area of the size that the event's precision names,
// and in which its place lies. Where a place may not leave, nor does what holds it.
func unitGeoRSS(e *geo.Event, location func(id string) (geo.Record, error)) (GeoRSS, error) {
	at := e.PlaceID
	for range 10 { // areas within areas: never so many, unless in a circle
		record, err := location(at)
		if record == nil || err != nil {
			return GeoRSS{}, err
		}
		switch record := record.(type) {
		case *geo.Place:
			at = record.Within
		case *geo.Area:
			if slices.Contains(unitKinds[e.PlacePrecision], record.AreaKind) {
				return boxGeoRSS(record.Geometry), nil
			}
			at = record.Within
		}
	}
	return GeoRSS{}, nil
}

// shapeGeoRSS writes a shape as it is, where GeoRSS has it and it is not too long.
func shapeGeoRSS(g orb.Geometry) GeoRSS {
	switch g := g.(type) {
	case orb.Point:
		return GeoRSS{Point: positions(g)}
	case orb.LineString:
		if len(g) >= 2 && len(g) <= maxGeoRSSPoints {
			return GeoRSS{Line: positions(g...)}
		}
	case orb.Polygon:
		if len(g) == 1 && len(g[0]) <= maxGeoRSSPoints { // which has no holes there
			return GeoRSS{Polygon: positions(g[0]...)}
		}
	}
	return boxGeoRSS(g)
}

// boxGeoRSS writes the box around a shape. Over the 180th meridian there is none.
func boxGeoRSS(g orb.Geometry) GeoRSS {
	if g == nil {
		return GeoRSS{}
	}
	box, found := geo.Extent(g)
	if !found || box.West > box.East {
		return GeoRSS{}
	}
	return GeoRSS{Box: positions(orb.Point{box.West, box.South}, orb.Point{box.East, box.North})}
}

func positions(points ...orb.Point) string {
	var b strings.Builder
	for i, p := range points {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.FormatFloat(p.Lat(), 'f', -1, 64) + " " + strconv.FormatFloat(p.Lon(), 'f', -1, 64))
	}
	return b.String()
}
