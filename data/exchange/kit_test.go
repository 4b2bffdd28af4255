package exchange_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

var now = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

// known is a small gazetteer: a country with a state and a town in it, an army.
func known() []geo.Record {
	country := geotest.Area("myanmar", "d", geo.Country, 92, 9, 102, 29)
	country.Names, country.OtherNames = geo.Text{"en": "Myanmar"}, []string{"Burma"}
	state := geotest.Area("shan", "d", geo.State, 96, 19, 101, 24)
	state.Names, state.Within = geo.Text{"en": "Shan State"}, "myanmar"
	town := geotest.Place("lashio", "d", 97.75, 22.94)
	town.Names, town.Within = geo.Text{"en": "Lashio", "my": "လားရှိုး"}, "shan"
	army := geotest.Actor("kio", "d")
	army.Names = geo.Text{"en": "KIO"}
	return []geo.Record{geotest.Dataset("d", geo.Public), country, state, town, army}
}

// table writes rows of a header as CSV, each row a set of "column=value" over the defaults.
func table(t *testing.T, header []string, defaults map[string]string, rows ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(header); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		set := make(map[string]string)
		for _, pair := range strings.Split(row, "|") {
			if name, value, ok := strings.Cut(pair, "="); ok {
				set[name] = value
			}
		}
		fields := make([]string, len(header))
		for i, name := range header {
			fields[i] = defaults[name]
			if v, is := set[name]; is {
				fields[i] = v
			}
		}
		if err := w.Write(fields); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return b.Bytes()
}

var ucdpRow = map[string]string{"id": "1", "year": "2023", "type_of_violence": "1", "where_prec": "1", "where_coordinates": "Hpakant town", "adm_1": "Kachin state",
	"latitude": "25.6", "longitude": "96.3", "country": "Myanmar (Burma)", "date_prec": "1", "date_start": "2023-07-11", "date_end": "2023-07-11",
	"side_a": "Government of Myanmar (Burma)", "side_b": "KIO", "best": "3", "low": "2", "high": "5", "event_clarity": "1",
	"source_article": `"The Irrawaddy,2023-07-12,Fighting in Hpakant"`, "source_office": "The Irrawaddy", "source_date": "2023-07-12",
	"source_headline": "Fighting in Hpakant", "source_original": "KIO", "gwnoa": "775"}

func ucdpTable(t *testing.T, rows ...string) []byte {
	return table(t, exchange.UCDPHeader, ucdpRow, rows...)
}

// run imports bytes and returns the report and what was rejected.
func run(t *testing.T, c *data.Catalog, name string, content []byte, change ...func(*exchange.Options)) (exchange.Report, []*exchange.Reject) {
	t.Helper()
	report, rejected, err := try(t, c, name, content, change...)
	if err != nil {
		t.Fatal(err)
	}
	return report, rejected
}

func try(t *testing.T, c *data.Catalog, name string, content []byte, change ...func(*exchange.Options)) (exchange.Report, []*exchange.Reject, error) {
	t.Helper()
	var rejected []*exchange.Reject
	keep := func(o *exchange.Options) {
		o.Reject = func(r *exchange.Reject) error { rejected = append(rejected, r); return nil }
	}
	report, err := tryUnder(t.Context(), t, c, name, content, append([]func(*exchange.Options){keep}, change...)...)
	return report, rejected, err
}

func tryUnder(ctx context.Context, t *testing.T, c *data.Catalog, name string, content []byte, change ...func(*exchange.Options)) (exchange.Report, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := exchange.OpenSource(path, nil)
	if err != nil {
		return exchange.Report{}, err
	}
	defer s.Close()
	o := exchange.Options{Now: now}
	if o.Format, err = exchange.Recognise(s); err != nil {
		return exchange.Report{}, err
	}
	if o.Format != exchange.GeoJSON && o.Format != exchange.GeoJSONL {
		o.Dataset = exchange.DefaultDataset(o.Format, exchange.DatasetName(o.Format, path))
	}
	for _, f := range change {
		f(&o)
	}
	return exchange.Import(ctx, c, s, o)
}

// event finds an event in the store, whatever may leave.
func event(t *testing.T, c *data.Catalog, id string) *geo.Event {
	t.Helper()
	var found *geo.Event
	err := c.Standing(geo.Events, id, func(s data.Standing) error {
		r, err := s.Record()
		if e, isEvent := r.(*geo.Event); isEvent && s.ID == id {
			found = e
		}
		return err
	})
	if err != nil || found == nil {
		t.Fatalf("%s: %v", id, err)
	}
	return found
}

func open(t *testing.T) *data.Catalog { return datatest.Open(t, known()...) }

func reasons(rejected []*exchange.Reject) string {
	var lines []string
	for _, r := range rejected {
		lines = append(lines, r.Error())
	}
	return strings.Join(lines, "\n")
}
