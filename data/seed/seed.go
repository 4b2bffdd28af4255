// Package seed carries the built-in dataset: the fighting in northern Shan State
// in 2023 and 2024 and the diplomacy about it.
package seed

import (
	"context"
	"embed"
	"fmt"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

//go:embed datasets.json actors.json areas.geojson places.geojson events.geojson
var files embed.FS

// Author signs the changes that the seed makes.
const Author = "conflictmap (built-in dataset)"

// names lists the files, each after those that it refers to.
var names = []struct {
	kind geo.Kind
	file string
}{
	{geo.Datasets, "datasets.json"},
	{geo.Actors, "actors.json"},
	{geo.Areas, "areas.geojson"},
	{geo.Places, "places.geojson"},
	{geo.Events, "events.geojson"},
}

// Records reads the built-in records, checked one by one.
func Records() ([]geo.Record, error) {
	var records []geo.Record
	for _, n := range names {
		b, err := files.ReadFile(n.file)
		if err != nil {
			return nil, err
		}
		var collection struct {
			Type     string           `json:"type"`
			Features []jsontext.Value `json:"features"`
		}
		if err := json.Unmarshal(b, &collection, json.RejectUnknownMembers(true)); err != nil {
			return nil, fmt.Errorf("built-in %s: %w", n.file, err)
		}
		for _, feature := range collection.Features {
			r, err := geo.DecodeFeature(n.kind, feature)
			if err != nil {
				return nil, fmt.Errorf("built-in %s: %w", n.file, err)
			}
			records = append(records, r)
		}
	}
	return records, nil
}

// Apply brings the built-in records into the catalog by the one door. A record
// that anybody else has edited or removed stays as that left it.
func Apply(ctx context.Context, c *data.Catalog) (data.Applied, error) {
	records, err := Records()
	if err != nil {
		return data.Applied{}, err
	}
	changes := make([]geo.Change, len(records))
	for i, r := range records {
		changes[i] = geo.Put(r, Author, "built-in dataset")
	}
	return c.Apply(ctx, changes, data.KeepEdits)
}
