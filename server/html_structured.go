package server

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

const schemaOrg = "https://schema.org"

// thing is something as schema.org describes it, for search engines and citations.
// It says only what is sure: no date and no position closer than they are known, and
// nothing that was inferred.
type thing struct {
	Context string `json:"@context,omitempty"`
	Type    string `json:"@type,omitempty"`
	ID      string `json:"@id,omitempty"`

	Name          string   `json:"name,omitempty"`
	AlternateName []string `json:"alternateName,omitempty"`
	Description   string   `json:"description,omitempty"`
	URL           string   `json:"url,omitempty"`
	Identifier    string   `json:"identifier,omitempty"`
	SameAs        string   `json:"sameAs,omitempty"`

	Creator       *thing   `json:"creator,omitempty"`
	Publisher     *thing   `json:"publisher,omitempty"`
	License       *thing   `json:"license,omitempty"`
	CreditText    []string `json:"creditText,omitempty"`
	DatePublished string   `json:"datePublished,omitempty"`
	DateModified  string   `json:"dateModified,omitempty"`
	InCatalog     *thing   `json:"includedInDataCatalog,omitempty"`
	BasedOn       []thing  `json:"isBasedOn,omitempty"`
	Datasets      []thing  `json:"dataset,omitempty"`
	Distribution  []thing  `json:"distribution,omitempty"`
	ContentURL    string   `json:"contentUrl,omitempty"`
	Format        string   `json:"encodingFormat,omitempty"`
	Time          string   `json:"temporalCoverage,omitempty"`
	Space         *thing   `json:"spatialCoverage,omitempty"`

	Start     string   `json:"startDate,omitempty"`
	End       string   `json:"endDate,omitempty"`
	Location  *thing   `json:"location,omitempty"`
	Super     *thing   `json:"superEvent,omitempty"`
	SubjectOf []thing  `json:"subjectOf,omitempty"`
	Within    *thing   `json:"containedInPlace,omitempty"`
	Geo       *thing   `json:"geo,omitempty"`
	Latitude  *float64 `json:"latitude,omitempty"`
	Longitude *float64 `json:"longitude,omitempty"`
	Box       string   `json:"box,omitempty"`
}

// catalogData is the list of collections.
func (a *answer) catalogData() any {
	t := a.catalog()
	t.Context, t.URL = schemaOrg, t.ID
	for _, k := range geo.Kinds() {
		if k == geo.Datasets {
			for _, d := range a.view.Summary(k).Datasets {
				t.Datasets = append(t.Datasets, a.datasetThing(d))
			}
			continue
		}
		t.Datasets = append(t.Datasets, a.collectionThing(k))
	}
	return t
}

func (a *answer) catalog() thing {
	return thing{Type: "DataCatalog", ID: a.href("/collections", nil), Name: a.server.Title}
}

// collectionData is a collection as one dataset, made of all that have records in it.
func (a *answer) collectionData(k geo.Kind) any {
	t := a.collectionThing(k)
	t.Context = schemaOrg
	catalog := a.catalog()
	t.InCatalog = &catalog
	t.DateModified = a.view.Time.UTC().Format("2006-01-02T15:04:05Z")
	all := a.view.Summary(k)
	for _, d := range all.Datasets {
		t.BasedOn = append(t.BasedOn, thing{Type: "Dataset", ID: a.href(itemPath(geo.Datasets, d.ID), nil), Name: d.Title.In(), License: licenceThing(d)})
		t.CreditText = append(t.CreditText, d.Attribution)
	}
	t.Time = all.Span.String()
	if all.Box != nil {
		t.Space = &thing{Type: "Place", Geo: boxThing(*all.Box)}
	}
	t.Distribution = a.downloads(k, geo.Filter{})
	return t
}

func (a *answer) collectionThing(k geo.Kind) thing {
	return thing{Type: "Dataset", ID: a.href(collectionPath(k), nil), URL: a.href(collectionPath(k), nil),
		Name:        described[k][0] + ": " + a.server.Title,
		Description: described[k][1] + ". A collection of the " + a.server.Title + ", as pages to read and as data."}
}

// downloads are the files of all that matches, in each format.
func (a *answer) downloads(k geo.Kind, f geo.Filter) (list []thing) {
	for _, format := range itemsFormats[k] {
		if format.name != asHTML.name {
			list = append(list, thing{Type: "DataDownload", Format: format.mediaType(), ContentURL: a.href(itemsPath(k), withValue(f.Values(), "f", format.name))})
		}
	}
	return list
}

// itemData is one record; nil of a kind that search engines have no use for.
func (a *answer) itemData(row index.Row, record geo.Record, names mentioned) any {
	var t thing
	switch r := record.(type) {
	case *geo.Event:
		if r.Status == "disputed" {
			return nil
		}
		t = a.eventThing(r, row, names)
	case *geo.Place:
		t = a.locationThing("Place", row, r.Names, r.OtherNames, r.Summary, r.PCode, r.Within, names, r.Inferred)
	case *geo.Area:
		t = a.locationThing(areaTypes[r.AreaKind], row, r.Names, r.OtherNames, r.Summary, r.PCode, r.Within, names, r.Inferred)
	case *geo.Dataset:
		t = a.datasetThing(r)
		catalog := a.catalog()
		t.InCatalog = &catalog
		t.Distribution = a.downloads(geo.Events, geo.Filter{Datasets: []string{r.ID}})
	default:
		return nil
	}
	t.Context = schemaOrg
	return t
}

func (a *answer) datasetThing(d *geo.Dataset) thing {
	address := a.href(itemPath(geo.Datasets, d.ID), nil)
	t := thing{Type: "Dataset", ID: address, URL: address, Name: d.Title.In(),
		Description: atLeast(d.Summary.In(), "Records in the "+a.server.Title+", each with how surely its time and place are known."),
		License:     licenceThing(d), CreditText: []string{d.Attribution}, SameAs: outside("", d.Link).Href}
	if d.Publisher != notKnown {
		t.Creator = &thing{Type: "Organization", Name: d.Publisher}
	}
	return t
}

// shortestDescription is the least that search engines take, in letters.
const shortestDescription = 50

// atLeast is a description, made longer where it is too short.
func atLeast(description, more string) string {
	if utf8.RuneCountInString(description) >= shortestDescription {
		return description
	}
	if description == "" {
		return more
	}
	return description + " " + more
}

func licenceThing(d *geo.Dataset) *thing { return &thing{Type: "CreativeWork", Name: d.Licence} }

// areaTypes says what schema.org calls the kinds of areas.
var areaTypes = map[geo.AreaKind]string{geo.Country: "Country", geo.State: "AdministrativeArea", geo.Region: "AdministrativeArea", geo.District: "AdministrativeArea",
	geo.Township: "AdministrativeArea", geo.Zone: "Place", geo.OtherArea: "Place"}

func (a *answer) locationThing(kind string, row index.Row, name geo.Text, spellings []string, summary geo.Text, pcode, within string, names mentioned, inferred []geo.Inference) thing {
	t := thing{Type: kind, ID: a.href(itemPath(row.Kind, row.ID), nil), URL: a.href(itemPath(row.Kind, row.ID), nil), Name: name.In(), Description: summary.In(), Identifier: pcode}
	for _, other := range otherTexts(name) {
		t.AlternateName = append(t.AlternateName, other.Text)
	}
	t.AlternateName = append(t.AlternateName, spellings...)
	if within != "" && !isInferred(inferred, "within") {
		t.Within = a.mentionThing("Place", names.of(geo.Areas, within))
	}
	if box, found := geo.Extent(a.view.Shape(row)); found && !isInferred(inferred, "geometry") {
		t.Geo = shapeThing(box)
	}
	return t
}

// mentionThing is a record that another mentions.
func (a *answer) mentionThing(kind string, p piece) *thing {
	t := &thing{Type: kind, Name: p.Text}
	if p.Href != "" {
		t.ID = a.root + p.Href
	}
	return t
}

// shapeThing is a point, or the box around what is none; nil where it crosses the
// 180th meridian, which schema.org's boxes cannot.
func shapeThing(b geo.Box) *thing {
	if b.West == b.East && b.South == b.North {
		return &thing{Type: "GeoCoordinates", Latitude: &b.South, Longitude: &b.West}
	}
	return boxThing(b)
}

func boxThing(b geo.Box) *thing {
	if b.West > b.East {
		return nil
	}
	text := ""
	for i, v := range []float64{b.South, b.West, b.North, b.East} {
		if i > 0 {
			text += " "
		}
		text += strconv.FormatFloat(v, 'f', -1, 64)
	}
	return &thing{Type: "GeoShape", Box: text}
}

func isInferred(list []geo.Inference, fields ...string) bool {
	return slices.ContainsFunc(list, func(i geo.Inference) bool { return slices.Contains(fields, i.Field) })
}
