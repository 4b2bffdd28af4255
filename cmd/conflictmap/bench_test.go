package main

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// BenchmarkImport brings in a made-up UCDP file of EVENTS rows with the built
// program, and reports rows per second, the most memory it had (which counts the
// pages of the store that the system had mapped), the store's size, and its speed
// as a part of what reading the file as CSV and nothing more reaches.
func BenchmarkImport(b *testing.B) {
	events, err := strconv.Atoi(os.Getenv("EVENTS"))
	if err != nil {
		b.Skip("EVENTS is not set: make bench sets it")
	}
	folder := b.TempDir()
	file, store := filepath.Join(folder, "ged.csv"), filepath.Join(folder, "map.db")
	program := binary(b)
	out, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	generate := exec.Command(program, "generate", "--events", strconv.Itoa(events))
	generate.Stdout = out
	if err := errors.Join(generate.Run(), out.Close()); err != nil {
		b.Fatal(err)
	}
	limit := readOnly(b, file)
	for b.Loop() {
		if err := os.RemoveAll(store); err != nil {
			b.Fatal(err)
		}
		started := time.Now()
		run := exec.Command(program, "import", "--db", store, file)
		if told, err := run.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, told)
		}
		took := time.Since(started)
		info, err := os.Stat(store)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(took.Seconds(), "s")
		b.ReportMetric(float64(events)/took.Seconds(), "rows/s")
		b.ReportMetric(limit.Seconds()/took.Seconds(), "of-limit")
		b.ReportMetric(float64(info.Size())/(1<<20), "MiB-file")
		if usage, known := run.ProcessState.SysUsage().(*syscall.Rusage); known {
			b.ReportMetric(float64(usage.Maxrss)/1024, "MiB-peak")
		}
	}
	b.ReportMetric(0, "ns/op")
}

func readOnly(b *testing.B, path string) time.Duration {
	started := time.Now()
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	for {
		if _, err := r.Read(); errors.Is(err, io.EOF) {
			return time.Since(started)
		} else if err != nil {
			b.Fatal(err)
		}
	}
}
