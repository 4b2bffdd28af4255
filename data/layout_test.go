package data

import (
	"bytes"
	"encoding/hex"
	"reflect"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// TestLayoutIsAsWritten holds the bytes to those that layout.go describes: stores
// in the world have them.
func TestLayoutIsAsWritten(t *testing.T) {
	e := entry{kind: geo.Events, op: put, time: time.UnixMicro(0x0102030405060708).UTC(), previous: 9, id: "e:1", author: "a", reason: "why", feature: []byte("{}")}
	const want = "01" + "05" + "01" + "0102030405060708" + "0000000000000009" + "03653a31" + "0161" + "03776879" + "7b7d"
	if got := hex.EncodeToString(e.encode()); got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if got := hex.EncodeToString(appendPointer(nil, 258, removed)); got != "000000000000010202" {
		t.Error("pointer", got)
	}
	back, err := decodeEntry(e.encode())
	if err != nil || !reflect.DeepEqual(back, e) {
		t.Errorf("%+v %v", back, err)
	}
	stamped := entry{kind: e.kind, op: e.op, id: e.id, author: e.author, reason: e.reason, feature: e.feature}.encode()
	if stamp(stamped, e.time, e.previous); hex.EncodeToString(stamped) != want {
		t.Errorf("stamped %x, not %s", stamped, want)
	}
}

func FuzzDecodeEntry(f *testing.F) {
	f.Add(entry{kind: geo.Places, op: put, id: "p", author: "a", reason: "r", feature: []byte("{}")}.encode())
	f.Add(entry{kind: geo.Events, op: removed, previous: 3, id: "p", author: "a", reason: "r"}.encode())
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := decodeEntry(b)
		if err != nil {
			return
		}
		again, err := decodeEntry(e.encode())
		if err != nil || !again.time.Equal(e.time) || again.id != e.id || again.previous != e.previous || !bytes.Equal(again.feature, e.feature) {
			t.Fatalf("%+v, then %+v, %v", e, again, err)
		}
	})
}
