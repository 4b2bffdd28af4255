package data

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// The head of a bbolt file: two meta pages, each a page header of 16 bytes and
// then, in the byte order of the machine (all that we build for are
// little-endian): magic, version, page size, flags (uint32 each), root page and
// its sequence, freelist page, pages in use, transaction (uint64 each), and an
// FNV-1a checksum of all these. See go.etcd.io/bbolt/internal/common/meta.go.
const (
	boltMagic      = 0xED0CDAED
	boltVersion    = 2
	boltPageHeader = 16
	boltMetaSize   = 64
	boltMinPage    = 512
	boltMaxPage    = 64 << 10
)

// probe reads the head of a file and says whether it is a whole bbolt file,
// without writing and without a lock.
func probe(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := readHead(f)
	if err != nil {
		return err
	}
	if err := r.checkFreelist(); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}

// checkPages reads every page that bbolt would.
func checkPages(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := readHead(f)
	if err != nil {
		return err
	}
	return r.checkTree(ctx, r.head.root)
}

// readHead finds the newest head of the file.
func readHead(f *os.File) (*pageReader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: it is no regular file", ErrForeign)
	}
	if info.Size() == 0 {
		return nil, fmt.Errorf("%w: it is empty", ErrTruncated)
	}
	first, err := readMeta(f, 0)
	if err != nil {
		return nil, err
	}
	// The page size stands in the first meta page; where that page is torn, the
	// second one is looked for where our own files have it.
	at := int64(pageSize)
	if first.valid {
		at = first.pageSize
	}
	second, err := readMeta(f, at)
	if err != nil {
		return nil, err
	}
	newest := first
	if second.valid && (!first.valid || second.txid > first.txid) {
		newest = second
	}
	switch {
	case !newest.valid && (first.magic || second.magic):
		return nil, fmt.Errorf("%w: both its heads are unreadable", ErrDamaged)
	case !newest.valid:
		return nil, fmt.Errorf("%w: its first bytes are of another kind of file", ErrForeign)
	case info.Size() < newest.pages*newest.pageSize:
		return nil, fmt.Errorf("%w: it has %d bytes, and %d are in use", ErrTruncated, info.Size(), newest.pages*newest.pageSize)
	}
	return &pageReader{f, newest, make(map[uint64]bool)}, nil
}

type boltMeta struct {
	magic, valid    bool
	pageSize, pages int64
	txid            uint64
	root, freelist  uint64 // pages
}

func readMeta(f io.ReaderAt, offset int64) (m boltMeta, err error) {
	page := make([]byte, boltPageHeader+boltMetaSize)
	if _, err := f.ReadAt(page, offset); err != nil && !errors.Is(err, io.EOF) {
		return m, err
	}
	b := page[boltPageHeader:]
	u32, u64 := binary.LittleEndian.Uint32, binary.LittleEndian.Uint64
	m = boltMeta{magic: u32(b) == boltMagic, pageSize: int64(u32(b[8:])), pages: int64(u64(b[40:])), txid: u64(b[48:]), root: u64(b[16:]), freelist: u64(b[32:])}
	sum := fnv.New64a()
	sum.Write(b[:56])
	m.valid = m.magic && u32(b[4:]) == boltVersion && u64(b[56:]) == sum.Sum64() &&
		m.pageSize >= boltMinPage && m.pageSize <= boltMaxPage && m.pages > 0 && m.pages < 1<<40
	return m, nil
}
