package cql2

import (
	"errors"
	"testing"
)

// TestJSONForms holds JSON to the text it stands for.
func TestJSONForms(t *testing.T) {
	for _, c := range []struct{ json, want string }{
		{`true`, "TRUE"},
		{` { "args" : [ { "property" : "a" } , -0.0 ] , "op" : "=" } `, "a = 0"},
		{`{"op":"and","args":[{"op":"and","args":[true,false]},true]}`, "(TRUE AND FALSE) AND TRUE"},
		{`{"op":"s_within","args":[{"property":"g"},{"bbox":[1,2,1,2],"coordinates":[1,2,3],"type":"Point"}]}`, "S_WITHIN(g, POINT(1 2))"},
		{`{"op":"isNull","args":[{"interval":[{"op":"f","args":[]},".."]}]}`, "INTERVAL(f(), '..') IS NULL"},
		{`{"op":"=","args":[{"property":"\u0061"},"\ud83c\udf0d"]}`, "a = '🌍'"},
	} {
		if got := string(AppendText(nil, parsedJSON(t, c.json))); got != c.want {
			t.Errorf("%s\nis written %s\nand not    %s", c.json, got, c.want)
		}
	}
}

func TestJSONFaults(t *testing.T) {
	for _, c := range []struct{ json, path, detail string }{
		{``, "", "the JSON ends before the expression does"},
		{`{"op":"and"`, "", "this is not JSON: unexpected EOF"},
		{`true true`, "", "something follows the expression"},
		{`{"op":"=","args":[1,1],"op":"<"}`, "/op", "this name stands twice in its object"},
		{`{"op":"=","args":[{"property":"a","property":"b"},1]}`, "/args/0/property", "this name stands twice in its object"},
		{`{"op":"=","args":[1,01]}`, "/args", "this is not JSON: invalid character '1' after array element (expecting ',' or ']')"},
		{"{\"op\":\"=\",\"args\":[\"\xff\",\"a\"]}", "/args/0", "this is not JSON: invalid UTF-8"},
		{`{"op":"=","args":[1,1e999]}`, "/args/1", "the number 1e999 is too large"},
		{`{"op":"=","args":[{"property":"a"},null]}`, "/args/1", "null is no value of CQL2: write isNull"},
		{`{"op":"=","args":[1,1],"note":1}`, "/note", `there is no member "note" in CQL2 JSON`},
		{`{"op":"=","args":[1,1],"a/b~":{}}`, "/a~1b~0", `there is no member "a/b~" in CQL2 JSON`},
		{`{"casei":"a"}`, "/casei", `there is no member "casei" in CQL2 JSON: an operator is {"op": "casei", "args": [...]}`},
		{`{"function":{"name":"f"}}`, "/function", `there is no member "function" in CQL2 JSON: a function is {"op": "name", "args": [...]}`},
		{`{"op":"=","property":"a"}`, "", `an object has "op" and "args", or one of "property", "date", "timestamp", "interval" and "bbox", or is a GeoJSON geometry`},
		{`{}`, "", `an object has "op" and "args", or one of "property", "date", "timestamp", "interval" and "bbox", or is a GeoJSON geometry`},
		{`{"op":1,"args":[]}`, "/op", "a text in quotes is needed here"},
		{`{"op":"=","args":1}`, "/args", "an array is needed here"},
		{`{"op":"=","args":[1]}`, "", "= has 2 arguments, not 1"},
		{`{"op":"and","args":[true]}`, "", "AND has 2 arguments or more, not 1"},
		{`{"op":"not","args":[true,true]}`, "", "NOT has one argument, not 2"},
		{`{"op":"not","args":[{"op":"=","args":[1,"a"]}]}`, "/args/0/args/1", "= compares values of one type, not a number with a text"},
		{`{"op":"in","args":[{"property":"a"},[1,"a"]]}`, "/args/1/1", "IN compares values of one type, not a number with a text"},
		{`{"op":"in","args":[{"property":"a"},[]]}`, "/args/1", "IN needs a list of one value or more"},
		{`{"op":"in","args":[{"property":"a"},[1],[2]]}`, "", "IN has 2 arguments, not 3"},
		{`{"op":"in","args":[{"property":"a"}]}`, "", "IN has 2 arguments, not 1"},
		{`{"op":"like","args":[{"property":"a"}]}`, "", "LIKE has 2 arguments, not 1"},
		{`{"op":"like","args":[{"property":"a"},"b","c"]}`, "", "LIKE has 2 arguments, not 3"},
		{`{"op":"between","args":[1,2]}`, "", "BETWEEN has 3 arguments, not 2"},
		{`{"op":"between","args":[1,2,3,4]}`, "", "BETWEEN has 3 arguments, not 4"},
		{`{"op":"isNull","args":[]}`, "", "IS NULL has one argument, not 0"},
		{`{"op":"casei","args":["a","b"]}`, "", "CASEI has one argument, not 2"},
		{`{"op":"in","args":[{"property":"a"},1]}`, "/args/1", "IN needs a list of one value or more"},
		{`{"op":"a_overlaps","args":[[1,[true,{"op":"+","args":["a",1]}]],[]]}`, "/args/0/1/1/args/0", "+ needs a number: not a text"},
		{`{"op":"S_INTERSECTS","args":[]}`, "", `"S_INTERSECTS" is not an operator of CQL2 and cannot be a function: it is written s_intersects`},
		{`{"op":"t_metby","args":[]}`, "/op", `"t_metby" is not an operator of CQL2: it is written t_metBy`},
		{`{"op":"isnull","args":[true]}`, "", `"isnull" is not an operator of CQL2 and cannot be a function: it is written isNull`},
		{`{"op":"==","args":[1,1]}`, "", `"==" is not an operator of CQL2 and cannot be a function: CQL2 has =, <>, and, or, not`},
		{`{"op":"date","args":[]}`, "", `"date" is not an operator of CQL2 and cannot be a function`},
		{`{"op":"=","args":[{"property":"a b"},1]}`, "/args/0", `"a b" is not a name: a letter, _ or : comes first, then more of them, digits and points`},
		{`{"op":"=","args":[{"property":""},1]}`, "/args/0", `"" is not a name: a letter, _ or : comes first, then more of them, digits and points`},
		{`{"op":"=","args":[{"property":"a"},"\u0000"]}`, "/args/1", "a text may not hold the character U+0000"},
		{`{"op":"=","args":[{"property":"a"},"b\\"]}`, "/args/1", `a text may not end in a backslash, which CQL2 text cannot write: \' is a quote there`},
		{`{"op":"isNull","args":[{"date":"2024-02-30"}]}`, "/args/0/date", "there is no day 2024-02-30"},
		{`{"op":"isNull","args":[{"timestamp":"2024-02-28"}]}`, "/args/0/timestamp", "a timestamp has the form '2024-07-22T10:30:00Z', not '2024-02-28'"},
		{`{"op":"isNull","args":[{"interval":["2024-02-30",".."]}]}`, "/args/0/interval/0", "there is no day 2024-02-30"},
		{`{"op":"isNull","args":[{"interval":[".."]}]}`, "/args/0/interval", "an interval has 2 ends, not 1"},
		{`{"op":"isNull","args":[{"interval":["..",{"date":"2024-02-28"}]}]}`, "/args/0/interval/1", `an end of an interval is written as a text, as in ["2024-07-22", ".."]`},
		{`{"op":"isNull","args":[{"interval":["..",5]}]}`, "/args/0/interval/1", "the end of an interval is a time: not a number"},
		{`{"op":"isNull","args":[{"bbox":[1,2,"3",4]}]}`, "/args/0/bbox/2", "a number is needed here"},
		{`{"op":"isNull","args":[{"bbox":[1,2,3]}]}`, "/args/0/bbox", "a box has 4 numbers (west, south, east, north), or 6 with heights: not 3"},
		{`{"op":"isNull","args":[{"type":"Circle","coordinates":[1,2]}]}`, "/args/0/type", `"Circle" is not a GeoJSON geometry`},
		{`{"op":"isNull","args":[{"type":"Point"}]}`, "/args/0", `a Point has "type" and "coordinates"`},
		{`{"op":"isNull","args":[{"type":"Point","coordinates":[1]}]}`, "/args/0/coordinates", "a position has a longitude, a latitude and perhaps a height: not 1 numbers"},
		{`{"op":"isNull","args":[{"type":"Point","coordinates":[]}]}`, "/args/0/coordinates", "a list where a position [longitude, latitude] was expected"},
		{`{"op":"isNull","args":[{"type":"Point","coordinates":[1,2],"bbox":[1]}]}`, "/args/0/bbox", "a box has 4 numbers (west, south, east, north), or 6 with heights: not 1"},
		{`{"op":"isNull","args":[{"type":"Polygon","coordinates":[1,2]}]}`, "/args/0/coordinates", "a position where a list of rings was expected"},
		{`{"op":"isNull","args":[{"type":"Polygon","coordinates":[]}]}`, "/args/0/coordinates", "0 rings where 1 or more are needed"},
		{`{"op":"isNull","args":[{"type":"MultiPolygon","coordinates":[[[[1,1],[2,2],[3,3],[1,1]]],[[[1,1],[2,2],[3,3],[4,4]]]]}]}`, "/args/0/coordinates/1/0", "a ring ends at (4, 4) and not where it starts, (1, 1)"},
		{`{"op":"isNull","args":[{"type":"LineString","coordinates":[[1,1],[200,2]]}]}`, "/args/0/coordinates/1", "(200, 2) is not a longitude from -180 to 180 and a latitude from -90 to 90"},
		{`{"op":"isNull","args":[{"type":"LineString","coordinates":[[1,1],2]}]}`, "/args/0/coordinates/1", "an array is needed here"},
		{`{"op":"isNull","args":[{"type":"LineString","coordinates":[[[[[1]]]]]}]}`, "/args/0/coordinates/0/0/0/0", "coordinates are nested more than 4 deep"},
		{`{"op":"isNull","args":[{"type":"Point","coordinates":[1,2],"crs":{}}]}`, "/args/0/crs", `there is no member "crs" in CQL2 JSON`},
		{`{"op":"isNull","args":[{"type":"GeometryCollection","geometries":[]}]}`, "/args/0/geometries", "a GeometryCollection holds one geometry or more"},
		{`{"op":"isNull","args":[{"type":"GeometryCollection","geometries":[1]}]}`, "/args/0/geometries/0", "a GeometryCollection holds geometries, and no collections"},
		{`{"op":"isNull","args":[{"type":"GeometryCollection"}]}`, "/args/0", `a GeometryCollection has "type" and "geometries"`},
	} {
		_, err := ParseJSON([]byte(c.json))
		want := &Error{Detail: c.detail, Position: -1, Path: c.path}
		if got := (*Error)(nil); !errors.As(err, &got) || *got != *want {
			t.Errorf("%s\nis      %#v\nand not %#v", c.json, got, want)
		}
	}
}
