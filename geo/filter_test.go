package geo_test

import (
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

func values(t *testing.T, query string) url.Values {
	t.Helper()
	v, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestParseFilter(t *testing.T) {
	const all = "bbox=170,-10,-170,10&datetime=2024-07-01/..&type=clash,shelling&actor=a,b&place=lashio&area=shan&dataset=d" +
		"&part_of=op:1&status=reported&min_fatalities=5&q=လားရှိုး+raid&filter=" + "title.my+LIKE+'%25x'+AND+NOT+incidents<2"
	f, faults := geo.ParseFilter(geo.Events, values(t, all))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	v := reflect.ValueOf(f)
	for i := range v.NumField() {
		if v.Type().Field(i).IsExported() && v.Field(i).IsZero() {
			t.Errorf("%s was not read", v.Type().Field(i).Name)
		}
	}
	again, faults := geo.ParseFilter(geo.Events, f.Values())
	if text := f.Values().Get("filter"); len(faults) > 0 || again.Values().Get("filter") != text {
		t.Errorf("%s, written and read again, is %s %v", text, again.Values(), faults)
	}
	f.Where, again.Where = nil, nil // they stand elsewhere in their texts
	if !reflect.DeepEqual(f, again) {
		t.Errorf("written and read again it is %+v %v, not %+v", again, faults, f)
	}
	if of := "filter-lang, filter-crs and bbox-crs, of two fields"; len(geo.Parameters(geo.Events)) != v.NumField()+3 {
		t.Error("not every field is a parameter, but for " + of)
	}
}

func TestParseFilterNamesEveryFault(t *testing.T) {
	for _, c := range []struct {
		kind  geo.Kind
		query string
		want  string
	}{
		{geo.Events, "", ""},
		{geo.Events, "limit=5", ""}, // the endpoint's own
		{geo.Events, "colour=red", "colour"},
		{geo.Events, "bbox=1,2,3,4&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326", ""},
		{geo.Events, "bbox=1,2,3,4&bbox-crs=EPSG:4326", "bbox-crs"},
		{geo.Events, "bbox-crs=[EPSG:3857]", "bbox-crs"},
		{geo.Events, "bbox=95,20,97,22&bbox-crs=[EPSG:4326]", "bbox"}, // latitudes come first
		{geo.Events, "bbox=-20037509,0,1,1&bbox-crs=[EPSG:3857]", "bbox"},
		{geo.Events, "bbox=1,2,3&type=war&datetime=2024-07-22/2024-07-01&min_fatalities=0&q=!!", "bbox datetime type min_fatalities q"},
		{geo.Events, "type=clash&type=shelling", "type"},
		{geo.Events, "type=", "type"},
		{geo.Events, "type=clash,", "type"},
		{geo.Events, "actor=a,,b", "actor"},
		{geo.Events, "place=a%2Fb", "place"},
		{geo.Events, "q=a%00b", "q"},
		{geo.Events, "q=%ff", "q"},
		{geo.Events, "%ff=1", "\uFFFD \uFFFD"},
		{geo.Events, "q=" + strings.Repeat("a", 4001), "q"},
		{geo.Events, "min_fatalities=1e3", "min_fatalities"},
		{geo.Actors, "dataset=d&q=x&bbox=0,0,1,1", ""},
		{geo.Actors, "type=clash", "type"},
		{"", "q=x", "q"},
		{geo.Actors, "filter=kind='party'&filter-lang=cql2-text&filter-crs=http://www.opengis.net/def/crs/OGC/1.3/CRS84", ""},
		{geo.Events, "filter=kind='party'", "filter"},
		{geo.Events, "filter=colour=1+AND+type>5+AND+title.xx1x=1", "filter filter filter"},
		{geo.Events, "filter=S_INTERSECTS(geometry,BBOX(0,9,1,8))", "filter"},
		{geo.Events, "filter=type+=&filter-crs=EPSG:4326", "filter-crs filter"},
		{geo.Events, "filter=S_INTERSECTS(geometry,POINT(22.94+97.75))&filter-crs=[EPSG:4326]", ""},
		{geo.Events, "filter=S_INTERSECTS(geometry,POINT(97.75+22.94))&filter-crs=[EPSG:4326]", "filter"},
		{geo.Events, "filter=S_INTERSECTS(geometry,POINT(97.75+22.94))&filter-crs=[EPSG:4326]&filter-lang=cql-text", "filter"},
		{geo.Events, "filter-crs=[EPSG:4326]", "filter-crs"},
		{geo.Events, "filter=type='clash'&filter-lang=cql", "filter-lang"},
		{geo.Events, `filter={"op":"=","args":[{"property":"type"},"clash"]}&filter-lang=cql2-json`, ""},
		{geo.Events, `filter={"op":"=","args":[{"property":"type"}]}&filter-lang=cql2-json`, "filter"},
		{geo.Events, "filter=start<TIMESTAMP('2024-07-22T00:00:00.0000001Z')", "filter"},
		{geo.Events, "filter=S_WITHIN(geometry,POINT(0+91))", "filter"},
		{geo.Events, "filter=S_WITHIN(geometry,POLYGON((0+0,1+0,1+1)))", "filter"},
		{geo.Events, "filter=title='" + strings.Repeat("a", 5000) + "'", ""},
		{geo.Events, "filter=title='" + strings.Repeat("a", 64_000) + "'", "filter"},
		{"", "filter=TRUE", "filter"},
	} {
		_, faults := geo.ParseFilter(c.kind, values(t, c.query), "limit")
		var names []string
		for _, f := range faults {
			names = append(names, f.Name)
			if f.Detail == "" {
				t.Errorf("%s: a fault says nothing", c.query)
			}
		}
		if got := strings.Join(names, " "); got != c.want && !(c.want == "\uFFFD \uFFFD" && strings.Contains(got, "\uFFFD")) {
			t.Errorf("%.40s: faults %q, not %q", c.query, got, c.want)
		}
	}
}

func TestAttachedFilterLeavesThePlaceOut(t *testing.T) {
	f, faults := geo.ParseAttachedFilter(values(t, "type=clash&datetime=2024-07-22"))
	if len(faults) > 0 || !reflect.DeepEqual(f, f.Attached()) {
		t.Error(f, faults)
	}
	if _, faults = geo.ParseAttachedFilter(values(t, "bbox=0,0,1,1")); len(faults) != 1 {
		t.Error("a box for attached events:", faults)
	}
}

func TestWords(t *testing.T) {
	place := geotest.Place("p", "d", 0, 0)
	place.Names = geo.Text{"en": "Lāshio Town", "my": "လားရှိုး", "zh": "腊戌"}
	place.OtherNames = []string{"Санкт-Петербург", "ﬁne"}
	text := geo.SearchText(place)
	for q, want := range map[string]bool{
		"lashio": true, "LASHIO": true, "lash": true, "shio": false, "town lashio": true, "lashio city": false,
		"လားရှိုး": true, "ရှိုး": true, "戌": true, "петер": true, "fine": true, "санкт петербург": true,
	} {
		if got := geo.NewQuery(q).Match(text); got != want {
			t.Errorf("%q: %t", q, got)
		}
	}
	if geo.NewQuery("").Match(text) || len(geo.NewQuery(" .,! ")) > 0 {
		t.Error("a query without words matches")
	}
}
