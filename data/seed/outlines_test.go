package seed_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/conflictmap/conflictmap/data/seed"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

func areas(t *testing.T) map[string]*geo.Area {
	t.Helper()
	records, err := seed.Records()
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]*geo.Area)
	for _, r := range records {
		if a, isArea := r.(*geo.Area); isArea {
			found[a.ID] = a
		}
	}
	return found
}

func polygons(g orb.Geometry) orb.MultiPolygon {
	if p, isPolygon := g.(orb.Polygon); isPolygon {
		return orb.MultiPolygon{p}
	}
	return g.(orb.MultiPolygon)
}

func TestTownshipsLieWhereTheySay(t *testing.T) {
	b, err := os.ReadFile("testdata/townships.json")
	if err != nil {
		t.Fatal(err)
	}
	var fixture struct {
		Townships []struct {
			Name     string
			Lon, Lat float64
			Inside   bool
		}
	}
	if err := json.Unmarshal(b, &fixture); err != nil {
		t.Fatal(err)
	}
	northern := areas(t)["northern-shan-state"].Geometry
	inside := 0
	for _, p := range fixture.Townships {
		if p.Inside {
			inside++
		}
		if got := geo.Inside(orb.Point{p.Lon, p.Lat}, northern); got != p.Inside {
			t.Errorf("%s at %g E %g N: inside is %v", p.Name, p.Lon, p.Lat, got)
		}
	}
	if inside != 24 || len(fixture.Townships) != 36 {
		t.Errorf("the fixture has %d townships inside of %d, not 24 of 36", inside, len(fixture.Townships))
	}
}

func TestNorthernShanStateHasItsExtentAndArea(t *testing.T) {
	northern := areas(t)["northern-shan-state"]
	box, _ := geo.Extent(northern.Geometry)
	want := geo.Box{West: 96.15, South: 21.5, East: 99.57, North: 24.16}
	for i, v := range box.Array() {
		if math.Abs(v-want.Array()[i]) > 0.05 {
			t.Errorf("extent %v, want about %v", box, want)
			break
		}
	}
	area := 0.0
	for _, p := range polygons(northern.Geometry) {
		area += orbgeo.Area(p) / 1e6
	}
	if math.Abs(area-61_500)/61_500 > 0.02 {
		t.Errorf("area %.0f km², want about 61,500", area)
	}
	if len(northern.Inferred) == 0 {
		t.Error("the record does not say that its southern line is approximate")
	}
}

// West, north and east the outline is Shan State's: every position off the
// southern line is one of Shan State's own.
func TestNorthernShanStateSharesTheOutlineOfShanState(t *testing.T) {
	all := areas(t)
	own := make(map[orb.Point]bool)
	for _, p := range polygons(all["shan-state"].Geometry) {
		for _, point := range p[0] {
			own[point] = true
		}
	}
	foreign := 0
	for _, p := range polygons(all["northern-shan-state"].Geometry) {
		for _, point := range p[0] {
			if !own[point] {
				foreign++
				if point.Lat() > 22.25 {
					t.Errorf("position %v is neither Shan State's nor on the southern line", point)
				}
			}
		}
	}
	if foreign < 11 || foreign > 15 {
		t.Errorf("%d positions lie on the southern line", foreign)
	}
}

func TestOutlinesAreSmallAndRightHanded(t *testing.T) {
	info, err := os.Stat("areas.geojson")
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 150_000 {
		t.Errorf("areas.geojson has %d bytes, more than 150,000", info.Size())
	}
	for id, a := range areas(t) {
		for _, p := range polygons(a.Geometry) {
			for i, ring := range p {
				want := orb.CCW
				if i > 0 {
					want = orb.CW
				}
				if ring.Orientation() != want {
					t.Errorf("%s: ring %d winds the wrong way", id, i)
				}
			}
		}
	}
}
