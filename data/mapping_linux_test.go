package data

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"

	"go.etcd.io/bbolt"
	"golang.org/x/sys/unix"
)

func TestOnlyTheFilesOwnMappingIsFound(t *testing.T) {
	const maps = `00400000-00dd2000 r-xp 00000000 fe:00 524 /usr/bin/conflictmap
0c000000-0c800000 rw-p 00000000 00:00 0
50000000-60000000 r--s 00000000 fe:00 4711 /data/my map.db (deleted)
61000000-61001000 rw-s 00000000 fe:00 4711 /data/map.db
62000000-62001000 r--p 00000000 fe:00 4711 /data/map.db
63000000-63001000 r--s 00001000 fe:00 4711 /data/map.db
64000000-64001000 r--s 00000000 00:00 0
65000000-65000000 r--s 00000000 fe:00 4711 /data/map.db
66000000-66001000 r--s
`
	for _, c := range []struct {
		address uintptr
		length  uintptr
		wrong   string
	}{
		{0x50000000, 256 << 20, ""},
		{0x400000, 0, "not of a whole file"},
		{0xc000000, 0, "not of a whole file"},
		{0x61000000, 0, "not of a whole file"},
		{0x62000000, 0, "not of a whole file"},
		{0x63000000, 0, "not of a whole file"},
		{0x64000000, 0, "not of a whole file"},
		{0x65000000, 0, "no end"},
		{0x66000000, 0, "not of a whole file"},
		{0x50001000, 0, "no mapping"},
		{0x5000, 0, "no mapping"},
	} {
		length, err := sharedMapping(strings.NewReader(maps), c.address)
		if length != c.length || (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("at %#x: %d, %v; want %d, %q", c.address, length, err, c.length, c.wrong)
		}
	}
}

// TestOwnMemoryIsRefused asks the kernel about mappings whose pages are in no file.
func TestOwnMemoryIsRefused(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Truncate(1 << 20); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name              string
		fd, access, flags int
	}{
		{"anonymous", -1, unix.PROT_READ | unix.PROT_WRITE, unix.MAP_PRIVATE | unix.MAP_ANON},
		{"private", int(file.Fd()), unix.PROT_READ, unix.MAP_PRIVATE},
		{"writable", int(file.Fd()), unix.PROT_READ | unix.PROT_WRITE, unix.MAP_SHARED},
	} {
		memory, err := unix.Mmap(c.fd, 0, 1<<20, c.access, c.flags)
		if err != nil {
			t.Fatal(err)
		}
		maps, err := os.ReadFile("/proc/self/maps")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sharedMapping(bytes.NewReader(maps), uintptr(unsafe.Pointer(&memory[0]))); err == nil {
			t.Errorf("a mapping that is %s counts as the store's", c.name)
		}
		if err := unix.Munmap(memory); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWriterDoesNotWaitForReaders holds a reader while the file grows manifold.
func TestWriterDoesNotWaitForReaders(t *testing.T) {
	if strconv.IntSize < 64 {
		t.Skip("SKIP: the address space has no room to spare: writers wait")
	}
	s := bigStore(t, 1)
	if info, err := os.Stat(s.db.Path()); err != nil || info.Size() > 1<<20 {
		t.Errorf("a store of one record is no small file: %v, %v", info, err)
	}
	written := make(chan error, 1)
	if err := s.view(func(*bbolt.Tx) error {
		go func() {
			written <- s.update(func(tx *bbolt.Tx) error {
				noise := rand.NewChaCha8([32]byte{3})
				for seq := uint64(2); seq < 8<<10; seq++ {
					if err := tx.Bucket(logBucket).Put(seqKey(seq), valueOf(seq, noise)); err != nil {
						return err
					}
				}
				return nil
			})
		}()
		select {
		case err := <-written:
			return err
		case <-time.After(20 * time.Second):
			return errors.New("the writer waits for the reader")
		}
	}); err != nil {
		t.Fatal(err)
	}
	readAll(t, s)
}

// TestLimitedAddressSpace opens a store where an operator has set ulimit -v.
func TestLimitedAddressSpace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "map.db")
	if err := createStore(path); err != nil {
		t.Fatal(err)
	}
	var before unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_AS, &before); err != nil {
		t.Fatal(err)
	}
	limited := before
	limited.Cur = uint64(virtualBytes(t)) + 4<<30
	if err := unix.Setrlimit(unix.RLIMIT_AS, &limited); err != nil {
		t.Skip("SKIP: the limit cannot be set: ", err)
	}
	s, err := openStore(path)
	if err := unix.Setrlimit(unix.RLIMIT_AS, &before); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// virtualBytes is the size of the process's address space in use.
func virtualBytes(t *testing.T) (bytes int64) {
	t.Helper()
	status, err := os.Open("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	defer status.Close()
	for lines := bufio.NewScanner(status); lines.Scan(); {
		if _, err := fmt.Sscanf(lines.Text(), "VmSize: %d kB", &bytes); err == nil {
			return bytes << 10
		}
	}
	t.Fatal("status does not tell the virtual size")
	return 0
}
