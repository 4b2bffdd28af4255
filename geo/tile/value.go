package tile

import (
	"fmt"
	"math"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
)

const (
	valueString = 1
	valueDouble = 3
	valueUint   = 5
	valueSint   = 6
	valueBool   = 7
)

// property adds a property to the feature.
func (l *layer) property(name string, value any) error {
	switch v := value.(type) {
	case string:
		return l.text(name, v, l.findString)
	case int:
		return l.tag(name, find(l, l.ints, int64(v), appendInt))
	case int64:
		return l.tag(name, find(l, l.ints, v, appendInt))
	case float64, bool:
		return l.tag(name, find(l, l.others, value, appendOther))
	}
	return fmt.Errorf("the property %q is a %T, which a tile cannot hold", name, value)
}

func (l *layer) text(name, value string, number func(string) uint64) error {
	if !utf8.ValidString(value) {
		return fmt.Errorf("the property %q is not valid UTF-8: %q", name, value)
	}
	return l.tag(name, number(value))
}

func (l *layer) findString(value string) uint64 {
	number, found := l.strings[value]
	if !found {
		number = l.addString(value)
		l.strings[value] = number
	}
	return number
}

func (l *layer) addString(value string) uint64 {
	l.values = protowire.AppendTag(l.values, layerValues, protowire.BytesType)
	l.values = protowire.AppendVarint(l.values, uint64(protowire.SizeTag(valueString)+protowire.SizeBytes(len(value))))
	l.values = protowire.AppendTag(l.values, valueString, protowire.BytesType)
	l.values = protowire.AppendString(l.values, value)
	l.nValues++
	return l.nValues - 1
}

// find returns the number of a value, which it adds where it is new.
func find[T comparable](l *layer, known map[T]uint64, value T, write func([]byte, T) []byte) uint64 {
	number, found := known[value]
	if !found {
		l.values = protowire.AppendTag(l.values, layerValues, protowire.BytesType)
		l.values = protowire.AppendBytes(l.values, write(nil, value))
		number = l.nValues
		known[value] = number
		l.nValues++
	}
	return number
}

func appendInt(b []byte, v int64) []byte {
	if v < 0 {
		return protowire.AppendVarint(protowire.AppendTag(b, valueSint, protowire.VarintType), protowire.EncodeZigZag(v))
	}
	return protowire.AppendVarint(protowire.AppendTag(b, valueUint, protowire.VarintType), uint64(v))
}

func appendOther(b []byte, value any) []byte {
	switch v := value.(type) {
	case float64:
		return protowire.AppendFixed64(protowire.AppendTag(b, valueDouble, protowire.Fixed64Type), math.Float64bits(v))
	case bool:
		return protowire.AppendVarint(protowire.AppendTag(b, valueBool, protowire.VarintType), protowire.EncodeBool(v))
	}
	return b
}
