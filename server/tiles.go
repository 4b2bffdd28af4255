package server

import (
	"errors"
	"fmt"
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

// maxTileClusters is more than a widened tile has cells.
const maxTileClusters = 10_000

// tile answers a vector tile of the events that the filter matches.
func (s *Server) tile(c echo.Context) error {
	at, err := tile.Parse(param(c, "z"), param(c, "y"), param(c, "x"))
	if err != nil {
		return err
	}
	values := c.QueryParams()
	filter, faults := geo.ParseFilter(geo.Events, values, "f")
	f, formatFaults := negotiate(c, []format{asMVT})
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
		points := make([]tile.Point, len(signs))
		for i, sign := range signs {
			points[i] = signPoint(sign)
		}
		body, err := at.Encode(points, tileShapes(in.Shapes()))
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
	properties := []tile.Property{{Name: "incidents", Value: c.Incidents}, {Name: "coarse", Value: c.Coarse}, {Name: "same_point", Value: c.Shared}}
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
		list[i] = tile.Shape{Geometry: s.Geometry, ID: s.Row.ID, Count: s.Events, Properties: typeCounts(&s.Tally)}
		if s.Area != "" {
			list[i].ID = "area:" + s.Area
		}
	}
	return list
}

// tileAddress is the address of a tile with its numbers left open, as a template.
func (a *answer) tileAddress(query url.Values, numbers string) string {
	return strings.Replace(a.href(tilesURL+"/0/0/0", query), "/0/0/0", numbers, 1)
}
