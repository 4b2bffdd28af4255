package data

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// holder is a note beside the store, PATH.holder, that says which process has it
// open. The lock itself is bbolt's on the file; the note is only so that the next
// process can say more than "locked".
type holder struct{ path string }

func holderPath(store string) string { return store + ".holder" }

func claim(store string) (*holder, error) {
	h := &holder{holderPath(store)}
	host, err := os.Hostname()
	if err != nil {
		host = "an unnamed host"
	}
	note := fmt.Sprintf("process %d on %s, since %s\n", os.Getpid(), host, time.Now().UTC().Format(time.RFC3339))
	if err := os.WriteFile(h.path, []byte(note), 0o600); err != nil {
		return nil, fmt.Errorf("store %s: note of its holder: %w", store, err)
	}
	return h, nil
}

func (h *holder) release() error {
	if h == nil {
		return nil
	}
	return os.Remove(h.path)
}

// whoHolds reads the note. A store can also be held by a tool that writes none.
func whoHolds(store string) string {
	note, err := os.ReadFile(holderPath(store))
	if err != nil {
		return "it left no note of itself"
	}
	return strings.TrimSpace(string(note))
}
