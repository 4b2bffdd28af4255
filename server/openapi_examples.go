package server

import (
	"embed"
	"errors"
	"io/fs"

	"github.com/go-json-experiment/json/jsontext"
)

// exampleFiles are answers over the built-in dataset, by the operation's id. A test
// writes them, and holds them to be what the server answers.
//
//go:embed examples
var exampleFiles embed.FS

// exampleAnswer is the example of an operation's answer in JSON, nil where there is none.
func exampleAnswer(operationID string) (jsontext.Value, error) {
	text, err := exampleFiles.ReadFile("examples/" + operationID + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	example := jsontext.Value(text)
	return example, errors.Join(err, example.Compact())
}
