package index_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/index"
)

const benchEvents, benchPlaces = 200_000, 10_000

// benchFeatures are events at places, with the skew of the real ones: few places
// have many.
var benchFeatures = sync.OnceValue(func() map[geo.Kind][][]byte {
	random := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(random, 1.1, 20, benchPlaces-1)
	features := make(map[geo.Kind][][]byte)
	add := func(r geo.Record) {
		b, err := geo.EncodeFeature(r)
		if err != nil {
			panic(err) // of a record that this function made
		}
		features[r.Kind()] = append(features[r.Kind()], b)
	}
	add(geotest.Dataset("d", geo.Public))
	for i := range benchPlaces {
		add(geotest.Place(fmt.Sprint("p-", i), "d", random.Float64()*20+90, random.Float64()*20+10))
	}
	for i := range benchEvents {
		e := geotest.Event(fmt.Sprint("e-", i), "d", fmt.Sprint("p-", zipf.Uint64()), geo.Date(1990, 1, 1+random.IntN(12_000)))
		e.Type = geo.EventTypes()[random.IntN(6)]
		best := random.IntN(20)
		e.Fatalities = &geo.Fatalities{Best: &best}
		add(e)
	}
	return features
})

func benchSnapshot(b *testing.B) *index.Snapshot {
	b.Helper()
	l, standing := make(log), make(map[geo.Kind][]uint64)
	for k, features := range benchFeatures() {
		for _, feature := range features {
			seq := uint64(len(l) + 1)
			l[seq] = feature
			standing[k] = append(standing[k], seq)
		}
	}
	s, err := index.Build(uint64(len(l)), time.Unix(1, 0), 2, standing, l.read)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func BenchmarkBuild(b *testing.B) {
	benchFeatures()
	for b.Loop() {
		benchSnapshot(b)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*benchEvents), "ns/event")
}

// BenchmarkEdit changes one event of many.
func BenchmarkEdit(b *testing.B) {
	s := benchSnapshot(b)
	feature := benchFeatures()[geo.Events][77]
	for i := uint64(0); b.Loop(); i++ {
		next, err := s.With([]index.Entry{{Kind: geo.Events, ID: "e-77", Seq: 1_000_000 + i, Time: time.Unix(2, 0), Feature: feature}})
		if err != nil {
			b.Fatal(err)
		}
		s = next
	}
}

// BenchmarkAsk runs the index's work for filters of each sort.
func BenchmarkAsk(b *testing.B) {
	s := benchSnapshot(b)
	for name, f := range map[string]geo.Filter{
		"all": {}, "small box": {Box: &geo.Box{West: 95, South: 20, East: 95.5, North: 20.5}}, "large box": {Box: &geo.Box{West: 90, South: 10, East: 105, North: 30}},
		"year": {Time: geo.Interval{Start: geo.Date(2010, 1, 1), End: geo.Date(2010, 12, 31)}}, "type": {Types: []geo.EventType{geo.Clash}},
		"deaths": {MinFatalities: 10}, "word": {Words: "p 7"}, "letter": {Words: "e"},
	} {
		found, err := s.Select(geo.Events, f)
		if err != nil {
			b.Fatal(err)
		}
		for work, do := range map[string]func(){
			"select": func() { selected, _ := s.Select(geo.Events, f); selected.Release() },
			"page": func() {
				found.Page(&index.Position{Order: -time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()}, 100)
			},
			"clusters": func() {
				if _, ok := found.Clusters(10, 100_000); !ok {
					b.Fatal("too many clusters")
				}
			},
			"histogram": func() {
				if _, err := found.Histogram(index.Month, index.Once, "type", f.Time); err != nil {
					b.Fatal(err)
				}
			},
			"facets": func() {
				if _, err := s.Facets(f, 50); err != nil {
					b.Fatal(err)
				}
			},
		} {
			b.Run(work+"/"+name, func(b *testing.B) {
				for b.Loop() {
					do()
				}
			})
		}
	}
}
