package data

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// bbolt trusts its pages: what it reads from a damaged one may send it outside of
// its memory, which no recover catches in its own goroutines. So the pages are
// read here first, as plain bytes of the file.
//
// A page begins with its number (uint64), kind and count of elements (uint16
// each) and how many further pages it runs over (uint32). Elements follow: in a
// branch page position of the key, its length (uint32 each) and the child's page
// (uint64); in a leaf page flags, position, length of key and of value (uint32
// each); positions count from the element. See
// go.etcd.io/bbolt/internal/common/page.go.
const (
	branchPage   = 0x01
	leafPage     = 0x02
	freelistPage = 0x10
	elementSize  = 16
	bucketEntry  = 0x01
	noFreelist   = math.MaxUint64
	manyElements = 0xFFFF // of a freelist: their number stands in the first one
)

// pageReader reads the pages that the newest head of a file reaches.
type pageReader struct {
	file io.ReaderAt
	head boltMeta
	seen map[uint64]bool
}

type boltPage struct {
	kind, count int
	bytes       []byte
}

func (r *pageReader) read(id uint64) (p boltPage, err error) {
	if id < 2 || id >= uint64(r.head.pages) {
		return p, fmt.Errorf("page %d is not one of the %d in use", id, r.head.pages)
	}
	header := make([]byte, boltPageHeader)
	if _, err := r.file.ReadAt(header, int64(id)*r.head.pageSize); err != nil {
		return p, fmt.Errorf("page %d: %w", id, err)
	}
	if own := binary.LittleEndian.Uint64(header); own != id {
		return p, fmt.Errorf("page %d says that it is page %d", id, own)
	}
	over := uint64(binary.LittleEndian.Uint32(header[12:]))
	if id+over >= uint64(r.head.pages) {
		return p, fmt.Errorf("page %d runs over %d pages, past the last", id, over)
	}
	p = boltPage{kind: int(binary.LittleEndian.Uint16(header[8:])), count: int(binary.LittleEndian.Uint16(header[10:])),
		bytes: make([]byte, int64(over+1)*r.head.pageSize)}
	_, err = r.file.ReadAt(p.bytes, int64(id)*r.head.pageSize)
	return p, err
}

// checkFreelist holds the page of free pages to what bbolt reads of it when it opens a file.
func (r *pageReader) checkFreelist() error {
	if r.head.freelist == noFreelist {
		return nil
	}
	p, err := r.read(r.head.freelist)
	if err != nil {
		return err
	}
	count := uint64(p.count)
	if count == manyElements {
		count = binary.LittleEndian.Uint64(p.bytes[boltPageHeader:]) + 1
	}
	if p.kind != freelistPage || count > uint64(len(p.bytes)-boltPageHeader)/8 {
		return fmt.Errorf("page %d is no list of free pages", r.head.freelist)
	}
	return nil
}

// checkTree holds a page and all below it to be readable, each reached once.
func (r *pageReader) checkTree(ctx context.Context, id uint64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if r.seen[id] {
		return fmt.Errorf("page %d is reached twice", id)
	}
	r.seen[id] = true
	p, err := r.read(id)
	if err != nil {
		return err
	}
	if p.kind != branchPage && p.kind != leafPage || boltPageHeader+p.count*elementSize > len(p.bytes) {
		return fmt.Errorf("page %d is of kind %d with %d elements", id, p.kind, p.count)
	}
	for i := range p.count {
		at := boltPageHeader + i*elementSize
		if child, err := p.element(at); err != nil {
			return fmt.Errorf("page %d: element %d %w", id, i, err)
		} else if child != 0 {
			if err := r.checkTree(ctx, child); err != nil {
				return err
			}
		}
	}
	return nil
}

// element reads the element at the offset and returns the page below it, 0 for none.
func (p boltPage) element(at int) (child uint64, err error) {
	u32 := func(i int) uint64 { return uint64(binary.LittleEndian.Uint32(p.bytes[at+i:])) }
	if p.kind == branchPage {
		if uint64(at)+u32(0)+u32(4) > uint64(len(p.bytes)) {
			return 0, fmt.Errorf("ends outside of it")
		}
		return binary.LittleEndian.Uint64(p.bytes[at+8:]), nil
	}
	value := uint64(at) + u32(4) + u32(8)
	if value+u32(12) > uint64(len(p.bytes)) {
		return 0, fmt.Errorf("ends outside of it")
	}
	if u32(0)&bucketEntry == 0 {
		return 0, nil
	}
	if u32(12) < boltPageHeader {
		return 0, fmt.Errorf("is no bucket")
	}
	root := binary.LittleEndian.Uint64(p.bytes[value:])
	if root == 0 && u32(12) < 2*boltPageHeader {
		return 0, fmt.Errorf("is no bucket")
	}
	if root != 0 {
		return root, nil
	}
	// A small bucket lies in the value itself, a leaf page after its own header.
	return 0, checkInline(p.bytes[value+boltPageHeader : value+u32(12)])
}

func checkInline(b []byte) error {
	inline := boltPage{kind: int(binary.LittleEndian.Uint16(b[8:])), count: int(binary.LittleEndian.Uint16(b[10:])), bytes: b}
	if inline.kind != leafPage || boltPageHeader+inline.count*elementSize > len(b) {
		return fmt.Errorf("is a bucket of kind %d with %d elements", inline.kind, inline.count)
	}
	for i := range inline.count {
		if child, err := inline.element(boltPageHeader + i*elementSize); err != nil || child != 0 {
			return fmt.Errorf("is a bucket whose element %d is unreadable", i)
		}
	}
	return nil
}
