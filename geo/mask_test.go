package geo_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// TestMaskTellsKindsApart holds that a hidden place does not take an actor along
// that happens to have the same id.
func TestMaskTellsKindsApart(t *testing.T) {
	e := geotest.Event("e", "d", "7", geo.Date(2024, 7, 22))
	e.Participants, e.PartOf = []geo.Participant{{ActorID: "7", Role: "party"}, {ActorID: "8", Role: "party"}}, "7"
	masked, changed := geo.Mask(e, func(k geo.Kind, id string) bool { return k == geo.Actors && id == "7" || k == geo.Datasets })
	got, isEvent := masked.(*geo.Event)
	if !changed || !isEvent || got.PlaceID != "" || got.PartOf != "" || len(got.Participants) != 1 || got.Participants[0].ActorID != "7" || got.PlacePrecision != geo.UnknownPlace {
		t.Errorf("%+v %v", masked, changed)
	}
	if len(e.Participants) != 2 || e.PlaceID != "7" {
		t.Error("the record itself was changed")
	}
}
