package geo_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
)

func TestParseBox(t *testing.T) {
	for in, want := range map[string]string{
		"96,21,100,24":          "96,21,100,24",
		" 96, 21 ,100,24":       "96,21,100,24",
		"96,21,-50,100,24,8000": "96,21,100,24",
		"170,-10,-170,10":       "170,-10,-170,10",
		"-180,-90,180,90":       "-180,-90,180,90",
		"1e1,0,20,5":            "10,0,20,5",
		"96,24,100,21":          "",
		"96,21,100":             "",
		"96,21,100,24,5":        "",
		"96,21,0,100,24,-1":     "",
		"96,21,190,24":          "",
		"96,21,100,91":          "",
		"NaN,21,100,24":         "",
		"96,21,100,Inf":         "",
		"a,b,c,d":               "",
		"":                      "",
	} {
		got, err := geo.ParseBox(in)
		if (err == nil) != (want != "") || err == nil && got.String() != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func TestSplitNeverCrosses180(t *testing.T) {
	for _, box := range append(boxes, geo.Box{West: 170, South: -10, East: -170, North: 10}, geo.Box{West: -180, South: 0, East: 0, North: 1}) {
		for _, b := range box.Split() {
			if b.Min.Lon() > b.Max.Lon() || b.Min.Lon() < -180 || b.Max.Lon() > 180 {
				t.Errorf("%v splits into %v", box, b)
			}
		}
	}
}

func TestBoxContainsAndOverlaps(t *testing.T) {
	across := geo.Box{West: 170, South: -10, East: -170, North: 10}
	for _, c := range []struct {
		p    orb.Point
		want bool
	}{{orb.Point{175, 0}, true}, {orb.Point{-175, 0}, true}, {orb.Point{180, 10}, true}, {orb.Point{-180, 0}, true}, {orb.Point{0, 0}, false}, {orb.Point{175, 11}, false}} {
		if across.Contains(c.p) != c.want {
			t.Errorf("%v: %t", c.p, !c.want)
		}
	}
	for _, c := range []struct {
		o    geo.Box
		want bool
	}{
		{geo.Box{West: -172, South: 0, East: -160, North: 1}, true},
		{geo.Box{West: 160, South: 0, East: 170, North: 1}, true},
		{geo.Box{West: -169, South: 0, East: 169, North: 1}, false},
		{geo.Box{West: 178, South: 0, East: 179, North: 1}, true},
	} {
		if across.Overlaps(c.o) != c.want || c.o.Overlaps(across) != c.want {
			t.Errorf("%v: not %t", c.o, c.want)
		}
	}
}
