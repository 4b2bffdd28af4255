package index

import (
	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

// Sign is what of an event a map shows, without its texts.
type Sign struct {
	Row
	Position       orb.Point // in degrees
	Type           geo.EventType
	Status         geo.Status
	DatePrecision  geo.DatePrecision
	PlacePrecision geo.PlacePrecision
	Time           geo.Interval
	Incidents      int
	Deaths         int // the count that the record stands by; -1: not known
	Dataset        string
}

// Sign returns what a map shows of an event that is at a point.
func (s *Snapshot) Sign(r Row) Sign {
	p, row := r.part, r.at
	precision := geo.PlacePrecisions()[p.placePrecisions[row]]
	return Sign{Row: r, Position: s.anchors.at[p.anchor[row]],
		Type: geo.EventTypes()[p.types[row]], Status: geo.Statuses()[p.statuses[row]],
		DatePrecision: geo.DatePrecisions()[p.datePrecisions[row]], PlacePrecision: precision,
		Time: interval(p.start[row], p.end[row]), Incidents: int(p.incidents[row]), Deaths: int(p.deaths[row]),
		Dataset: s.datasets[p.table.dataset[row]].id}
}

// Signs returns the events that are at points, the newest first, each by itself. ok
// is false where there are more than most.
func (s Selection) Signs(most int) (signs []Sign, ok bool) {
	points := Selection{snapshot: s.snapshot, parts: s.parts}
	for i, p := range s.parts {
		rows := newBitset(p.rows)
		for row := range s.rows[i].all() {
			if !s.snapshot.anchors.isPoint(p.anchor[row]) {
				continue
			}
			if points.len++; points.len > most {
				return nil, false
			}
			rows.set(row)
		}
		points.rows = append(points.rows, rows)
	}
	for r := range points.Rows(nil) {
		signs = append(signs, s.snapshot.Sign(r))
	}
	return signs, true
}

// Shapes groups the rows that have a line or an area by it, those of fewer rows
// than clusters have.
func (s Selection) Shapes() []Shape {
	g := newGrouping(s.snapshot, s.snapshot.anchors.cells(0), s.snapshot.anchors.len())
	for i, p := range s.parts {
		rows := newBitset(p.rows)
		for row := range s.rows[i].all() {
			if s.snapshot.anchors.isShape(p.anchor[row]) {
				rows.set(row)
			}
		}
		g.count(p, rows, 0, len(rows))
	}
	return g.finish().Shapes
}
