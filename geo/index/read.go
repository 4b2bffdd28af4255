package index

import (
	"cmp"
	"runtime"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
)

// Reading records is work for seconds, where there are a million: only half of the
// processors do it at a time, so that other requests need not wait for it, and it
// ends soon after the request that wants it.
var reading = make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2))

// readAtOnce is how many records are read before it is looked whether they are still
// wanted, and how many may be read beside all others.
const readAtOnce = 1_000

type seqRow struct {
	seq uint64
	row uint32
}

// readEach calls visit with the record of each of some rows of a part, as it may
// leave, in the order of the log. Of a record that is not masked only some members
// of its properties are read.
func (s *Snapshot) readEach(p *part, rows bitset, members []string, visit func(row uint32, r geo.Record) error) error {
	list := make([]seqRow, 0, rows.count())
	for row := range rows.all() {
		list = append(list, seqRow{p.seq[row], row})
	}
	slices.SortFunc(list, func(a, b seqRow) int { return cmp.Compare(a.seq, b.seq) })
	if len(list) > readAtOnce {
		select {
		case reading <- struct{}{}:
			defer func() { <-reading }()
		case <-s.done():
			return s.interrupted()
		}
	}
	for batch := range slices.Chunk(list, readAtOnce) {
		if err := s.interrupted(); err != nil {
			return err
		}
		if err := s.readBatch(p, batch, members, visit); err != nil {
			return err
		}
	}
	return nil
}

func (s *Snapshot) readBatch(p *part, batch []seqRow, members []string, visit func(row uint32, r geo.Record) error) error {
	seqs := make([]uint64, len(batch))
	for i, r := range batch {
		seqs[i] = r.seq
	}
	i := 0
	var failed error // of the visit, and none of the record's
	err := s.read(seqs, func(_ uint64, feature []byte) error {
		row := batch[i].row
		i++
		record, err := s.decode(p, row, feature, members)
		if err != nil {
			return err
		}
		failed = visit(row, record)
		return failed
	})
	return cmp.Or(failed, err)
}

// decode reads some members of a record's properties as they may leave.
func (s *Snapshot) decode(p *part, row uint32, feature []byte, members []string) (geo.Record, error) {
	if p.masked == nil || !p.masked.has(row) {
		return geo.DecodeMembers(p.kind, feature, members)
	}
	r, err := geo.DecodeFeature(p.kind, feature)
	if err != nil {
		return nil, err
	}
	return s.Mask(r), nil
}
