package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// errAbsent says that the server has no such endpoint.
var errAbsent = errors.New("not there")

// plainClient asks as wrk does: for no compression.
var plainClient = &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 16}}

// get takes one answer. Any but a 2xx is an error that names the request and
// what was answered.
func get(ctx context.Context, url string) (contentType string, body []byte, err error) {
	response, err := open(ctx, url)
	if err != nil {
		return "", nil, err
	}
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	return response.Header.Get("Content-Type"), body, err
}

// statusError is an answer that is no 2xx.
type statusError struct {
	status int
	url    string
	body   []byte
}

func (e *statusError) Error() string { return fmt.Sprintf("%d %s %.1000s", e.status, e.url, e.body) }

func open(ctx context.Context, url string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	response, err := plainClient.Do(request)
	if err != nil || response.StatusCode/100 == 2 {
		return response, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, 2000))
	return nil, errors.Join(&statusError{response.StatusCode, url, bytes.TrimSpace(body)}, err, response.Body.Close())
}

// checkAll asks for each path once and returns the mean bytes of an answer. The
// error is errAbsent where the first answer is a 404 that speaks of the path, and
// else of the first answer that is no 2xx.
func checkAll(ctx context.Context, base string, paths []string) (bytesEach float64, err error) {
	total := 0
	for i, path := range paths {
		_, body, err := get(ctx, base+path)
		var failed *statusError
		if i == 0 && errors.As(err, &failed) && failed.status == http.StatusNotFound && bytes.Contains(failed.body, []byte("nothing at this path")) {
			return 0, errAbsent
		}
		if err != nil {
			return 0, err
		}
		total += len(body)
	}
	return float64(total) / float64(len(paths)), nil
}
