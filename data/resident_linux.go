package data

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"go.etcd.io/bbolt"
	"golang.org/x/sys/unix"
)

// initialMapBytes is how much of the address space a store that is open for
// writing takes from the start: enough for about ten million events. A writer that
// outgrows the mapping has to map the file anew, for which it waits for every
// reader under way, and new readers wait for it. The space costs no memory: a page
// has to be touched to count. A larger file is mapped whole and then grows by 1 GiB.
const initialMapBytes = 16 << 30

// othersGrow is by how much the pages of other files are believed to have grown
// between two droppings, in bytes. Those of the program itself are some 20 MiB in all.
const othersGrow = 4 << 20

// initialMapSize is 0, for a mapping as large as the file, where the address space
// is small (32 bits) or an operator limits it (ulimit -v).
func initialMapSize() int {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_AS, &limit); err != nil || limit.Cur != unix.RLIM_INFINITY || math.MaxInt < initialMapBytes {
		return 0
	}
	size := int64(initialMapBytes) // a constant would not compile for 32 bits
	return int(size)
}

// keepResidentLow looks again and again at how much of the process's memory is
// pages of files, and drops those of the store when they are more than
// residentBudget, until stop is closed. It ends early with an error where /proc
// does not tell, or the kernel does not drop (a process that locks its memory).
func (s *Store) keepResidentLow(stop <-chan struct{}) error {
	statm, err := os.Open("/proc/self/statm")
	if err != nil {
		return err
	}
	defer statm.Close()
	var last, others int64 // others: bytes of other files, such as the program's own
	for grows := true; ; {
		if !grows {
			select {
			case <-s.begun:
			case <-time.After(idleLook):
			case <-stop:
				return nil
			}
		}
		select {
		case <-time.After(busyLook):
		case <-stop:
			return nil
		}
		now, err := residentFiles(statm)
		if err != nil {
			return err
		}
		grows = now > last
		if now-others > residentBudget {
			if err := s.dropPages(); err != nil {
				return err
			}
			if now, err = residentFiles(statm); err != nil {
				return err
			}
			// Readers may have mapped many again before that look, which are not others'.
			others = min(now, others+othersGrow)
		}
		last = now
	}
}

// residentFiles reads from /proc/self/statm how many bytes of the process's memory
// are pages of files: its third number, in pages. See proc_pid_statm(5).
func residentFiles(statm io.ReaderAt) (int64, error) {
	line := make([]byte, 128)
	n, err := statm.ReadAt(line, 0)
	if err != nil && err != io.EOF {
		return 0, err
	}
	fields := bytes.Fields(line[:n])
	if len(fields) < 3 {
		return 0, fmt.Errorf("/proc/self/statm has %d numbers", len(fields))
	}
	pages, err := strconv.ParseInt(string(fields[2]), 10, 64)
	return pages * int64(os.Getpagesize()), err
}

// dropPages takes all pages of the store's file from this process. They stay in
// the kernel's cache as long as it has room, and the next touch maps them again:
// readers and writers go on meanwhile. Nothing can be lost: bbolt writes to the
// file and never to its mapping.
func (s *Store) dropPages() error {
	// The transaction holds the mapping in its place.
	return s.view(func(*bbolt.Tx) error { return dropMapping(s.db.Info().Data) })
}

func dropMapping(start uintptr) error {
	maps, err := os.Open("/proc/self/maps")
	if err != nil {
		return err
	}
	defer maps.Close()
	length, err := sharedMapping(maps, start)
	if err != nil {
		return err
	}
	if _, _, errno := unix.Syscall(unix.SYS_MADVISE, start, length, unix.MADV_DONTNEED); errno != 0 {
		return fmt.Errorf("madvise: %w", errno)
	}
	return nil
}

// sharedMapping returns the length, in bytes, of the mapping that begins at the
// address and is of a file from its beginning, shared and read-only. Any other is
// an error: to drop pages that are in no file would destroy them. The address says
// which file, and not its name, which may have been moved or deleted, nor its
// device and inode, which on overlayfs and btrfs are others here than for stat.
// See proc_pid_maps(5).
func sharedMapping(maps io.Reader, address uintptr) (uintptr, error) {
	begins := fmt.Sprintf("%08x-", address)
	lines := bufio.NewScanner(maps)
	for lines.Scan() {
		rest, found := strings.CutPrefix(lines.Text(), begins)
		if !found {
			continue
		}
		fields := strings.Fields(rest) // end, permissions, offset, device, inode, path
		if len(fields) < 5 || fields[1] != "r--s" || strings.Trim(fields[2], "0") != "" || fields[4] == "0" {
			return 0, fmt.Errorf("the mapping at %#x is not of a whole file, shared and read-only: %s", address, lines.Text())
		}
		end, err := strconv.ParseUint(fields[0], 16, strconv.IntSize)
		if err != nil || uintptr(end) <= address {
			return 0, fmt.Errorf("the mapping at %#x has no end: %s", address, lines.Text())
		}
		return uintptr(end) - address, nil
	}
	if err := lines.Err(); err != nil {
		return 0, err
	}
	return 0, fmt.Errorf("no mapping begins at %#x", address)
}
