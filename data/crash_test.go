package data_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/datatest"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// crashStore names the store that this process is to write into until it is killed.
const crashStore = "CONFLICTMAP_TEST_CRASH_STORE"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashStore); path != "" {
		fmt.Fprintln(os.Stderr, writeForever(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForever edits one event over and over, in batches with new ones, and says
// on stdout which sequence number the catalog has acknowledged.
func writeForever(path string) error {
	c, err := data.Open(path)
	if err != nil {
		return err
	}
	for round := int(c.View().Seq); ; round++ {
		edited := geotest.Event("edited", "d", "p", day)
		edited.Tags = []string{strconv.Itoa(round)}
		records := append(base(), edited)
		for i := range round % 7 {
			records = append(records, geotest.Event(fmt.Sprintf("r%d-%d", round, i), "d", "p", day))
		}
		applied, err := c.Apply(context.Background(), geotest.Puts(records...))
		if err != nil {
			return err
		}
		fmt.Printf("%d %d\n", applied.Seq, round)
	}
}

// TestKilledWhileWriting kills a writer at a random moment, many times over the
// same file, and finds every change that it had acknowledged.
func TestKilledWhileWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "map.db")
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	acknowledged := 0
	for range 40 {
		seq, round := killWriter(t, path, time.Duration(random.IntN(30_000))*time.Microsecond)
		if _, err := os.Stat(path); err != nil {
			continue // killed before the store was made: nothing was acknowledged
		}
		report := datatest.Check(t, path)
		if report.Changes < seq {
			t.Fatalf("%d changes were acknowledged and %d are there", seq, report.Changes)
		}
		if seq == 0 {
			continue
		}
		acknowledged++
		c, err := data.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		edited := datatest.Read[*geo.Event](t, c, geo.Events, "edited")
		if got, err := strconv.Atoi(edited.Tags[0]); err != nil || got < round {
			t.Fatalf("round %d was acknowledged, and %d is there", round, got)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if acknowledged < 5 {
		t.Fatalf("only %d of 40 writers got to write", acknowledged)
	}
}

// killWriter starts a writer, kills it a while after its first acknowledgement (or
// earlier, by a toss), and returns the last acknowledgement that it got out.
func killWriter(t *testing.T, path string, after time.Duration) (seq uint64, round int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashStore+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
	if after/time.Microsecond%4 == 0 { // at any moment since its start, the making of the file among them
		time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	}
	lines := bufio.NewScanner(out)
	for first := true; lines.Scan(); first = false {
		if _, err := fmt.Sscanf(lines.Text(), "%d %d", &seq, &round); err != nil {
			break // the last line, cut short: not an acknowledgement
		}
		if first {
			timer.Reset(after)
		}
	}
	_ = cmd.Wait() // killed, as it should be
	timer.Stop()
	return seq, round
}
