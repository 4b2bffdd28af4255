package server_test

import (
	"io"
	"math/rand/v2"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/server"
)

// BenchmarkPage makes a page of 100 events, and that of one.
func BenchmarkPage(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	list := records()
	for i := range 100 {
		list = append(list, geotest.Place(geotest.ID("p", i), "d", float64(i), 1))
	}
	for i := range 2_000 {
		e := geotest.RandomEvent(random, geotest.ID("d:n", i))
		e.PlaceID, e.Geometry, e.PlacePrecision = geotest.ID("p", i%100), nil, geo.Exact
		list = append(list, e)
	}
	s := newServer(b, io.Discard, func(c *server.Config) { c.Catalog = datatest.Open(b, list...) })
	for name, target := range map[string]string{"items": "/collections/events/items", "item": "/collections/events/items/d:n-007"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				pageOf(b, s, target)
			}
		})
	}
}
