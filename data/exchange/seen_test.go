package exchange

import (
	"fmt"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

// TestSeenIsExact holds the set to know each key from all others, hashes being
// as they are or all alike.
func TestSeenIsExact(t *testing.T) {
	for _, alike := range []bool{false, true} {
		sets := [2]*Seen{NewSeen(), NewSeen()}
		if alike {
			for _, s := range sets {
				s.hash = func(key []byte) uint64 { return uint64(len(key)) }
			}
		}
		for i := range 1_000 {
			s, id := sets[i%2], fmt.Sprint(i)
			if s.has(geo.Events, id) || !s.add(geo.Events, id) || s.add(geo.Events, id) || !s.has(geo.Events, id) || s.has(geo.Places, id) {
				t.Fatalf("%s, hashes alike %v", id, alike)
			}
		}
		sets[0].addAll(sets[1])
		for i := range 1_001 {
			if id := fmt.Sprint(i); sets[0].has(geo.Events, id) != (i < 1_000) {
				t.Errorf("both together: %s, hashes alike %v", id, alike)
			}
		}
	}
}
