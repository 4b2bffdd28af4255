package main

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// A view is the map as a laptop shows it: pixels of the window, in the Web
// Mercator projection with 256 pixels a tile, at the zooms that the map has.
const (
	viewWidth, viewHeight = 1440, 900
	tilePixels            = 256
	minZoom, maxZoom      = 2, 14
	maxLatitude           = 85.051128 // where the projection's square ends
)

// clusterViews are map views about towns, at every zoom, with filters that name
// no box of their own.
func (s sample) clusterViews(r *rand.Rand, filters []string) []string {
	boxless := without("bbox", filters)
	towns := s.towns()
	paths := make([]string, viewPaths)
	for i := range paths {
		at, zoom := towns[r.IntN(len(towns))], minZoom+i%(maxZoom-minZoom+1)
		view := query("bbox", viewBox(at.Lon, at.Lat, zoom), "zoom", fmt.Sprint(zoom))
		paths[i] = joined(eventsPath+"/clusters?"+view, boxless[r.IntN(len(boxless))])
	}
	return paths
}

// tiles are the vector tiles that towns lie in, from the whole world to a street.
func (s sample) tiles(r *rand.Rand) []string {
	towns := s.towns()
	paths := make([]string, viewPaths)
	for i := range paths {
		at, zoom := towns[r.IntN(len(towns))], i%(maxZoom+1)
		x, y := tileOf(at.Lon, at.Lat, zoom)
		paths[i] = fmt.Sprintf("%s/tiles/WebMercatorQuad/%d/%d/%d", eventsPath, zoom, y, x)
	}
	return paths
}

// viewBox is the box that a view centred on the point shows, at most the whole world.
func viewBox(lon, lat float64, zoom int) string {
	world := tilePixels * math.Exp2(float64(zoom))
	x, y := mercator(lon, lat)
	wide, high := viewWidth/world/2, viewHeight/world/2
	west, east := -180.0, 180.0
	if wide < 0.5 {
		west, east = wrapped((x-wide)*360-180), wrapped((x+wide)*360-180)
	}
	return box(west, latitude(min(y+high, 1)), east, latitude(max(y-high, 0)))
}

// tileOf is the column and row of the tile that the point lies in.
func tileOf(lon, lat float64, zoom int) (x, y int) {
	n := 1 << zoom
	mx, my := mercator(lon, lat)
	return min(int(mx*float64(n)), n-1), min(int(my*float64(n)), n-1)
}

// mercator is the point on the projection's square, from 0 to 1, from the north-west.
func mercator(lon, lat float64) (x, y float64) {
	s := math.Sin(min(max(lat, -maxLatitude), maxLatitude) * math.Pi / 180)
	return (lon + 180) / 360, min(max(0.5-math.Log((1+s)/(1-s))/(4*math.Pi), 0), 1)
}

func latitude(y float64) float64 { return math.Atan(math.Sinh(math.Pi*(1-2*y))) * 180 / math.Pi }
