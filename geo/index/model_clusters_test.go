package index_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/paulmach/orb"
)

// tallyOf adds up what is known of some events.
func tallyOf(rows []*seen) (t index.Tally) {
	add := func(sum *index.Sum, n *int) {
		if n != nil {
			sum.Sum, sum.Known = sum.Sum+*n, sum.Known+1
		}
	}
	for _, r := range rows {
		e := r.record.(*geo.Event)
		t.Events++
		t.Incidents += e.Incidents
		t.Types[slices.Index(geo.EventTypes(), e.Type)]++
		if e.PlacePrecision != geo.Exact && e.PlacePrecision != geo.Near {
			t.Coarse++
		}
		d := geo.Fatalities{}
		if e.Fatalities != nil {
			d = *e.Fatalities
		}
		if d == (geo.Fatalities{}) {
			t.Deaths.Unknown++
		}
		add(&t.Deaths.Best, d.Best)
		add(&t.Deaths.Low, d.Low)
		add(&t.Deaths.High, d.High)
	}
	return t
}

// group is where clusters count an event: the cell of its point, the area whose
// outline it has, itself by a line or polygon of its own, or nowhere.
func (r *seen) group(bits uint) any {
	p, isPoint := r.shape.(orb.Point)
	switch {
	case r.shape == nil:
		return "nowhere"
	case isPoint:
		x, y := cellOf(p, bits)
		return index.Cell{Bits: bits, X: x, Y: y}
	case r.shapeSeq == r.seq:
		return "event " + r.id()
	}
	return "area " + r.record.(*geo.Event).PlaceID
}

func (a *asking) clusters(of index.Selection, rows []*seen) error {
	bits := uint(a.IntN(25))
	groups := map[any][]*seen{"nowhere": nil}
	for _, r := range rows {
		groups[r.group(bits)] = append(groups[r.group(bits)], r)
	}
	few := len(groups) - 1
	most := max(0, few+a.IntN(3)-1)
	got, ok := of.Clusters(bits, most)
	if ok != (few <= most) {
		return fmt.Errorf("clusters of %d bits: %d groups, where %d may be, are few enough: %v", bits, few, most, ok)
	} else if !ok {
		return nil
	}
	if want := tallyOf(groups["nowhere"]); got.Nowhere != want {
		return fmt.Errorf("clusters of %d bits: nowhere are %+v, not %+v", bits, got.Nowhere, want)
	}
	delete(groups, "nowhere")
	inOrder := slices.IsSortedFunc(got.Clusters, func(a, b index.Cluster) int {
		return cmp.Or(cmp.Compare(a.Cell.Y, b.Cell.Y), cmp.Compare(a.Cell.X, b.Cell.X))
	})
	for _, c := range got.Clusters {
		if err := sameCluster(c, groups[c.Cell]); err != nil {
			return err
		}
		delete(groups, c.Cell)
	}
	if err := sameShapes(got.Shapes, groups); err != nil {
		return err
	}
	if len(groups) > 0 || !inOrder {
		return fmt.Errorf("clusters of %d bits: %v are left out, in order: %v", bits, groups, inOrder)
	}
	return nil
}

// sameShapes holds shapes to the groups that have one, and takes these away.
func sameShapes(got []index.Shape, groups map[any][]*seen) error {
	for _, s := range got {
		key := "area " + s.Area
		if s.Area == "" {
			key = "event " + s.Row.ID
		}
		its := groups[key]
		if len(its) == 0 || s.Tally != tallyOf(its) || !orb.Equal(s.Geometry, its[0].shape) || len(its) == 1 && s.Row.ID != its[0].id() {
			return fmt.Errorf("shape %+v has not the %d events %s: %+v", s, len(its), key, tallyOf(its))
		}
		delete(groups, key)
	}
	return nil
}

func sameCluster(c index.Cluster, its []*seen) error {
	if len(its) == 0 || c.Tally != tallyOf(its) || len(its) == 1 && c.Row.ID != its[0].id() {
		return fmt.Errorf("cluster %+v does not hold the %d events there: %+v", c, len(its), tallyOf(its))
	}
	var points orb.MultiPoint
	lon, lat := 0.0, 0.0
	for _, r := range its {
		p := r.shape.(orb.Point)
		points, lon, lat = append(points, p), lon+p.Lon(), lat+p.Lat()
	}
	n := float64(len(its))
	if math.Abs(c.Position.Lon()-lon/n) > 1e-9 || math.Abs(c.Position.Lat()-lat/n) > 1e-9 || c.Extent != points.Bound() || c.Shared != (c.Extent.Min == c.Extent.Max) {
		return fmt.Errorf("cluster %+v is of the points %v", c, points)
	}
	return nil
}

// corner is a point of some row, or any.
func (a *asking) corner(rows []*seen) orb.Point {
	if len(rows) > 0 {
		if p, isPoint := rows[a.IntN(len(rows))].shape.(orb.Point); isPoint {
			return p
		}
	}
	return orb.Point{float64(a.IntN(361)) - 180, float64(a.IntN(181)) - 90}
}

// drawn holds what is asked to draw a part of the map: each event by itself where it
// is a point, and by its shape where it is none.
func (a *asking) drawn(of index.Selection, rows []*seen) error {
	p, q := a.corner(rows), a.corner(rows)
	box := geo.Box{West: p[0], South: min(p[1], q[1]), East: q[0], North: max(p[1], q[1])}
	var points, want []*seen
	groups := make(map[any][]*seen)
	for _, r := range rows {
		if r.shape != nil && !geo.Intersects(r.shape, box) {
			continue
		}
		want = append(want, r)
		if _, isPoint := r.shape.(orb.Point); isPoint {
			points = append(points, r)
		} else if r.shape != nil {
			groups[r.group(0)] = append(groups[r.group(0)], r)
		}
	}
	in := of.In(box)
	if in.Len() != len(want) || difference(all(in), want) != "" {
		return fmt.Errorf("in %v are %d, not %d: %s", box, in.Len(), len(want), difference(all(in), want))
	}
	most := max(0, len(points)+a.IntN(3)-1)
	signs, few := in.Signs(most)
	if few != (len(points) <= most) || few && len(signs) != len(points) {
		return fmt.Errorf("in %v are %d signs of at most %d, few enough: %v, not %d", box, len(signs), most, few, len(points))
	}
	for i, s := range signs {
		if err := sameSign(s, points[i]); err != nil {
			return fmt.Errorf("in %v: %w", box, err)
		}
	}
	if err := sameShapes(in.Shapes(), groups); err != nil || len(groups) > 0 {
		return fmt.Errorf("in %v are also the shapes %v: %v", box, groups, err)
	}
	return sameGeometry(of, rows)
}

func sameSign(s index.Sign, r *seen) error {
	e := r.record.(*geo.Event)
	deaths, known := e.Fatalities.AtLeast()
	if !known {
		deaths = -1
	}
	want := index.Sign{Row: s.Row, Position: r.shape.(orb.Point), Type: e.Type, Status: e.Status, DatePrecision: e.DatePrecision,
		PlacePrecision: e.PlacePrecision, Time: s.Time, Incidents: e.Incidents, Deaths: deaths, Dataset: e.DatasetID}
	if s.ID != r.id() || s != want || !sameTimes(s.Time, e.Time()) {
		return fmt.Errorf("the sign %+v is of %s", s, r.describe())
	}
	return nil
}

func sameGeometry(of index.Selection, rows []*seen) error {
	var shapes orb.Collection
	want := make(map[string]bool)
	for _, r := range rows {
		if r.shape != nil {
			shapes = append(shapes, r.shape)
			want[r.shape.GeoJSONType()] = true
		}
	}
	box, somewhere := geo.Extent(shapes)
	if types, got := of.Geometry(); !maps.Equal(types, want) || (got != nil) != somewhere || somewhere && *got != box {
		return fmt.Errorf("the geometries are %v in %v, not %v in %v", types, got, want, box)
	}
	return nil
}
