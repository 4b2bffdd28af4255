package style

import (
	"fmt"
	"image"
	"image/color"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// icon is a picture of the sprite. Its size is in pixels of the usual density.
type icon struct {
	name          string
	width, height int
	draw          func(p picture) error
}

// Sizes, in pixels. A sign's box of 24 has two more on each side for its halo.
const (
	signSize    = 34
	signBox     = 28
	clusterSize = 40
	patternSize = 96
	hatchSize   = 10
	slot        = patternSize / 4
	patternSign = 17
	glyphUnit   = 1.45 // a numeral is 4 by 6 units
	glyphStep   = 5.4
	glyphStroke = 1.15

	// A badge lies at the upper right of a sign. Its picture has the sign's middle, and
	// room below and to the left: QGIS before 3.34 moves no picture.
	badgeHeight  = 19
	badgePadding = 12
	badgeUp      = 12
	badgeRight   = 13
)

// icons lists all pictures.
func icons() (list []icon) {
	for i, t := range geo.EventTypes() {
		list = append(list,
			icon{string(t), signSize, signSize, func(p picture) error { return drawSign(p, t, false) }},
			icon{hollowName(string(t)), signSize, signSize, func(p picture) error { return drawSign(p, t, true) }},
			icon{patternName(t), patternSize, patternSize, func(p picture) error { return drawPattern(p, t, i) }},
			icon{clusterName(string(t)), clusterSize, clusterSize, func(p picture) error { return drawCluster(p, halo, hueOf(t), 0.06) }},
			icon{hollowName(clusterName(string(t))), clusterSize, clusterSize, func(p picture) error { return drawCluster(p, hueOf(t), halo, 0.12) }})
	}
	for _, f := range Families {
		list = append(list, icon{hatchName(f.Name), hatchSize, hatchSize, func(p picture) error { return drawHatch(p, f) }})
	}
	for _, text := range numerals() {
		width := textWidth(text)
		list = append(list,
			icon{numberName(text), width, 11, func(p picture) error { return drawText(p, text, point{1, 1.2}, halo) }},
			icon{darkNumberName(text), width, 11, func(p picture) error { return drawText(p, text, point{1, 1.2}, ink) }},
			icon{badgeName(text), width + badgePadding + 2*badgeRight, badgeHeight + 2*badgeUp, func(p picture) error { return drawBadge(p, text) }})
	}
	return list
}

// hollowName names the sign of events whose place is not known closely.
func hollowName(name string) string { return name + "-hollow" }

func clusterName(t string) string { return "cluster-" + t }

func patternName(t geo.EventType) string { return "area-" + string(t) }
func hatchName(family string) string     { return "hatch-" + family }
func numberName(text string) string      { return "count-" + text }
func darkNumberName(text string) string  { return "count-dark-" + text }
func badgeName(text string) string       { return "badge-" + text }

// roundNumbers are the counts from 100 on that are told apart: "at least so many".
var roundNumbers = []int{100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000}

func roundNumeral(n int) string {
	if n >= 1_000 {
		return fmt.Sprintf("%dk+", n/1_000)
	}
	return fmt.Sprintf("%d+", n)
}

// numerals lists the numbers that are drawn.
func numerals() (list []string) {
	for n := 2; n < roundNumbers[0]; n++ {
		list = append(list, strconv.Itoa(n))
	}
	for _, n := range roundNumbers {
		list = append(list, roundNumeral(n))
	}
	return list
}

func drawSign(p picture, t geo.EventType, hollow bool) error {
	return drawSignIn(p, t, hollow, frame{point{2 * signSize / float64(signBox), 2 * signSize / float64(signBox)}, signSize / float64(signBox)})
}

func drawSignIn(p picture, t geo.EventType, hollow bool, f frame) error {
	o, err := parsePath(Signs[t].Path)
	if err != nil {
		return fmt.Errorf("sign of %s: %w", t, err)
	}
	if !hollow {
		p.fill(f, o, 2, halo)
		p.fill(f, o, 0, hueOf(t))
		return nil
	}
	p.fill(f, o, 1.5, halo)
	p.stroke(f, o, 1.9, hueOf(t))
	return nil
}

// drawPattern draws a sign small and hollow into its own one of the pattern's 16
// slots, so that the patterns of several types can lie on one another.
func drawPattern(p picture, t geo.EventType, number int) error {
	const unit, margin = float64(patternSign) / signBox, float64(slot-patternSign) / 2
	// Neighbours in the list lie apart.
	column, row := number*5%4, (number/4+number*2)%4
	return drawSignIn(p, t, true, frame{point{float64(column*slot) + margin + 2*unit, float64(row*slot) + margin + 2*unit}, unit})
}

// drawCluster draws a disc with a rim, which is a share of it wide.
func drawCluster(p picture, rim, within color.RGBA, share float64) error {
	const middle = clusterSize / 2.0
	disc := outline{[][2]point{{{middle, middle}, {middle + 0.01, middle}}}}
	p.stroke(frame{unit: 1}, disc, clusterSize-1, rim)
	p.stroke(frame{unit: 1}, disc, (clusterSize-1)*(1-2*share), within)
	return nil
}

// drawHatch draws lines that go on over the edges of the pattern; those of violence
// lean to one side, the others to the other, so that two on one another stay two.
func drawHatch(p picture, f Family) error {
	const side = float64(hatchSize)
	lines := outline{}
	for _, shift := range []float64{-side, 0, side} {
		from, to := point{shift - side, 2 * side}, point{shift + 2*side, -side}
		if f.Name == "visit" || f.Name == "diplomacy" || f.Name == "other" {
			from, to = point{shift - side, -side}, point{shift + 2*side, 2 * side}
		}
		lines.segments = append(lines.segments, [2]point{from, to})
	}
	p.stroke(frame{unit: 1}, lines, 2.4, f.Hue)
	return nil
}

// glyphs are numerals as strokes, 4 units wide and 6 high: there are no fonts here.
var glyphs = map[rune]string{
	'0': "M1 0H3L4 1V5L3 6H1L0 5V1Z",
	'1': "M.6 1.2 2.2 0V6",
	'2': "M0 1.2 1 0H3L4 1V2L0 6H4",
	'3': "M0 0H4L2 2.4H3L4 3.4V5L3 6H1L0 5",
	'4': "M3 6V0L0 4.2H4",
	'5': "M3.8 0H.5L.2 2.6 1 2.2H3L4 3.2V5L3 6H1L0 5",
	'6': "M3.7.6 3 0H1.4L0 1.6V5L1 6H3L4 5V3.6L3 2.6H1L0 3.6",
	'7': "M0 0H4L1.4 6",
	'8': "M1 2.8.2 2V1L1.2 0H2.8L3.8 1V2L3 2.8H1L0 3.8V5L1 6H3L4 5V3.8L3 2.8",
	'9': "M.3 5.4 1 6H2.6L4 4.4V1L3 0H1L0 1V2.4L1 3.4H3L4 2.4",
	'k': "M0 0V6M3.4 2 0 4.4M1.4 3.6 3.6 6",
	'+': "M0 3.2H4M2 1.2V5.2",
}

func textWidth(text string) int {
	return int((glyphStep*float64(len(text))-(glyphStep-4))*glyphUnit + 2.999)
}

func drawText(p picture, text string, at point, c color.RGBA) error {
	for _, r := range text {
		o, err := parsePath(glyphs[r])
		if err != nil || len(o.segments) == 0 {
			return fmt.Errorf("the numeral %q cannot be drawn: %w", r, err)
		}
		p.stroke(frame{at, glyphUnit}, o, glyphStroke, c)
		at.x += glyphStep * glyphUnit
	}
	return nil
}

// drawBadge draws a number on a dark ground with round ends.
func drawBadge(p picture, text string) error {
	const middle = badgeHeight / 2.0
	left, right := 2*badgeRight+middle, 2*badgeRight+float64(textWidth(text)+badgePadding)-middle
	line := outline{[][2]point{{{left, middle}, {max(left+0.01, right), middle}}}}
	p.stroke(frame{unit: 1}, line, badgeHeight, halo)
	p.stroke(frame{unit: 1}, line, badgeHeight-4, ink)
	return drawText(p, text, point{2*badgeRight + badgePadding/2 + 1, middle - 3*glyphUnit}, halo)
}

// drawn draws an icon by itself.
func (i icon) drawn(scale int) (*image.RGBA, error) {
	p := newPicture(i.width, i.height, scale)
	if err := i.draw(p); err != nil {
		return nil, fmt.Errorf("icon %s: %w", strings.TrimSpace(i.name), err)
	}
	return p.RGBA, nil
}
