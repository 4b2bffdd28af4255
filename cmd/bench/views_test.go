package main

import (
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

func TestTileOf(t *testing.T) {
	for _, test := range []struct {
		lon, lat   float64
		zoom, x, y int
	}{
		{0, 0, 0, 0, 0}, {-0.1, 0.1, 1, 0, 0}, {0.1, -0.1, 1, 1, 1}, {180, -90, 3, 7, 7}, {-180, 90, 3, 0, 0},
		// Lashio, as the slippy map of OpenStreetMap numbers its tiles.
		{97.75, 22.94, 10, 790, 444},
	} {
		if x, y := tileOf(test.lon, test.lat, test.zoom); x != test.x || y != test.y {
			t.Errorf("%g %g at zoom %d lies in %d %d, not %d %d", test.lon, test.lat, test.zoom, x, y, test.x, test.y)
		}
	}
}

func TestViewBox(t *testing.T) {
	for _, test := range []struct {
		lon, lat float64
		zoom     int
		want     string
	}{
		{97.75, 22.94, 2, "-180,-79.1006,180,85.0511"}, // wider than the world is
		{0, 0, 8, "-3.95508,-2.47116,3.95508,2.47116"},
		{179, 0, 8, "175.045,-2.47116,-177.045,2.47116"},
	} {
		got := viewBox(test.lon, test.lat, test.zoom)
		if _, err := geo.ParseBox(got); err != nil {
			t.Errorf("%s: %v", got, err)
		}
		if got != test.want {
			t.Errorf("the view of %g %g at zoom %d is %s, not %s", test.lon, test.lat, test.zoom, got, test.want)
		}
	}
}

// TestViewsCoverEveryZoom holds the works to the whole range of the map.
func TestViewsCoverEveryZoom(t *testing.T) {
	s := made(t, 1_000)
	views, tiles := strings.Join(s.clusterViews(newRandom(), []string{""}), "\n")+"\n", strings.Join(s.tiles(newRandom()), "\n")
	for _, want := range []string{"&zoom=2\n", "&zoom=14\n"} {
		if !strings.Contains(views, want) {
			t.Errorf("no view has %q", want)
		}
	}
	for _, want := range []string{"/WebMercatorQuad/0/0/0", "/WebMercatorQuad/14/"} {
		if !strings.Contains(tiles, want) {
			t.Errorf("no tile has %q", want)
		}
	}
}
