package data

import (
	"log/slog"
	"os"
	"time"
)

// residentBudget is how many bytes of the store's file may count as this process's
// memory before they are dropped. Until that is seen there are more: one touch of a
// page that is in the kernel's cache maps up to 128 KiB around it, and a server
// under random load maps two gigabytes in a second. It then has half as much again
// at most; a loop that does nothing but read on all processors has far more.
const residentBudget = 96 << 20

// How long keepResidentLow waits before it looks: after a transaction has begun or
// while more is mapped than before, and else, for a long transaction that has
// paused. To look takes a few microseconds, but to be woken for it can take a
// hundred times as long: while nothing is read it sleeps.
const (
	busyLook = 10 * time.Millisecond
	idleLook = time.Second
)

// keeper runs keepResidentLow beside an open store.
type keeper struct{ stop, done chan struct{} }

// keepIfLarge starts the keeper when the file has more than it lets be mapped. A
// small store never needs one.
func (s *Store) keepIfLarge() {
	if s.begun == nil || s.keeper != nil {
		return
	}
	// Where it cannot be told, a keeper too many does no harm.
	if info, err := os.Stat(s.db.Path()); err != nil || info.Size() > residentBudget {
		s.keeper = s.startKeeper()
	}
}

// startKeeper starts it. Where the pages cannot be dropped the store serves as
// well, and the process is counted larger: that is told in the log, once.
func (s *Store) startKeeper() *keeper {
	k := &keeper{make(chan struct{}), make(chan struct{})}
	path := s.db.Path()
	go func() {
		defer close(k.done)
		if err := s.keepResidentLow(k.stop); err != nil {
			slog.Warn("pages of the store that were read stay resident", "store", path, "error", err)
		}
	}()
	return k
}

// begin tells the keeper, if there is one, that pages may be read from now on.
func (s *Store) begin() {
	select {
	case s.begun <- struct{}{}:
	default: // it has been told
	}
}

// end stops it and waits until it no longer reads the store.
func (k *keeper) end() {
	if k == nil {
		return
	}
	close(k.stop)
	<-k.done
}
