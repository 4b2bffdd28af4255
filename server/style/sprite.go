package style

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"slices"

	"github.com/go-json-experiment/json"
)

// Sprite is the pictures of the style on one sheet.
type Sprite struct {
	PNG  []byte
	JSON []byte // where on the sheet each is, by name
}

// place is where a picture is on the sheet, in its pixels.
type place struct {
	X          int `json:"x"`
	Y          int `json:"y"`
	Width      int `json:"width"`
	Height     int `json:"height"`
	PixelRatio int `json:"pixelRatio"`
}

// sheetWidth is the sheet's width in pixels of the usual density.
const sheetWidth = 512

// gap keeps pictures apart, so that none shines through at another's edge.
const gap = 1

// DrawSprite draws the sheet for screens of so many times the usual density.
func DrawSprite(scale int) (Sprite, error) {
	list := icons()
	slices.SortStableFunc(list, func(a, b icon) int { return cmp.Compare(b.height, a.height) })
	places := make(map[string]place, len(list))
	x, y, row := 0, 0, 0
	for _, i := range list {
		if x+i.width > sheetWidth {
			x, y, row = 0, y+row+gap, 0
		}
		places[i.name] = place{x * scale, y * scale, i.width * scale, i.height * scale, scale}
		x, row = x+i.width+gap, max(row, i.height)
	}
	sheet := image.NewRGBA(image.Rect(0, 0, sheetWidth*scale, (y+row)*scale))
	for _, i := range list {
		picture, err := i.drawn(scale)
		if err != nil {
			return Sprite{}, err
		}
		at := places[i.name]
		draw.Draw(sheet, image.Rect(at.X, at.Y, at.X+at.Width, at.Y+at.Height), picture, image.Point{}, draw.Src)
	}
	var encoded bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&encoded, sheet); err != nil {
		return Sprite{}, fmt.Errorf("the sprite: %w", err)
	}
	described, err := json.Marshal(places, json.Deterministic(true))
	return Sprite{PNG: encoded.Bytes(), JSON: described}, err
}
