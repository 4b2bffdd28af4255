package geo_test

import (
	"math"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

func TestParseBoxIn(t *testing.T) {
	for _, test := range []struct {
		crs  geo.CRS
		text string
		want geo.Box
	}{
		{geo.CRS84, "96,20,99,24", geo.Box{West: 96, South: 20, East: 99, North: 24}},
		{geo.EPSG4326, "20,96,24,99", geo.Box{West: 96, South: 20, East: 99, North: 24}},
		{geo.EPSG4326, "20,96,-1,24,99,1", geo.Box{West: 96, South: 20, East: 99, North: 24}},
		{geo.EPSG4326, "-10,170,10,-170", geo.Box{West: 170, South: -10, East: -170, North: 10}},
		// 96 and 99 degrees east, 20 and 24 north by the formulas of EPSG method 1024.
		{geo.EPSG3857, "10686671.12,2273030.93,11020629.59,2753408.11", geo.Box{West: 96, South: 20, East: 99, North: 24}},
		{geo.EPSG3857, "-20037508.34,0,20037508.3428,1", geo.Box{West: -180, South: 0, East: 180, North: 0.000009}},
	} {
		got, err := geo.ParseBoxIn(test.text, test.crs)
		if err != nil {
			t.Errorf("%s in %s: %v", test.text, test.crs, err)
		}
		for i, v := range got.Array() {
			if math.Abs(v-test.want.Array()[i]) > 1e-6 {
				t.Errorf("%s in %s is %v, not %v", test.text, test.crs, got, test.want)
			}
		}
	}
}

func TestAppendGeometryIn(t *testing.T) {
	for _, test := range []struct {
		crs          geo.CRS
		stored, want string
	}{
		{geo.CRS84, `{"type":"Point","coordinates":[97.75,22.94]}`, `{"type":"Point","coordinates":[97.75,22.94]}`},
		{geo.EPSG4326, `{"type":"Point","coordinates":[97.75,22.94]}`, `{"type":"Point","coordinates":[22.94,97.75]}`},
		{geo.EPSG3857, `{"type":"Point","coordinates":[97.75,22.94]}`, `{"type":"Point","coordinates":[10881480.225,2624764.263]}`},
		{geo.EPSG3857, "null", "null"},
		{geo.EPSG4326, `{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,5],[0,0]]]}`, `{"type":"Polygon","coordinates":[[[0,0],[0,10],[5,10],[0,0]]]}`},
		{geo.EPSG4326, `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[3,4],[5,6]]}]}`,
			`{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[2,1]},{"type":"LineString","coordinates":[[4,3],[6,5]]}]}`},
	} {
		got, err := geo.AppendGeometryIn([]byte("x"), []byte(test.stored), test.crs)
		if err != nil || string(got) != "x"+test.want {
			t.Errorf("%s in %s is %s, %v; not %s", test.stored, test.crs, got, err, test.want)
		}
	}
	if got, err := geo.AppendGeometryIn(nil, []byte(`{"type":"Point","coordinates":[0,-90]}`), geo.EPSG3857); err != nil {
		t.Errorf("the pole: %s %v", got, err)
	}
}

func TestTo84(t *testing.T) {
	if g, err := geo.EPSG4326.To84(orb.LineString{{22, 97}, {23, 98}}); err != nil || !orb.Equal(g, orb.LineString{{97, 22}, {98, 23}}) {
		t.Error(g, err)
	}
	for _, test := range []struct {
		crs geo.CRS
		at  orb.Point
	}{{geo.EPSG4326, orb.Point{97, 22}}, {geo.EPSG3857, orb.Point{3e7, 0}}} {
		if test.crs == geo.EPSG4326 {
			test.at = orb.Point{97, 222}
		}
		if g, err := test.crs.To84(test.at); err == nil {
			t.Errorf("%v of %s is %v", test.at, test.crs, g)
		}
	}
	at := orb.Point{97.75, 22.94}
	if g, err := geo.EPSG3857.To84(orb.Point{10881480.225, 2624764.263}); err != nil || math.Abs(g.(orb.Point)[0]-at[0]) > 1e-7 || math.Abs(g.(orb.Point)[1]-at[1]) > 1e-7 {
		t.Error(g, err)
	}
}
