package data

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"go.etcd.io/bbolt"
)

// TestPagesAreFull brings events in by batches, in the order of their numbers and
// in none, and looks how full the pages are that point to them.
func TestPagesAreFull(t *testing.T) {
	inOrder := make([]int, 30_000)
	for i := range inOrder {
		inOrder[i] = i
	}
	shuffled := slices.Clone(inOrder)
	rand.New(rand.NewPCG(1, 0)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for _, c := range []struct {
		name  string
		ids   []int
		least float64
	}{{"in order", inOrder, 0.8}, {"shuffled", shuffled, 0.6}} {
		catalog, err := OpenToWrite(filepath.Join(t.TempDir(), "map.db"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := catalog.Apply(t.Context(), geotest.Puts(geotest.Dataset("d", geo.Public), geotest.Place("p", "d", 97, 22))); err != nil {
			t.Fatal(err)
		}
		for part := range slices.Chunk(c.ids, 1_000) {
			var records []geo.Record
			for _, id := range part {
				records = append(records, geotest.Event(fmt.Sprintf("ucdp:%d", id), "d", "p", geo.Date(2024, 7, 22)))
			}
			if _, err := catalog.Apply(t.Context(), geotest.Puts(records...)); err != nil {
				t.Fatal(err)
			}
		}
		if err := catalog.store.view(func(tx *bbolt.Tx) error {
			for kind, least := range map[string]float64{string(geo.Events): c.least, string(logBucket): 0.9} {
				s := tx.Bucket([]byte(kind)).Stats()
				if share := float64(s.LeafInuse) / float64(s.LeafAlloc); share < least {
					t.Errorf("%s: of the pages of %s %.2f are full, not %.2f", c.name, kind, share, least)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if err := catalog.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
