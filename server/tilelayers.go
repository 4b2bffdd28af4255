package server

import "github.com/conflictmap/conflictmap/geo"

// tilesDescription says in a line what the tiles show.
const tilesDescription = "Events at points, or clusters of them, and lines and areas. Events that are nowhere are in no tile."

// tileLayer describes a layer of the tiles.
type tileLayer struct {
	name, title, about string
	dimension          *int // of its geometries; nil: of several
	properties         []tileProperty
}

// tileProperty describes a property; kind and format are words of JSON Schema.
type tileProperty struct{ name, kind, format, about string }

func tileLayers() []tileLayer {
	common := []tileProperty{
		{"id", "string", "", "of the event; cell:... of a cluster, area:... of an area's outline"},
		{"count", "integer", "", "how many events it stands for"},
		{"most", "string", "", "of a cluster, a line or an area: the type that most of its events have"},
	}
	for _, t := range geo.EventTypes() {
		common = append(common, tileProperty{string(t), "integer", "", "how many of the events are of this type"})
	}
	points := 0
	return []tileLayer{
		{"events", "Events at points", "Events at points, and clusters of them", &points, append(common[:len(common):len(common)], []tileProperty{
			{"cluster", "boolean", "", "true where it stands for several events"},
			{"incidents", "integer", "", "how many incidents"},
			{"coarse", "integer", "", "of a cluster: events placed worse than near"},
			{"rough", "boolean", "", "true of a cluster most of whose events are placed worse than near"},
			{"same_point", "boolean", "", "of a cluster: whether all are at one point"},
			{"type", "string", "", "of an event"},
			{"status", "string", "", "of an event"},
			{"dataset", "string", "", "of an event"},
			{"date_precision", "string", "", "of an event"},
			{"place_precision", "string", "", "of an event"},
			{"start", "string", "", "of an event; not there where it is not known"},
			{"end", "string", "", "of an event; not there where it goes on, or is not known"},
			{"shift", "number", "", "of one of several events at one point: how far to step aside, in signs to the right"},
			{"near_radius", "number", "", "of an event placed near: 25 km, in pixels of a map of the world 512 wide"},
			{"fatalities", "integer", "", "of an event: the best estimate, else the low one; not there where neither is known"},
		}...)},
		{"shapes", "Lines and areas", "Lines and areas of events", nil, append(common[:len(common):len(common)], []tileProperty{
			{"area", "string", "", "of an area's outline: the kind of the area"},
			{"extent", "boolean", "", "true where the shape is too large to be drawn in this tile, and only its extent is"},
			{"shapes", "integer", "", "how many shapes an extent stands for"},
		}...)},
	}
}
