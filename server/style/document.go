package style

import (
	"fmt"
	"maps"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// Source is where the tiles are.
type Source struct {
	Type        string    `json:"type"`
	Tiles       []string  `json:"tiles"`
	Bounds      []float64 `json:"bounds,omitempty"`
	MinZoom     int       `json:"minzoom"`
	MaxZoom     int       `json:"maxzoom"`
	Attribution string    `json:"attribution"`
}

// Document is a style document: MapLibre style specification, version 8.
type Document struct {
	Version  int               `json:"version"`
	Name     string            `json:"name"`
	Metadata map[string]any    `json:"metadata"`
	Sprite   string            `json:"sprite"`
	Sources  map[string]Source `json:"sources"`
	Layers   []layer           `json:"layers"`
}

type layer struct {
	ID          string         `json:"id"`
	Type        string         `json:"type"`
	Source      string         `json:"source"`
	SourceLayer string         `json:"source-layer"`
	MaxZoom     int            `json:"maxzoom,omitzero"`
	Filter      any            `json:"filter,omitzero"`
	Layout      map[string]any `json:"layout,omitempty"`
	Paint       map[string]any `json:"paint,omitempty"`
}

// list is an expression of the specification: the name of an operator, and what it
// is used on.
type list []any

const source = "events"

// New makes the style of events that come as tiles from a source; sprite is the
// address of the sprite without its endings.
func New(name, sprite string, from Source) Document {
	from.Type = "vector"
	var layers []layer
	for _, part := range [][]layer{areaLayers(), lineLayers(), clusterLayers(), eventLayers()} {
		layers = append(layers, part...)
	}
	return Document{Version: 8, Name: name, Sprite: sprite, Metadata: map[string]any{"conflictmap:legend": legend()},
		Sources: map[string]Source{source: from}, Layers: layers}
}

// legendEntry says what a sign means.
type legendEntry struct {
	Type   geo.EventType `json:"type"`
	Title  string        `json:"title"`
	Family string        `json:"family"`
	Colour string        `json:"colour"`
	Icon   string        `json:"icon"`
	Hollow string        `json:"icon_place_not_exact"`
}

func legend() (entries []legendEntry) {
	for _, t := range geo.EventTypes() {
		entries = append(entries, legendEntry{t, strings.ReplaceAll(string(t), "_", " "), Signs[t].Family, hex(hueOf(t)), string(t), hollowName(string(t))})
	}
	return entries
}

func get(property string) list { return list{"get", property} }

func all(conditions ...any) list { return append(list{"all"}, conditions...) }

// byType looks a value up by the type that a property names.
func byType(property string, value func(geo.EventType) string) list {
	match := list{"match", get(property)}
	for _, t := range geo.EventTypes() {
		match = append(match, string(t), value(t))
	}
	return append(match, value(geo.OtherEvent))
}

func hueName(t geo.EventType) string { return hex(hueOf(t)) }

// byZoom goes evenly from one value to the next between levels.
func byZoom(stops ...any) list {
	return append(list{"interpolate", list{"linear"}, list{"zoom"}}, stops...)
}

// hatchLayers hatch areas, each by the family of most of its events. They are a layer a
// family: QGIS before 3.34 cannot choose a pattern by an expression.
func hatchLayers(suffix string, opacity float64, condition list) (layers []layer) {
	for _, f := range Families {
		in := list{"in", "most"}
		for _, t := range geo.EventTypes() {
			if Signs[t].Family == f.Name {
				in = append(in, string(t))
			}
		}
		layers = append(layers, layer{ID: hatchName(f.Name) + suffix, Type: "fill", SourceLayer: "shapes", Filter: all(isArea, condition, in),
			Paint: map[string]any{"fill-pattern": hatchName(f.Name), "fill-opacity": opacity}})
	}
	return layers
}

// Filters are in the older form of the specification, which both MapLibre and all
// versions of QGIS read.
var (
	isArea    = list{"==", "$type", "Polygon"}
	isCountry = list{"==", "area", "country"}
	noCountry = list{"!=", "area", "country"}
	isCluster = list{"has", "cluster"}
	isEvent   = list{"!has", "cluster"}
)

// areaLayers hatch the areas in which events were, with the signs of their types in
// it: not at a point, since none is known.
func areaLayers() []layer {
	layers := append(hatchLayers("-country", 0.06, isCountry), hatchLayers("", 0.34, noCountry)...)
	layers = append(layers, layer{ID: "area-outline", Type: "line", SourceLayer: "shapes", Filter: all(isArea, noCountry), Layout: map[string]any{"line-join": "round"},
		Paint: map[string]any{"line-color": hex(familyNamed("offensive").Hue), "line-width": 1.5, "line-opacity": 0.9}})
	for _, t := range geo.EventTypes() {
		holds := all(isArea, list{"has", string(t)}, list{"!has", "extent"})
		layers = append(layers,
			layer{ID: patternName(t) + "-country", Type: "fill", SourceLayer: "shapes", Filter: append(holds[:len(holds):len(holds)], isCountry), Paint: map[string]any{"fill-pattern": patternName(t), "fill-opacity": 0.3}},
			layer{ID: patternName(t), Type: "fill", SourceLayer: "shapes", Filter: append(holds[:len(holds):len(holds)], noCountry), Paint: map[string]any{"fill-pattern": patternName(t), "fill-opacity": 0.75}})
	}
	return named(layers)
}

func lineLayers() []layer {
	return named([]layer{
		{ID: "line", Type: "line", SourceLayer: "shapes", Filter: list{"==", "$type", "LineString"}, Layout: map[string]any{"line-join": "round", "line-cap": "round"},
			Paint: map[string]any{"line-color": byType("most", hueName), "line-width": 2.2}},
		{ID: "small-shape", Type: "circle", SourceLayer: "shapes", Filter: list{"==", "$type", "Point"},
			Paint: map[string]any{"circle-radius": 4, "circle-color": hex(halo), "circle-stroke-color": byType("most", hueName), "circle-stroke-width": 1.5}},
	})
}

// clusterSizes are the sizes of clusters' discs, as shares of the picture's: from a
// count on. Each is a layer, since QGIS before 3.34 knows no sizes by a property.
var clusterSizes = []struct {
	from int
	size float64
}{{2, 0.42}, {10, 0.55}, {100, 0.9}, {1_000, 1}, {10_000, 1.2}}

// clusterLayers draw clusters by their count in the hue of most of their events, hollow
// where most are placed worse than near. Numbers that find no room are left out, the
// largest last.
func clusterLayers() (layers []layer) {
	order := list{"-", 0, get("count")} // the small ones on the large
	for _, kind := range []struct {
		suffix        string
		filter        list
		image, number func(string) string
	}{
		{"", all(isCluster, list{"!has", "rough"}), clusterName, numberName},
		{"-hollow", all(isCluster, list{"has", "rough"}), func(t string) string { return hollowName(clusterName(t)) }, darkNumberName},
	} {
		for i, c := range clusterSizes {
			filter := append(kind.filter[:len(kind.filter):len(kind.filter)], list{">=", "count", c.from})
			if i+1 < len(clusterSizes) {
				filter = append(filter, list{"<", "count", clusterSizes[i+1].from})
			}
			layers = append(layers, layer{ID: fmt.Sprintf("cluster%s-%d", kind.suffix, c.from), Type: "symbol", SourceLayer: "events", Filter: filter,
				Layout: map[string]any{"icon-image": kind.image("{most}"), "icon-size": c.size, "icon-allow-overlap": true, "icon-ignore-placement": true, "symbol-sort-key": order}})
		}
		layers = append(layers, numberLayers("cluster-count"+kind.suffix, "count", kind.filter, kind.number, map[string]any{"icon-padding": 0, "symbol-sort-key": order})...)
	}
	return named(layers)
}

// numberLayers write the number that a property has, from 2 on: those that have a
// picture of their own, and the larger ones rounded.
func numberLayers(id, property string, filter list, name func(string) string, layout map[string]any) []layer {
	const first = 100
	rounded := list{"step", get(property), name(roundNumeral(first))}
	for _, n := range roundNumbers[1:] {
		rounded = append(rounded, n, name(roundNumeral(n)))
	}
	with := func(image any) map[string]any {
		all := maps.Clone(layout)
		all["icon-image"] = image
		return all
	}
	return []layer{
		{ID: id, Type: "symbol", SourceLayer: "events", Filter: all(filter, list{">", property, 1}, list{"<", property, first}), Layout: with(name("{" + property + "}"))},
		{ID: id + "-round", Type: "symbol", SourceLayer: "events", Filter: all(filter, list{">=", property, first}), Layout: with(rounded)},
	}
}

// eventLayers draw single events by the signs of their types, hollow where they are
// placed worse than near, with a ring where near.
func eventLayers() []layer {
	at := func(shift float64) list { return list{"literal", []float64{shift * stepAside, 0}} }
	layout := map[string]any{"icon-allow-overlap": true, "icon-ignore-placement": true, "icon-size": byZoom(2, 0.3, 5, 0.55, 8, 1),
		"icon-offset": list{"interpolate", list{"linear"}, list{"coalesce", get("shift"), 0}, -10, at(-10), 10, at(10)}}
	signs := func(id string, filter list, name string) layer {
		signs := maps.Clone(layout)
		signs["icon-image"] = name
		return layer{ID: id, Type: "symbol", SourceLayer: "events", Filter: filter, Layout: signs}
	}
	layers := []layer{
		{ID: "near", Type: "circle", SourceLayer: "events", Filter: all(isEvent, list{"has", "near_radius"}), Paint: map[string]any{"circle-color": hex(ink), "circle-opacity": 0,
			"circle-radius":       list{"interpolate", list{"exponential", 2}, list{"zoom"}, 0, get("near_radius"), 22, list{"*", 1 << 22, get("near_radius")}},
			"circle-stroke-color": hex(ink), "circle-stroke-width": 1.2, "circle-stroke-opacity": byZoom(6, 0, 7, 0.6)}},
		signs("event-hollow", all(isEvent, list{"!in", "place_precision", "exact", "near"}), hollowName("{type}")),
		signs("event", all(isEvent, list{"in", "place_precision", "exact", "near"}), "{type}"),
	}
	return named(append(layers, numberLayers("incidents", "incidents", isEvent, badgeName, layout)...))
}

// stepAside is how far signs at one point are drawn from one another, in pixels.
const stepAside = 20

// named says of all layers that they are of the one source.
func named(layers []layer) []layer {
	for i := range layers {
		layers[i].Source = source
	}
	return layers
}
