package index_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/paulmach/orb"
)

// log is the records that changes put, by their numbers.
type log map[uint64][]byte

func (l log) read(seqs []uint64, add func(seq uint64, feature []byte) error) error {
	for _, seq := range seqs {
		feature, found := l[seq]
		if !found {
			return fmt.Errorf("change %d is missing", seq)
		}
		if err := add(seq, feature); err != nil {
			return err
		}
	}
	return nil
}

// logOf is the log of records that were put one after the other.
func logOf(t *testing.T, records ...geo.Record) log {
	t.Helper()
	l := make(log)
	for i, r := range records {
		l[uint64(i+1)] = entry(t, 0, r).Feature
	}
	return l
}

// edited is a snapshot of several parts with dead rows in them, and its log.
func edited(t *testing.T) (*index.Snapshot, log) {
	t.Helper()
	random := rand.New(rand.NewPCG(5, 6))
	records := append(world(), geotest.Dataset("secret", geo.Private), geotest.Place("hidden", "secret", 7, 7))
	for i := range 400 {
		e := geotest.RandomEvent(random, geotest.ID("e", i))
		if i%50 == 0 {
			e.Geometry, e.PlacePrecision = orb.LineString{{1, 1}, {2, float64(i)/10 + 1}}, geo.Fuzzy
		}
		if i%40 == 1 {
			e.Geometry, e.PlaceID, e.PlacePrecision, e.PartOf = nil, "hidden", geo.Exact, "operation"
		}
		records = append(records, e)
	}
	s := snapshot(t, records...)
	moved := geotest.Place("town", "d", 1.5, 1.5)
	s = with(t, s, 1000, moved, geotest.RandomEvent(random, "e-007"), geotest.RandomEvent(random, "new"))
	l := logOf(t, records...)
	l[1000] = entry(t, 0, moved).Feature
	return s, l
}

func saved(t *testing.T, s *index.Snapshot) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestSavedSnapshotsAreReadAsTheyWere holds a loaded snapshot to the answers, and to
// the bytes, of the one that was saved.
func TestSavedSnapshotsAreReadAsTheyWere(t *testing.T) {
	s, l := edited(t)
	b := saved(t, s)
	loaded, err := index.Load(bytes.NewReader(b), int64(len(b)), l.read)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(saved(t, loaded), b) {
		t.Error("it is saved otherwise than it was")
	}
	if loaded.Seq != s.Seq || !loaded.Time.Equal(s.Time) {
		t.Error(loaded.Seq, loaded.Time)
	}
	if !shown(loaded, geo.Datasets, "d") || shown(loaded, geo.Datasets, "secret") || loaded.Dataset("secret") == nil {
		t.Error("the datasets are not as they were")
	}
	for _, f := range []geo.Filter{{}, {Box: &geo.Box{West: -10, South: -10, East: 40, North: 40}}, {Words: "clash e"}, {Words: "လားရှိုး"}, {Areas: []string{"state"}},
		{Areas: []string{"zone"}}, {Actors: []string{"alliance"}}, {PartOf: []string{"operation"}}, {Places: []string{"town"}}, {MinFatalities: 5}, {Time: geo.Interval{Start: geo.Date(2022, 5, 1)}}} {
		for _, k := range geo.Kinds() {
			if want, got := answers(t, s, k, f), answers(t, loaded, k, f); got != want {
				t.Errorf("%s %v:\n%s\nnot\n%s", k, f.Values(), got, want)
			}
		}
	}
}

// answers is all that a snapshot says of a filter.
func answers(t *testing.T, s *index.Snapshot, k geo.Kind, f geo.Filter) string {
	t.Helper()
	selection, err := s.Select(k, f)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintln(slices.Collect(selection.Rows(nil)), s.Summary(k).Box, s.Summary(k).Span)
	if k == geo.Events {
		clusters, _ := selection.Clusters(5, 10_000)
		histogram, err := selection.Histogram(index.Quarter, index.Each, "type", f.Time)
		facets, facetsErr := s.Facets(f, 100)
		text += fmt.Sprintf("%v %v %v %v %v", clusters, histogram, err, facets, facetsErr)
	}
	return text
}

func TestDamagedSnapshotsAreRefused(t *testing.T) {
	s, l := edited(t)
	b := saved(t, s)
	refuse := func(name string, b []byte) {
		t.Helper()
		if _, err := index.Load(bytes.NewReader(b), int64(len(b)), l.read); !errors.Is(err, index.ErrSaved) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for at := 0; at < len(b); at += 1 + len(b)/500 {
		damaged := slices.Clone(b)
		damaged[at] ^= 0x10
		refuse(fmt.Sprint("byte ", at), damaged)
		refuse(fmt.Sprint("cut at ", at), b[:at])
	}
	refuse("with a byte more", append(slices.Clone(b), 0))
	if _, err := index.Load(bytes.NewReader(b), int64(len(b)), log{}.read); err == nil || errors.Is(err, index.ErrSaved) {
		t.Error("a log without its records:", err)
	}
}

// TestFormatOfSavedSnapshots fails when the bytes change and savedFormat does not:
// a program must not read what another version wrote as if it meant the same.
func TestFormatOfSavedSnapshots(t *testing.T) {
	b := saved(t, snapshot(t, world()...))
	format := b[8+len("conflictmap index\n"):][:4]
	geotest.Golden(t, "saved.txt", fmt.Appendf(nil, "format %x, SHA-256 %x\n", format, sha256.Sum256(b)))
}
