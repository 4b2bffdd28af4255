package main

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

//go:embed wrk.lua
var wrkScript []byte

// crowd is how many connections ask at once where speed is measured: with eight,
// two cores are busy and more of them gain nothing.
const crowd = 8

// asked is what a run of wrk found.
type asked struct {
	Requests int
	Seconds  float64
	Median   float64 // ms
	Tail     float64 // ms: the 99th percentile
	Errors   int     // answers that were no 2xx, and connections that failed
	Failure  string  // status, path and answer of the first error, of one reader only

	Times map[int][]float64 // ms, by the number of the path in the list; of one reader only
}

// PerSecond is how many answers came in a second.
func (a asked) PerSecond() float64 { return float64(a.Requests) / a.Seconds }

// crowdAsks lets the crowd ask for the paths, for the given time.
func (b bench) crowdAsks(ctx context.Context, base string, paths []string, d time.Duration) (asked, error) {
	return b.wrk(ctx, base, paths, d, crowd)
}

// oneAsks lets one reader ask for one after another.
func (b bench) oneAsks(ctx context.Context, base string, paths []string, d time.Duration) (asked, error) {
	return b.wrk(ctx, base, paths, d, 1)
}

func (b bench) wrk(ctx context.Context, base string, paths []string, d time.Duration, connections int) (asked, error) {
	list := b.file("paths")
	if err := os.WriteFile(list, []byte(strings.Join(paths, "\n")+"\n"), 0o600); err != nil {
		return asked{}, err
	}
	args := []string{"-t1", fmt.Sprintf("-c%d", connections), fmt.Sprintf("-d%ds", int(d.Seconds())), "--timeout", "60s", "-s", b.file("wrk.lua"), base, "--", list}
	if connections == 1 {
		args = append(args, "record")
	}
	command := exec.CommandContext(ctx, "wrk", args...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		return asked{}, fmt.Errorf("wrk: %w: %s %s", err, out, stderr.Bytes())
	}
	found, err := parseWrk(out)
	if err == nil && (found.Errors > 0 || found.Failure != "") {
		err = b.nameFailure(ctx, base, paths, found)
	}
	return found, err
}

// nameFailure says which request failed and what was answered. Of many
// connections wrk does not tell: then the paths are asked once more.
func (b bench) nameFailure(ctx context.Context, base string, paths []string, found asked) error {
	if found.Failure == "" {
		if _, err := checkAll(ctx, base, paths); err != nil {
			return fmt.Errorf("%d of %d requests failed: %w", found.Errors, found.Requests, err)
		}
		found.Failure = "asked once more, they do not fail"
	}
	return fmt.Errorf("%d of %d requests failed: %s", found.Errors, found.Requests, found.Failure)
}

// parseWrk reads what wrk.lua prints below wrk's own words.
func parseWrk(out []byte) (a asked, err error) {
	complete := false
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		kind, rest, _ := strings.Cut(lines.Text(), ": ")
		switch kind {
		case "bench":
			if err = a.summary(rest); err != nil {
				return a, err
			}
			complete = true
		case "failure":
			a.Failure = rest
		case "sample":
			if err = a.sample(rest); err != nil {
				return a, err
			}
		}
	}
	if lines.Err() != nil || !complete {
		return a, fmt.Errorf("wrk told no summary (%v): %.500s", lines.Err(), out)
	}
	if len(a.Times) > 0 {
		var all []float64
		for _, list := range a.Times {
			all = append(all, list...)
		}
		a.Median, a.Tail = median(all), percentile(all, 99)
	}
	return a, nil
}

func (a *asked) summary(line string) error {
	var us, p50, p99 float64
	var status, connect, read, write, timeout int
	_, err := fmt.Sscanf(line, "requests %d us %g p50 %g p99 %g status %d connect %d read %d write %d timeout %d",
		&a.Requests, &us, &p50, &p99, &status, &connect, &read, &write, &timeout)
	if err != nil || us <= 0 {
		return fmt.Errorf("wrk's summary cannot be read (%v): %s", err, line)
	}
	a.Seconds, a.Median, a.Tail = us/1e6, p50/1e3, p99/1e3
	a.Errors = status + connect + read + write + timeout
	return nil
}

func (a *asked) sample(line string) error {
	number, us, _ := strings.Cut(line, " ")
	path, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("wrk's sample cannot be read: %w", err)
	}
	taken, err := strconv.ParseFloat(us, 64)
	if err != nil {
		return fmt.Errorf("wrk's sample cannot be read: %w", err)
	}
	if a.Times == nil {
		a.Times = make(map[int][]float64)
	}
	a.Times[path] = append(a.Times[path], taken/1e3)
	return nil
}
