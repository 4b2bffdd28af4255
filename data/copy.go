package data

import (
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// Copy writes a whole copy of the store at from, as it stands, to a new file. It
// holds the lock against writers meanwhile.
func Copy(from, to string) error {
	s, err := openExisting(from, true)
	if err != nil {
		return err
	}
	err = s.view(func(tx *bbolt.Tx) error { return tx.CopyFile(to, 0o600) })
	if err = errors.Join(err, s.db.Close()); err != nil {
		return fmt.Errorf("store %s: copy: %w", from, err)
	}
	return nil
}
