package main

import "time"

// plan is how long each part of a scale takes: the whole of the default scales
// is to fit into ten minutes.
type plan struct {
	starts int           // of the server with the saved index; the median counts
	rounds int           // of each work and its limit, in turns
	round  time.Duration // of one of them
	single time.Duration // of a work asked by one reader
	mixed  time.Duration // of all works at once, before memory is read again
	steady time.Duration // of readers before an import joins them
}

func planOf(events int) plan {
	p := plan{starts: 3, rounds: 3, round: time.Second, single: 2 * time.Second, mixed: 10 * time.Second, steady: 5 * time.Second}
	if events >= 100_000 {
		p.single, p.mixed = 3*time.Second, 15*time.Second
	}
	if events >= 1_000_000 {
		p.round, p.single, p.mixed, p.steady = 2*time.Second, 4*time.Second, time.Minute, 10*time.Second
	}
	return p
}

// What is to hold: the numbers that this project has set itself for a million
// events on two cores.
var (
	holdImportPerMillion = 25.0 // seconds, of each million and of what is less
	holdImportMemory     = atMost(1024)
	holdFile             = atMost(1.3)
	holdReady            = atMost(2)
	holdResident         = atMost(400)
	holdItem             = atLeast(70)
	holdItems            = atLeast(40)
	holdCountMedian      = atMost(10)
	holdCountTail        = atMost(30)
	holdTileMedian       = atMost(25)
	holdReadersTail      = atMost(2)
	holdErrors           = atMost(0)
)

// work is one kind of request, as a list of paths that are asked at random.
type work struct {
	Name    string
	Paths   []string
	OfLimit *hold // percent of the limit; nil: it is asked by one reader
	Median  *hold // ms, of one reader
	Tail    *hold // ms, of one reader: the 99th percentile
	InMix   int   // its share of the mixed load
}

// works lists what is asked of the server. The paths come from the events that are
// there, so that they find something.
func works(s sample, k known) []work {
	r := newRandom()
	filters := s.filters(k)
	counts := func(name string, share int, paths []string) work {
		return work{Name: name, Paths: paths, Median: holdCountMedian, Tail: holdCountTail, InMix: share}
	}
	all := func(path string) []string { return withFilters(eventsPath+path, filters) }
	// By day the server answers of some decades at most: a reader asks for a year.
	ofYear := eventsPath + "/histogram?interval=day&by=type&" + query("datetime", inYear(s.fullYears()[0]))
	return []work{
		{Name: "one event by id", Paths: s.items(r), OfLimit: holdItem, InMix: 10},
		{Name: "newest 100 in a box of 0.5 degrees", Paths: s.boxes(r), OfLimit: holdItems, InMix: 10},
		{Name: "1,000 of one year in a country", Paths: s.countryYears(r), OfLimit: holdItems, InMix: 1},
		counts("total of a filter", 10, all("/items?limit=1")),
		counts("total of a CQL2 filter", 2, withFilters(eventsPath+"/items?limit=1", s.expressions())),
		counts("histogram by month and type", 10, all("/histogram?interval=month&by=type")),
		counts("histogram, the server chooses the interval", 10, all("/histogram?interval=auto&by=type")),
		counts("histogram of a year by day", 5, withFilters(ofYear, without("datetime", filters))),
		counts("facets", 10, all("/facets")),
		counts("clusters of a map view", 20, s.clusterViews(r, filters)),
		{Name: "vector tile", Paths: s.tiles(r), Median: holdTileMedian, InMix: 20},
		{Name: "feed of the 100 newest changes", Paths: withFilters(eventsPath+"/items?f=atom", filters), InMix: 1},
		{Name: "page of 100 for people", Paths: withFilters(eventsPath+"/items?f=html", filters), InMix: 1},
	}
}

// mixPaths is how many requests the mixed load draws from.
const mixPaths = 1_000

// mixOf draws the mixed load out of the works, by their shares: what the readers
// of a map ask for.
func mixOf(list []work) []string {
	var shares []work
	for _, w := range list {
		for range w.InMix {
			shares = append(shares, w)
		}
	}
	r := newRandom()
	paths := make([]string, 0, mixPaths)
	for len(shares) > 0 && len(paths) < mixPaths {
		w := shares[r.IntN(len(shares))]
		paths = append(paths, w.Paths[r.IntN(len(w.Paths))])
	}
	return paths
}
