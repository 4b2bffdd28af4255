package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// machine is where and when, and of which program, a report speaks.
type machine struct {
	Processor, Memory, Kernel, Load, Go, Wrk, Commit string
	Cores                                            int
	Time                                             time.Time
}

// notKnown stands where the system does not tell.
const notKnown = "not known"

func describeMachine(ctx context.Context) machine {
	told := func(name string, args ...string) string {
		out, err := exec.CommandContext(ctx, name, args...).Output()
		if err != nil || len(out) == 0 {
			return notKnown
		}
		return strings.TrimSpace(string(out))
	}
	m := machine{Processor: lineOf("/proc/cpuinfo", "model name"), Memory: inGiB(lineOf("/proc/meminfo", "MemTotal")), Kernel: notKnown, Load: notKnown, Go: runtime.Version(),
		Wrk: notKnown, Commit: told("git", "describe", "--always", "--dirty", "--exclude=*"), Cores: runtime.NumCPU(), Time: time.Now().UTC()}
	if release, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m.Kernel = strings.TrimSpace(string(release))
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load, _, _ = strings.Cut(string(load), " ")
	}
	// wrk tells its version and ends as if that had been a mistake.
	if out, _ := exec.CommandContext(ctx, "wrk", "-v").CombinedOutput(); len(strings.Fields(string(out))) > 1 {
		m.Wrk = strings.Fields(string(out))[1]
	}
	return m
}

// lineOf returns what a file of the form "name : value" says of the name, first.
func lineOf(path, name string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return notKnown
	}
	for line := range strings.Lines(string(text)) {
		if key, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return notKnown
}

// inGiB rewrites a size as /proc/meminfo has it, "1048576 kB".
func inGiB(size string) string {
	number, isKiB := strings.CutSuffix(size, " kB")
	kib, err := strconv.ParseFloat(number, 64)
	if !isKiB || err != nil {
		return size
	}
	return fmt.Sprintf("%.1f GiB", kib/(1<<20))
}
