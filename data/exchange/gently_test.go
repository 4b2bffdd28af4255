package exchange_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/data/exchange"
)

// TestGentlyBringsInTheSame holds an import whose parts take turns to the report of
// one whose parts work at once.
func TestGentlyBringsInTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ged.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := exchange.Generate(file, 12_000, 3); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	var reports []exchange.Report
	for _, gently := range []bool{false, true} {
		source, err := exchange.OpenSource(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		report, err := exchange.Import(t.Context(), datatest.Open(t), source, exchange.Options{Format: exchange.UCDP, Dataset: exchange.DefaultDataset(exchange.UCDP, "ucdp"), Now: now, Gently: gently})
		if err != nil || report.Added != 12_000 {
			t.Fatal(report, err)
		}
		reports = append(reports, report)
		if err := source.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if !reflect.DeepEqual(reports[0], reports[1]) {
		t.Errorf("%+v\nnot\n%+v", reports[1], reports[0])
	}
}
