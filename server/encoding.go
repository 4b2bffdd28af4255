package server

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/andybalholm/brotli"      // the one brotli in Go without C
	"github.com/klauspost/compress/gzip" // a third faster than the standard library's
	"github.com/klauspost/compress/zstd" // of the same module
)

// coding is a content coding, by its name in Accept-Encoding; "": as it is.
type coding string

const (
	zstdCoding   coding = "zstd" // RFC 8878
	brotliCoding coding = "br"   // RFC 7932
	gzipCoding   coding = "gzip"
)

// Codings, the better first: of answers that are made for one reader, where the
// time counts, and of files that are compressed once, where the size does.
var (
	answerCodings = []coding{zstdCoding, brotliCoding, gzipCoding}
	fileCodings   = []coding{brotliCoding, zstdCoding, gzipCoding}
)

// acceptedCoding finds the coding that an Accept-Encoding header likes best: of
// those it likes alike, the first of ours.
func acceptedCoding(header string, ours []coding) coding {
	if header == "" || header == "identity" {
		return ""
	}
	quality := make(map[coding]float64, len(ours))
	rest, hasRest := 0.0, false
	for name, q := range preferences(header) {
		if name == "*" {
			rest, hasRest = q, true
		}
		quality[coding(name)] = q
	}
	var best coding
	bestQuality := 0.0
	for _, c := range ours {
		q, named := quality[c]
		if !named && hasRest {
			q = rest
		}
		if q > bestQuality {
			best, bestQuality = c, q
		}
	}
	return best
}

// effort is how much time a compression may take.
type effort int

const (
	quick  effort = iota // of a stream that may be long
	usual                // of an answer
	utmost               // of a file that is compressed once
)

// compressor writes what is written to it to another writer, in a coding.
type compressor interface {
	io.WriteCloser
	Reset(io.Writer)
}

// zstdWindow is less than the 8 MiB that every browser has room for (RFC 9659).
const zstdWindow = 1 << 20

func newCompressor(c coding, e effort) (compressor, error) {
	switch c {
	case zstdCoding:
		level := []zstd.EncoderLevel{zstd.SpeedFastest, zstd.SpeedDefault, zstd.SpeedBestCompression}[e]
		return zstd.NewWriter(nil, zstd.WithEncoderLevel(level), zstd.WithWindowSize(zstdWindow), zstd.WithEncoderConcurrency(1))
	case brotliCoding:
		return brotli.NewWriterLevel(nil, []int{1, 4, brotli.BestCompression}[e]), nil
	case gzipCoding:
		return gzip.NewWriterLevel(nil, []int{gzip.BestSpeed, gzip.DefaultCompression, gzip.BestCompression}[e])
	}
	return nil, fmt.Errorf("there is no coding %q", c)
}

// compressors holds those that are done with: each has a megabyte or more.
var compressors sync.Map // *sync.Pool by compressing

type compressing struct {
	coding coding
	effort effort
}

// compress writes to w, in a coding, what write writes.
func compress(w io.Writer, c coding, e effort, write func(io.Writer) error) error {
	known, _ := compressors.LoadOrStore(compressing{c, e}, new(sync.Pool))
	pool, _ := known.(*sync.Pool)
	z, _ := pool.Get().(compressor)
	if z == nil {
		var err error
		if z, err = newCompressor(c, e); err != nil {
			return err
		}
	}
	defer pool.Put(z)
	z.Reset(w)
	if err := write(z); err != nil {
		return err
	}
	return z.Close()
}

// compressed is a body in a coding.
func compressed(body []byte, c coding, e effort) ([]byte, error) {
	if c == "" {
		return body, nil
	}
	var b bytes.Buffer
	err := compress(&b, c, e, func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	})
	return b.Bytes(), err
}
