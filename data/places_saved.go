package data

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
)

// Saved places, all numbers little-endian: uint64, number of chunks; of each the
// places, uint64, and the checksums, uint32, of placesInChunk changes, 0 where they
// are not known; CRC-32C of all that.
const (
	savedChunk  = placesInChunk * (8 + 4)
	savedPlaces = 8 + 4 // of no chunks
)

var errSavedPlaces = errors.New("saved places cannot be used")

// save writes the places, and is read by load.
func (p *places) save(to io.Writer) error {
	var chunks []*placeChunk
	if all := p.chunks.Load(); all != nil {
		chunks = *all
	}
	sum := crc32.New(castagnoli)
	out := io.MultiWriter(to, sum)
	b := make([]byte, 0, savedChunk)
	if _, err := out.Write(binary.LittleEndian.AppendUint64(b, uint64(len(chunks)))); err != nil {
		return err
	}
	for _, c := range chunks {
		if c == nil {
			c = new(placeChunk)
		}
		if _, err := out.Write(c.append(b)); err != nil {
			return err
		}
	}
	_, err := to.Write(sum32(b, sum.Sum32()))
	return err
}

func sum32(b []byte, sum uint32) []byte { return binary.LittleEndian.AppendUint32(b, sum) }

func (c *placeChunk) append(b []byte) []byte {
	at := len(b)
	b = slices.Grow(b, savedChunk)[:at+savedChunk]
	places, sums := b[at:at+8*placesInChunk], b[at+8*placesInChunk:]
	for i := range placesInChunk {
		// In this order: what has a place has a checksum.
		binary.LittleEndian.PutUint64(places[8*i:], c[i].at.Load())
		binary.LittleEndian.PutUint32(sums[4*i:], c[i].sum.Load())
	}
	return b
}

// load reads what save wrote, from something of so many bytes, and returns how many
// it read. The error is errSavedPlaces where they are no good; then p is as it was.
func (p *places) load(from io.Reader, size int64) (int64, error) {
	sum := crc32.New(castagnoli)
	in := io.TeeReader(from, sum)
	b := make([]byte, savedChunk)
	if _, err := io.ReadFull(in, b[:8]); err != nil {
		return 0, fmt.Errorf("%w: %w", errSavedPlaces, err)
	}
	count := binary.LittleEndian.Uint64(b)
	if size < savedPlaces || count > uint64(size-savedPlaces)/savedChunk {
		return 0, fmt.Errorf("%w: they are cut short", errSavedPlaces)
	}
	chunks := make([]*placeChunk, count)
	for n := range chunks {
		if _, err := io.ReadFull(in, b); err != nil {
			return 0, fmt.Errorf("%w: %w", errSavedPlaces, err)
		}
		chunks[n] = chunkOf(b)
	}
	want := sum32(nil, sum.Sum32())
	if _, err := io.ReadFull(from, b[:len(want)]); err != nil || string(b[:len(want)]) != string(want) {
		return 0, fmt.Errorf("%w: their checksum is wrong", errSavedPlaces)
	}
	p.chunks.Store(&chunks)
	return savedPlaces + int64(count)*savedChunk, nil
}

func chunkOf(b []byte) *placeChunk {
	c := new(placeChunk)
	for i := range placesInChunk {
		c[i].sum.Store(binary.LittleEndian.Uint32(b[8*placesInChunk+4*i:]))
		c[i].at.Store(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return c
}
