package style

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// point is a position in a drawing, x to the right and y down.
type point struct{ x, y float64 }

// outline is a drawing of straight pieces; open pieces can be stroked, not filled.
type outline struct{ segments [][2]point }

// maxTurn is how far a piece of an arc turns, in radians.
const maxTurn = math.Pi / 24

var pathWords = regexp.MustCompile(`[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)|\S`)

// parsePath reads what our signs use of SVG paths: M L H V A Z and the same in small
// letters, arcs of circles only.
func parsePath(d string) (outline, error) {
	p := &pathReader{words: pathWords.FindAllString(d, -1)}
	for len(p.words) > 0 {
		if word := p.words[0]; word[0] >= 'A' {
			p.command, p.words = word[0], p.words[1:]
		}
		if err := p.step(); err != nil {
			return outline{}, fmt.Errorf("path %q: %w", d, err)
		}
	}
	return p.outline, nil
}

type pathReader struct {
	outline
	words     []string
	command   byte
	at, start point
}

// numbers takes so many numbers off the words.
func (p *pathReader) numbers(n int) ([]float64, error) {
	if len(p.words) < n {
		return nil, fmt.Errorf("%c lacks numbers", p.command)
	}
	list := make([]float64, n)
	for i := range list {
		var err error
		if list[i], err = strconv.ParseFloat(p.words[i], 64); err != nil {
			return nil, fmt.Errorf("%c: %w", p.command, err)
		}
	}
	p.words = p.words[n:]
	return list, nil
}

// step draws one stretch of the present command.
func (p *pathReader) step() error {
	relative := p.command >= 'a'
	var base point
	if relative {
		base = p.at
	}
	takes := map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'A': 7, 'Z': 0}
	command := p.command &^ 0x20
	n, known := takes[command]
	if !known {
		return fmt.Errorf("%c is not read", p.command)
	}
	v, err := p.numbers(n)
	if err != nil {
		return err
	}
	switch command {
	case 'M':
		p.at = point{base.x + v[0], base.y + v[1]}
		p.start = p.at
		p.command-- // what follows without a letter are lines
	case 'L':
		p.line(point{base.x + v[0], base.y + v[1]})
	case 'H':
		p.line(point{base.x + v[0], p.at.y})
	case 'V':
		p.line(point{p.at.x, base.y + v[0]})
	case 'A':
		if v[0] != v[1] {
			return fmt.Errorf("an arc of an ellipse is not read")
		}
		p.arc(point{base.x + v[5], base.y + v[6]}, v[0], v[3] != 0, v[4] != 0)
	case 'Z':
		p.line(p.start)
		p.command = 0
	}
	return nil
}

func (p *pathReader) line(to point) {
	if to != p.at {
		p.segments = append(p.segments, [2]point{p.at, to})
	}
	p.at = to
}

// arc draws a part of a circle as SVG 1.1, F.6.5 says.
func (p *pathReader) arc(to point, radius float64, large, clockwise bool) {
	from := p.at
	middle := point{(from.x + to.x) / 2, (from.y + to.y) / 2}
	dx, dy := (to.x-from.x)/2, (to.y-from.y)/2
	half := math.Hypot(dx, dy)
	if half == 0 {
		return
	}
	radius = max(radius, half)
	away := math.Sqrt(radius*radius-half*half) / half
	if large == clockwise {
		away = -away
	}
	centre := point{middle.x - dy*away, middle.y + dx*away}
	first := math.Atan2(from.y-centre.y, from.x-centre.x)
	turn := math.Mod(math.Atan2(to.y-centre.y, to.x-centre.x)-first+4*math.Pi, 2*math.Pi)
	if !clockwise {
		turn -= 2 * math.Pi
	}
	n := int(math.Ceil(math.Abs(turn) / maxTurn))
	for i := 1; i < n; i++ {
		angle := first + turn*float64(i)/float64(n)
		p.line(point{centre.x + radius*math.Cos(angle), centre.y + radius*math.Sin(angle)})
	}
	p.line(to)
}

// bounds are the least and the greatest coordinates.
func (o outline) bounds() (low, high point) {
	low, high = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, s := range o.segments {
		for _, at := range s {
			low = point{min(low.x, at.x), min(low.y, at.y)}
			high = point{max(high.x, at.x), max(high.y, at.y)}
		}
	}
	return low, high
}

// away is how far a point is from the drawing, in its units.
func (o outline) away(at point) float64 {
	least := math.Inf(1)
	for _, s := range o.segments {
		dx, dy := s[1].x-s[0].x, s[1].y-s[0].y
		along := ((at.x-s[0].x)*dx + (at.y-s[0].y)*dy) / (dx*dx + dy*dy)
		along = max(0, min(1, along))
		least = min(least, math.Hypot(at.x-s[0].x-along*dx, at.y-s[0].y-along*dy))
	}
	return least
}

// holds says whether a point is inside by the even-odd rule.
func (o outline) holds(at point) bool {
	inside := false
	for _, s := range o.segments {
		if (s[0].y > at.y) != (s[1].y > at.y) && at.x < s[0].x+(at.y-s[0].y)/(s[1].y-s[0].y)*(s[1].x-s[0].x) {
			inside = !inside
		}
	}
	return inside
}
