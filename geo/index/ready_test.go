package index_test

import (
	"slices"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/index"
)

// TestReadyForReaders holds that a state has at once what readers asked of the one
// before it, and not what they no longer ask.
func TestReadyForReaders(t *testing.T) {
	s := snapshot(t, world()...)
	check := func(when string, s *index.Snapshot, bits int, degrees bool, areas int) {
		t.Helper()
		if cells, has, sets := s.Ready(); len(cells) != bits || has != degrees || sets != areas {
			t.Errorf("%s: grids %v, of degrees %v, %d areas; not %d, %v, %d", when, cells, has, sets, bits, degrees, areas)
		}
	}
	ask := func(s *index.Snapshot) {
		t.Helper()
		for _, f := range []geo.Filter{{Areas: []string{"country"}}, {Box: &geo.Box{West: 0, South: 0, East: 5, North: 5}}} {
			rows, err := s.Select(geo.Events, f)
			if err != nil {
				t.Fatal(err)
			}
			rows.Clusters(3, 100)
			rows.Release()
		}
	}
	check("before anybody asks", s, 0, false, 0)
	ask(s)
	cells, _, _ := s.Ready()
	check("asked", s, 1, true, 1)
	same := with(t, s, 100, geotest.Event("raid", "d", "town", geo.Date(2024, 7, 6)))
	check("after a change of no place", same, 1, true, 1)
	next := with(t, same, 101, geotest.Place("new", "d", 2, 2))
	check("after a new place", next, 1, true, 1)
	if again, _, _ := next.Ready(); !slices.Equal(again, cells) {
		t.Errorf("the grids %v, not %v", again, cells)
	}
	later := with(t, next, 102, geotest.Place("newer", "d", 3, 3))
	check("after one that nobody asked", later, 0, false, 0)
	ask(next)
	gone, err := next.With([]index.Entry{{Kind: geo.Areas, ID: "country", Seq: 103}})
	if err != nil {
		t.Fatal(err)
	}
	check("after the area was removed", gone, 1, true, 0)
	becomes, err := next.With([]index.Entry{{Kind: geo.Areas, ID: "country", Seq: 103}, entry(t, 104, geotest.Place("country", "d", 4, 4))})
	if err != nil {
		t.Fatal(err)
	}
	check("after the area became a place", becomes, 1, true, 0)
}
