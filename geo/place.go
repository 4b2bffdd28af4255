package geo

import "github.com/paulmach/orb"

// PlaceKind is what sort of settlement or site a place is.
type PlaceKind string

// PlaceKinds lists them.
func PlaceKinds() []PlaceKind {
	return []PlaceKind{"city", "town", "village", "camp", "border_gate", "base", "other"}
}

// Place is a named point.
type Place struct {
	ID       string       `json:"-"`
	Geometry orb.Geometry `json:"-"` // an orb.Point

	Names      Text        `json:"names"`
	OtherNames []string    `json:"other_names,omitempty"` // other spellings, in any language
	PlaceKind  PlaceKind   `json:"kind"`
	PCode      string      `json:"pcode,omitzero"`  // the p-code of OCHA's common operational datasets
	Within     string      `json:"within,omitzero"` // id of the smallest known area that holds it
	Summary    Text        `json:"summary,omitempty"`
	Inferred   []Inference `json:"inferred,omitempty"`
	DatasetID  string      `json:"dataset_id"`
}

// Kind is Places.
func (p *Place) Kind() Kind { return Places }

// Key is the place's id.
func (p *Place) Key() string { return p.ID }

// Shape is the place's point.
func (p *Place) Shape() orb.Geometry { return p.Geometry }

// InDataset is the id of the place's dataset.
func (p *Place) InDataset() string { return p.DatasetID }

// References lists the dataset and the area the place lies in.
func (p *Place) References() []Reference {
	var rs references
	rs.add("dataset_id", p.DatasetID, datasets...)
	rs.add("within", p.Within, areas...)
	return rs
}

func (p *Place) setFeature(id string, g orb.Geometry) { p.ID, p.Geometry = id, g }

func (p *Place) check() (fs faults) {
	if _, isPoint := p.Geometry.(orb.Point); !isPoint {
		fs.add("geometry", typeName(p.Geometry), "a place's geometry is a Point")
	}
	fs = append(fs, checkGeometry(p.Geometry)...)
	fs = append(fs, p.Names.check("names", true)...)
	fs = append(fs, checkLines("other_names", p.OtherNames)...)
	fs = append(fs, checkOneOf("kind", p.PlaceKind, PlaceKinds())...)
	fs = append(fs, checkText("pcode", p.PCode, lineLimit, false)...)
	fs = append(fs, checkRef("within", p.Within)...)
	fs = append(fs, p.Summary.check("summary", false)...)
	fs = append(fs, checkEach("inferred", p.Inferred)...)
	return append(fs, checkID("dataset_id", p.DatasetID)...)
}
