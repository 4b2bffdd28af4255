package exchange_test

import (
	"fmt"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/paulmach/orb"
)

// TestGeoRSSIsNoSharperThanTheRecord places events in all ways.
func TestGeoRSSIsNoSharperThanTheRecord(t *testing.T) {
	country, state := geotest.Area("country", "d", geo.Country, 90, 10, 102, 29), geotest.Area("state", "d", geo.State, 96, 20, 99, 24)
	district := geotest.Area("district", "d", geo.District, 97, 22, 98, 23)
	state.Within, district.Within = "country", "state"
	across := geotest.Area("across", "d", geo.Region, 170, 0, 180, 10)
	across.Geometry = orb.MultiPolygon{orb.Bound{Min: orb.Point{170, 0}, Max: orb.Point{180, 10}}.ToPolygon(), orb.Bound{Min: orb.Point{-180, 0}, Max: orb.Point{-170, 10}}.ToPolygon()}
	town, lost := geotest.Place("town", "d", 97.75, 22.94), geotest.Place("lost", "d", 1, 2)
	town.Within = "district"
	line := orb.LineString{{97, 22}, {97.5, 22.5}}
	long := make(orb.LineString, 201)
	for i := range long {
		long[i] = orb.Point{97 + float64(i)/1000, 22}
	}
	polygon := orb.Polygon{{{97, 22}, {98, 22}, {98, 23}, {97, 22}}}
	holed := append(orb.Polygon{polygon[0]}, orb.Ring{{97.5, 22.2}, {97.6, 22.2}, {97.6, 22.3}, {97.5, 22.2}})
	tests := []struct {
		place     string
		own       orb.Geometry
		precision geo.PlacePrecision
		want      exchange.GeoRSS
	}{
		{"town", nil, geo.Exact, exchange.GeoRSS{Point: "22.94 97.75"}},
		{"town", nil, geo.Near, exchange.GeoRSS{Point: "22.94 97.75", Radius: 25_000}},
		{"town", nil, geo.DistrictWide, exchange.GeoRSS{Box: "22 97 23 98"}},
		{"town", nil, geo.RegionWide, exchange.GeoRSS{Box: "20 96 24 99"}},
		{"town", nil, geo.CountryWide, exchange.GeoRSS{Box: "10 90 29 102"}},
		{"town", nil, geo.Fuzzy, exchange.GeoRSS{}},
		{"town", nil, geo.International, exchange.GeoRSS{}},
		{"town", nil, geo.UnknownPlace, exchange.GeoRSS{}},
		{"lost", nil, geo.RegionWide, exchange.GeoRSS{}},
		{"state", nil, geo.RegionWide, exchange.GeoRSS{Box: "20 96 24 99"}},
		{"across", nil, geo.RegionWide, exchange.GeoRSS{}}, // GeoRSS has no box over 180 degrees
		{"town", orb.Point{97.1, 22.1}, geo.RegionWide, exchange.GeoRSS{Box: "20 96 24 99"}},
		{"town", orb.Point{97.1, 22.1}, geo.Exact, exchange.GeoRSS{Point: "22.1 97.1"}},
		{"", orb.Point{97.1, 22.1}, geo.RegionWide, exchange.GeoRSS{}},
		{"town", line, geo.Fuzzy, exchange.GeoRSS{Line: "22 97 22.5 97.5"}},
		{"town", long, geo.Fuzzy, exchange.GeoRSS{Box: "22 97 22 97.2"}},
		{"town", polygon, geo.Fuzzy, exchange.GeoRSS{Polygon: "22 97 22 98 23 98 22 97"}},
		{"town", holed, geo.Fuzzy, exchange.GeoRSS{Box: "22 97 23 98"}},
		{"", nil, geo.UnknownPlace, exchange.GeoRSS{}},
	}
	list := []geo.Record{geotest.Dataset("d", geo.Public), country, state, district, across, town, lost}
	for i, test := range tests {
		e := geotest.Event(fmt.Sprint("d:", i), "d", test.place, geo.Date(2024, 7, 1))
		e.Geometry, e.PlacePrecision = test.own, test.precision
		list = append(list, e)
	}
	view := datatest.Open(t, list...).View()
	location := func(id string) (geo.Record, error) {
		row, found := view.Location(id)
		if !found {
			return nil, nil
		}
		record, _, err := view.Record(row.Kind, id)
		return record, err
	}
	of := func(k geo.Kind, id string) exchange.GeoRSS {
		row, found := view.Find(k, id)
		record, _, err := view.Record(k, id)
		if !found || err != nil {
			t.Fatal(id, found, err)
		}
		where, err := exchange.GeoRSSOf(record, view.Shape(row), location)
		if err != nil {
			t.Fatal(err)
		}
		return where
	}
	for i, test := range tests {
		if got := of(geo.Events, fmt.Sprint("d:", i)); got != test.want {
			t.Errorf("%s, %v, at %q: %+v, not %+v", test.precision, test.own, test.place, got, test.want)
		}
	}
	if got := of(geo.Places, "town"); got.Point != "22.94 97.75" {
		t.Errorf("%+v", got)
	}
	if got := of(geo.Areas, "state"); got.Box != "20 96 24 99" {
		t.Errorf("%+v", got)
	}
}
