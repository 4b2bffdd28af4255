package tile_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
)

func BenchmarkEncode(b *testing.B) {
	for _, n := range []int{tile.MaxPoints, 4000} {
		b.Run(fmt.Sprintf("%d_points", n), func(b *testing.B) {
			points := events(n, inner(southEastAsia))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := southEastAsia.Encode(points, nil); err != nil && !errors.Is(err, tile.ErrTooLarge) {
					b.Fatal(err)
				}
			}
		})
	}
	for _, at := range []tile.Tile{{}, southEastAsia, {Z: 7, X: 98, Y: 56}} {
		b.Run(fmt.Sprintf("outline_of_5000_level_%d", at.Z), func(b *testing.B) {
			shapes := []tile.Shape{shape(country(5000, orb.Point{96, 20}, 5))}
			b.ReportAllocs()
			for b.Loop() {
				if encoded, err := at.Encode(nil, shapes); err != nil || len(encoded) == 0 {
					b.Fatal(len(encoded), err)
				}
			}
		})
	}
}

// BenchmarkLibrary is what github.com/paulmach/orb/encoding/mvt takes for the same
// points: why this package writes the bytes itself.
func BenchmarkLibrary(b *testing.B) {
	points := events(4000, inner(southEastAsia))
	at := maptile.New(southEastAsia.X, southEastAsia.Y, maptile.Zoom(southEastAsia.Z))
	b.ReportAllocs()
	for b.Loop() {
		layer := &mvt.Layer{Name: "events", Version: 2, Extent: tile.Extent}
		for _, p := range points {
			f := geojson.NewFeature(p.Position)
			f.Properties["id"], f.Properties["count"] = p.ID, p.Count
			for _, own := range p.Properties {
				f.Properties[own.Name] = own.Value
			}
			layer.Features = append(layer.Features, f)
		}
		layer.ProjectToTile(at)
		if _, err := mvt.Marshal(mvt.Layers{layer}); err != nil {
			b.Fatal(err)
		}
	}
}
