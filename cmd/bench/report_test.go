package main

import (
	"errors"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

// TestReport holds the whole text of a report of two scales: one that has all, and
// one whose server lacks something and whose readers failed.
func TestReport(t *testing.T) {
	r := report{Took: 372400 * time.Millisecond, Machine: machine{Processor: "Example 1", Cores: 2, Memory: "4.0 GiB", Kernel: "6.1", Load: "0.10", Go: "go1.26", Wrk: "4.1.0", Commit: "abc1234",
		Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}}
	item := work{Name: "one event by id", Paths: make([]string, itemPaths), OfLimit: holdItem}
	facets := work{Name: "facets", Paths: []string{"/f", "/f?q=k", "/f?type=clash%2Cshelling", "/f?x=1", "/f?x=2", "/f?x=3"}, Median: holdCountMedian, Tail: holdCountTail}
	for _, events := range []int{10_000, 1_000_000} {
		s := scaleReport{Events: events, Plan: planOf(events), Filters: []string{"", "type=clash%2Cshelling"}}
		s.addImport(imported{Seconds: 20, Limit: 3, PeakMiB: 900, OwnMiB: 400, FileMiB: 1500, SideMiB: 90, DataMiB: 1100, CSVMiB: 480})
		s.addMemory("after start", memory{200, 50}, nil)
		s.addRace(item, race{7_000, 10_000, 0.5, 2.5}, 1_661)
		if events == 10_000 {
			s.addSingle(facets, asked{Median: 3, Tail: 31, Times: map[int][]float64{0: {1}, 2: {30}}}, 2_000)
		} else {
			s.addAbsent(facets)
		}
		readers := stream{Times: []float64{1, 2, 3}}
		during := stream{Times: []float64{2, 4, 9}}
		if events > 10_000 {
			during.Errors, during.First = 2, errors.New("500 /f no")
		}
		s.addUnderReaders(underImport{readers, during, 100_000, 4})
		r.Scales = append(r.Scales, s)
	}
	geotest.Golden(t, "report.md", []byte(r.markdown()))
}
