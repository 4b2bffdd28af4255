package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// gdal is GDAL as a foreign client of a running server, with a recorder between them.
type gdal struct {
	*recorder
	url string // of the recorder, where GDAL asks
}

// newGDAL serves a store to GDAL. Without GDAL the test is skipped, which fails in CI.
func newGDAL(t *testing.T, path string) *gdal {
	t.Helper()
	if _, err := exec.LookPath("ogr2ogr"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no ogr2ogr: gdal-bin has it")
		}
		t.Skip("SKIP: no ogr2ogr: gdal-bin has it")
	}
	served, _, _ := serve(t, "--db", path)
	r := newRecorder(t, served)
	return &gdal{r, r.URL}
}

// run runs one of GDAL's programs and returns what it prints. What it finds wrong fails the test.
func (g *gdal) run(t *testing.T, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "GDAL_HTTP_MAX_RETRY=0", "GDAL_PAM_ENABLED=NO")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if err != nil || strings.Contains(errs.String(), "ERROR") || strings.Contains(out.String(), "FAILURE") {
		t.Fatalf("%s %q: %v\n%s%.2000s", program, args, err, errs.String(), out.String())
	}
	return out.String()
}

// read reads a layer with GDAL. Coordinates and the order of rings stay as they are.
func (g *gdal) read(t *testing.T, source, layer string, args ...string) map[string]feature {
	t.Helper()
	args = append([]string{"-f", "GeoJSON", "/vsistdout/", source, layer, "-lco", "COORDINATE_PRECISION=17"}, args...)
	return features(t, g.run(t, "ogr2ogr", args...))
}

// recorder is a reverse proxy that keeps what is asked of the server behind it.
type recorder struct {
	*httptest.Server
	mu    sync.Mutex
	asked []asked
}

type asked struct {
	url.URL
	features int // how many the answer has
}

func newRecorder(t *testing.T, served string) *recorder {
	t.Helper()
	target, err := url.Parse(served)
	if err != nil {
		t.Fatal(err)
	}
	r := new(recorder)
	r.Server = httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(target)
			p.Out.Host = p.In.Host // links lead through the recorder again
			p.Out.Header.Del("Accept-Encoding")
		},
		ModifyResponse: r.record,
	})
	t.Cleanup(r.Close)
	return r
}

func (r *recorder) record(response *http.Response) error {
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if err := response.Body.Close(); err != nil {
		return err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	var page struct {
		Features []json.RawMessage `json:"features"`
	}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "application/geo+json") {
		if err := json.Unmarshal(body, &page); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked = append(r.asked, asked{*response.Request.URL, len(page.Features)})
	return nil
}

// forget returns what was asked since the last time.
func (r *recorder) forget() []asked {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.asked
	r.asked = nil
	return all
}

// feature is a feature as any GeoJSON reader has it.
type feature struct {
	ID         string         `json:"id"`
	Geometry   any            `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

// features reads a FeatureCollection, by id. GDAL writes the id among the properties.
func features(t *testing.T, text string) map[string]feature {
	t.Helper()
	var collection struct{ Features []feature }
	if err := json.Unmarshal([]byte(text), &collection); err != nil {
		t.Fatalf("%v: %.1000s", err, text)
	}
	byID := map[string]feature{}
	for _, f := range collection.Features {
		if f.ID == "" {
			f.ID, _ = f.Properties["id"].(string)
		}
		delete(f.Properties, "id")
		if _, twice := byID[f.ID]; twice || f.ID == "" {
			t.Errorf("the id %q twice, or none", f.ID)
		}
		byID[f.ID] = f
	}
	return byID
}

// sameAttributes says whether a client has all that a record says, and no more. A null may
// be left out, and what is nested may be text: tables have no other way.
func sameAttributes(t *testing.T, id string, got, want map[string]any) {
	t.Helper()
	for name, value := range want {
		have := got[name]
		if text, isText := have.(string); isText {
			have = nested(text, value)
		}
		if !reflect.DeepEqual(have, value) {
			t.Errorf("%s: %s is %v, not %v", id, name, have, value)
		}
	}
	for name, value := range got {
		if _, known := want[name]; !known && value != nil {
			t.Errorf("%s: %s is %v, and nowhere in the record", id, name, value)
		}
	}
}

// nested is what a text in a table holds where the record has a list or an object: JSON,
// or a list as GDAL puts it into a GeoPackage, (2:a,b).
func nested(text string, value any) any {
	if list, isList := value.([]any); isList && strings.HasPrefix(text, fmt.Sprintf("(%d:", len(list))) {
		_, inside, _ := strings.Cut(strings.TrimSuffix(text, ")"), ":")
		var values []any
		for word := range strings.SplitSeq(inside, ",") {
			values = append(values, word)
		}
		return values
	}
	var inside any
	if _, isText := value.(string); !isText && json.Unmarshal([]byte(text), &inside) == nil {
		return inside
	}
	return text
}
