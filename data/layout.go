package data

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// The file, byte by byte. Whole numbers are big-endian, so that keys sort as
// numbers do. Every bucket stands at the root.
//
//	meta    "application" -> "conflictmap"
//	        "format"      -> uint32, the number of this layout (see format)
//	log     uint64 sequence number, 1 and up without gaps -> one change:
//	          [0]      1, the version of this value
//	          [1]      kind: 1 datasets, 2 actors, 3 areas, 4 places, 5 events
//	          [2]      1 put, 2 removed
//	          [3:11]   int64, microseconds since 1970 UTC, never before the previous change's
//	          [11:19]  uint64, sequence number of the previous change of the same record, or 0
//	          then     uvarint length and bytes of: id, author, reason
//	          rest     the record as geo.EncodeFeature writes it; nothing where it was removed
//	datasets, actors, areas, places, events
//	        id -> [0:8] uint64, sequence number of the record's last change
//	              [8]   1 it stands, 2 it was removed
//
// A record is stored once, in the log; the buckets of kinds point into it, and
// the previous-change numbers chain its history, newest to oldest. Whatever else
// the program knows is made from these when it starts.
const format = 1

var (
	metaBucket     = []byte("meta")
	logBucket      = []byte("log")
	applicationKey = []byte("application")
	formatKey      = []byte("format")
	application    = []byte("conflictmap")
)

const (
	entryVersion = 1
	entryHead    = 1 + 1 + 1 + 8 + 8
	pointerSize  = 8 + 1
)

// operation is what a change does; the byte in the log and in the pointers.
type operation byte

const (
	put     operation = 1
	removed operation = 2
)

// kindCodes gives each kind its byte. A code is never given to another kind.
var kindCodes = map[geo.Kind]byte{geo.Datasets: 1, geo.Actors: 2, geo.Areas: 3, geo.Places: 4, geo.Events: 5}

func kindOf(code byte) (geo.Kind, bool) {
	for k, c := range kindCodes {
		if c == code {
			return k, true
		}
	}
	return "", false
}

func bucketOf(k geo.Kind) []byte { return []byte(k) }

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

// entry is one change as the log holds it.
type entry struct {
	kind     geo.Kind
	op       operation
	time     time.Time
	previous uint64
	id       string
	author   string
	reason   string
	feature  []byte
}

func (e entry) encode() []byte { return append(e.appendHead(nil), e.feature...) }

// appendHead appends all of the entry that stands before its record.
func (e entry) appendHead(b []byte) []byte {
	b = append(b, entryVersion, kindCodes[e.kind], byte(e.op))
	b = binary.BigEndian.AppendUint64(b, uint64(e.time.UnixMicro()))
	b = binary.BigEndian.AppendUint64(b, e.previous)
	for _, s := range []string{e.id, e.author, e.reason} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return b
}

// stamp sets the time and the previous change in an encoded entry.
func stamp(b []byte, at time.Time, previous uint64) {
	binary.BigEndian.PutUint64(b[3:], uint64(at.UnixMicro()))
	binary.BigEndian.PutUint64(b[11:], previous)
}

// decodeEntry reads a value of the log. The feature shares b's memory, which
// bbolt takes back at the end of the transaction.
func decodeEntry(b []byte) (entry, error) {
	if len(b) < entryHead {
		return entry{}, fmt.Errorf("%d bytes are too short for a change", len(b))
	}
	if b[0] != entryVersion {
		return entry{}, fmt.Errorf("has the version %d, not %d", b[0], entryVersion)
	}
	kind, known := kindOf(b[1])
	op := operation(b[2])
	if !known || (op != put && op != removed) {
		return entry{}, fmt.Errorf("has the kind %d and the operation %d", b[1], b[2])
	}
	e := entry{kind: kind, op: op,
		time:     time.UnixMicro(int64(binary.BigEndian.Uint64(b[3:]))).UTC(),
		previous: binary.BigEndian.Uint64(b[11:])}
	rest := b[entryHead:]
	for _, s := range []*string{&e.id, &e.author, &e.reason} {
		n, size := binary.Uvarint(rest)
		if size <= 0 || n > uint64(len(rest)-size) {
			return entry{}, fmt.Errorf("ends within its id, author or reason")
		}
		*s = string(rest[size : size+int(n)])
		rest = rest[size+int(n):]
	}
	if (op == put) != (len(rest) > 0) {
		return entry{}, fmt.Errorf("has the operation %d and %d bytes of record", op, len(rest))
	}
	e.feature = rest
	return e, nil
}

// cutEntry finds the record in a value of the log.
func cutEntry(b []byte) ([]byte, error) {
	if len(b) < entryHead || b[0] != entryVersion || operation(b[2]) != put {
		return nil, fmt.Errorf("holds no record")
	}
	rest := b[entryHead:]
	for range 3 {
		n, size := binary.Uvarint(rest)
		if size <= 0 || n > uint64(len(rest)-size) {
			return nil, fmt.Errorf("ends within its id, author or reason")
		}
		rest = rest[size+int(n):]
	}
	return rest, nil
}

// change makes the domain's change of a log entry.
func (e entry) change(seq uint64) (geo.Change, error) {
	c := geo.Change{Seq: seq, Time: e.time, Author: e.author, Reason: e.reason, Kind: e.kind, ID: e.id}
	if e.op == removed {
		return c, nil
	}
	r, err := geo.DecodeFeature(e.kind, e.feature)
	c.Record = r
	return c, err
}

func appendPointer(b []byte, seq uint64, op operation) []byte {
	return append(binary.BigEndian.AppendUint64(b, seq), byte(op))
}

func decodePointer(b []byte) (seq uint64, op operation, err error) {
	if len(b) != pointerSize {
		return 0, 0, fmt.Errorf("%d bytes where a pointer has %d", len(b), pointerSize)
	}
	return binary.BigEndian.Uint64(b), operation(b[8]), nil
}
