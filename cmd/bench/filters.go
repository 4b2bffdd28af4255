package main

import (
	"strconv"
	"strings"
)

// filters are the queries that counts are asked with, the empty one among them:
// each of the filter's words by itself, wide and narrow, and several together.
func (s sample) filters(k known) []string {
	at := s.busiest()
	here := func(side float64) string { return boxAround(at.Lon, at.Lat, side) }
	years := s.fullYears()
	year, month := inYear(years[0]), strconv.Itoa(years[0])+"-06-01/"+strconv.Itoa(years[0])+"-06-30"
	const violence = "clash,violence_against_civilians"
	const overTheDateLine = "170,-30,-170,0"
	list := []string{
		"",
		query("type", "clash"), query("type", "violence_against_civilians"), query("type", violence), query("type", "bombing_raid"),
		query("datetime", year), query("datetime", month), query("datetime", strconv.Itoa(years[0])+"-06-15"), query("datetime", "../1999-12-31"), query("datetime", "2015-01-01/.."),
		query("bbox", here(0.5)), query("bbox", here(2)), query("bbox", here(10)), query("bbox", here(60)), query("bbox", "-180,-90,180,90"), query("bbox", overTheDateLine),
		query("min_fatalities", "1"), query("min_fatalities", "5"), query("min_fatalities", "25"),
		query("status", "reported"), query("status", "verified,disputed"),
		query("q", "k"), query("q", "mo"), query("q", "vil"), query("q", "government"), query("q", "group 14"), query("q", "nobody-wrote-this"), query("q", at.Place),
		query("dataset", "ucdp"),
		query("type", "clash", "datetime", year), query("type", violence, "bbox", here(10)), query("datetime", year, "bbox", here(10)),
		query("type", "clash", "datetime", year, "bbox", here(2), "min_fatalities", "2"), query("datetime", year, "bbox", overTheDateLine),
		query("q", "gov", "datetime", year), query("q", "t", "bbox", here(10)), query("q", "city", "type", "clash", "min_fatalities", "5"),
		query("status", "reported", "min_fatalities", "10", "bbox", here(60)),
	}
	for i, id := range k.Places {
		list = append(list, query("place", id))
		if i == 0 {
			list = append(list, query("place", id, "datetime", year))
		}
	}
	if len(k.Places) > 1 {
		list = append(list, query("place", strings.Join(k.Places, ","), "type", "clash"))
	}
	for _, id := range k.Areas {
		list = append(list, query("area", id), query("area", id, "datetime", year, "type", violence))
	}
	for _, id := range k.Actors {
		list = append(list, query("actor", id))
	}
	return list
}

// expressions are CQL2 filters that the index answers from columns and sets, alone
// and together, as clients write them.
func (s sample) expressions() (list []string) {
	at, year := s.busiest(), strconv.Itoa(s.fullYears()[0])
	here := "BBOX(" + boxAround(at.Lon, at.Lat, 10) + ")"
	for _, e := range []string{
		"type = 'clash'", "type IN ('clash','violence_against_civilians') AND fatalities.best > 5", "NOT (status = 'reported')",
		"start >= DATE('" + year + "-01-01') AND start <= DATE('" + year + "-12-31')",
		"T_INTERSECTS(datetime, INTERVAL('" + year + "-06-01','" + year + "-06-30'))",
		"S_INTERSECTS(geometry, " + here + ")",
		"type = 'clash' AND fatalities.best > 5 AND S_INTERSECTS(geometry, " + here + ") AND T_INTERSECTS(datetime, INTERVAL('" + year + "-01-01','..'))",
		"fatalities.best BETWEEN 10 AND 50 OR fatalities.high > 100",
		"place_precision = 'exact' AND date_precision = 'day' AND incidents > 1",
	} {
		list = append(list, query("filter", e))
	}
	return list
}

// without is the filters that do not have the parameter.
func without(parameter string, filters []string) (list []string) {
	for _, f := range filters {
		if !strings.Contains("&"+f, "&"+parameter+"=") {
			list = append(list, f)
		}
	}
	return list
}

// joined adds a query to a path, which may have one.
func joined(path, filter string) string {
	switch {
	case filter == "":
		return path
	case strings.Contains(path, "?"):
		return path + "&" + filter
	}
	return path + "?" + filter
}
