package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"syscall"
	"time"
)

// process is a server in a process of its own, whose log goes to a file.
type process struct {
	command *exec.Cmd
	log     string // the file
	started time.Time
	ended   chan struct{} // closed when it has ended, with err
	err     error
}

const (
	readyWithin = 2 * time.Minute
	stopWithin  = 20 * time.Second
	lookEvery   = 2 * time.Millisecond
)

// start starts a program. It is stopped by stop, or killed when the context ends.
func (b bench) start(ctx context.Context, name, program string, args ...string) (*process, error) {
	p := &process{log: b.file(name + ".log"), ended: make(chan struct{})}
	// Appending, so that clearLog may cut the file while it is written.
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	p.command = exec.CommandContext(ctx, program, args...)
	p.command.Stdout, p.command.Stderr = log, log
	p.started = time.Now()
	err = p.command.Start()
	if err = errors.Join(err, log.Close()); err != nil {
		return nil, err
	}
	go func() {
		p.err = p.command.Wait()
		close(p.ended)
	}()
	return p, nil
}

// stop asks the process to end and waits until it has.
func (p *process) stop() error {
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
	case <-time.After(stopWithin):
		err := errors.Join(fmt.Errorf("%s did not stop within %s", p.command, stopWithin), p.command.Process.Kill())
		<-p.ended
		return err
	}
	if p.err != nil {
		return p.failure(p.err)
	}
	return nil
}

// failure is an error with the end of the log.
func (p *process) failure(err error) error {
	log, readErr := os.ReadFile(p.log)
	return errors.Join(fmt.Errorf("%s: %w: %s", p.command, err, log[max(0, len(log)-1000):]), readErr)
}

// told waits until the log holds a line that matches, and returns its groups. It
// looks at each line once: a log grows while its server is asked.
func (p *process) told(line *regexp.Regexp, within, every time.Duration) (groups []string, err error) {
	log, err := os.Open(p.log)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	var unread []byte
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(every) {
		more, err := io.ReadAll(log)
		if err != nil {
			return nil, err
		}
		unread = append(unread, more...)
		lines := unread[:bytes.LastIndexByte(unread, '\n')+1]
		if found := line.FindSubmatch(lines); found != nil {
			for _, group := range found {
				groups = append(groups, string(group))
			}
			return groups, nil
		}
		unread = unread[len(lines):]
		select {
		case <-p.ended:
			return nil, p.failure(fmt.Errorf("it ended: %w", p.err))
		default:
		}
	}
	return nil, p.failure(fmt.Errorf("it did not tell %q within %s", line, within))
}

// clearLog empties the log, so that it grows no disk full.
func (p *process) clearLog() error { return os.Truncate(p.log, 0) }

var servingLine = regexp.MustCompile(`msg=serving addr=(\S+)`)

// ready waits for the first 200 of /readyz and returns the server's address, and
// the time since the process was started.
func (p *process) ready(ctx context.Context) (base string, after time.Duration, err error) {
	found, err := p.told(servingLine, readyWithin, lookEvery)
	if err != nil {
		return "", 0, err
	}
	base = "http://" + found[1]
	for deadline := time.Now().Add(readyWithin); time.Now().Before(deadline); time.Sleep(lookEvery) {
		var notYet *statusError
		_, _, err := get(ctx, base+"/readyz")
		if err == nil {
			return base, time.Since(p.started), nil
		}
		if !errors.As(err, &notYet) || notYet.status != http.StatusServiceUnavailable {
			return "", 0, p.failure(err)
		}
	}
	return "", 0, p.failure(errors.New("it is not ready"))
}
