package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestGDALReadsTheItems reads the collections with GDAL, as a foreign client.
func TestGDALReadsTheItems(t *testing.T) {
	ogrinfo, err := exec.LookPath("ogrinfo")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no ogrinfo: gdal-bin has it")
		}
		t.Skip("SKIP: no ogrinfo: gdal-bin has it")
	}
	url, _, _ := serve(t, "--db", db(t))
	ask := func(args ...string) string {
		t.Helper()
		out, err := exec.Command(ogrinfo, append([]string{"-ro"}, args...)...).CombinedOutput()
		if err != nil || strings.Contains(string(out), "FAILURE") {
			t.Fatalf("ogrinfo %v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	for _, c := range []struct {
		source string
		args   []string
		want   []string
	}{
		// Pages of five, so that it has to follow the next links.
		{"OAPIF:" + url + "/", []string{"-oo", "PAGE_SIZE=5", "events", "-so"}, []string{"Feature Count: 14", "place_precision"}},
		{"OAPIF:" + url + "/", []string{"events", "-spat", "98.7", "23.6", "98.8", "23.7"}, []string{"Feature Count: 11", "Regime bombs Laukkai", "POINT (98.77 23.69)"}},
		{"OAPIF:" + url + "/", []string{"areas", "-so"}, []string{"Feature Count: 5"}},
		{url + "/collections/places/items", []string{"-so", "-al"}, []string{"Feature Count: 5", "Geometry: Point"}},
		{url + "/collections/events/items", []string{"-so", "-al"}, []string{"Feature Count: 14"}},
	} {
		out := ask(append([]string{c.source}, c.args...)...)
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s %v: no %q in\n%s", c.source, c.args, want, out)
			}
		}
	}
}
