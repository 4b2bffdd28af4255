package index_test

import "github.com/conflictmap/conflictmap/geo"

// predicates are CQL2 over each kind's records. What stands in braces is chosen anew
// each time.
var predicates = map[geo.Kind][]string{
	geo.Events: {
		"type = '{type}'", "type <> '{type}'", "type IN ('{type}', '{type}')", "type > '{type}'", "type LIKE '{pattern}'", "CASEI(type) = CASEI('CLASH')", "type IS NULL",
		"subtype IS NULL", "status = '{status}'", "status NOT IN ('reported', '{status}')", "date_precision = 'day'", "date_precision < 'month'", "place_precision = 'unknown'",
		"place_precision IN ('exact', 'near')", "place_precision = 'district' AND place_id IS NULL", "place_precision > status",
		"id = '{events}'", "id IN ('{events}', '{events}', 'nobody')", "id > '{events}'", "id LIKE 'e-%'", "id <> '{events}'",
		"dataset_id = '{datasets}'", "dataset_id <> '{datasets}'", "dataset_id LIKE 'd%'",
		"place_id = '{location}'", "place_id <> '{location}'", "place_id IS NULL", "place_id IN ('{location}', '{location}')", "place_id LIKE 'l%2'", "part_of = '{partof}'", "part_of <> '{partof}'",
		"part_of IS NULL", "part_of IS NOT NULL", "part_of > 'e-1'",
		"A_CONTAINS(participants, ('{actors}'))", "A_CONTAINS(participants, ('{actors}', '{actors}'))", "A_OVERLAPS(participants, ('{actors}', '{name}'))", "A_OVERLAPS(participants, ('{name}'))", "A_EQUALS(participants, ('{name}'))", "A_CONTAINEDBY(participants, ('{name}', '{actors}', 'nobody'))", "A_OVERLAPS(('{actors}'), participants)",
		"A_CONTAINEDBY(participants, ('{actors}', '{actors}'))", "A_EQUALS(participants, ('{actors}'))", "A_CONTAINS(('{actors}', '{actors}'), participants)", "A_CONTAINS(participants, (place_id))",
		"A_OVERLAPS(related, ('{events}', '{events}'))", "A_CONTAINS(sources.publisher, ('Test press'))", "A_OVERLAPS(tags, ('x'))",
		"incidents = {count}", "incidents > {count}", "incidents <> {count}", "{count} <= incidents", "incidents IN (1, 2.5, {count})", "incidents BETWEEN 2 AND {count}", "incidents NOT BETWEEN 2 AND 5",
		"fatalities.best > {count}", "fatalities.best = {count}", "fatalities.best <> {count}", "fatalities.low <= {count}", "fatalities.low < 0", "fatalities.high >= {count}", "fatalities.best IS NULL",
		"fatalities.high < fatalities.best", "fatalities.best + fatalities.low > {count}", "fatalities.best * 2 = {count}", "fatalities.best / fatalities.low > 1", "incidents % 2 = 1", "-incidents < -5.5",
		"fatalities.best BETWEEN fatalities.low AND fatalities.high", "fatalities.low IN (0, fatalities.best)",
		"start = DATE('{day}')", "start <> DATE('{day}')", "start < DATE('{day}')", "start >= TIMESTAMP('{time}')", "end = DATE('{day}')", "end <= DATE('{day}')", "end > TIMESTAMP('{time}')", "end IS NULL",
		"start = end", "start IN (DATE('{day}'), TIMESTAMP('{time}'))", "datetime IS NULL", "TIMESTAMP('{time}') > start", "start IS NULL",
		"{relation}(datetime, INTERVAL({days}))", "{relation}(datetime, INTERVAL('{time}', '..'))", "{relation}(INTERVAL('..', '{day}'), datetime)", "{relation}(INTERVAL({times}), datetime)",
		"{relation}(INTERVAL(start, end), INTERVAL({days}))", "{common}(datetime, DATE('{day}'))", "{common}(datetime, TIMESTAMP('{time}'))", "{common}(start, DATE('{day}'))", "{common}(DATE('{day}'), datetime)",
		"T_INTERSECTS(datetime, INTERVAL({days}))", "T_DURING(datetime, INTERVAL('{day}', '..'))",
		"S_INTERSECTS(geometry, {box})", "S_DISJOINT(geometry, {box})", "{space}(geometry, {box})", "{space}({box}, geometry)", "{space}(geometry, {point})", "{space}({point}, geometry)",
		"{space}(geometry, {area})", "{space}(geometry, {line})", "S_INTERSECTS(geometry, {area})", "S_WITHIN(geometry, {area})", "geometry IS NULL", "geometry IS NOT NULL", "S_INTERSECTS(geometry, geometry)",
		"title LIKE '{pattern}'", "title = '{word}'", "title.my LIKE '{pattern}'", "title.zh IS NULL", "CASEI(title) LIKE CASEI('{pattern}')", "CASEI(ACCENTI(title)) LIKE CASEI(ACCENTI('{pattern}'))", "ACCENTI(title) <> ACCENTI('{word}')",
		"title > id", "summary IS NULL", "route.to = '{location}'", "route.from <> '{location}'", "route.from IS NULL", "route.assumed = TRUE", "route.to IN (place_id, route.from)", "date_text IS NULL",
	},
	geo.Places: {"id = '{location}'", "names LIKE '{pattern}'", "names.my IS NOT NULL", "kind = 'town'", "within = '{location}'", "within IS NULL", "{space}(geometry, {box})", "S_WITHIN(geometry, {area})", "dataset_id = '{datasets}'",
		"A_OVERLAPS(other_names, ('{spelling}'))"},
	geo.Areas: {"kind > 'district'", "within = '{location}'", "start < DATE('{day}')", "end IS NULL", "{relation}(datetime, INTERVAL({days}))", "{common}(datetime, TIMESTAMP('{time}'))", "datetime IS NULL",
		"{space}(geometry, {box})", "{space}({area}, geometry)", "S_CONTAINS(geometry, {point})", "CASEI(names) LIKE CASEI('{pattern}')", "start = end"},
	geo.Actors:   {"id <> '{actors}'", "kind = 'armed_group'", "A_CONTAINS(member_of, ('{group}'))", "names LIKE '{pattern}'", "dataset_id = '{datasets}'"},
	geo.Datasets: {"id = '{datasets}'", "title LIKE 'Dataset%'", "redistribution = 'public'", "link IS NULL", "CASEI(attribution) LIKE CASEI('%{pattern}%')"},
}
