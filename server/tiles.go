package server

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/labstack/echo/v4"
)

const (
	mvtType  = "application/vnd.mapbox-vector-tile"
	tilesURL = tilesetsPath + "/" + webMercatorQuad
)

var asMVT = format{"mvt", mvtType, "Mapbox vector tile", []string{"application/x-protobuf"}}

var tileFormats = []format{asMVT}

// tileInPath are the numbers of a tile.
var tileInPath = []geo.Parameter{tileNumber("tileMatrix", "the level: the zoom of a map", "5", tile.MaxZoom),
	tileNumber("tileRow", "the row, from the north", "13", 1<<tile.MaxZoom-1), tileNumber("tileCol", "the column, from the west", "24", 1<<tile.MaxZoom-1)}

func tileNumber(name, about, example string, highest int) geo.Parameter {
	return geo.Parameter{Name: name, About: about, ParameterShape: geo.ParameterShape{Type: geo.IntegerProperty, Maximum: highest, Example: example}}
}

// maxTileClusters is more than a widened tile has cells.
const maxTileClusters = 10_000

// tile answers a vector tile of the events that the filter matches.
func (s *Server) tile(c echo.Context) error {
	at, err := tile.Parse(param(c, "tileMatrix"), param(c, "tileRow"), param(c, "tileCol"))
	if err != nil {
		return err
	}
	values := c.QueryParams()
	filter, faults := geo.ParseFilter(geo.Events, values, "f")
	f, formatFaults := negotiate(c, tileFormats)
	if err := unanswerable(append(faults, formatFaults...)); err != nil {
		return err
	}
	a, done, err := s.begin(c, f)
	if done || err != nil {
		return err
	}
	selection, err := a.view.Select(geo.Events, filter)
	if err != nil {
		return err
	}
	body, err := a.draw(at, selection.In(at.Box()))
	if err != nil {
		return err
	}
	return a.bytes(body)
}

// draw writes a tile: each event by itself where they fit, else clusters.
func (a *answer) draw(at tile.Tile, in index.Selection) ([]byte, error) {
	if signs, few := in.Signs(tile.MaxPoints); few {
		body, err := at.Encode(signPoints(signs), tileShapes(in.Shapes()))
		if !errors.Is(err, tile.ErrTooLarge) {
			return body, err
		}
	}
	bits := uint(at.CellZoom())
	groups, few := in.Clusters(bits, maxTileClusters)
	if !few {
		return nil, fmt.Errorf("tile %d/%d/%d has more than %d cells", at.Z, at.Y, at.X, maxTileClusters)
	}
	var points []tile.Point
	for i := range groups.Clusters {
		if cluster := &groups.Clusters[i]; at.HasCell(cluster.Cell.X, cluster.Cell.Y) {
			points = append(points, a.clusterPoint(cluster))
		}
	}
	return at.Encode(points, tileShapes(groups.Shapes))
}

func (a *answer) clusterPoint(c *index.Cluster) tile.Point {
	if c.Events == 1 {
		return signPoint(a.view.Sign(c.Row))
	}
	properties := []tile.Property{{Name: "most", Value: string(c.Most())}, {Name: "incidents", Value: c.Incidents}, {Name: "coarse", Value: c.Coarse}, {Name: "same_point", Value: c.Shared}}
	if 2*c.Coarse > c.Events {
		properties = append(properties, tile.Property{Name: "rough", Value: true})
	}
	return tile.Point{Position: c.Position, ID: cellName(c.Cell), Count: c.Events, Properties: append(properties, typeCounts(&c.Tally)...)}
}

func typeCounts(t *index.Tally) (list []tile.Property) {
	for i, n := range t.Types {
		if n > 0 {
			list = append(list, tile.Property{Name: string(geo.EventTypes()[i]), Value: n})
		}
	}
	return list
}

// signPoints are events each by itself. Those at one point are told how far to step
// aside, in signs from the middle of their row: else one sign would hide the others.
func signPoints(signs []index.Sign) []tile.Point {
	points := make([]tile.Point, len(signs))
	at := make(map[[2]float64][]int, len(signs))
	for i, sign := range signs {
		points[i] = signPoint(sign)
		at[sign.Position] = append(at[sign.Position], i)
	}
	for _, there := range at {
		last := len(there) - 1
		for n, i := range there {
			if last > 0 {
				shift := float64(min(last, maxShift)) * (float64(n)/float64(last) - 0.5)
				points[i].Properties = append(points[i].Properties, tile.Property{Name: "shift", Value: math.Round(shift*100) / 100})
			}
		}
	}
	return points
}

// maxShift is how many signs wide a row of signs at one point gets.
const maxShift = 6

// nearMetres is how far from its point an event placed near may have been.
const nearMetres = 25_000

// nearRadius is nearMetres at a latitude in pixels of a map of the world 512 wide,
// rounded so that few values differ in a tile.
func nearRadius(latitude float64) float64 {
	pixels := nearMetres / (2 * math.Pi * earthRadius * math.Cos(latitude*math.Pi/180)) * 512
	return math.Round(pixels*100) / 100
}

func signPoint(s index.Sign) tile.Point {
	p := tile.Point{Position: s.Position, ID: s.ID, Count: 1, Properties: []tile.Property{
		{Name: "type", Value: string(s.Type)}, {Name: "status", Value: string(s.Status)}, {Name: "dataset", Value: s.Dataset},
		{Name: "date_precision", Value: string(s.DatePrecision)}, {Name: "place_precision", Value: string(s.PlacePrecision)}, {Name: "incidents", Value: s.Incidents}}}
	if start := s.Time.Start; !start.IsZero() {
		p.Properties = append(p.Properties, tile.Property{Name: "start", Value: start.String()})
	}
	if end := s.Time.End; !end.IsZero() {
		p.Properties = append(p.Properties, tile.Property{Name: "end", Value: end.String()})
	}
	if s.PlacePrecision == geo.Near && math.Abs(s.Position[1]) < 85 { // beyond, Mercator's maps end
		p.Properties = append(p.Properties, tile.Property{Name: "near_radius", Value: nearRadius(s.Position[1])})
	}
	if s.Deaths >= 0 {
		p.Properties = append(p.Properties, tile.Property{Name: "fatalities", Value: s.Deaths})
	}
	return p
}

// tileShapes are lines and areas as a tile draws them: an event's own by its id, the
// outline that events are tied to by the area's.
func tileShapes(shapes []index.Shape) []tile.Shape {
	list := make([]tile.Shape, len(shapes))
	for i := range shapes {
		s := &shapes[i]
		properties := []tile.Property{{Name: "most", Value: string(s.Most())}}
		id := s.Row.ID
		if s.Area != "" {
			id = "area:" + s.Area
			properties = append(properties, tile.Property{Name: "area", Value: string(s.Kind)})
		}
		list[i] = tile.Shape{Geometry: s.Geometry, ID: id, Count: s.Events, Properties: append(properties, typeCounts(&s.Tally)...)}
	}
	return list
}

// tileAddress is the address of a tile with its numbers left open, as a template.
func (a *answer) tileAddress(query url.Values, numbers string) string {
	return strings.Replace(a.href(tilesURL+"/0/0/0", query), "/0/0/0", numbers, 1)
}
