// Package style draws events for MapLibre and QGIS as the page's map does: a style
// document (MapLibre style specification, version 8) for the vector tiles, and the
// sprite with its signs, patterns and numbers, drawn here. It asks no other host for
// anything: there are no glyphs, numbers are pictures too.
package style
