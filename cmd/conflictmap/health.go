package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

type healthCommand struct {
	Addr string `default:"localhost:8080" help:"Address the server listens on." placeholder:"HOST:PORT"`
}

const healthTimeout = 3 * time.Second

// Run asks /readyz; the error says what came instead of 200.
func (cmd *healthCommand) Run(ctx context.Context, p program) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	host, port, err := net.SplitHostPort(cmd.Addr)
	if err != nil {
		return fmt.Errorf("--addr %q: %w", cmd.Addr, err)
	}
	// A server that listens everywhere is at this machine's own address; its name
	// "localhost" is not known in an image without /etc/hosts.
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.Equal(net.IPv4zero) {
		host = "127.0.0.1"
	} else if ip != nil && ip.IsUnspecified() {
		host = "::1"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s: %s", response.Status, body)
	}
	fmt.Fprintf(p.stdout, "%s\n", body)
	return nil
}
