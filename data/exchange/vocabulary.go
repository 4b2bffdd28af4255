package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// collectionMember says in an exported feature of which kind it is.
const collectionMember = "collection"

// Members that answers of the API and exports add to a record, and that are no
// part of it: an import passes over them.
var (
	addedMembers    = []string{collectionMember, "change", "attribution", "links", rejectedMember}
	addedProperties = []string{"event_count", "events", "events_href"}
)

// rejectedMember holds, in a file of rejected records, why each could not go in.
const rejectedMember = "rejected"

// decodeRecord reads one of our own records, of whatever kind it says or looks to be.
func decodeRecord(raw []byte) (geo.Record, error) {
	var members map[string]jsontext.Value
	if err := json.Unmarshal(raw, &members); err != nil || members == nil {
		return nil, notJSON(raw, err)
	}
	kind, err := kindOf(members)
	if err != nil {
		return nil, err
	}
	for _, name := range addedMembers {
		delete(members, name)
	}
	if kind == geo.Places || kind == geo.Areas {
		var properties map[string]jsontext.Value
		if json.Unmarshal(members["properties"], &properties) == nil && properties != nil {
			for _, name := range addedProperties {
				delete(properties, name)
			}
			if members["properties"], err = json.Marshal(properties); err != nil {
				return nil, err
			}
		}
	}
	feature, err := json.Marshal(members)
	if err != nil {
		return nil, notJSON(raw, err)
	}
	return geo.DecodeFeature(kind, feature)
}

func notJSON(raw []byte, err error) error {
	detail := "is not a JSON object"
	if err != nil {
		detail += ": " + strings.TrimPrefix(err.Error(), "jsontext: ")
	}
	return geo.Reject("", []geo.Fault{{Name: "feature", Value: geo.Quote(string(raw)), Detail: detail}})
}

// kindOf reads which collection a feature belongs to, or sees it from what it has.
func kindOf(members map[string]jsontext.Value) (geo.Kind, error) {
	if raw, said := members[collectionMember]; said {
		var name string
		if err := json.Unmarshal(raw, &name); err != nil {
			name = string(raw)
		}
		k, err := geo.ParseKind(name)
		if err != nil {
			return "", geo.Reject("", []geo.Fault{{Name: collectionMember, Value: geo.Quote(name), Detail: "is no collection"}})
		}
		return k, nil
	}
	var properties map[string]jsontext.Value
	if err := json.Unmarshal(members["properties"], &properties); err != nil {
		properties = nil // the decoder will say what is wrong with them
	}
	var geometry struct {
		Type string `json:"type"`
	}
	if raw := members["geometry"]; len(raw) > 0 {
		if err := json.Unmarshal(raw, &geometry); err != nil {
			geometry.Type = ""
		}
	}
	_, isDataset := properties["redistribution"]
	_, hasStart := properties["start"]
	_, hasNames := properties["names"]
	switch {
	case isDataset:
		return geo.Datasets, nil
	case hasStart && !hasNames:
		return geo.Events, nil
	case hasNames && geometry.Type == "Point":
		return geo.Places, nil
	case hasNames && strings.HasSuffix(geometry.Type, "Polygon"):
		return geo.Areas, nil
	case hasNames:
		return geo.Actors, nil
	}
	return "", geo.Reject("", []geo.Fault{{Name: collectionMember, Value: "", Detail: "is missing, and the properties are of no record of ours: events have start and end, places names. Foreign tables come in as CSV with a mapping"}})
}

// draftOf makes a draft of one feature, which it keeps.
func draftOf(row int, raw []byte) (*Draft, *Reject) {
	r, err := decodeRecord(raw)
	if err == nil {
		return &Draft{Row: row, Record: r, raw: raw}, nil
	}
	rejected := &Reject{Row: row, Raw: string(raw), Faults: []geo.Fault{{Name: "feature", Value: geo.Quote(string(raw)), Detail: err.Error()}}}
	var e *geo.Error
	if errors.As(err, &e) && len(e.Faults) > 0 {
		rejected.Faults = e.Faults
	}
	var named struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(raw, &named) == nil {
		rejected.ID = named.ID
	}
	return nil, rejected
}

// geojsonl reads records one a line.
type geojsonl struct {
	lines *bufio.Scanner
	row   int
}

// maxLine bounds one record, in bytes.
const maxLine = 64 << 20

func newGeoJSONL(r io.Reader) *geojsonl {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	return &geojsonl{lines: lines}
}

// Next reads the next line. Empty lines are passed over.
func (g *geojsonl) Next(to *row) error {
	for g.lines.Scan() {
		g.row++
		// A record separator may begin a line (RFC 8142).
		line := bytes.TrimSpace(bytes.TrimPrefix(g.lines.Bytes(), []byte{0x1e}))
		if len(line) > 0 {
			to.number, to.raw = g.row, bytes.Clone(line)
			return nil
		}
	}
	if err := g.lines.Err(); err != nil {
		return fmt.Errorf("line %d: %w", g.row+1, err)
	}
	return io.EOF
}

// Draft makes a record of a line.
func (g *geojsonl) Draft(row *row) (*Draft, *Reject) { return draftOf(row.number, row.raw) }

// featureCollection reads the features of a GeoJSON document one by one.
type featureCollection struct {
	json *jsontext.Decoder
	row  int
}

func newGeoJSON(r io.Reader) (*featureCollection, error) {
	d := jsontext.NewDecoder(r)
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return nil, geo.Errorf(geo.Invalid, "the file is not a GeoJSON FeatureCollection")
	}
	for {
		name, err := d.ReadToken()
		if err != nil || name.Kind() == '}' {
			return nil, geo.Errorf(geo.Invalid, "the file is not a GeoJSON FeatureCollection: it has no features")
		}
		if name.String() != "features" {
			if err := d.SkipValue(); err != nil {
				return nil, geo.Errorf(geo.Invalid, "the file is not JSON: %w", err)
			}
			continue
		}
		if t, err := d.ReadToken(); err != nil || t.Kind() != '[' {
			return nil, geo.Errorf(geo.Invalid, "the features of the file are no array")
		}
		return &featureCollection{json: d}, nil
	}
}

// Next reads the next feature.
func (f *featureCollection) Next(to *row) error {
	if f.json.PeekKind() == ']' {
		return io.EOF
	}
	raw, err := f.json.ReadValue()
	if err != nil {
		// JSON that is broken here cannot be picked up again further on.
		return fmt.Errorf("feature %d: %w", f.row+1, err)
	}
	f.row++
	to.number, to.raw = f.row, bytes.Clone(raw)
	return nil
}

// Draft makes a record of a feature.
func (f *featureCollection) Draft(row *row) (*Draft, *Reject) { return draftOf(row.number, row.raw) }
