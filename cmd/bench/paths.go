package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
)

const eventsPath = "/collections/events"

// How many different requests a work asks for: enough that they do not all lie in
// the processor's cache, few enough that the limit can keep their answers.
const (
	itemPaths = 5_000
	boxPaths  = 300
	yearPaths = 30
	viewPaths = 400
)

// idPrefix is what an import puts before the ids of UCDP's rows.
const idPrefix = "ucdp:"

// items are paths of events anywhere in the file.
func (s sample) items(r *rand.Rand) []string {
	paths := make([]string, itemPaths)
	for i := range paths {
		paths[i] = eventsPath + "/items/" + idPrefix + strconv.Itoa(1+r.IntN(s.Events))
	}
	return paths
}

// boxes are paths of the newest 100 events within a quarter degree of an event.
func (s sample) boxes(r *rand.Rand) []string {
	towns := s.towns()
	paths := make([]string, boxPaths)
	for i := range paths {
		at := towns[r.IntN(len(towns))]
		paths[i] = eventsPath + "/items?limit=100&" + query("bbox", boxAround(at.Lon, at.Lat, 0.5))
	}
	return paths
}

// countryYears are paths of the events of a country in one of its years with most.
func (s sample) countryYears(r *rand.Rand) []string {
	boxes := s.countries()
	names := counted(s.Rows, func(r row) string { return r.Country })
	years := s.fullYears()
	paths := make([]string, yearPaths)
	for i := range paths {
		paths[i] = eventsPath + "/items?limit=1000&" + query("bbox", boxes[names[i%len(names)]], "datetime", inYear(years[r.IntN(len(years))]))
	}
	return paths
}

// fullYears are the years with most events.
func (s sample) fullYears() []int {
	years := counted(s.Rows, func(r row) int { return r.Year })
	return years[:min(5, len(years))]
}

// countries are the boxes around each country's towns.
func (s sample) countries() map[string]string {
	extents := make(map[string][4]float64)
	for _, r := range s.towns() {
		e, known := extents[r.Country]
		if !known {
			e = [4]float64{r.Lon, r.Lat, r.Lon, r.Lat}
		}
		extents[r.Country] = [4]float64{min(e[0], r.Lon), min(e[1], r.Lat), max(e[2], r.Lon), max(e[3], r.Lat)}
	}
	boxes := make(map[string]string, len(extents))
	for name, e := range extents {
		boxes[name] = box(e[0], e[1], e[2], e[3])
	}
	return boxes
}

func inYear(year int) string { return fmt.Sprintf("%d-01-01/%d-12-31", year, year) }

// boxAround is a box of so many degrees on each side, across 180 degrees where it lies there.
func boxAround(lon, lat, side float64) string {
	return box(wrapped(lon-side/2), max(lat-side/2, -90), wrapped(lon+side/2), min(lat+side/2, 90))
}

func wrapped(lon float64) float64 {
	switch {
	case lon > 180:
		return lon - 360
	case lon < -180:
		return lon + 360
	}
	return lon
}

func box(west, south, east, north float64) string {
	return fmt.Sprintf("%.6g,%.6g,%.6g,%.6g", west, south, east, north)
}

// query writes pairs of name and value as a URL has them.
func query(pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values.Encode()
}

// withFilters is the path with each filter: the path has a query already, or gets one.
func withFilters(path string, filters []string) []string {
	paths := make([]string, len(filters))
	for i, filter := range filters {
		paths[i] = joined(path, filter)
	}
	return paths
}
