package style

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json"
)

// TestSignsAreThePages holds our signs and hues to those of the page.
func TestSignsAreThePages(t *testing.T) {
	symbols, err := os.ReadFile("../../web/src/symbols.ts")
	if err != nil {
		t.Fatal(err)
	}
	theirs := regexp.MustCompile(`(?m)^  (\w+): \{ family: '(\w+)', path: (?:'([^']+)'|burst\(([\d.]+), ([\d.]+), ([\d.]+)\)) \},$`).FindAllStringSubmatch(string(symbols), -1)
	if len(theirs) != len(geo.EventTypes()) || len(Signs) != len(theirs) {
		t.Fatalf("%d signs of the page, %d of ours, %d types", len(theirs), len(Signs), len(geo.EventTypes()))
	}
	for _, m := range theirs {
		path := m[3]
		if path == "" {
			points, _ := strconv.Atoi(m[4])
			outer, _ := strconv.ParseFloat(m[5], 64)
			inner, _ := strconv.ParseFloat(m[6], 64)
			path = burst(points, outer, inner)
		}
		if got := Signs[geo.EventType(m[1])]; got.Family != m[2] || got.Path != path {
			t.Errorf("%s: %+v, not %s %s", m[1], got, m[2], path)
		}
	}
	colours, err := os.ReadFile("../../web/src/style/colours.css")
	if err != nil {
		t.Fatal(err)
	}
	light, _, _ := strings.Cut(string(colours), "@media")
	hues := map[string]color.RGBA{"halo": halo, "ink": ink}
	for _, f := range Families {
		hues[f.Name] = f.Hue
	}
	for name, hue := range hues {
		if !strings.Contains(light, fmt.Sprintf("--%s: %s;", name, hex(hue))) {
			t.Errorf("%s is not %s on the page", name, hex(hue))
		}
	}
}

func TestPaths(t *testing.T) {
	area := func(d string) float64 {
		o, err := parsePath(d)
		if err != nil {
			t.Fatal(err)
		}
		inside := 0
		for y := range 240 {
			for x := range 240 {
				if o.holds(point{float64(x)/10 + 0.05, float64(y)/10 + 0.05}) {
					inside++
				}
			}
		}
		return float64(inside) / 100
	}
	for d, want := range map[string]float64{
		"M2 2H12V12H2Z":                            100,
		"m2 2 10 0 0 10-10 0z":                     100,
		"M2 2H12V12H2ZM4 4v2h2v-2z":                96, // a hole
		"M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Z": math.Pi * 100,
		"M12 2A10 10 0 0 0 12 22Z":                 math.Pi * 50,
		"M2 12A10 10 0 0 1 12 2V12Z":               math.Pi * 25,
		"M2 12A10 10 0 1 0 12 2V12Z":               math.Pi * 75,
		"M.5.5 10.5.5 10.5 10.5l-10 0Z":            100,
		Signs[geo.ViolenceAgainstCivilians].Path:   21 * 18.5 / 2,
	} {
		if got := area(d); math.Abs(got-want) > 1.2 {
			t.Errorf("%s: %.1f, not %.1f", d, got, want)
		}
	}
	for _, d := range []string{"M1", "M1 2C3 4 5 6 7 8", "M1 2A3 4 0 0 0 1 1", "M1 x", "5 5"} {
		if _, err := parsePath(d); err == nil {
			t.Errorf("%s was read", d)
		}
	}
}

// sheet draws a sprite and cuts its pictures out.
func sheet(t *testing.T, scale int) map[string]*image.RGBA {
	t.Helper()
	s, err := DrawSprite(scale)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(s.PNG))
	if err != nil {
		t.Fatal(err)
	}
	var places map[string]place
	if err := json.Unmarshal(s.JSON, &places); err != nil {
		t.Fatal(err)
	}
	taken := image.NewAlpha(decoded.Bounds())
	pictures := make(map[string]*image.RGBA)
	for name, p := range places {
		at := image.Rect(p.X, p.Y, p.X+p.Width, p.Y+p.Height)
		if p.PixelRatio != scale || !at.In(decoded.Bounds()) {
			t.Fatalf("%s: %+v", name, p)
		}
		cut := image.NewRGBA(image.Rect(0, 0, p.Width, p.Height))
		drawn := false
		for y := range p.Height {
			for x := range p.Width {
				if taken.AlphaAt(p.X+x, p.Y+y).A > 0 {
					t.Fatalf("%s lies on another", name)
				}
				taken.SetAlpha(p.X+x, p.Y+y, color.Alpha{1})
				c, _ := color.RGBAModel.Convert(decoded.At(p.X+x, p.Y+y)).(color.RGBA)
				cut.SetRGBA(x, y, c)
				drawn = drawn || c.A > 0
			}
		}
		if !drawn {
			t.Errorf("%s is empty", name)
		}
		pictures[name] = cut
	}
	return pictures
}

func TestSprite(t *testing.T) {
	one, two := sheet(t, 1), sheet(t, 2)
	for name, picture := range one {
		if other := two[name]; other == nil || other.Bounds().Dx() != 2*picture.Bounds().Dx() || other.Bounds().Dy() != 2*picture.Bounds().Dy() {
			t.Errorf("%s is not twice as large on dense screens", name)
		}
	}
	seen := make(map[string]string)
	for _, e := range geo.EventTypes() {
		for _, name := range []string{string(e), hollowName(string(e))} {
			if same := seen[string(one[name].Pix)]; same != "" {
				t.Errorf("%s looks as %s", name, same)
			}
			seen[string(one[name].Pix)] = name
		}
	}
	// 17, 17 is the middle of a sign: full or hollow there, with a halo at its edge.
	if got := one["offensive"].RGBAAt(17, 17); got != hueOf(geo.Offensive) {
		t.Error("the middle of an offensive's sign is", got)
	}
	if got := one["offensive-hollow"].RGBAAt(17, 17); got != halo {
		t.Error("the middle of a hollow sign is", got)
	}
	if got := one["offensive"].RGBAAt(0, 0); got.A != 0 {
		t.Error("the corner of a sign is", got)
	}
	// Patterns of several types lie on one another in an area.
	below := image.NewAlpha(image.Rect(0, 0, patternSize, patternSize))
	for _, e := range geo.EventTypes() {
		picture := one[patternName(e)]
		for y := range patternSize {
			for x := range patternSize {
				if picture.RGBAAt(x, y).A == 0 {
					continue
				}
				if below.AlphaAt(x, y).A > 0 {
					t.Fatalf("the pattern of %s hides another's sign", e)
				}
				below.SetAlpha(x, y, color.Alpha{255})
			}
		}
	}
}

// TestStyleNamesPicturesThatThereAre follows every name of a picture in the style.
func TestStyleNamesPicturesThatThereAre(t *testing.T) {
	pictures := sheet(t, 1)
	named := 0
	check := func(layer, name string) {
		named++
		if pictures[name] == nil {
			t.Errorf("%s: there is no picture %q", layer, name)
		}
	}
	follow := func(layer string, value any) {
		switch v := value.(type) {
		case string:
			switch {
			case strings.Contains(v, "{type}"), strings.Contains(v, "{most}"):
				for _, e := range geo.EventTypes() {
					check(layer, strings.NewReplacer("{type}", string(e), "{most}", string(e)).Replace(v))
				}
			case strings.Contains(v, "{count}"), strings.Contains(v, "{incidents}"):
				for n := 2; n < 100; n++ {
					check(layer, strings.NewReplacer("{count}", strconv.Itoa(n), "{incidents}", strconv.Itoa(n)).Replace(v))
				}
			default:
				check(layer, v)
			}
		case list: // a step: operator, input, then values and bounds
			for _, stop := range v[2:] {
				if name, isName := stop.(string); isName {
					check(layer, name)
				}
			}
		}
	}
	ids := make(map[string]bool)
	for _, l := range New("", "", Source{}).Layers {
		if ids[l.ID] || l.Source != source {
			t.Errorf("the layer %s is there twice, or of no source", l.ID)
		}
		ids[l.ID] = true
		follow(l.ID, l.Layout["icon-image"])
		follow(l.ID, l.Paint["fill-pattern"])
	}
	if named < 270 {
		t.Errorf("only %d names were found", named)
	}
}
