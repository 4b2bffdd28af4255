package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"

	"github.com/go-json-experiment/json"
)

const (
	walkPage  = 100     // rows of a page that is timed
	walkDepth = 500_000 // rows before the deepest page
	walkSteps = 50      // pages that the walk takes to get there
	deepPages = 5       // of the last ones, that are timed
)

// walkTo follows the next links to the depth, or near the end where there are
// fewer events. It returns paths of the pages there, and the number of the last.
func walkTo(ctx context.Context, base string, events int) (paths []string, page int, err error) {
	depth := min(walkDepth, events*9/10)
	step := max(depth/walkSteps, 1)
	cursor := ""
	for rows := step; rows <= depth; rows += step {
		if cursor, err = nextCursor(ctx, base+eventsPath+"/items?"+query("limit", fmt.Sprint(step))+cursor); err != nil {
			return nil, 0, err
		}
		paths = append(paths, eventsPath+"/items?"+query("limit", fmt.Sprint(walkPage))+cursor)
		page = rows/walkPage + 1
	}
	return paths[max(0, len(paths)-deepPages):], page, nil
}

// nextCursor reads one page and returns the cursor of the next as a parameter.
func nextCursor(ctx context.Context, url string) (string, error) {
	response, err := open(ctx, url)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body := bufio.NewReader(response.Body)
	cursor, err := cursorOf(body)
	if err != nil {
		return "", fmt.Errorf("%s: %w", url, err)
	}
	_, err = io.Copy(io.Discard, body)
	return cursor, err
}

// cursorOf reads the links of a page, which stand before its features, and not the features.
func cursorOf(page io.ByteReader) (string, error) {
	mark := []byte(`,"features":[`)
	var head []byte
	for !bytes.HasSuffix(head, mark) {
		c, err := page.ReadByte()
		if err != nil {
			return "", fmt.Errorf("a page without features: %w", err)
		}
		head = append(head, c)
	}
	var links struct {
		Links []struct{ Href, Rel string }
	}
	if err := json.Unmarshal(append(head[:len(head)-len(mark)], '}'), &links, json.MatchCaseInsensitiveNames(true)); err != nil {
		return "", err
	}
	for _, link := range links.Links {
		if link.Rel != "next" {
			continue
		}
		u, err := url.Parse(link.Href)
		if err != nil {
			return "", err
		}
		return "&" + query("cursor", u.Query().Get("cursor")), nil
	}
	return "", errors.New("there is no next page")
}
