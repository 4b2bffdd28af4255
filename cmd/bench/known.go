package main

import (
	"context"
	"fmt"

	"github.com/go-json-experiment/json"
)

// known are ids that a filter may name, and the file does not tell.
type known struct {
	Places []string // of the imported file: the one with most events, and one with few
	Areas  []string
	Actors []string
}

// builtIn are records of the built-in dataset: an area that holds a tenth of the
// made-up events, one that holds few, an actor that takes part in few.
var builtIn = known{Areas: []string{"myanmar", "northern-shan-state"}, Actors: []string{"mndaa"}}

// learn asks the server for the ids of places.
func (s sample) learn(ctx context.Context, base string) (known, error) {
	k := builtIn
	names := counted(s.towns(), func(r row) string { return r.Place })
	for _, name := range []string{names[0], names[len(names)-1]} {
		for _, r := range s.towns() {
			if r.Place != name {
				continue
			}
			id, err := placeOf(ctx, base+eventsPath+"/items/"+idPrefix+r.ID)
			if err != nil {
				return k, err
			}
			k.Places = append(k.Places, id)
			break
		}
	}
	return k, nil
}

// placeOf reads the id of the place that an event is tied to.
func placeOf(ctx context.Context, url string) (string, error) {
	_, body, err := get(ctx, url)
	if err != nil {
		return "", err
	}
	var event struct {
		Properties struct {
			PlaceID string `json:"place_id"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(body, &event); err != nil {
		return "", fmt.Errorf("%s: %w", url, err)
	}
	if event.Properties.PlaceID == "" {
		return "", fmt.Errorf("%s is at no place", url)
	}
	return event.Properties.PlaceID, nil
}
