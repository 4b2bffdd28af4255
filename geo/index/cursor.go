package index

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"hash/fnv"

	"github.com/conflictmap/conflictmap/geo"
)

// A cursor is a Position bound to the filter it was met under, written as
// base64url of: a version byte, 8 bytes of a hash of collection and filter, 8
// bytes order, the id, 4 bytes CRC-32 of all before. It names the row it stands
// after by its sort key, so that rows that come and go do not shift it.
const (
	cursorVersion = 1
	cursorHead    = 1 + 8 + 8
	cursorTail    = 4
)

// Cursor writes the position as an opaque text for the walk of that filter.
func (p Position) Cursor(k geo.Kind, f geo.Filter) string {
	b := make([]byte, cursorHead, cursorHead+len(p.ID)+cursorTail)
	b[0] = cursorVersion
	binary.BigEndian.PutUint64(b[1:], walk(k, f))
	binary.BigEndian.PutUint64(b[9:], uint64(p.Order))
	b = append(b, p.ID...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	return base64.RawURLEncoding.EncodeToString(b)
}

// ParseCursor reads a cursor of the same collection and filter. A damaged one, or
// one of another walk, is a Fault: to start anew without a word would repeat rows.
func ParseCursor(s string, k geo.Kind, f geo.Filter) (Position, *geo.Fault) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) < cursorHead+cursorTail {
		return Position{}, badCursor(s, "is damaged: take it from a next link, unchanged")
	}
	body, sum := b[:len(b)-cursorTail], b[len(b)-cursorTail:]
	if crc32.ChecksumIEEE(body) != binary.BigEndian.Uint32(sum) || body[0] != cursorVersion {
		return Position{}, badCursor(s, "is damaged: take it from a next link, unchanged")
	}
	if binary.BigEndian.Uint64(body[1:]) != walk(k, f) {
		return Position{}, badCursor(s, "belongs to another collection or filter: start without a cursor")
	}
	return Position{Order: int64(binary.BigEndian.Uint64(body[9:])), ID: string(body[cursorHead:])}, nil
}

func badCursor(value, detail string) *geo.Fault {
	return &geo.Fault{Name: "cursor", Value: geo.Quote(value), Detail: detail}
}

func walk(k geo.Kind, f geo.Filter) uint64 {
	h := fnv.New64a()
	h.Write([]byte(string(k) + "?" + f.Values().Encode()))
	return h.Sum64()
}
