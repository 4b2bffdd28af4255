package tile

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
)

// The numbers of vector_tile.proto, version 2.1.
const (
	tileLayers = 3

	layerName     = 1
	layerFeatures = 2
	layerKeys     = 3
	layerValues   = 4
	layerExtent   = 5
	layerVersion  = 15

	featureTags     = 2
	featureType     = 3
	featureGeometry = 4
)

// kind is what a feature's geometry is made of.
type kind uint64

const (
	kindPoint   kind = 1
	kindLine    kind = 2
	kindPolygon kind = 3
)

// layer gathers the features of one layer as bytes. Names and values stand once in
// the layer and are numbers in its features.
type layer struct {
	name     string
	features []byte
	tags     []byte // of the feature being made
	geometry []byte
	number   int // of the feature being made, from 1

	keys   []string
	next   int   // the key that comes next where features have the same in the same order
	usedBy []int // by key: the number of the last feature that has it

	values  []byte
	nValues uint64
	strings map[string]uint64 // the numbers of values, one map a type: any is slow to look up
	ints    map[int64]uint64
	others  map[any]uint64
}

// newLayer makes room for so many features.
func newLayer(name string, n int) *layer {
	return &layer{
		name:     name,
		features: make([]byte, 0, min(n*48, MaxBytes)),
		values:   make([]byte, 0, min(n*32, MaxBytes)),
		strings:  make(map[string]uint64),
		ints:     make(map[int64]uint64),
		others:   make(map[any]uint64),
	}
}

// begin starts a feature.
func (l *layer) begin() {
	l.number++
	l.tags, l.next = l.tags[:0], 0
}

// id adds the property id. No other feature has the same: it is not looked up.
func (l *layer) id(id string) error {
	return l.text("id", id, l.addString)
}

// tag ties a value to the feature under a name.
func (l *layer) tag(name string, value uint64) error {
	key := l.next
	if key >= len(l.keys) || l.keys[key] != name {
		key = slices.Index(l.keys, name)
	}
	if key < 0 {
		if !utf8.ValidString(name) {
			return fmt.Errorf("the name of the property %q is not valid UTF-8", name)
		}
		key = len(l.keys)
		l.keys = append(l.keys, name)
		l.usedBy = append(l.usedBy, 0)
	}
	if l.usedBy[key] == l.number {
		return fmt.Errorf("the property %q stands twice", name)
	}
	l.usedBy[key], l.next = l.number, key+1
	l.tags = protowire.AppendVarint(l.tags, uint64(key))
	l.tags = protowire.AppendVarint(l.tags, value)
	return nil
}

// end writes the feature with its geometry in the format's words.
func (l *layer) end(k kind, commands []uint32) {
	l.geometry = l.geometry[:0]
	for _, c := range commands {
		l.geometry = protowire.AppendVarint(l.geometry, uint64(c))
	}
	size := protowire.SizeTag(featureTags) + protowire.SizeBytes(len(l.tags)) +
		protowire.SizeTag(featureType) + protowire.SizeVarint(uint64(k)) +
		protowire.SizeTag(featureGeometry) + protowire.SizeBytes(len(l.geometry))
	b := protowire.AppendTag(l.features, layerFeatures, protowire.BytesType)
	b = protowire.AppendVarint(b, uint64(size))
	b = protowire.AppendTag(b, featureTags, protowire.BytesType)
	b = protowire.AppendBytes(b, l.tags)
	b = protowire.AppendTag(b, featureType, protowire.VarintType)
	b = protowire.AppendVarint(b, uint64(k))
	b = protowire.AppendTag(b, featureGeometry, protowire.BytesType)
	l.features = protowire.AppendBytes(b, l.geometry)
}

// endAll writes the feature once for each kind of geometry.
func (l *layer) endAll(g geometries) {
	for k, p := range g {
		if len(p.words) > 0 {
			l.end(kind(k), p.words)
		}
	}
}

// bytes is the layer as a part of a tile: nothing where it has no features.
func (l *layer) bytes() []byte {
	if len(l.features) == 0 {
		return nil
	}
	b := protowire.AppendTag(nil, layerName, protowire.BytesType)
	b = protowire.AppendString(b, l.name)
	b = append(b, l.features...)
	for _, key := range l.keys {
		b = protowire.AppendTag(b, layerKeys, protowire.BytesType)
		b = protowire.AppendString(b, key)
	}
	b = append(b, l.values...)
	b = protowire.AppendTag(b, layerExtent, protowire.VarintType)
	b = protowire.AppendVarint(b, Extent)
	b = protowire.AppendTag(b, layerVersion, protowire.VarintType)
	b = protowire.AppendVarint(b, 2)
	return protowire.AppendBytes(protowire.AppendTag(nil, tileLayers, protowire.BytesType), b)
}
