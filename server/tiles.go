package server

import (
	"errors"
	"fmt"
	"strings"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/labstack/echo/v4"
)

const (
	mvtType  = "application/vnd.mapbox-vector-tile"
	tilesURL = "/collections/events/tiles/WebMercatorQuad"
)

var (
	asMVT      = format{"mvt", mvtType, "Mapbox vector tile", []string{"application/x-protobuf"}}
	asTileJSON = format{"tilejson", jsonType, "TileJSON", []string{"json"}}
)

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

// tileJSON is a TileJSON 3.0 document.
type tileJSON struct {
	TileJSON     string        `json:"tilejson"`
	Name         string        `json:"name"`
	Description  string        `json:"description"`
	Attribution  string        `json:"attribution"`
	Scheme       string        `json:"scheme"`
	Tiles        []string      `json:"tiles"`
	MinZoom      int           `json:"minzoom"`
	MaxZoom      int           `json:"maxzoom"`
	Bounds       []float64     `json:"bounds,omitempty"`
	VectorLayers []vectorLayer `json:"vector_layers"`
}

type vectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description"`
	Fields      map[string]string `json:"fields"`
}

// tileset answers the TileJSON of the tiles, with the same filter in their address.
func (s *Server) tileset(c echo.Context) error {
	values := c.QueryParams()
	filter, faults := geo.ParseFilter(geo.Events, values, "f")
	f, formatFaults := negotiate(c, []format{asTileJSON})
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
	document := tileJSON{TileJSON: "3.0.0", Name: s.Title, Attribution: strings.Join(data.Attributions(selection.Datasets()), "; "), Scheme: "xyz",
		Description: "Events at points, or clusters of them, and lines and areas. Events that are nowhere are in no tile.",
		Tiles:       []string{a.tileAddress(filter)}, MaxZoom: tile.MaxZoom, VectorLayers: vectorLayers()}
	if _, box := selection.Geometry(); box != nil {
		document.Bounds = []float64{box.West, box.South, box.East, box.North}
	}
	return a.json(document)
}

// tileAddress is the address of a tile with its numbers left open.
func (a *answer) tileAddress(f geo.Filter) string {
	return strings.Replace(a.href(tilesURL+"/0/0/0", f.Values()), "/0/0/0", "/{z}/{y}/{x}", 1)
}

func vectorLayers() []vectorLayer {
	counts := map[string]string{"id": "of the event; cell:... of a cluster, area:... of an area's outline", "count": "how many events it stands for"}
	events := map[string]string{"cluster": "true where it stands for several events", "incidents": "how many incidents", "coarse": "of a cluster: events placed worse than near",
		"same_point": "of a cluster: whether all are at one point", "type": "of an event", "status": "of an event", "dataset": "of an event", "date_precision": "of an event",
		"place_precision": "of an event", "start": "of an event; not there where it is not known", "end": "of an event; not there where it goes on, or is not known",
		"fatalities": "of an event: the best estimate, else the low one; not there where neither is known"}
	shapes := map[string]string{"extent": "true where the shape is too large to be drawn in this tile, and only its extent is", "shapes": "how many shapes an extent stands for"}
	for name, about := range counts {
		events[name], shapes[name] = about, about
	}
	for _, t := range geo.EventTypes() {
		about := "how many of the events are of this type"
		events[string(t)], shapes[string(t)] = about, about
	}
	return []vectorLayer{{"events", "Events at points, and clusters of them", events}, {"shapes", "Lines and areas of events", shapes}}
}
