package data

import "github.com/conflictmap/conflictmap/geo/index"

// FallBehind shows an earlier state, as if the changes since could not be shown.
func (c *Catalog) FallBehind(s *index.Snapshot) { c.snapshot.Store(s) }

// SetWorthSaving lowers the number of changes from which a snapshot is saved, for
// tests, until the function is called that it returns.
func SetWorthSaving(n uint64) (restore func()) {
	before := worthSaving
	worthSaving = n
	return func() { worthSaving = before }
}

// SavedSeq is the number of the last change in the snapshot that stands beside the
// store; 0 where there is none that serves.
func (c *Catalog) SavedSeq() uint64 { return c.savedSeq }
