package data

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// TestSavedPlacesAreAsWritten holds the bytes to what places_saved.go says of them:
// where they change, savedFormat does.
func TestSavedPlacesAreAsWritten(t *testing.T) {
	var p places
	k := &p.chunk(2)[2]
	k.sum.Store(0x01020304)
	k.at.Store(uint64(placeOf(0x0506070809, 0x0a0b0c)))
	var saved bytes.Buffer
	if err := p.save(&saved); err != nil {
		t.Fatal(err)
	}
	want := make([]byte, 8+savedChunk)
	want[0] = 1
	copy(want[8+2*8:], "\x0c\x0b\x0a\x09\x08\x07\x06\x05")
	copy(want[8+placesInChunk*8+2*4:], "\x04\x03\x02\x01")
	want = binary.LittleEndian.AppendUint32(want, crc32.Checksum(want, castagnoli))
	if savedFormat != 2 || !bytes.Equal(saved.Bytes(), want) {
		t.Errorf("places are saved as %d bytes that are others than those of format %d", saved.Len(), savedFormat)
	}
}

// TestSavedPlaces saves places and loads them.
func TestSavedPlaces(t *testing.T) {
	var p, back places
	random := rand.New(rand.NewPCG(1, 0))
	for range 1_000 {
		k := &p.chunk(random.Uint64N(5*placesInChunk) % (4 * placesInChunk))[random.IntN(placesInChunk)]
		k.sum.Store(random.Uint32())
		k.at.Store(random.Uint64())
	}
	p.chunk(6 * placesInChunk) // and none before it
	var saved bytes.Buffer
	if err := p.save(&saved); err != nil {
		t.Fatal(err)
	}
	b := saved.Bytes()
	n, err := back.load(bytes.NewReader(append(b, "more"...)), int64(len(b)+4))
	if err != nil || n != int64(len(b)) {
		t.Fatalf("%d of %d bytes: %v", n, len(b), err)
	}
	for seq := range uint64(8 * placesInChunk) {
		a, b := p.find(seq), back.find(seq)
		if (a == nil) != (b == nil) || a != nil && (a.at.Load() != b.at.Load() || a.sum.Load() != b.sum.Load()) {
			t.Fatalf("change %d is %v, was %v", seq, b, a)
		}
	}
	for _, at := range []int{0, 7, 8, 5_000, len(b) - 1} {
		damaged := bytes.Clone(b)
		damaged[at] ^= 1
		var none places
		for name, bad := range map[string][]byte{"damaged": damaged, "cut": b[:at]} {
			if _, err := none.load(bytes.NewReader(bad), int64(len(bad))); !errors.Is(err, errSavedPlaces) || none.chunks.Load() != nil {
				t.Errorf("%s at %d: %v", name, at, err)
			}
		}
	}
}

// TestForeignPlacesAreForgotten starts from a saved index whose places are another
// store's, and which cannot be read further.
func TestForeignPlacesAreForgotten(t *testing.T) {
	defer SetWorthSaving(10)()
	saved := func(events int) (path string, head, rest []byte) {
		c := openWith(t, events)
		checkRecords(t, c.store, inTree(t, c.store))
		path = savedPath(c.store.db.Path())
		if err := errors.Join(c.SaveIndex(), c.Close()); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return path, b[:savedHead], b[savedHead:]
	}
	_, _, foreign := saved(30)
	path, head, _ := saved(20)
	if err := os.WriteFile(path, append(head, foreign[:len(foreign)-1]...), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Open(strings.TrimSuffix(path, ".index"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	want := inTree(t, c.store)
	if found := atTheirPlaces(c.store, want); found != len(want) {
		t.Errorf("%d of %d are found", found, len(want))
	}
}
