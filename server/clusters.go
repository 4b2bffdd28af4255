package server

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/labstack/echo/v4"
)

const (
	// maxMapZoom is the deepest zoom of a map.
	maxMapZoom = 22
	// maxClusters bounds an answer: a map of 4,000 by 2,000 pixels has 2,000 cells.
	maxClusters = 10_000
	// maxSingle bounds the events that are answered each by itself.
	maxSingle = 2_000
)

var (
	clustersFormats    = []format{asGeoJSON}
	clustersParameters = []geo.Parameter{
		{Name: "zoom", About: "how large the cells are: 64 pixels of a map of this zoom, whose tiles have 256",
			ParameterShape: geo.ParameterShape{Type: geo.IntegerProperty, Maximum: maxMapZoom, Required: true, Example: "5"}},
		{Name: "events", About: "where at most so many events match, each is answered as itself, and none in a cluster",
			ParameterShape: geo.ParameterShape{Type: geo.IntegerProperty, Maximum: maxSingle, Otherwise: "0", Example: "300"}},
	}
)

// clusters answers the events of a box as groups by cells of the map.
func (s *Server) clusters(c echo.Context) error {
	filter, values, f, faults := parseEvents(c, clustersFormats, clustersParameters)
	single := count(values, "events", 0, maxSingle, 0, &faults)
	zoom := count(values, "zoom", 0, maxMapZoom, 0, &faults)
	if !values.Has("zoom") {
		faults = append(faults, geo.Fault{Name: "zoom", Detail: "is missing: it says how large the cells are, 0 to " + strconv.Itoa(maxMapZoom)})
	}
	if err := unanswerable(faults); err != nil {
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
	if selection.Len() <= single {
		return a.singly(selection)
	}
	groups, few := selection.Clusters(uint(zoom+index.CellBits), maxClusters)
	if !few {
		return unanswerable([]geo.Fault{{Name: "zoom", Value: strconv.Itoa(zoom), Detail: fmt.Sprintf("makes more than %d groups in this bbox: ask for a lower zoom or a smaller bbox", maxClusters)}})
	}
	body := a.appendClustersHead(selection, len(groups.Clusters)+len(groups.Shapes), &groups.Nowhere)
	if body, err = a.appendGroups(body, groups); err != nil {
		return err
	}
	return a.bytes(append(body, "]}"...))
}

func (a *answer) appendClustersHead(selection index.Selection, returned int, nowhere *index.Tally) []byte {
	body := a.countsHead([]byte(`{"type":"FeatureCollection",`), selection.Len())
	body = appendMember(body, "numberReturned", returned)
	body = appendTally(append(body, `,"nowhere":{`...), nowhere)
	body = appendTexts(append(body, `},"attribution":`...), data.Attributions(selection.Datasets()))
	return append(body, `,"features":[`...)
}

// singly answers each event as itself. The outline of an area that several are tied
// to may be large, and stands with the area.
func (a *answer) singly(selection index.Selection) error {
	rows, _ := selection.Page(nil, selection.Len())
	body := a.appendClustersHead(selection, len(rows), &index.Tally{})
	first := true
	err := a.view.Features(rows, func(r index.Row, parts geo.FeatureParts, geometry []byte) error {
		if r.ShapeSeq != r.Seq && !bytes.HasPrefix(geometry, pointStart) {
			geometry = []byte("null")
		}
		if !first {
			body = append(body, ',')
		}
		first = false
		body = parts.Append(body, geometry, nil, nil)
		return nil
	})
	if err != nil {
		return err
	}
	return a.bytes(append(body, "]}"...))
}

// pointStart is how a point begins, as geo.AppendGeometry writes it.
var pointStart = []byte(`{"type":"Point"`)

// appendGroups writes clusters and shapes as features; what is one event with a
// geometry of its own, or its place's, as the event itself.
func (a *answer) appendGroups(body []byte, groups index.Clusters) ([]byte, error) {
	var singles []index.Row
	for i := range groups.Clusters {
		if g := &groups.Clusters[i]; g.Events == 1 {
			singles = append(singles, g.Row)
		} else {
			body = append(appendCluster(body, g), ',')
		}
	}
	for i := range groups.Shapes {
		if g := &groups.Shapes[i]; g.Area == "" {
			singles = append(singles, g.Row)
		} else {
			body = append(a.appendOutline(body, g), ',')
		}
	}
	err := a.view.Features(singles, func(_ index.Row, parts geo.FeatureParts, geometry []byte) error {
		body = append(parts.Append(body, geometry, nil, nil), ',')
		return nil
	})
	if len(body) > 0 && body[len(body)-1] == ',' {
		body = body[:len(body)-1]
	}
	return body, err
}

// cellName names a cluster by its cell, the same in every answer: how many cells
// there are a side, as a power of two, and which of them it is from the upper left.
func cellName(c index.Cell) string { return fmt.Sprintf("cell:%d:%d:%d", c.Bits, c.X, c.Y) }

func appendCluster(b []byte, c *index.Cluster) []byte {
	b = appendQuoted(append(b, `{"type":"Feature","id":`...), cellName(c.Cell))
	west, south, east, north := c.Extent.Min.Lon(), c.Extent.Min.Lat(), c.Extent.Max.Lon(), c.Extent.Max.Lat()
	b = appendBox(append(b, `,"bbox":`...), [4]float64{west, south, east, north})
	b = append(b, `,"geometry":{"type":"Point","coordinates":[`...)
	b = appendDegrees(b, c.Position.Lon())
	b = appendDegrees(append(b, ','), c.Position.Lat())
	b = append(b, `]},"properties":{"cluster":true,`...)
	b = appendTally(b, &c.Tally)
	b = append(b, `,"same_point":`...)
	b = strconv.AppendBool(b, c.Shared)
	return append(b, "}}"...)
}

// appendOutline writes the events that are tied to an area's outline. The outline
// itself, which may be large and which the reader may have, stands with the area.
func (a *answer) appendOutline(b []byte, s *index.Shape) []byte {
	b = appendQuoted(append(b, `{"type":"Feature","id":`...), "area:"+s.Area)
	if box, found := geo.Extent(s.Geometry); found {
		b = appendBox(append(b, `,"bbox":`...), box.Array())
	}
	b = appendQuoted(append(b, `,"geometry":null,"properties":{"area":`...), s.Area)
	b = appendQuoted(append(b, `,"href":`...), a.href(itemPath(geo.Areas, s.Area), nil))
	b = appendTally(append(b, ','), &s.Tally)
	return append(b, "}}"...)
}

func appendBox(b []byte, box [4]float64) []byte {
	b = append(b, '[')
	for i, v := range box {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendDegrees(b, v)
	}
	return append(b, ']')
}

func appendDegrees(b []byte, v float64) []byte { return strconv.AppendFloat(b, v, 'f', -1, 64) }
