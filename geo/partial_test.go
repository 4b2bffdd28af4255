package geo_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// TestDecodeMembers holds what is read of one member to what is read of the whole.
func TestDecodeMembers(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	for _, k := range geo.Kinds() {
		for n := range 200 {
			whole := geotest.RandomRecord(random, k, fmt.Sprint(n))
			feature, err := geo.EncodeFeature(whole)
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range geo.Queryables(k) {
				if len(q.Members()) == 0 {
					continue
				}
				part, err := geo.DecodeMembers(k, feature, q.Members())
				if err != nil {
					t.Fatal(err)
				}
				if got, want := q.Value(part, nil), q.Value(whole, nil); !reflect.DeepEqual(got, want) {
					t.Fatalf("%s of %s is %#v, not %#v", q.Name, feature, got, want)
				}
			}
			if part, err := geo.DecodeMembers(k, feature, nil); err != nil || part.InDataset() != "" || part.Key() != "" {
				t.Fatalf("of no member is read %+v, %v", part, err)
			}
		}
	}
}

func TestDecodeMembersRefuses(t *testing.T) {
	for feature, names := range map[string][]string{
		`{}`: {"title"},
		`{"type":"Feature","id":"e","geometry":null,"properties":{"title":"no object"}}`: {"title"},
		`{"type":"Feature","id":"e","geometry":null,"properties":{"title":{"en":"x"`:     {"title"},
		`{"type":"Feature","id":"e","geometry":null,"properties":{"titel":{"en":"x"}}}`:  {"titel"},
	} {
		if r, err := geo.DecodeMembers(geo.Events, []byte(feature), names); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%s is read as %+v, %v", feature, r, err)
		}
	}
}
