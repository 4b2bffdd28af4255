package index

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"hash/fnv"

	"github.com/conflictmap/conflictmap/geo"
)

// A cursor is a Position bound to the filter it was met under, written as
// base64url of: a version byte, 8 bytes of a hash of collection, filter and order, 8
// bytes order, the values of the sort keys (each a byte: 0 unknown, 1 known; 8 bytes
// number; uvarint length and bytes of text), the id, 4 bytes CRC-32 of all before.
// It names the row it stands after by its sort key, so that rows that come and go do
// not shift it.
const (
	cursorVersion = 1
	cursorHead    = 1 + 8 + 8
	cursorTail    = 4
)

// Cursor writes the position as an opaque text for the walk of that filter in that
// order.
func (p Position) Cursor(k geo.Kind, f geo.Filter, order []geo.SortKey) string {
	b := make([]byte, cursorHead, cursorHead+len(p.ID)+cursorTail)
	b[0] = cursorVersion
	binary.BigEndian.PutUint64(b[1:], walk(k, f, order))
	binary.BigEndian.PutUint64(b[9:], uint64(p.Order))
	for _, v := range p.values {
		b = v.append(b)
	}
	b = append(b, p.ID...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	return base64.RawURLEncoding.EncodeToString(b)
}

// ParseCursor reads a cursor of the same collection, filter and order. A damaged
// one, or one of another walk, is a Fault: to start anew without a word would repeat
// rows.
func ParseCursor(s string, k geo.Kind, f geo.Filter, order []geo.SortKey) (Position, *geo.Fault) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) < cursorHead+cursorTail {
		return Position{}, badCursor(s, "is damaged: take it from a next link, unchanged")
	}
	body, sum := b[:len(b)-cursorTail], b[len(b)-cursorTail:]
	if crc32.ChecksumIEEE(body) != binary.BigEndian.Uint32(sum) || body[0] != cursorVersion {
		return Position{}, badCursor(s, "is damaged: take it from a next link, unchanged")
	}
	if binary.BigEndian.Uint64(body[1:]) != walk(k, f, order) {
		return Position{}, badCursor(s, "belongs to another collection, filter or order: start without a cursor")
	}
	p := Position{Order: int64(binary.BigEndian.Uint64(body[9:]))}
	rest := body[cursorHead:]
	for range order {
		v, n := readSortValue(rest)
		if n == 0 {
			return Position{}, badCursor(s, "is damaged: take it from a next link, unchanged")
		}
		p.values, rest = append(p.values, v), rest[n:]
	}
	p.ID = string(rest)
	return p, nil
}

func (v sortValue) append(b []byte) []byte {
	known := byte(0)
	if v.known {
		known = 1
	}
	b = binary.BigEndian.AppendUint64(append(b, known), uint64(v.number))
	b = binary.AppendUvarint(b, uint64(len(v.text)))
	return append(b, v.text...)
}

// readSortValue reads a value and returns its size in bytes, 0 where it cannot be read.
func readSortValue(b []byte) (v sortValue, size int) {
	if len(b) < 1+8 || b[0] > 1 {
		return v, 0
	}
	length, n := binary.Uvarint(b[9:])
	if n <= 0 || length > uint64(len(b)-9-n) {
		return v, 0
	}
	end := 9 + n + int(length)
	return sortValue{b[0] == 1, int64(binary.BigEndian.Uint64(b[1:])), string(b[9+n : end])}, end
}

func badCursor(value, detail string) *geo.Fault {
	return &geo.Fault{Name: "cursor", Value: geo.Quote(value), Detail: detail}
}

func walk(k geo.Kind, f geo.Filter, order []geo.SortKey) uint64 {
	h := fnv.New64a()
	h.Write([]byte(string(k) + "?" + f.Values().Encode() + geo.FormatSort(order)))
	return h.Sum64()
}
