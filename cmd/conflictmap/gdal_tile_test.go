package main

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestGDALReadsATile opens a vector tile over the network and from a file: with its numbers GDAL knows where it is.
func TestGDALReadsATile(t *testing.T) {
	g := newGDAL(t, db(t))
	tile := g.URL + "/collections/events/tiles/WebMercatorQuad/6/27/49" // row 27, column 49: northern Shan State
	status, body := fetch(t, tile)
	file := filepath.Join(t.TempDir(), "49.pbf")
	if err := os.WriteFile(file, []byte(body), 0o600); err != nil || status != 200 {
		t.Fatal(status, err)
	}
	for _, source := range []string{tile, file} {
		out := g.run(t, "ogrinfo", "-ro", "-al", "-oo", "Z=6", "-oo", "Y=27", "-oo", "X=49", source)
		for _, want := range []string{"Layer name: events", "Layer name: shapes", "id (String) = report-2024-07:lashio-attack",
			"type (String) = bombing_raid", "incidents (Integer) = 3", "area:northern-shan-state"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in\n%s", source, want, out)
			}
		}
		// Laukkai, 98.77 E 23.69 N, within one unit of the tile's grid of 4096.
		x, y := metres(98.77, 23.69)
		unit := 2 * math.Pi * 6378137 / 64 / 4096
		if at := pointAfter(t, out, "report-2024-07:laukkai-raids"); math.Abs(at[0]-x) > unit || math.Abs(at[1]-y) > unit {
			t.Errorf("%s: Laukkai is at %v, not %v %v", source, at, x, y)
		}
	}
}

// metres is a position in EPSG:3857.
func metres(lon, lat float64) (x, y float64) {
	const radius = 6378137
	return radius * lon * math.Pi / 180, radius * math.Asinh(math.Tan(lat*math.Pi/180))
}

// pointAfter is the position of the first feature after a text in what ogrinfo prints.
func pointAfter(t *testing.T, out, text string) (at [2]float64) {
	t.Helper()
	_, after, _ := strings.Cut(out, text)
	found := regexp.MustCompile(`POINT \(([\d.-]+) ([\d.-]+)\)`).FindStringSubmatch(after)
	if found == nil {
		t.Fatalf("no point after %s in\n%s", text, out)
	}
	for i := range at {
		var err error
		if at[i], err = strconv.ParseFloat(found[i+1], 64); err != nil {
			t.Fatal(err)
		}
	}
	return at
}
