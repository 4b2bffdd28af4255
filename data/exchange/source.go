package exchange

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
)

// Source is a file to be read: plain, gzipped, or the one table of a zip archive.
type Source struct {
	Name string // the file's path, "-" for standard input
	Size int64  // bytes of the file; 0 where it cannot be known

	read  atomic.Int64 // bytes of the file read so far
	file  *os.File     // nil: standard input
	inner io.Closer
	*bufio.Reader
}

// peekBytes is how far a format's recognition may look.
const peekBytes = 64 << 10

var (
	gzipMagic = []byte{0x1f, 0x8b}
	zipMagic  = []byte("PK\x03\x04")
	bom       = []byte("\xef\xbb\xbf")
)

// OpenSource opens a file by its path, "-" for standard input.
func OpenSource(path string, stdin io.Reader) (*Source, error) {
	s := &Source{Name: path}
	var raw io.Reader = stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		info, err := f.Stat()
		if err == nil && info.IsDir() {
			err = fmt.Errorf("%s is a folder", path)
		}
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		s.file, s.Size, raw = f, info.Size(), f
	}
	if err := s.unpack(bufio.NewReaderSize(&counter{raw, &s.read}, peekBytes)); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), s.Close())
	}
	if start, err := s.Peek(len(bom)); err == nil && bytes.Equal(start, bom) {
		if _, err := s.Discard(len(bom)); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// unpack looks through gzip and zip. An XLSX workbook is a zip archive too: it is
// left packed, since its reader wants it so.
func (s *Source) unpack(raw *bufio.Reader) error {
	start, err := raw.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch {
	case bytes.HasPrefix(start, gzipMagic):
		z, err := gzip.NewReader(raw)
		if err != nil {
			return err
		}
		s.inner, s.Reader = z, bufio.NewReaderSize(z, peekBytes)
	case bytes.HasPrefix(start, zipMagic) && !strings.EqualFold(filepath.Ext(s.Name), ".xlsx"):
		return s.unzip()
	default:
		s.Reader = raw
	}
	return nil
}

func (s *Source) unzip() error {
	if s.file == nil {
		return errors.New("a zip archive cannot be read from standard input: name the file")
	}
	archive, err := zip.NewReader(s.file, s.Size)
	if err != nil {
		return err
	}
	var tables []*zip.File
	for _, f := range archive.File {
		if ext := strings.ToLower(filepath.Ext(f.Name)); ext == ".csv" || ext == ".tsv" || ext == ".geojson" || ext == ".geojsonl" || ext == ".json" {
			tables = append(tables, f)
		}
	}
	if len(tables) != 1 {
		return fmt.Errorf("the zip archive holds %d tables (.csv, .geojson, .geojsonl), not one", len(tables))
	}
	table, err := tables[0].Open()
	if err != nil {
		return err
	}
	s.read.Store(0)
	s.Size = int64(tables[0].UncompressedSize64)
	s.inner, s.Reader = table, bufio.NewReaderSize(&counter{table, &s.read}, peekBytes)
	return nil
}

// Progress returns how many of Size bytes have been read.
func (s *Source) Progress() int64 { return s.read.Load() }

// Close lets go of the file.
func (s *Source) Close() error {
	var errs []error
	if s.inner != nil {
		errs = append(errs, s.inner.Close())
	}
	if s.file != nil {
		errs = append(errs, s.file.Close())
	}
	return errors.Join(errs...)
}

type counter struct {
	r io.Reader
	n *atomic.Int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n.Add(int64(n))
	return n, err
}
