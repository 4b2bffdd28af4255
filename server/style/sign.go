package style

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// Family is the types of events that share a hue. The page has the same families,
// hues and signs (web/src/symbols.ts, web/src/style/colours.css); a test holds the two
// to each other.
type Family struct {
	Name string
	Hue  color.RGBA
}

// Families lists them, the gravest first.
var Families = []Family{
	{"raid", color.RGBA{0xb3, 0x26, 0x1e, 255}},
	{"violence", color.RGBA{0x8c, 0x2d, 0x59, 255}},
	{"offensive", color.RGBA{0xb7, 0x50, 0x00, 255}},
	{"visit", color.RGBA{0x12, 0x56, 0x9b, 255}},
	{"diplomacy", color.RGBA{0x0f, 0x6b, 0x5c, 255}},
	{"other", color.RGBA{0x59, 0x5f, 0x66, 255}},
}

// Colours that are no family's.
var (
	halo = color.RGBA{0xff, 0xff, 0xff, 255}
	ink  = color.RGBA{0x1b, 0x1f, 0x23, 255}
)

// Sign is how a type of event is drawn: a shape of its own, as an SVG path in a box of
// 24 by 24, filled by the even-odd rule.
type Sign struct {
	Family string
	Path   string
}

// Signs are those of geo.EventTypes.
var Signs = map[geo.EventType]Sign{
	geo.BombingRaid:              {"raid", burst(8, 11, 5.6)},
	geo.Shelling:                 {"raid", burst(5, 11, 4.6)},
	geo.Explosive:                {"raid", burst(4, 11, 4)},
	geo.Offensive:                {"offensive", "M3 12 12 2l9 10h-5.500v9.500h-7V12Z"},
	geo.Clash:                    {"violence", "M5.5 2 12 8.5 18.5 2 22 5.5 15.5 12 22 18.5 18.5 22 12 15.5 5.5 22 2 18.5 8.5 12 2 5.500Z"},
	geo.ViolenceAgainstCivilians: {"violence", "M1.5 3.500h21L12 22Z"},
	geo.TerritoryChange:          {"offensive", "M4 1.500h2.500v1.500H21l-4 5 4 5H6.500v9.500H4Z"},
	geo.DiplomaticVisit:          {"visit", "M12 1.500a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21ZM6 10.400v3.200h6.500v3.700L18.5 12l-6-5.300v3.700Z"},
	geo.Talks:                    {"visit", "M8.5 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm7 0a7 7 0 1 1 0 14 7 7 0 0 1-3.5-.94A8.8 8.8 0 0 0 12 5.94 7 7 0 0 1 15.5 5Z"},
	geo.Agreement:                {"diplomacy", "M12 1 23 12 12 23 1 12ZM7 11.800l3.8 4 6.4-6.8-1.7-1.6-4.7 5-2.1-2.200Z"},
	geo.Statement:                {"diplomacy", "M2 3.500h20v13.500H12.500L7 22v-5H2ZM6 7.500v1.800h12V7.500Zm0 4v1.800h8.500v-1.800Z"},
	geo.Policy:                   {"other", "M4 1.500h16v21H4ZM7.5 6v1.900h9V6Zm0 4.500v1.900h9v-1.900Zm0 4.500v1.900H13V15Z"},
	geo.Protest:                  {"other", "M12 1.5 22.5 9.2 18.5 21.500h-13L1.5 9.200Z"},
	geo.OtherEvent:               {"other", "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm0 4a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z"},
}

// burst is a star around the middle of the box.
func burst(points int, outer, inner float64) string {
	corners := make([]string, 2*points)
	for i := range corners {
		angle, r := float64(i)*math.Pi/float64(points)-math.Pi/2, outer
		if i%2 == 1 {
			r = inner
		}
		corners[i] = fmt.Sprintf("%.2f %.2f", 12+r*math.Cos(angle), 12+r*math.Sin(angle))
	}
	return "M" + strings.Join(corners, "L") + "Z"
}

func hueOf(t geo.EventType) color.RGBA { return familyNamed(Signs[t].Family).Hue }

func familyNamed(name string) Family {
	return Families[slices.IndexFunc(Families, func(f Family) bool { return f.Name == name })]
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
