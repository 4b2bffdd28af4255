package main

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rooms lists, for each room, the rooms that it may import. Tests may import the
// test kits of rooms below.
var rooms = map[string][]string{
	"geo":    {},
	"data":   {"geo"},
	"server": {"geo", "data"},
	"web":    {},
	"cmd":    {"geo", "data", "server", "web"},
}

// tenants lists the libraries that only one room may import.
var tenants = map[string]string{
	"go.etcd.io/bbolt":        "data",
	"github.com/labstack":     "server",
	"github.com/alecthomas":   "cmd",
	"github.com/klauspost":    "data server",
	"net/http":                "server cmd",
	"github.com/paulmach/orb": "geo data",
	"google.golang.org":       "geo",
}

const module = "github.com/conflictmap/conflictmap/"

func room(importPath string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(importPath, module), "/")
	return name
}

// TestImportsGoOneWay holds the directions of the rooms: geo <- data <- server <- cmd.
func TestImportsGoOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	packages := 0
	for decoder.More() {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		packages++
		from := room(p.ImportPath)
		allowed, known := rooms[from]
		if !known {
			t.Errorf("%s is in no room", p.ImportPath)
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, module) {
				if to := room(imported); to != from && !slices.Contains(allowed, to) {
					t.Errorf("%s imports %s", p.ImportPath, imported)
				}
			}
			for library, tenant := range tenants {
				if strings.HasPrefix(imported, library) && !slices.Contains(strings.Fields(tenant), from) {
					t.Errorf("%s imports %s, which is for %s alone", p.ImportPath, imported, tenant)
				}
			}
		}
	}
	if packages < 7 {
		t.Errorf("only %d packages were looked at", packages)
	}
}

// TestGeoTouchesNoFileAndNoNetwork holds geo to computing.
func TestGeoTouchesNoFileAndNoNetwork(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{join .Imports \"\\n\"}}", module+"geo", module+"geo/cql2", module+"geo/index", module+"geo/tile").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, imported := range strings.Fields(string(out)) {
		if imported == "os" || imported == "net" || strings.HasPrefix(imported, "net/http") || strings.HasPrefix(imported, "io/fs") {
			t.Errorf("geo imports %s", imported)
		}
	}
}

// TestTilesKnowNoRows holds geo/tile to what it is given: it is drawn with by any index.
func TestTilesKnowNoRows(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", module+"geo/tile").Output()
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{module + "geo", module + "geo/cql2", module + "geo/tile"} // cql2 is the language of geo's filter
	for _, needed := range strings.Fields(string(out)) {
		if strings.HasPrefix(needed, module) && !slices.Contains(allowed, needed) {
			t.Errorf("geo/tile needs %s", needed)
		}
	}
}
