package style

import (
	"image"
	"image/color"
	"math"
)

// picture is an image that is drawn in units of its own: pixels of a screen of the
// usual density, of which each is scale pixels of the image.
type picture struct {
	*image.RGBA
	scale float64
}

func newPicture(width, height, scale int) picture {
	return picture{image.NewRGBA(image.Rect(0, 0, width*scale, height*scale)), float64(scale)}
}

// frame says how a drawing lies in a picture: its origin, and how large its units are.
type frame struct {
	origin point
	unit   float64
}

// paint puts a colour wherever depth is positive: how far inside of what is drawn a
// point is, in units of the frame. It is nowhere so more than reach units beyond the
// outline. Edges are smooth.
func (p picture) paint(f frame, o outline, reach float64, c color.RGBA, depth func(at point) float64) {
	low, high := o.bounds()
	pixel := func(units, origin float64) int { return int(math.Floor((units*f.unit + origin) * p.scale)) }
	part := image.Rect(pixel(low.x-reach, f.origin.x)-1, pixel(low.y-reach, f.origin.y)-1, pixel(high.x+reach, f.origin.x)+2, pixel(high.y+reach, f.origin.y)+2)
	part = part.Intersect(p.Bounds())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			at := point{((float64(x)+0.5)/p.scale - f.origin.x) / f.unit, ((float64(y)+0.5)/p.scale - f.origin.y) / f.unit}
			if share := depth(at)*f.unit*p.scale + 0.5; share > 0 {
				p.blend(x, y, c, min(share, 1))
			}
		}
	}
}

// blend lays a colour over a pixel. image.RGBA has the alpha multiplied in.
func (p picture) blend(x, y int, c color.RGBA, share float64) {
	below := p.RGBAAt(x, y)
	mix := func(above, below uint8) uint8 {
		return uint8(math.Round(float64(above)*share + float64(below)*(1-share)))
	}
	p.SetRGBA(x, y, color.RGBA{mix(c.R, below.R), mix(c.G, below.G), mix(c.B, below.B), mix(c.A, below.A)})
}

// fill paints the inside of an outline, wider by so much on all sides.
func (p picture) fill(f frame, o outline, wider float64, c color.RGBA) {
	p.paint(f, o, wider, c, func(at point) float64 {
		away := o.away(at)
		if o.holds(at) {
			return wider + away
		}
		return wider - away
	})
}

// stroke paints along an outline.
func (p picture) stroke(f frame, o outline, width float64, c color.RGBA) {
	p.paint(f, o, width/2, c, func(at point) float64 { return width/2 - o.away(at) })
}
