//go:build !linux

package data

// initialMapSize is 0: what a large mapping costs was only measured on Linux, and
// on Windows the file would be made as large as it.
func initialMapSize() int { return 0 }

// keepResidentLow does nothing: the system alone decides which pages stay.
func (s *Store) keepResidentLow(<-chan struct{}) error { return nil }
