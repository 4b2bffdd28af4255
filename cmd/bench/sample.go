package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
)

// sample is what the works need to know of a generated file: its first rows. The
// rows are drawn one like the other, so that the first ones stand for all.
type sample struct {
	Events int // rows of the file; their ids are 1 to Events
	Rows   []row
}

// row is one event of the file.
type row struct {
	ID         string
	Lon, Lat   float64
	Year       int
	Country    string
	Place      string
	AtTown     bool // the point is a town or village, not the middle of something wider
	Fatalities int
}

// maxSample is enough rows to hold every country, year and well-known town.
const maxSample = 20_000

// newRandom draws the same in each run.
func newRandom() *rand.Rand { return rand.New(rand.NewPCG(1, 1)) }

// readSample reads a file that conflictmap generate wrote.
func readSample(path string, events int) (sample, error) {
	s := sample{Events: events}
	f, err := os.Open(path)
	if err != nil {
		return s, err
	}
	s.Rows, err = readRows(f, maxSample)
	if err == nil && len(s.towns()) == 0 {
		err = errors.New("it has no event in a town: generate more")
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return s, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

func readRows(from io.Reader, most int) (rows []row, err error) {
	r := csv.NewReader(from)
	header, err := r.Read()
	if err != nil {
		return nil, err
	}
	columns := make(map[string]int, len(header))
	for i, name := range header {
		columns[name] = i
	}
	for _, name := range []string{"id", "longitude", "latitude", "year", "country", "where_coordinates", "where_prec", "best"} {
		if _, has := columns[name]; !has {
			return nil, fmt.Errorf("there is no column %q", name)
		}
	}
	for len(rows) < most {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		one, err := readRow(func(name string) string { return fields[columns[name]] })
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(rows)+1, err)
		}
		rows = append(rows, one)
	}
	return rows, nil
}

func readRow(field func(name string) string) (row, error) {
	lon, errLon := strconv.ParseFloat(field("longitude"), 64)
	lat, errLat := strconv.ParseFloat(field("latitude"), 64)
	year, errYear := strconv.Atoi(field("year"))
	best, errBest := strconv.Atoi(field("best"))
	prec := field("where_prec")
	return row{ID: field("id"), Lon: lon, Lat: lat, Year: year, Country: field("country"), Place: field("where_coordinates"),
		AtTown: prec == "1" || prec == "2", Fatalities: best}, errors.Join(errLon, errLat, errYear, errBest)
}

// towns lists the rows that lie in towns, which is where people look.
func (s sample) towns() []row {
	var at []row
	for _, r := range s.Rows {
		if r.AtTown {
			at = append(at, r)
		}
	}
	return at
}

// busiest is an event of the town that is named most often.
func (s sample) busiest() row {
	towns := s.towns()
	name := counted(towns, func(r row) string { return r.Place })[0]
	return towns[slices.IndexFunc(towns, func(r row) bool { return r.Place == name })]
}

// counted lists the values that f gives for the rows, the most frequent first; of
// two as frequent, the one met first.
func counted[T comparable](rows []row, f func(row) T) []T {
	count := make(map[T]int)
	var values []T
	for _, r := range rows {
		v := f(r)
		if count[v]++; count[v] == 1 {
			values = append(values, v)
		}
	}
	slices.SortStableFunc(values, func(a, b T) int { return count[b] - count[a] })
	return values
}
