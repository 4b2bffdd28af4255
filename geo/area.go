package geo

import "github.com/paulmach/orb"

// AreaKind is what sort of area an area is.
type AreaKind string

// The area kinds. A zone is drawn by events, not by law: a zone of control.
const (
	Country   AreaKind = "country"
	State     AreaKind = "state"
	Region    AreaKind = "region"
	District  AreaKind = "district"
	Township  AreaKind = "township"
	Zone      AreaKind = "zone"
	OtherArea AreaKind = "other"
)

// AreaKinds lists them, the largest first.
func AreaKinds() []AreaKind {
	return []AreaKind{Country, State, Region, District, Township, Zone, OtherArea}
}

// Area is a named polygon or multipolygon, perhaps valid only between two dates.
type Area struct {
	ID       string       `json:"-"`
	Geometry orb.Geometry `json:"-"` // an orb.Polygon or orb.MultiPolygon

	Names      Text        `json:"names"`
	OtherNames []string    `json:"other_names,omitempty"`
	AreaKind   AreaKind    `json:"kind"`
	PCode      string      `json:"pcode,omitzero"`
	Within     string      `json:"within,omitzero"` // id of the next larger area
	Start      Instant     `json:"start,omitzero"`  // none: valid as far back as anyone asks
	End        Instant     `json:"end,omitzero"`
	Summary    Text        `json:"summary,omitempty"`
	Inferred   []Inference `json:"inferred,omitempty"`
	DatasetID  string      `json:"dataset_id"`
}

// Kind is Areas.
func (a *Area) Kind() Kind { return Areas }

// Key is the area's id.
func (a *Area) Key() string { return a.ID }

// Shape is the area's polygon.
func (a *Area) Shape() orb.Geometry { return a.Geometry }

// InDataset is the id of the area's dataset.
func (a *Area) InDataset() string { return a.DatasetID }

// Valid is the time in which the area stands; open ends for always.
func (a *Area) Valid() Interval { return Interval{a.Start, a.End} }

// References lists the dataset and the area this one lies in.
func (a *Area) References() []Reference {
	var rs references
	rs.add("dataset_id", a.DatasetID, datasets...)
	rs.add("within", a.Within, areas...)
	return rs
}

func (a *Area) setFeature(id string, g orb.Geometry) { a.ID, a.Geometry = id, g }

func (a *Area) check() (fs faults) {
	switch a.Geometry.(type) {
	case orb.Polygon, orb.MultiPolygon:
	default:
		fs.add("geometry", typeName(a.Geometry), "an area's geometry is a Polygon or a MultiPolygon")
	}
	fs = append(fs, checkGeometry(a.Geometry)...)
	fs = append(fs, a.Names.check("names", true)...)
	fs = append(fs, checkLines("other_names", a.OtherNames)...)
	fs = append(fs, checkOneOf("kind", a.AreaKind, AreaKinds())...)
	fs = append(fs, checkText("pcode", a.PCode, lineLimit, false)...)
	fs = append(fs, checkRef("within", a.Within)...)
	if a.Within == a.ID && a.ID != "" {
		fs.add("within", a.Within, "an area cannot lie within itself")
	}
	if a.Valid().reversed() {
		fs.add("end", a.End.String(), "lies before start %s", a.Start)
	}
	fs = append(fs, a.Summary.check("summary", false)...)
	fs = append(fs, checkEach("inferred", a.Inferred)...)
	return append(fs, checkID("dataset_id", a.DatasetID)...)
}
