package main

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

func shell(t *testing.T, script string) *process {
	t.Helper()
	p, err := bench{folder: t.TempDir()}.start(t.Context(), "shell", "sh", "-c", script)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestToldWaitsForTheLine(t *testing.T) {
	p := shell(t, "printf 'first\\nhalf of '; sleep 0.1; echo 'n=42 it'; sleep 30")
	found, err := p.told(regexp.MustCompile(`half of n=(\d+)`), time.Minute, time.Millisecond)
	if err != nil || len(found) != 2 || found[1] != "42" {
		t.Errorf("%q %v", found, err)
	}
	if _, err := p.told(regexp.MustCompile(`never`), 50*time.Millisecond, time.Millisecond); err == nil || !strings.Contains(err.Error(), "n=42") {
		t.Errorf("without the log's end: %v", err)
	}
	if err := p.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
}

func TestToldSeesTheEnd(t *testing.T) {
	_, err := shell(t, "echo why >&2; exit 3").told(regexp.MustCompile(`never`), time.Minute, time.Millisecond)
	if err == nil || !strings.Contains(err.Error(), "exit status 3") || !strings.Contains(err.Error(), "why") {
		t.Error(err)
	}
}

func TestStop(t *testing.T) {
	for script, fails := range map[string]bool{
		"trap 'exit 0' TERM; echo ready; while :; do sleep 0.01; done": false,
		"trap 'exit 1' TERM; echo ready; while :; do sleep 0.01; done": true,
		"echo ready": false,
	} {
		p := shell(t, script)
		if _, err := p.told(regexp.MustCompile("ready"), time.Minute, time.Millisecond); err != nil {
			t.Fatal(err)
		}
		if err := p.stop(); (err != nil) != fails {
			t.Errorf("%s: %v", script, err)
		}
	}
}

func TestParseMemory(t *testing.T) {
	const status = "Name:\tx\nVmRSS:\t    3072 kB\nRssAnon:\t    2048 kB\nRssFile:\t    512 kB\nRssShmem:\t       0 kB\n"
	if m, err := parseMemory([]byte(status)); err != nil || m != (memory{2, 0.5}) {
		t.Errorf("%+v %v", m, err)
	}
	for _, broken := range []string{"", strings.Replace(status, "RssFile", "Other", 1), strings.Replace(status, "2048 kB", "2048 MB", 1), strings.Replace(status, "2048", "x", 1)} {
		if m, err := parseMemory([]byte(broken)); err == nil {
			t.Errorf("%q: %+v", broken, m)
		}
	}
}

func TestInGiB(t *testing.T) {
	for size, want := range map[string]string{"4194304 kB": "4.0 GiB", "24684544 kB": "23.5 GiB", notKnown: notKnown, "12 MB": "12 MB"} {
		if got := inGiB(size); got != want {
			t.Errorf("%s is %s, not %s", size, got, want)
		}
	}
}

func TestWatchMemoryUntilTheEnd(t *testing.T) {
	p := shell(t, "x=$(head -c 8000000 /dev/zero | tr '\\0' a); sleep 0.3")
	if most := p.watchMemory(); most < 7 || most > 100 {
		t.Errorf("a shell that holds 8 MB was seen to have %g MiB", most)
	}
	select {
	case <-p.ended:
	default:
		t.Error("it has not ended")
	}
}
