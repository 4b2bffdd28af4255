package exchange_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/xuri/excelize/v2"
)

func TestWorkbook(t *testing.T) {
	f := excelize.NewFile()
	for cell, value := range map[string]any{
		"A1": "Ref", "B1": "When", "C1": "Lat", "D1": "Lon", "E1": "Comment",
		"A2": 17, "B2": time.Date(2024, 7, 22, 0, 0, 0, 0, time.UTC), "C2": 22.94, "D2": 97.75, "E2": "two\nlines",
		"A4": "18", "B4": "23/07/2024",
	} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	c := open(t)
	report, rejected := run(t, c, "sheet.xlsx", b.Bytes(), mapping(t, `{"dataset":{"id":"ngo"},"columns":{"id":"Ref","start":"When","latitude":"Lat","longitude":"Lon"},"constants":{"type":"clash"},"dates":["DD/MM/YYYY"]}`))
	if report.Format != exchange.XLSX || report.Added != 2 {
		t.Fatalf("%+v %s", report, reasons(rejected))
	}
	if e := event(t, c, "ngo:17"); e.Start != geo.Date(2024, 7, 22) || e.Geometry == nil || string(e.Extra["Comment"]) != `"two\nlines"` {
		t.Errorf("%+v", e)
	}
	if e := event(t, c, "ngo:18"); e.Start != geo.Date(2024, 7, 23) || e.Geometry != nil {
		t.Errorf("%+v", e)
	}
}
