package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// A saved snapshot, all numbers little-endian: magic, format, then what coder.snapshot
// lists, each list with its length as uint64 before it, then a CRC-32C of all that.
// It holds only what is not made from the rest; datasets, actors and areas are few
// and are read from the log again.
const (
	savedMagic = "conflictmap index\n"

	// savedFormat is raised whenever the bytes, or what they mean, change: how words
	// are folded, say. A file of another format is not read.
	savedFormat uint32 = 3
)

// ErrSaved is of a saved snapshot that cannot be used: damaged, cut short, or of
// another version of the program.
var ErrSaved = errors.New("saved index cannot be used")

// Save writes the snapshot so that Load reads it.
func (s *Snapshot) Save(to io.Writer) error {
	sum := crc32.New(castagnoli)
	out := bufio.NewWriterSize(io.MultiWriter(to, sum), coderBuffer)
	c := &coder{to: out, buffer: make([]byte, 0, coderBuffer)}
	c.file(s.copied())
	if err := errors.Join(c.err, out.Flush()); err != nil {
		return err
	}
	return binary.Write(to, binary.LittleEndian, sum.Sum32())
}

// copied is a snapshot whose fields a coder may set, as it does in both directions;
// the columns themselves it only reads.
func (s *Snapshot) copied() *Snapshot {
	next, anchors := *s, *s.anchors
	next.anchors = &anchors
	next.datasets, next.actors = slices.Clone(s.datasets), slices.Clone(s.actors)
	next.mentions, next.names = &numbering{texts: slices.Clone(s.mentions.texts)}, &numbering{texts: slices.Clone(s.names.texts)}
	next.parts = make(map[geo.Kind][]*part, len(s.parts))
	for k, parts := range s.parts {
		for _, p := range parts {
			t := *p.table
			next.parts[k] = append(next.parts[k], &part{table: &t, alive: p.alive})
		}
	}
	return &next
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Load reads a saved snapshot of so many bytes; read is that of Empty. The error is
// ErrSaved where the snapshot is no good.
func Load(from io.ReadSeeker, size int64, read Reader) (*Snapshot, error) {
	if err := checkSum(from, size); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSaved, err)
	}
	c := &coder{from: bufio.NewReaderSize(from, coderBuffer), left: size - crc32.Size, buffer: make([]byte, coderBuffer)}
	s := Empty(read)
	s.anchors.truncate()
	if c.file(s); c.err == nil && c.left != 0 {
		c.err = errors.New("there is more in it than belongs there")
	}
	if c.err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSaved, c.err)
	}
	return s.restore()
}

// checkSum holds a saved snapshot to its checksum, before a byte of it is believed.
func checkSum(from io.ReadSeeker, size int64) error {
	sum := crc32.New(castagnoli)
	if _, err := io.CopyN(sum, from, size-crc32.Size); err != nil {
		return err
	}
	var want uint32
	if err := binary.Read(from, binary.LittleEndian, &want); err != nil {
		return err
	}
	if sum.Sum32() != want {
		return errors.New("its checksum is wrong")
	}
	_, err := from.Seek(0, io.SeekStart)
	return err
}

// restore makes what was not saved.
func (s *Snapshot) restore() (*Snapshot, error) {
	for n := range s.anchors.kind {
		s.anchors.x[n], s.anchors.y[n] = mercator(s.anchors.at[n])
	}
	for _, n := range []*numbering{s.mentions, s.names} {
		for i, text := range n.texts {
			if i > 0 {
				n.numbers[text] = uint32(i)
			}
		}
	}
	for _, parts := range s.parts {
		for _, p := range parts {
			p.derive()
			p.living = p.alive.count()
		}
	}
	w := newWriter(s)
	w.released, w.ownsAnchors = true, true
	for _, k := range []geo.Kind{geo.Datasets, geo.Actors, geo.Areas} {
		if err := w.readAgain(k); err != nil {
			return nil, err
		}
	}
	w.settle()
	return w.Snapshot, nil
}

func (w *writer) readAgain(k geo.Kind) error {
	rows := make(map[uint64]location)
	var seqs []uint64
	for _, p := range w.parts[k] {
		for row := range p.alive.all() {
			rows[p.seq[row]] = location{p, row}
			seqs = append(seqs, p.seq[row])
		}
	}
	slices.Sort(seqs)
	return w.read(seqs, func(seq uint64, feature []byte) error {
		at := rows[seq]
		return w.note(k, at.part.anchor[at.row], at.part.table.dataset[at.row], seq, feature)
	})
}

const coderBuffer = 1 << 20

// coder writes a snapshot, or reads it into one: what is saved is listed once.
type coder struct {
	to     io.Writer // nil of a reading coder
	from   io.Reader
	left   int64 // bytes to read
	buffer []byte
	err    error
}

func (c *coder) file(s *Snapshot) {
	magic, format := []byte(savedMagic), savedFormat
	code(c, &magic)
	c.number(&format)
	if c.err == nil && (string(magic) != savedMagic || format != savedFormat) {
		c.err = errors.New("of another version of the program")
	}
	c.snapshot(s)
}

func (c *coder) snapshot(s *Snapshot) {
	c.number(&s.Seq)
	micros := s.Time.UnixMicro()
	c.number(&micros)
	s.Time = time.UnixMicro(micros).UTC()
	c.anchors(s.anchors)
	s.datasets = coded(c, s.datasets, func(d *dataset) { c.text(&d.id) })
	s.actors = coded(c, s.actors, func(a *actor) { c.text(&a.id) })
	s.mentions.texts = coded(c, s.mentions.texts, c.text)
	s.names.texts = coded(c, s.names.texts, c.text)
	for _, k := range inOrder {
		s.parts[k] = coded(c, s.parts[k], func(p **part) {
			if *p == nil {
				*p = &part{table: &table{kind: k}}
			}
			c.table((*p).table)
			code(c, (*[]uint64)(&(*p).alive))
		})
	}
}

func (c *coder) anchors(a *anchors) {
	code(c, &a.kind)
	a.at = coded(c, a.at, func(p *orb.Point) { c.number((*[2]float64)(p)) })
	code(c, &a.seq)
	code(c, &a.dataset)
	code(c, &a.within)
	if c.to == nil {
		n := a.len()
		a.x, a.y, a.hidden = make([]uint32, n), make([]uint32, n), make([]bool, n)
	}
	for n, kind := range a.kind {
		if kind == ownShape && c.err == nil {
			c.shape(a, uint32(n))
		}
	}
}

func (c *coder) shape(a *anchors, n uint32) {
	var b []byte
	if c.to != nil {
		b, c.err = wkb.Marshal(a.shapes[n].geometry)
	}
	code(c, &b)
	if c.to != nil || c.err != nil {
		return
	}
	g, err := wkb.Unmarshal(b)
	if err != nil {
		c.err = err
		return
	}
	a.shapes[n] = newShape(g, nil)
}

func (c *coder) table(t *table) {
	c.text(&t.ids)
	code(c, &t.idEnds)
	t.rows = len(t.idEnds)
	code(c, &t.seq)
	code(c, &t.dataset)
	code(c, &t.anchor)
	code(c, &t.loc)
	code(c, &t.start)
	code(c, &t.end)
	for _, column := range []*[]uint8{&t.types, &t.statuses, &t.datePrecisions, &t.placePrecisions} {
		code(c, column)
	}
	for _, column := range []*[]int32{&t.incidents, &t.best, &t.low, &t.high} {
		code(c, column)
	}
	code(c, (*[]uint64)(&t.ownGeometry))
	for _, of := range keyedColumns {
		code(c, &of(t).keys)
		c.lists(&of(t).lists, t.rows)
	}
	c.text(&t.words.text)
	code(c, &t.words.ends)
	c.lists(&t.words.lists, t.rows)
	if c.to == nil && c.err == nil {
		t.words.findLoose()
	}
}

func (c *coder) lists(l *lists, rows int) {
	l.rows = rows
	code(c, &l.counts)
	code(c, &l.ends)
	code(c, &l.data)
}

func (c *coder) text(s *string) {
	b := []byte(*s)
	code(c, &b)
	*s = string(b)
}

// number codes a number, or an array of them.
func (c *coder) number(v any) {
	switch {
	case c.err != nil:
	case c.to != nil:
		c.err = binary.Write(c.to, binary.LittleEndian, v)
	default:
		b := c.buffer[:binary.Size(v)]
		if c.read(b); c.err == nil {
			_, c.err = binary.Decode(b, binary.LittleEndian, v)
		}
	}
}

func (c *coder) read(b []byte) {
	if c.left -= int64(len(b)); c.left < 0 {
		c.err = io.ErrUnexpectedEOF
		return
	}
	_, c.err = io.ReadFull(c.from, b)
}

// code codes a list of numbers.
func code[T ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~int32 | ~int64](c *coder, list *[]T) {
	n := uint64(len(*list))
	c.number(&n)
	if c.err != nil {
		return
	}
	var one T
	size := binary.Size(one)
	if c.to == nil {
		if n > uint64(c.left)/uint64(size) {
			c.err = io.ErrUnexpectedEOF
			return
		}
		if *list = nil; n > 0 {
			*list = make([]T, n)
		}
	}
	for chunk := range slices.Chunk(*list, coderBuffer/size) {
		if c.err != nil {
			return
		}
		if c.to != nil {
			var b []byte
			if b, c.err = binary.Append(c.buffer[:0], binary.LittleEndian, chunk); c.err == nil {
				_, c.err = c.to.Write(b)
			}
			continue
		}
		b := c.buffer[:len(chunk)*size]
		if c.read(b); c.err == nil {
			_, c.err = binary.Decode(b, binary.LittleEndian, chunk)
		}
	}
}

// coded codes a list of other things.
func coded[T any](c *coder, list []T, each func(*T)) []T {
	n := uint64(len(list))
	c.number(&n)
	if c.to == nil {
		if c.err != nil || n > uint64(c.left) {
			c.err = errors.Join(c.err, io.ErrUnexpectedEOF)
			return nil
		}
		list = make([]T, n)
	}
	for i := range list {
		if each(&list[i]); c.err != nil {
			return list
		}
	}
	return list
}
