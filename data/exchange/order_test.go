package exchange_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
)

// rows makes rows with the ids 1 to n, but for those that are set otherwise.
func rows(n int, set map[int]string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = "id=" + strconv.Itoa(i+1)
		if other, is := set[i+1]; is {
			list[i] = other
		}
	}
	return list
}

// TestRowsAreToldInTheirOrder has rows of three batches go wrong in every way: in
// the file, as a draft, in the store. Reading, making drafts and writing go on at
// once, and what is told is as if one came after the other.
func TestRowsAreToldInTheirOrder(t *testing.T) {
	c := open(t)
	wrong := map[int]string{5: "id=5|best=many", 10: "id=1#0", 15: "id=1", 10_020: "id=2", 10_030: "id=x|latitude=95", 10_040: "id=1#1", 10_050: "id=10050|best=9", 20_500: "id=1#2", 20_900: "id=9"}
	file := ucdpTable(t, rows(21_000, wrong)...)
	var told []exchange.Report
	report, rejected := run(t, c, "ged.csv", file, func(o *exchange.Options) { o.Progress = func(r exchange.Report) { told = append(told, r) } })
	// A batch is 10,000 drafts. What the store refuses is told after the batch's other rows.
	want := []int{5, 15, 10, 10_020, 10_030, 10_040, 20_900, 20_500}
	var got []int
	for _, r := range rejected {
		got = append(got, r.Row-1) // the header's is 1
	}
	if !slices.Equal(got, want) {
		t.Errorf("rejected rows %v, not %v", got, want)
	}
	if report.Rows != 21_000 || report.Added != 21_000-len(want) || report.Warned != 1 || report.Warnings[0].Row != 10_051 {
		t.Errorf("%+v", report)
	}
	if len(told) != 3 || told[0].Rows != 10_002 || told[0].Added != 9_999 || told[0].Warned != 0 || told[1].Warned != 1 {
		t.Errorf("%+v", told)
	}
	for i, r := range rejected {
		if len(r.Fields) != len(exchange.UCDPHeader) || r.Fields[2] != "2023" || r.Fields[slices.Index(exchange.UCDPHeader, "source_article")] != ucdpRow["source_article"] {
			t.Errorf("rejected row %d has the fields %q", want[i], r.Fields)
		}
	}
	// The log has them as the file has.
	last := 0
	err := c.Standing(geo.Events, "ucdp:", func(s data.Standing) error {
		if id, err := strconv.Atoi(s.ID[len("ucdp:"):]); err == nil && id == 20_999 {
			seq, err := s.Entered()
			last = int(seq)
			return err
		}
		return nil
	})
	if before := len(known()) + 2; err != nil || last != before+20_999-len(want) { // the dataset and one place
		t.Errorf("row 20,999 is change %d %v", last, err)
	}
}

func TestFileThatIsAllWrong(t *testing.T) {
	set := make(map[int]string)
	for i := 1; i <= 25_000; i++ {
		set[i] = "id=" + strconv.Itoa(i) + "|best=many"
	}
	c := open(t)
	report, rejected := run(t, c, "ged.csv", ucdpTable(t, rows(25_001, set)...))
	if report.Rows != 25_001 || report.Rejected != 25_000 || len(rejected) != 25_000 || report.Added != 1 || report.PlacesMade != 1 {
		t.Errorf("%+v", report)
	}
}

// TestImportThatStops keeps the batches before, and none of the one in which it stopped.
func TestImportThatStops(t *testing.T) {
	full := errors.New("the disk is full")
	file := ucdpTable(t, rows(25_000, map[int]string{10_500: "id=10500|best=many", 24_000: "id=24000|best=many"})...)
	for _, c := range []struct {
		name   string
		change func(*exchange.Options, context.CancelFunc)
		want   error
		rows   int
	}{
		{"where a rejected row cannot be kept", func(o *exchange.Options, _ context.CancelFunc) {
			o.Reject = func(*exchange.Reject) error { return full }
		}, full, 10_000},
		{"where it is told to", func(o *exchange.Options, stop context.CancelFunc) {
			o.Progress = func(exchange.Report) { stop() }
		}, context.Canceled, 10_000},
	} {
		catalog := open(t)
		ctx, stop := context.WithCancel(t.Context())
		report, err := tryUnder(ctx, t, catalog, "ged.csv", file, func(o *exchange.Options) { c.change(o, stop) })
		if stop(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		if report.Added != c.rows {
			t.Errorf("%s: %+v", c.name, report)
		}
		stand := 0
		if err := catalog.Standing(geo.Events, "ucdp:", func(data.Standing) error { stand++; return nil }); err != nil || stand != c.rows {
			t.Errorf("%s: %d events stand, %v", c.name, stand, err)
		}
	}
}
