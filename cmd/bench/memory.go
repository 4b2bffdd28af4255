package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// memory is what a process has in memory, in MiB.
type memory struct {
	Own    float64 // anonymous: its heap, stacks and the like
	Mapped float64 // pages of files, which the system takes back when it needs room
}

// memory reads what the process has in memory now.
func (p *process) memory() (memory, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return memory{}, err
	}
	return parseMemory(status)
}

func parseMemory(status []byte) (m memory, err error) {
	for _, field := range []struct {
		name string
		into *float64
	}{{"RssAnon", &m.Own}, {"RssFile", &m.Mapped}} {
		_, rest, found := bytes.Cut(status, []byte("\n"+field.name+":"))
		line, _, _ := strings.Cut(string(rest), "\n")
		n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(line), " kB"), 64)
		if !found || err != nil {
			return m, fmt.Errorf("the process's status tells no %s: %q", field.name, line)
		}
		*field.into = n / 1024
	}
	return m, nil
}

// watchMemory waits until the process has ended, and returns the most memory of
// its own that it was seen to have, in MiB.
func (p *process) watchMemory() (most float64) {
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	for {
		// At its end a process has no memory to tell of, and so no error to report.
		if m, err := p.memory(); err == nil {
			most = max(most, m.Own)
		}
		select {
		case <-p.ended:
			return most
		case <-look.C:
		}
	}
}
