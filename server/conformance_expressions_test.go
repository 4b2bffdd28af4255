package server_test

// The expressions of conformance_cql2_test.go, class by class, with the events of
// filterServer that each selects.

func logic() []expression {
	clash, talks, deadly := op("=", prop("type"), "clash"), op("=", prop("type"), "talks"), op(">", prop("fatalities.best"), 4)
	return []expression{
		{"type = 'clash' AND fatalities.best > 4", op("and", clash, deadly), "a"},
		{"type = 'clash' OR type = 'talks'", op("or", clash, talks), "a b"},
		{"NOT type = 'clash'", op("not", clash), "b c d e"},
		{"NOT fatalities.best > 4", op("not", deadly), "c"}, // not known is not FALSE
		{"NOT (type = 'clash' OR fatalities.best > 4)", op("not", op("or", clash, deadly)), "c"},
		{"type = 'clash' OR fatalities.best > 4 AND type = 'talks'", op("or", clash, op("and", deadly, talks)), "a"},
		{"TRUE", true, "a b c d e"},
		{"FALSE", false, ""},
	}
}

func comparisons() []expression {
	of := func(operator, property string, value any) any { return op(operator, prop(property), value) }
	return []expression{
		{"incidents = 2", of("=", "incidents", 2), "a"},
		{"incidents <> 2", of("<>", "incidents", 2), "b c d e"},
		{"incidents < 2", of("<", "incidents", 2), "b c d e"},
		{"incidents > 1.5", of(">", "incidents", 1.5), "a"},
		{"incidents <= 1", of("<=", "incidents", 1), "b c d e"},
		{"incidents >= 2", of(">=", "incidents", 2), "a"},
		{"title < 'F'", of("<", "title", "F"), "b c"},
		{"start < DATE('2024-01-11')", of("<", "start", date("2024-01-11")), "a"},
		{"start >= DATE('2024-01-12')", of(">=", "start", date("2024-01-12")), "b d"},
		{"start > TIMESTAMP('2024-01-11T12:00:00Z')", of(">", "start", map[string]any{"timestamp": "2024-01-11T12:00:00Z"}), "b d"},
	}
}

func nulls() []expression {
	null := func(property string) any { return op("isNull", prop(property)) }
	return []expression{
		{"start IS NULL", null("start"), "e"},
		{"start IS NOT NULL", op("not", null("start")), "a b c d"},
		{"end IS NULL", null("end"), "b e"},
		{"fatalities.best IS NULL", null("fatalities.best"), "b e"},
		{"geometry IS NULL", null("geometry"), "e"},
		{"subtype IS NOT NULL", op("not", null("subtype")), "d"},
	}
}

func advancedComparisons() []expression {
	like := func(pattern string) any { return op("like", prop("title"), pattern) }
	between := op("between", prop("fatalities.best"), 0, 5)
	in := op("in", prop("type"), list{"clash", "talks"})
	return []expression{
		{"title LIKE '%vital'", like("%vital"), "a b"},
		{"title LIKE 'O''H_ra'", like("O'H_ra"), "d"},
		{`title LIKE '100\%%'`, like(`100\%%`), "c"},
		{`title LIKE '%sure\_thing'`, like(`%sure\_thing`), "c"},
		{"title NOT LIKE '%vital'", op("not", like("%vital")), "c d e"},
		{"fatalities.best BETWEEN 0 AND 5", between, "a c"},
		{"fatalities.best NOT BETWEEN 0 AND 5", op("not", between), "d"},
		{"type IN ('clash', 'talks')", in, "a b"},
		{"type NOT IN ('clash', 'talks')", op("not", in), "c d e"},
	}
}

func casesAside() []expression {
	casei := func(v any) any { return op("casei", v) }
	return []expression{
		{"CASEI(title) = CASEI('élan VITAL')", op("=", casei(prop("title")), casei("élan VITAL")), "a"},
		{"CASEI(title) = CASEI('Elan Vital')", op("=", casei(prop("title")), casei("Elan Vital")), "b"},
		{"CASEI(title) LIKE CASEI('%VITAL')", op("like", casei(prop("title")), casei("%VITAL")), "a b"},
		{"CASEI(title) IN (CASEI('NOTHING'), CASEI('o''hara'))", op("in", casei(prop("title")), list{casei("NOTHING"), casei("o'hara")}), "d e"},
	}
}

func accentsAside() []expression {
	accenti := func(v any) any { return op("accenti", v) }
	casei := func(v any) any { return op("casei", v) }
	return []expression{
		{"ACCENTI(title) = ACCENTI('Elan vital')", op("=", accenti(prop("title")), accenti("Elan vital")), "a"},
		{"ACCENTI(title) LIKE ACCENTI('Élan%')", op("like", accenti(prop("title")), accenti("Élan%")), "a"},
		{"ACCENTI(CASEI(title)) = ACCENTI(CASEI('élan vital'))", op("=", accenti(casei(prop("title"))), accenti(casei("élan vital"))), "a b"},
	}
}

func intersections() []expression {
	return []expression{
		{"S_INTERSECTS(geometry, POINT(10 10))", op("s_intersects", prop("geometry"), shape("Point", list{10, 10})), "b c"},
		{"S_INTERSECTS(geometry, POINT(97.75 22.94))", op("s_intersects", prop("geometry"), shape("Point", list{97.75, 22.94})), "a"},
		{"S_INTERSECTS(geometry, BBOX(97, 22, 98, 23))", op("s_intersects", prop("geometry"), bbox(97, 22, 98, 23)), "a"},
		{"S_INTERSECTS(geometry, BBOX(-1, -1, 1, 1))", op("s_intersects", prop("geometry"), bbox(-1, -1, 1, 1)), "c d"},
		{"NOT S_INTERSECTS(geometry, BBOX(-1, -1, 1, 1))", op("not", op("s_intersects", prop("geometry"), bbox(-1, -1, 1, 1))), "a b"},
	}
}

// square is a ring around (10, 10), small one around (1.5, 2.5).
var (
	square      = list{list{9, 9}, list{11, 9}, list{11, 11}, list{9, 11}, list{9, 9}}
	smallSquare = list{list{1, 2}, list{2, 2}, list{2, 3}, list{1, 3}, list{1, 2}}
)

func intersectionsPlus() []expression {
	with := func(g any) any { return op("s_intersects", prop("geometry"), g) }
	line, far := list{list{9, 10}, list{11, 10}}, list{list{97, 22.94}, list{98, 22.94}}
	points := list{shape("Point", list{10, 10}), shape("Point", list{97.75, 22.94})}
	return []expression{
		{"S_INTERSECTS(geometry, LINESTRING(9 10, 11 10))", with(shape("LineString", line)), "b c"},
		{"S_INTERSECTS(geometry, POLYGON((9 9, 11 9, 11 11, 9 11, 9 9)))", with(shape("Polygon", list{square})), "b c"},
		{"S_INTERSECTS(geometry, MULTIPOINT(10 10, 97.75 22.94))", with(shape("MultiPoint", list{list{10, 10}, list{97.75, 22.94}})), "a b c"},
		{"S_INTERSECTS(geometry, MULTILINESTRING((9 10, 11 10), (97 22.94, 98 22.94)))", with(shape("MultiLineString", list{line, far})), "a b c"},
		{"S_INTERSECTS(geometry, MULTIPOLYGON(((9 9, 11 9, 11 11, 9 11, 9 9)), ((1 2, 2 2, 2 3, 1 3, 1 2))))", with(shape("MultiPolygon", list{list{square}, list{smallSquare}})), "b c d"},
		{"S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(10 10), POINT(97.75 22.94)))", with(map[string]any{"type": "GeometryCollection", "geometries": points}), "a b c"},
	}
}

func spatialFunctions() []expression {
	of := func(function string, g any) any { return op(function, prop("geometry"), g) }
	return []expression{
		{"S_CONTAINS(geometry, POINT(2 3))", of("s_contains", shape("Point", list{2, 3})), "d"},
		{"S_CROSSES(geometry, LINESTRING(9 11, 11 9))", of("s_crosses", shape("LineString", list{list{9, 11}, list{11, 9}})), "c"},
		{"S_DISJOINT(geometry, BBOX(-1, -1, 30, 30))", of("s_disjoint", bbox(-1, -1, 30, 30)), "a"},
		{"S_EQUALS(geometry, POINT(10 10))", of("s_equals", shape("Point", list{10, 10})), "b"},
		{"S_OVERLAPS(geometry, POLYGON((3 3, 8 3, 8 8, 3 8, 3 3)))", of("s_overlaps", shape("Polygon", list{list{list{3, 3}, list{8, 3}, list{8, 8}, list{3, 8}, list{3, 3}}})), "d"},
		{"S_TOUCHES(geometry, POINT(5 2))", of("s_touches", shape("Point", list{5, 2})), "d"},
		{"S_WITHIN(geometry, BBOX(9, 9, 11, 11))", of("s_within", bbox(9, 9, 11, 11)), "b"},
	}
}

func temporalFunctions() []expression {
	of := func(function, from, to string) any { return op(function, prop("datetime"), interval(from, to)) }
	return []expression{
		{"T_AFTER(start, DATE('2024-01-11'))", op("t_after", prop("start"), date("2024-01-11")), "b d"},
		{"T_BEFORE(end, DATE('2024-01-12'))", op("t_before", prop("end"), date("2024-01-12")), "c"},
		{"T_CONTAINS(datetime, INTERVAL('2024-02-10', '2024-02-20'))", of("t_contains", "2024-02-10", "2024-02-20"), "b d"},
		{"T_DISJOINT(datetime, INTERVAL('2024-01-01', '2024-01-11'))", of("t_disjoint", "2024-01-01", "2024-01-11"), "b d"},
		{"T_DURING(datetime, INTERVAL('2024-01-09', '2024-01-13'))", of("t_during", "2024-01-09", "2024-01-13"), "a c"},
		{"T_EQUALS(datetime, INTERVAL('2024-01-11', '2024-01-11'))", of("t_equals", "2024-01-11", "2024-01-11"), "c"},
		{"T_FINISHEDBY(datetime, INTERVAL('2024-01-11', '2024-01-12'))", of("t_finishedBy", "2024-01-11", "2024-01-12"), "a"},
		{"T_FINISHES(datetime, INTERVAL('2024-01-01', '2024-01-11'))", of("t_finishes", "2024-01-01", "2024-01-11"), "c"},
		{"T_INTERSECTS(datetime, INTERVAL('2024-01-11', '2024-01-11'))", of("t_intersects", "2024-01-11", "2024-01-11"), "a c"},
		{"T_INTERSECTS(datetime, INTERVAL('2024-02-15', '..'))", of("t_intersects", "2024-02-15", ".."), "b d"},
		{"T_MEETS(datetime, INTERVAL('2024-01-12T23:59:59.999999Z', '2024-05-01T00:00:00Z'))", of("t_meets", "2024-01-12T23:59:59.999999Z", "2024-05-01T00:00:00Z"), "a"},
		{"T_METBY(datetime, INTERVAL('2023-12-01T00:00:00Z', '2024-02-01T00:00:00Z'))", of("t_metBy", "2023-12-01T00:00:00Z", "2024-02-01T00:00:00Z"), "b"},
		{"T_OVERLAPPEDBY(datetime, INTERVAL('2024-01-01', '2024-01-11'))", of("t_overlappedBy", "2024-01-01", "2024-01-11"), "a"},
		{"T_OVERLAPS(datetime, INTERVAL('2024-01-11', '2024-02-15'))", of("t_overlaps", "2024-01-11", "2024-02-15"), "a"},
		{"T_STARTEDBY(datetime, INTERVAL('2024-01-12', '2024-01-20'))", of("t_startedBy", "2024-01-12", "2024-01-20"), "d"},
		{"T_STARTS(datetime, INTERVAL('2024-01-11', '2024-01-20'))", of("t_starts", "2024-01-11", "2024-01-20"), "c"},
	}
}

func arrayFunctions() []expression {
	of := func(function string, items ...any) any { return op(function, prop("tags"), items) }
	return []expression{
		{"A_CONTAINS(tags, ('air'))", of("a_contains", "air"), "a d"},
		{"A_CONTAINS(participants, ('army', 'villagers'))", op("a_contains", prop("participants"), list{"army", "villagers"}), "a"},
		{"A_CONTAINEDBY(tags, ('air', 'day'))", of("a_containedBy", "air", "day"), "c d e"},
		{"A_EQUALS(tags, ('night', 'air'))", of("a_equals", "night", "air"), "a"},
		{"A_OVERLAPS(tags, ('night', 'day'))", of("a_overlaps", "night", "day"), "a b"},
	}
}

func properties() []expression {
	return []expression{
		{"fatalities.low < fatalities.best", op("<", prop("fatalities.low"), prop("fatalities.best")), "a"},
		{"5 <= fatalities.best", op("<=", 5, prop("fatalities.best")), "a d"},
		{"'clash' = type", op("=", "clash", prop("type")), "a"},
		{"1 = 1", op("=", 1, 1), "a b c d e"},
		{"T_BEFORE(start, end)", op("t_before", prop("start"), prop("end")), "a c d"},
	}
}

func arithmetic() []expression {
	best := prop("fatalities.best")
	return []expression{
		{"fatalities.best + 1 = 6", op("=", op("+", best, 1), 6), "a"},
		{"fatalities.high - fatalities.low = 6", op("=", op("-", prop("fatalities.high"), prop("fatalities.low")), 6), "a"},
		{"incidents * 3 > 5", op(">", op("*", prop("incidents"), 3), 5), "a"},
		{"fatalities.best / 2 = 6", op("=", op("/", best, 2), 6), "d"},
		{"fatalities.best % 5 = 2", op("=", op("%", best, 5), 2), "d"},
		{"fatalities.best div 5 = 1", op("=", op("div", best, 5), 1), "a"},
		{"incidents ^ 2 = 4", op("=", op("^", prop("incidents"), 2), 4), "a"},
		{"fatalities.best + 1 * 2 = 7", op("=", op("+", best, op("*", 1, 2)), 7), "a"},
	}
}
