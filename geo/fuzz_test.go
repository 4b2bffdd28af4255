package geo_test

import (
	"bytes"
	"math/rand/v2"
	"net/url"
	"reflect"
	"testing"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// What a parser takes, it must write so that it takes it again as the same.

func FuzzParseInterval(f *testing.F) {
	for _, s := range []string{"2024-07-22", "2024-07-01/..", "../2024-07-22T10:30:00.5+06:30", "0001-01-01/9999-12-31", "/", "2024-02-30"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := geo.ParseInterval(s)
		if err != nil {
			return
		}
		again, err := geo.ParseInterval(v.String())
		if err != nil || again.String() != v.String() {
			t.Fatalf("%q is read as %q, and that as %q, %v", s, v, again, err)
		}
		if !v.Overlaps(v) {
			t.Fatalf("%q does not overlap itself", s)
		}
	})
}

func FuzzParseBox(f *testing.F) {
	for _, s := range []string{"96,21,100,24", "170,-10,-170,10", "0,0,0,0", "1e-320,0,1,1", "-180,-90,5,180,90,6"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := geo.ParseBox(s)
		if err != nil {
			return
		}
		again, err := geo.ParseBox(b.String())
		if err != nil || again != b {
			t.Fatalf("%q is read as %v, and that as %v, %v", s, b, again, err)
		}
		if !b.Overlaps(b) {
			t.Fatalf("%v does not overlap itself", b)
		}
	})
}

func FuzzParseFilter(f *testing.F) {
	for _, s := range []string{"bbox=1,2,3,4&q=x", "type=clash,shelling&datetime=2024-07-22", "actor=a,b&min_fatalities=3", "q=%00", "q=%ff&q=2", "%ff=%fe", "status=withdrawn"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		query, err := url.ParseQuery(s)
		if err != nil {
			return
		}
		filter, faults := geo.ParseFilter(geo.Events, query)
		for _, fault := range faults {
			if !utf8.ValidString(fault.Name+fault.Value+fault.Detail) || fault.Detail == "" {
				t.Fatalf("%q: fault %+v", s, fault)
			}
		}
		if len(faults) > 0 {
			return
		}
		again, faults := geo.ParseFilter(geo.Events, filter.Values())
		if len(faults) > 0 || !reflect.DeepEqual(again.Values(), filter.Values()) {
			t.Fatalf("%q is read as %v, and that as %v, %v", s, filter.Values(), again.Values(), faults)
		}
	})
}

func FuzzDecodeFeature(f *testing.F) {
	for _, r := range fullRecords() {
		b, err := geo.EncodeFeature(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(r.Kind()), b)
	}
	f.Add("events", []byte(`{"type":"Feature","id":"","geometry":{"type":"GeometryCollection","geometries":[]},"properties":{"start":null,"end":null}}`))
	f.Fuzz(func(t *testing.T, kind string, b []byte) {
		r, err := geo.DecodeFeature(geo.Kind(kind), b)
		if err != nil {
			if geo.CodeOf(err) == "" {
				t.Fatalf("an error without a code: %v", err)
			}
			return
		}
		if geo.Validate(r) != nil {
			return
		}
		written, err := geo.EncodeFeature(r)
		if err != nil {
			t.Fatalf("what was read and is valid cannot be written: %v", err)
		}
		again, err := geo.DecodeFeature(geo.Kind(kind), written)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, written)
		}
		twice, err := geo.EncodeFeature(again)
		if err != nil || string(twice) != string(written) {
			t.Fatalf("written twice it differs: %v\n%s\n%s", err, written, twice)
		}
		if _, ok := geo.CutFeature(written); !ok {
			t.Fatalf("it cannot be cut: %s", written)
		}
	})
}

// FuzzBrief holds a Brief to what DecodeFeature says, where it takes the bytes and
// where it takes what is written of them again.
func FuzzBrief(f *testing.F) {
	random := rand.New(rand.NewPCG(11, 12))
	for _, k := range geo.Kinds() {
		for range 5 {
			b, err := geo.EncodeFeature(geotest.RandomRecord(random, k, geotest.RandomID(random)))
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(k), b)
		}
	}
	f.Fuzz(func(t *testing.T, kind string, b []byte) {
		var brief geo.Brief
		readError := brief.Read(geo.Kind(kind), b)
		if readError != nil && geo.CodeOf(readError) == "" {
			t.Fatalf("an error without a code: %v", readError)
		}
		r, err := geo.DecodeFeature(geo.Kind(kind), b)
		if err != nil {
			return
		}
		// No record is written with letters of its members' names escaped.
		if readError == nil && !bytes.Contains(b, []byte(`\u`)) {
			if fault := disagreement(&brief, r); fault != "" {
				t.Fatalf("%s\n%s", fault, b)
			}
		}
		written, err := geo.EncodeFeature(r)
		if err != nil {
			return
		}
		if r, err = geo.DecodeFeature(geo.Kind(kind), written); err != nil {
			return
		}
		if err := brief.Read(geo.Kind(kind), written); err == nil {
			if fault := disagreement(&brief, r); fault != "" {
				t.Fatalf("%s\n%s", fault, written)
			}
		} else if geo.Validate(r) == nil {
			t.Fatalf("what is valid cannot be read: %v\n%s", err, written)
		}
		if cut := written[:len(written)-1-len(b)%len(written)]; brief.Read(geo.Kind(kind), cut) == nil {
			t.Fatalf("it can be read though it is cut: %s", cut)
		}
	})
}
