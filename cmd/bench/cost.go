package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
)

// imported is what the import of a file into a new store cost.
type imported struct {
	Seconds float64
	Limit   float64 // seconds of reading the file as CSV, and nothing more
	PeakMiB float64 // the most it had in memory, mapped pages of the store among it
	OwnMiB  float64 // the most it was seen to have of its own, without those pages
	FileMiB float64 // of the store
	SideMiB float64 // of the index saved beside it; 0 where there is none
	DataMiB float64 // of the records in it
	CSVMiB  float64
}

// indexSuffix is what the name of the index that is saved beside a store ends with.
// A small store has none.
const indexSuffix = ".index"

// generate writes a file of made-up events.
func (b bench) generate(ctx context.Context, file string, events int, seed int) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, b.program, "generate", "--events", strconv.Itoa(events), "--seed", strconv.Itoa(seed))
	command.Stdout = out
	return errors.Join(command.Run(), out.Close())
}

// importFile brings the file into a new store with the program's import command.
func (b bench) importFile(ctx context.Context, file, store string) (c imported, err error) {
	p, err := b.start(ctx, "import", b.program, "import", "--db", store, file)
	if err != nil {
		return c, err
	}
	c.OwnMiB = p.watchMemory()
	c.Seconds = time.Since(p.started).Seconds()
	if p.err != nil {
		return c, p.failure(p.err)
	}
	usage, known := p.command.ProcessState.SysUsage().(*syscall.Rusage)
	if !known {
		return c, errors.New("the system does not tell what a process used")
	}
	c.PeakMiB = float64(usage.Maxrss) / 1024
	if c.Limit, err = readOnly(file); err != nil {
		return c, err
	}
	records, err := b.size(ctx, store)
	if err != nil {
		return c, err
	}
	for path, into := range map[string]*float64{file: &c.CSVMiB, store: &c.FileMiB, store + indexSuffix: &c.SideMiB} {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) && path == store+indexSuffix {
			continue
		}
		if err != nil {
			return c, err
		}
		*into = mebibytes(info.Size())
	}
	c.DataMiB = mebibytes(int64(records))
	return c, nil
}

func mebibytes(bytes int64) float64 { return float64(bytes) / (1 << 20) }

// readOnly reads a CSV file and does nothing with it; it returns the seconds.
func readOnly(path string) (seconds float64, err error) {
	started := time.Now()
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	for {
		if _, err := r.Read(); errors.Is(err, io.EOF) {
			return time.Since(started).Seconds(), nil
		} else if err != nil {
			return 0, fmt.Errorf("%s: %w", path, err)
		}
	}
}

// size asks for the bytes of a store's records.
func (b bench) size(ctx context.Context, store string) (int, error) {
	told, err := exec.CommandContext(ctx, b.self, "size", "--db", store).Output()
	if err != nil {
		return 0, fmt.Errorf("size of the records: %w", err)
	}
	return strconv.Atoi(strings.TrimSpace(string(told)))
}

// sizeCommand adds up the bytes of a store's records: in a process of its own,
// since a process inherits the peak of its parent's memory.
type sizeCommand struct {
	DB string `name:"db" required:"" help:"The store." placeholder:"FILE"`
}

// Run prints the bytes.
func (cmd *sizeCommand) Run() (err error) {
	catalog, err := data.OpenToWrite(cmd.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, catalog.Close()) }()
	total := 0
	for _, k := range geo.Kinds() {
		err := catalog.Standing(k, "", func(s data.Standing) error {
			n, err := s.Size()
			total += n
			return err
		})
		if err != nil {
			return err
		}
	}
	fmt.Println(total)
	return nil
}
