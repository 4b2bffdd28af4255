package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"testing"
)

// pages is a server of so many events, whose cursors are the number of rows before.
func pages(t *testing.T, events int) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case eventsPath + "/items/ucdp:7":
			fmt.Fprint(w, `{"properties":{"place_id":"ucdp:place:x"}}`)
			return
		case eventsPath + "/items/ucdp:9":
			fmt.Fprint(w, `{"properties":{"place_id":null}}`)
			return
		}
		limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		after, err := strconv.Atoi("0" + r.URL.Query().Get("cursor"))
		if after += limit; err != nil || after >= events {
			fmt.Fprint(w, `{"links":[],"features":[]}`)
			return
		}
		fmt.Fprintf(w, `{"links":[{"rel":"next","href":"http://h/x?limit=%d&cursor=%d"}],"features":[{}]}`, limit, after)
	}))
	t.Cleanup(s.Close)
	return s
}

func TestWalkTo(t *testing.T) {
	for _, test := range []struct {
		events, page int
		last         string
	}{
		{10_000, 91, "9000"}, {1_000, 10, "900"}, {600_000, 5001, "500000"},
	} {
		paths, page, err := walkTo(t.Context(), pages(t, test.events).URL, test.events)
		if err != nil || page != test.page || len(paths) != deepPages || paths[deepPages-1] != eventsPath+"/items?limit=100&cursor="+test.last {
			t.Errorf("%d events: %v, page %d: %v", test.events, paths, page, err)
		}
	}
	if paths, _, err := walkTo(t.Context(), pages(t, 10).URL, 10_000); err == nil {
		t.Errorf("a walk that ends before it should: %v", paths)
	}
}

func TestLearn(t *testing.T) {
	s := sample{Rows: []row{{ID: "8", Place: "x"}, {ID: "7", Place: "x", AtTown: true}}}
	k, err := s.learn(t.Context(), pages(t, 10).URL)
	if err != nil || !slices.Equal(k.Places, []string{"ucdp:place:x", "ucdp:place:x"}) || len(k.Areas) == 0 {
		t.Errorf("%+v %v", k, err)
	}
	s.Rows[1].ID = "9"
	if k, err := s.learn(t.Context(), pages(t, 10).URL); err == nil {
		t.Errorf("%+v", k)
	}
}
