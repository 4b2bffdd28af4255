package exchange_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/data/seed"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// export writes what a filter matches.
func export(t *testing.T, c *data.Catalog, format string, f geo.Filter) []byte {
	t.Helper()
	out, err := exchange.OutFormatOf(format, geo.Events)
	if err != nil {
		t.Fatal(err)
	}
	v := c.View()
	selection, err := v.Select(geo.Events, f)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := out.Write(&b, &exchange.Export{View: v, Kind: geo.Events, Selection: selection, Title: "Test map", Query: f.Values(), Time: now}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// seeded is a catalog with the built-in dataset and one awkward event of each sort.
func seeded(t *testing.T) (*data.Catalog, int) {
	t.Helper()
	c := datatest.Open(t)
	if _, err := seed.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	records := []geo.Record{geotest.Dataset("x", geo.Public)}
	for i, a := range geo.AwkwardGeometries {
		if !a.Valid {
			continue
		}
		e := geotest.Event(geotest.ID("x:awkward", i), "x", "", geo.Date(2024, 7, 1))
		e.Geometry = a.Geometry
		if e.Geometry == nil {
			e.PlacePrecision = geo.UnknownPlace
		}
		e.Title = geo.Text{"en": "=1+1 <b>" + a.Name + "</b> & \"more\""}
		e.Tags = []string{"@tag"}
		records = append(records, e)
	}
	if _, err := c.Apply(t.Context(), geotest.Puts(records...)); err != nil {
		t.Fatal(err)
	}
	return c, 14 + len(records) - 1
}

func TestGeoJSONLComesBackAsItWas(t *testing.T) {
	c, n := seeded(t)
	for name, f := range map[string]geo.Filter{"everything": {}, "a part": {Types: []geo.EventType{geo.BombingRaid, geo.DiplomaticVisit}}} {
		first := export(t, c, exchange.GeoJSONL, f)
		empty := datatest.Open(t)
		report, rejected := run(t, empty, "x.geojsonl", first)
		if len(rejected) != 0 || report.Added != bytes.Count(first, []byte("\n")) || name == "everything" && report.Added <= n {
			t.Fatalf("%s: %+v %s", name, report, reasons(rejected))
		}
		if again := export(t, empty, exchange.GeoJSONL, geo.Filter{}); name == "everything" && !bytes.Equal(first, again) {
			t.Errorf("%s: exported again it is not the same:\n%s\n%s", name, first, again)
		}
	}
}

func TestGeoJSONSaysWhatItIsOf(t *testing.T) {
	c, n := seeded(t)
	var document struct {
		Type, Query, Exported string
		Attribution           []string
		Datasets              []struct{ Licence string }
		Features              []struct{ ID string }
	}
	if err := json.Unmarshal(export(t, c, exchange.GeoJSON, geo.Filter{}), &document); err != nil {
		t.Fatal(err)
	}
	if document.Type != "FeatureCollection" || len(document.Features) != n || document.Query != "all events" || document.Exported != "2026-11-24T00:00:00Z" ||
		len(document.Datasets) != 4 || strings.Join(document.Attribution, "|") != "conflictmap gazetteer|Made with Natural Earth|News report, July 2024|By x" {
		t.Errorf("%+v", document)
	}
}

func TestCSVIsFlatAndSafe(t *testing.T) {
	c, n := seeded(t)
	rows, err := csv.NewReader(bytes.NewReader(export(t, c, exchange.CSV, geo.Filter{}))).ReadAll()
	if err != nil || len(rows) != n+1 || len(rows[0]) != len(exchange.CSVColumns()) {
		t.Fatal(err, len(rows))
	}
	at := make(map[string]int)
	for i, name := range rows[0] {
		at[name] = i
	}
	byID := make(map[string][]string)
	for _, row := range rows[1:] {
		byID[row[at["id"]]] = row
		for i, cell := range row {
			if _, err := strconv.ParseFloat(cell, 64); cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) && err != nil {
				t.Errorf("%s: a formula: %q", rows[0][i], cell)
			}
		}
	}
	raid := byID["report-2024-07:laukkai-raids"]
	for name, want := range map[string]string{"latitude": "23.69", "longitude": "98.77", "place_name": "Laukkai", "initiators": "Myanmar's military regime", "incidents": "3", "fatalities_best": "",
		"according_to": "residents", "related": "retaliation_for:report-2024-07:lashio-attack", "licence": "CC0-1.0", "attribution": "News report, July 2024", "end": "2024-07-24"} {
		if got := raid[at[name]]; got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if visit := byID["report-2024-07:soe-win-china"]; visit[at["latitude"]] != "" || visit[at["place_precision"]] != "country" {
		t.Error("a country became a point:", visit)
	}
}

func TestKMLIsXMLAndNoFalsePoint(t *testing.T) {
	c, n := seeded(t)
	near := geotest.Event("x:near", "x", "lashio", geo.Date(2024, 7, 1))
	near.PlacePrecision = geo.Near
	if _, err := c.Apply(t.Context(), geotest.Puts(near)); err != nil {
		t.Fatal(err)
	}
	b := export(t, c, exchange.KML, geo.Filter{})
	var document struct {
		Description string `xml:"Document>description"`
		Styles      []struct {
			ID string `xml:"id,attr"`
		} `xml:"Document>Style"`
		Placemarks []struct {
			Name     string `xml:"name"`
			Style    string `xml:"styleUrl"`
			Begin    string `xml:"TimeSpan>begin"`
			End      string `xml:"TimeSpan>end"`
			Geometry struct {
				Points   []string `xml:"Point>coordinates"`
				Polygons []string `xml:"Polygon>outerBoundaryIs>LinearRing>coordinates"`
			} `xml:"MultiGeometry"`
			Data []struct {
				Name  string `xml:"name,attr"`
				Value string `xml:"value"`
			} `xml:"ExtendedData>Data"`
		} `xml:"Document>Placemark"`
	}
	if err := xml.Unmarshal(b, &document); err != nil {
		t.Fatal(err)
	}
	if len(document.Placemarks) != n+1 || len(document.Styles) != len(geo.EventTypes()) || !strings.Contains(document.Description, "Licence: CC0-1.0") || !strings.Contains(document.Description, "Exported 2026-11-24") {
		t.Errorf("%d placemarks, %s", len(document.Placemarks), document.Description)
	}
	for _, p := range document.Placemarks {
		id, precision := p.Data[0].Value, p.Data[3].Value
		if precision != "exact" && len(p.Geometry.Points) > 0 {
			t.Errorf("%s, placed %s, is a point", id, precision)
		}
		if id == "report-2024-07:laukkai-raids" && (len(p.Geometry.Points) != 1 || p.Geometry.Points[0] != "98.77,23.69" || p.Begin != "2024-07-01" || p.End != "2024-07-24" || p.Style != "#bombing_raid") {
			t.Errorf("%+v", p)
		}
		if id == "x:near" && len(p.Geometry.Polygons) != 1 {
			t.Errorf("%+v", p)
		}
	}
}

func TestGeoParquetReadsBack(t *testing.T) {
	c, n := seeded(t)
	b := export(t, c, exchange.GeoParquet, geo.Filter{})
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	meta, _ := f.Lookup("geo")
	about, _ := f.Lookup("conflictmap")
	var geoMeta struct {
		Version string
		Primary string `json:"primary_column"`
		Columns map[string]struct {
			Encoding string
			BBox     []float64
			Types    []string `json:"geometry_types"`
		}
	}
	if err := json.Unmarshal([]byte(meta), &geoMeta); err != nil || geoMeta.Version != "1.1.0" || geoMeta.Columns[geoMeta.Primary].Encoding != "WKB" || len(geoMeta.Columns["geometry"].BBox) != 4 {
		t.Errorf("%v %s", err, meta)
	}
	if !strings.Contains(about, `"licence":"CC0-1.0"`) || !strings.Contains(about, `"exported":"2026-11-24T00:00:00Z"`) {
		t.Error(about)
	}
	type row struct {
		ID       string `parquet:"id"`
		Best     *int64 `parquet:"fatalities_best,optional"`
		Geometry []byte `parquet:"geometry,optional"`
	}
	rows, err := parquet.Read[row](bytes.NewReader(b), int64(len(b)))
	if err != nil || len(rows) != n {
		t.Fatal(err, len(rows))
	}
	for _, r := range rows {
		if r.Best != nil {
			t.Error(r.ID, "has deaths that no source counts")
		}
		if r.ID == "report-2024-07:laukkai-raids" {
			if g, err := wkb.Unmarshal(r.Geometry); err != nil || g != (orb.Point{98.77, 23.69}) {
				t.Error(g, err)
			}
		}
	}
}

func TestOutFormats(t *testing.T) {
	if _, err := exchange.OutFormatOf("exe", geo.Events); geo.CodeOf(err) != geo.Invalid || !strings.Contains(err.Error(), "geojsonl, csv, kml, geoparquet") {
		t.Error(err)
	}
	if _, err := exchange.OutFormatOf("csv", geo.Actors); err == nil {
		t.Error("actors as CSV")
	}
}

// TestGDALOpensTheExports counts the features of each export with GDAL.
func TestGDALOpensTheExports(t *testing.T) {
	ogrinfo, err := exec.LookPath("ogrinfo")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no ogrinfo: gdal-bin has it")
		}
		t.Skip("SKIP: no ogrinfo: gdal-bin has it")
	}
	c, n := seeded(t)
	for _, f := range exchange.OutFormats() {
		path := filepath.Join(t.TempDir(), "events"+f.Extension)
		if err := os.WriteFile(path, export(t, c, f.Name, geo.Filter{}), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(ogrinfo, "-ro", "-al", "-so", path).CombinedOutput()
		if err != nil && f.Name == exchange.GeoParquet && !drives(ogrinfo, "Parquet") {
			t.Log("SKIP GeoParquet: this GDAL is built without the Parquet driver")
			continue
		}
		want := "Feature Count: " + strconv.Itoa(n)
		if f.Name == exchange.GeoJSONL {
			want = "Feature Count: " + strconv.Itoa(bytes.Count(export(t, c, f.Name, geo.Filter{}), []byte("\n")))
		}
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v: no %q in\n%.2000s", f.Name, err, want, out)
		}
	}
}

func drives(ogrinfo, driver string) bool {
	out, err := exec.Command(ogrinfo, "--formats").CombinedOutput()
	return err == nil && strings.Contains(string(out), driver)
}
