package data_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"go.etcd.io/bbolt"
)

// newStore makes a store with some records and returns its path; it is closed.
func newStore(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "map.db")
	c := datatest.OpenAt(t, path, base()...)
	for i := range 20 {
		if _, err := c.Apply(t.Context(), geotest.Puts(geotest.Event(geotest.ID("n", i), "d", "p", day))); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// edit changes a store behind the program's back.
func edit(t *testing.T, path string, f func(tx *bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(f), db.Close()); err != nil {
		t.Fatal(err)
	}
}

// copyOf copies a store to a file that no kit checks.
func copyOf(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return to
}

// mustRefuse holds Open and Check to refuse the file with the error and leave it
// as it was.
func mustRefuse(t *testing.T, name, path string, want error) {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := data.Open(path)
	if err == nil {
		t.Errorf("%s: opened", name)
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	} else if !errors.Is(err, want) || !strings.Contains(err.Error(), path) {
		t.Errorf("%s: %v", name, err)
	}
	if _, err := data.Check(t.Context(), path); !errors.Is(err, want) {
		t.Errorf("%s: check says %v", name, err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("%s: the file was touched", name)
	}
	if left, err := filepath.Glob(path + ".*"); err != nil || len(left) > 0 {
		t.Errorf("%s: left behind %v %v", name, left, err)
	}
}

func TestOpenRefusesWhatIsNoStore(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	mustRefuse(t, "an empty file", file("empty", nil), data.ErrTruncated)
	mustRefuse(t, "a text", file("text", []byte("a letter of some length to somebody\n")), data.ErrForeign)
	mustRefuse(t, "a long text", file("long", bytes.Repeat([]byte("SQLite format 3\x00"), 5000)), data.ErrForeign)
	other := filepath.Join(dir, "other")
	edit(t, other, func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("users")); return err })
	mustRefuse(t, "another program's bbolt file", other, data.ErrForeign)
	newer := copyOf(t, newStore(t))
	edit(t, newer, func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("format"), []byte{0, 0, 0, 99}) })
	mustRefuse(t, "a newer format", newer, data.ErrNewer)
	noBucket := copyOf(t, newStore(t))
	edit(t, noBucket, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("places")) })
	mustRefuse(t, "a store without places", noBucket, data.ErrDamaged)
	if _, err := data.Open(dir); err == nil {
		t.Error("a folder was opened")
	}
	if _, err := data.Check(t.Context(), filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error("checking what is not there:", err)
	}
}

func TestOpenRefusesATruncatedStore(t *testing.T) {
	whole, err := os.ReadFile(newStore(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []int{1, 50, 90, 4096, 20_000, 65_536} {
		path := filepath.Join(t.TempDir(), "cut.db")
		if err := os.WriteFile(path, whole[:part], 0o600); err != nil {
			t.Fatal(err)
		}
		want := data.ErrTruncated
		switch {
		case part < 20:
			want = data.ErrForeign // not even its kind can be told
		case part < 80:
			want = data.ErrDamaged
		}
		mustRefuse(t, fmt.Sprintf("cut to %d bytes", part), path, want)
	}
}

// TestDamageIsAnErrorAndNoCrash flips bytes all over a store. It may go unseen
// where nothing is stored, but never kills the program.
func TestDamageIsAnErrorAndNoCrash(t *testing.T) {
	whole, err := os.ReadFile(newStore(t))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(5, 6))
	seen := 0
	for i := range 150 {
		damaged := bytes.Clone(whole)
		for range 1 + random.IntN(40) {
			damaged[random.IntN(len(damaged))] ^= byte(1 + random.IntN(255))
		}
		path := filepath.Join(t.TempDir(), fmt.Sprint(i))
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		report, err := data.Check(t.Context(), path)
		if err != nil || len(report.Problems) > 0 {
			seen++
		}
		if c, err := data.Open(path); err == nil {
			if _, err := c.View().Query(geo.Events, geo.Filter{}, nil, "", 100); err != nil {
				t.Error(err)
			}
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	if seen < 50 {
		t.Errorf("of 150 damaged stores only %d were found out", seen)
	}
}

// TestCheckFindsWhatIsWrong breaks one thing at a time in an otherwise whole store.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	whole := newStore(t)
	log, events := []byte("log"), []byte("events")
	seq := func(n byte) []byte { return []byte{0, 0, 0, 0, 0, 0, 0, n} }
	for _, c := range []struct {
		name string
		edit func(tx *bbolt.Tx) error
		want string
	}{
		{"a change is missing", func(tx *bbolt.Tx) error { return tx.Bucket(log).Delete(seq(5)) }, "log: change 6 stands where 5 should"},
		{"a pointer is missing", func(tx *bbolt.Tx) error { return tx.Bucket(events).Delete([]byte("n-003")) }, "records have pointers"},
		{"a pointer to another change", func(tx *bbolt.Tx) error { return tx.Bucket(events).Put([]byte("n-003"), append(seq(5), 1)) }, "points to change 5"},
		{"a pointer that says removed", func(tx *bbolt.Tx) error { return tx.Bucket(events).Put([]byte("n-003"), append(seq(7), 2)) }, "points to change 7 (operation 2)"},
		{"a pointer for a record of no change", func(tx *bbolt.Tx) error { return tx.Bucket(events).Put([]byte("ghost"), append(seq(7), 1)) }, `"ghost" points`},
		{"a short pointer", func(tx *bbolt.Tx) error { return tx.Bucket(events).Put([]byte("n-003"), []byte{1}) }, "points to change 0"},
		{"a change cut short", func(tx *bbolt.Tx) error {
			b := bytes.Clone(tx.Bucket(log).Get(seq(7)))
			return tx.Bucket(log).Put(seq(7), b[:25])
		}, "log: change 7"},
		{"a time before the one it follows", func(tx *bbolt.Tx) error {
			b := bytes.Clone(tx.Bucket(log).Get(seq(7)))
			copy(b[3:11], make([]byte, 8))
			return tx.Bucket(log).Put(seq(7), b)
		}, "before the one it follows"},
		{"a wrong chain", func(tx *bbolt.Tx) error {
			b := bytes.Clone(tx.Bucket(log).Get(seq(7)))
			b[18] = 3
			return tx.Bucket(log).Put(seq(7), b)
		}, "names 3 as the one before it"},
		{"a record that validation refuses", func(tx *bbolt.Tx) error {
			b := bytes.Replace(tx.Bucket(log).Get(seq(7)), []byte(`"clash"`), []byte(`"dance"`), 1)
			return tx.Bucket(log).Put(seq(7), b)
		}, `type: "dance"`},
		{"a record written otherwise", func(tx *bbolt.Tx) error {
			b := bytes.Replace(tx.Bucket(log).Get(seq(7)), []byte(`"incidents":1`), []byte(`"incidents": 1`), 1)
			return tx.Bucket(log).Put(seq(7), b)
		}, "not as this program writes it"},
		{"a place that is not there", func(tx *bbolt.Tx) error {
			b := bytes.Replace(tx.Bucket(log).Get(seq(7)), []byte(`"place_id":"p"`), []byte(`"place_id":"q"`), 1)
			return tx.Bucket(log).Put(seq(7), b)
		}, "there is no such record"},
	} {
		path := copyOf(t, whole)
		edit(t, path, c.edit)
		report, err := data.Check(t.Context(), path)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if !strings.Contains(strings.Join(report.Problems, "\n"), c.want) {
			t.Errorf("%s: %q", c.name, report.Problems)
		}
	}
	report := datatest.Check(t, whole)
	if report.Changes != 23 || report.Records[geo.Events] != 21 || report.Records[geo.Places] != 1 {
		t.Errorf("%+v", report)
	}
}

func TestASecondOpenSaysWhoHoldsTheStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "map.db")
	datatest.OpenAt(t, path, base()...)
	_, err := data.Open(path)
	if !errors.Is(err, data.ErrLocked) || !strings.Contains(err.Error(), fmt.Sprintf("process %d on ", os.Getpid())) {
		t.Error(err)
	}
	if _, err := data.Check(t.Context(), path); !errors.Is(err, data.ErrLocked) {
		t.Error("check:", err)
	}
}

func TestAStoreIsMadeWithItsFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "map.db")
	c, err := data.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.Close(), c.Close()); err != nil {
		t.Error("closing twice:", err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Error("left behind:", left, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Error("a store can be read by others:", info.Mode(), err)
	}
}
