package exchange

import (
	"context"
	"errors"
	"runtime"
	"sync"
)

// hand is some rows that go together from the file to the batch: singly they
// would spend more time between goroutines than at work.
type hand struct {
	rows   *[handful]row
	drafts []read        // one a row
	ended  error         // what ended the file behind these rows; nil: more follow
	ready  chan struct{} // closed when the drafts are made
}

// read is what became of a row: one or the other.
type read struct {
	draft    *Draft
	rejected *Reject
}

const (
	handful   = 500     // rows in a hand
	handBytes = 1 << 20 // after which a hand has enough of our own records: they may be large
	readAhead = 20      // hands that may wait: enough to keep reading while a batch is written
)

// spareRows are rows of hands that are done, for their memory.
var spareRows = sync.Pool{New: func() any { return new([handful]row) }}

// takeHand reads the next hand from the file.
func takeHand(r Reader) *hand {
	h := &hand{rows: spareRows.Get().(*[handful]row), drafts: make([]read, 0, handful), ready: make(chan struct{})}
	for size := 0; len(h.drafts) < handful && size < handBytes; {
		next := &h.rows[len(h.drafts)]
		err := r.Next(next)
		var rejected *Reject
		if err != nil && !errors.As(err, &rejected) {
			h.ended = err
			break
		}
		h.drafts = append(h.drafts, read{rejected: rejected})
		size += len(next.raw)
	}
	return h
}

// convert makes the drafts of the rows.
func (h *hand) convert(r Reader) {
	for i, d := range h.drafts {
		if d.rejected == nil {
			h.drafts[i].draft, h.drafts[i].rejected = r.Draft(&h.rows[i])
		}
	}
	spareRows.Put(h.rows)
	h.rows = nil
	close(h.ready)
}

// turn is whose turn it is to work, where the parts of an import are to take turns;
// nil: they work at once.
type turn chan struct{}

func newTurn(gently bool) turn {
	if !gently {
		return nil
	}
	return make(turn, 1)
}

// take runs the work when it is its turn.
func (t turn) take(work func()) {
	if t != nil {
		t <- struct{}{}
		defer func() { <-t }()
	}
	work()
}

// reading reads the file in one goroutine and makes drafts of its rows in others.
// The hands come in the order of the file, and the last one says what ended it;
// where none does, the context has ended.
func reading(ctx context.Context, r Reader, t turn) <-chan *hand {
	inOrder, toConvert := make(chan *hand, readAhead), make(chan *hand, readAhead)
	go func() {
		defer close(inOrder)
		defer close(toConvert)
		for ended := false; !ended; {
			var h *hand
			t.take(func() { h = takeHand(r) })
			ended = h.ended != nil
			select {
			case inOrder <- h:
				toConvert <- h // has as much room, and is emptied sooner
			case <-ctx.Done():
				return
			}
		}
	}()
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for h := range toConvert {
				t.take(func() { h.convert(r) })
			}
		}()
	}
	return inOrder
}
