package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// buffer is a log that may be read while it is written.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// run runs a command line to its end.
func run(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err buffer
	code = program{strings.NewReader(""), &out, &err}.run(t.Context(), args)
	return code, out.String(), err.String()
}

var serving = regexp.MustCompile(`msg=serving .*url=(\S+)`)

// serve starts the server as a user does, on a free port, and returns its address
// and what stops it and returns the exit code.
func serve(t *testing.T, args ...string) (url string, stop func() int, log *buffer) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	log = new(buffer)
	done := make(chan int, 1)
	go func() {
		done <- program{strings.NewReader(""), io.Discard, log}.run(ctx, append([]string{"serve", "--addr", "localhost:0"}, args...))
	}()
	var once sync.Once
	code := -1
	stop = func() int {
		once.Do(func() {
			cancel()
			code = <-done
		})
		return code
	}
	t.Cleanup(func() { stop() })
	return waitForURL(t, log), stop, log
}

func waitForURL(t *testing.T, log *buffer) string {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if found := serving.FindStringSubmatch(log.String()); found != nil {
			return found[1]
		}
	}
	t.Fatal("it does not serve: ", log.String())
	return ""
}

func fetch(t *testing.T, url string) (status int, body string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(b)
}

var built struct {
	once   sync.Once
	folder string
	err    error
}

// TestMain takes the built program away at the end.
func TestMain(m *testing.M) {
	code := m.Run()
	if built.folder != "" {
		if err := os.RemoveAll(built.folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(code)
}

// binary builds the program once, for the tests that need a process of their own.
func binary(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		if built.folder, built.err = os.MkdirTemp("", "conflictmap-test-"); built.err != nil {
			return
		}
		out, err := exec.Command("go", "build", "-o", filepath.Join(built.folder, "conflictmap"), ".").CombinedOutput()
		if err != nil {
			built.err = fmt.Errorf("%w: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.folder, "conflictmap")
}
