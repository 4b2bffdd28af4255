package exchange

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// kmlColours are the colours of the types, as KML writes them: alpha, blue, green, red.
var kmlColours = map[geo.EventType]string{
	geo.BombingRaid: "261eb3", geo.Shelling: "261eb3", geo.Explosive: "261eb3", geo.Offensive: "0050b7", geo.TerritoryChange: "0050b7",
	geo.Clash: "592d8c", geo.ViolenceAgainstCivilians: "592d8c", geo.DiplomaticVisit: "9b5612", geo.Talks: "9b5612", geo.Agreement: "5c6b0f", geo.Statement: "5c6b0f",
}

const kmlGrey = "665f59"

func kmlColour(t geo.EventType) string {
	if c, known := kmlColours[t]; known {
		return c
	}
	return kmlGrey
}

// drawnRadius is how large an event is drawn whose place is known only roughly and
// of no outline, in metres. It says that it is no point, and no more.
var drawnRadius = map[geo.PlacePrecision]float64{geo.Near: 25_000, geo.DistrictWide: 40_000, geo.Fuzzy: 40_000, geo.RegionWide: 120_000, geo.CountryWide: 300_000, geo.International: 300_000, geo.UnknownPlace: 300_000}

type kmlPlacemark struct {
	XMLName     xml.Name     `xml:"Placemark"`
	ID          string       `xml:"-"`
	Name        string       `xml:"name"`
	TimeSpan    *kmlTimeSpan `xml:"TimeSpan"`
	StyleURL    string       `xml:"styleUrl,omitempty"`
	Description string       `xml:"description"`
	Data        []kmlData    `xml:"ExtendedData>Data"`
	Geometry    kmlGeometry
}

type kmlTimeSpan struct {
	Begin string `xml:"begin,omitempty"`
	End   string `xml:"end,omitempty"`
}

type kmlData struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value"`
}

// writeKML writes placemarks with styles by type and time spans. What is placed
// worse than exactly is drawn as an area: the known outline it is tied to, or a
// circle that says that it is no point.
func writeKML(w io.Writer, e *Export) error {
	out := bufio.NewWriter(w)
	out.WriteString(xml.Header + `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>` + "\n")
	x := xml.NewEncoder(out)
	if err := e.kmlHead(x); err != nil {
		return err
	}
	err := e.View.Records(e.Selection.Rows(nil), func(r index.Row, record geo.Record) error {
		return errors.Join(x.Encode(e.placemark(r, record)), x.EncodeToken(xml.CharData("\n")))
	})
	if err != nil {
		return err
	}
	if err := x.Flush(); err != nil {
		return err
	}
	out.WriteString("</Document></kml>\n")
	return out.Flush()
}

func (e *Export) kmlHead(x *xml.Encoder) error {
	p := e.provenance()
	text := "Selection: " + p.Query + "\nAs of change " + strconv.FormatUint(p.Change, 10) + ", " + p.Changed.UTC().Format("2006-01-02T15:04:05Z")
	if p.Exported != nil {
		text += "\nExported " + p.Exported.Format("2006-01-02T15:04:05Z")
	}
	for _, d := range e.Selection.Datasets() {
		text += "\n" + credit(d)
	}
	element := func(name, value string) error {
		return x.EncodeElement(value, xml.StartElement{Name: xml.Name{Local: name}})
	}
	if err := element("name", e.Title); err != nil {
		return err
	}
	if err := element("description", text); err != nil {
		return err
	}
	type style struct {
		XMLName xml.Name `xml:"Style"`
		ID      string   `xml:"id,attr"`
		Icon    string   `xml:"IconStyle>color"`
		Line    string   `xml:"LineStyle>color"`
		Width   string   `xml:"LineStyle>width"`
		Poly    string   `xml:"PolyStyle>color"`
	}
	for _, t := range geo.EventTypes() {
		c := kmlColour(t)
		if err := x.Encode(style{ID: string(t), Icon: "ff" + c, Line: "ff" + c, Width: "2", Poly: "40" + c}); err != nil {
			return err
		}
	}
	return nil
}

func (e *Export) placemark(r index.Row, record geo.Record) kmlPlacemark {
	switch record := record.(type) {
	case *geo.Event:
		return e.eventPlacemark(r, record)
	case *geo.Place:
		return kmlPlacemark{Name: record.Names.In("en"), Description: record.Summary.In("en"), Data: []kmlData{{"id", record.ID}, {"dataset", record.DatasetID}}, Geometry: kmlGeometry{record.Geometry}}
	case *geo.Area:
		return kmlPlacemark{Name: record.Names.In("en"), Description: record.Summary.In("en"), Data: []kmlData{{"id", record.ID}, {"dataset", record.DatasetID}}, Geometry: kmlGeometry{record.Geometry}}
	}
	return kmlPlacemark{Name: r.ID}
}

func (e *Export) eventPlacemark(r index.Row, ev *geo.Event) kmlPlacemark {
	p := kmlPlacemark{Name: ev.Title.In("en"), StyleURL: "#" + string(ev.Type), Geometry: kmlGeometry{e.drawn(r, ev)}}
	if !ev.Time().IsZero() {
		p.TimeSpan = &kmlTimeSpan{ev.Start.String(), ev.End.String()}
	}
	lines := []string{ev.Summary.In("en"), "Place: " + e.placeName(ev.PlaceID) + " (" + string(ev.PlacePrecision) + ")", "Time: to the " + string(ev.DatePrecision) + ". " + ev.DateText,
		"Sources: " + list(ev.Sources, sourceLine), e.terms(ev).Attribution}
	p.Description = strings.TrimSpace(strings.Join(lines, "\n"))
	p.Data = []kmlData{{"id", ev.ID}, {"type", string(ev.Type)}, {"date_precision", string(ev.DatePrecision)}, {"place_precision", string(ev.PlacePrecision)},
		{"incidents", strconv.Itoa(ev.Incidents)}, {"status", string(ev.Status)}, {"dataset", ev.DatasetID}}
	return p
}

// drawn is the geometry that an event is drawn with.
func (e *Export) drawn(r index.Row, ev *geo.Event) orb.Geometry {
	shape := e.View.Shape(r)
	at, isPoint := shape.(orb.Point)
	if !isPoint || ev.PlacePrecision == geo.Exact {
		return shape
	}
	if area, found := e.View.Find(geo.Areas, ev.PlaceID); found {
		return e.View.Shape(area)
	}
	return circle(at, drawnRadius[ev.PlacePrecision])
}

// circle is a ring of points around one, cut where it would leave the globe.
func circle(at orb.Point, radius float64) orb.Polygon {
	const corners = 32
	ring := make(orb.Ring, 0, corners+1)
	for i := range corners {
		p := orbgeo.PointAtBearingAndDistance(at, -float64(i)*360/corners, radius)
		ring = append(ring, orb.Point{math.Max(-180, math.Min(180, p.Lon())), p.Lat()})
	}
	return orb.Polygon{append(ring, ring[0])}
}

// kmlGeometry writes a geometry as KML, nothing where there is none.
type kmlGeometry struct{ g orb.Geometry }

// MarshalXML writes the geometry's elements.
func (k kmlGeometry) MarshalXML(x *xml.Encoder, _ xml.StartElement) error {
	if k.g == nil {
		return nil
	}
	var b strings.Builder
	kmlShape(&b, k.g)
	// Numbers and our own names only: nothing in it needs an escape.
	return x.Encode(struct {
		XMLName xml.Name `xml:"MultiGeometry"`
		Inner   string   `xml:",innerxml"`
	}{Inner: b.String()})
}

func kmlShape(b *strings.Builder, g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		b.WriteString("<Point>" + kmlCoordinates([]orb.Point{g}) + "</Point>")
	case orb.MultiPoint:
		for _, p := range g {
			kmlShape(b, p)
		}
	case orb.LineString:
		b.WriteString("<LineString>" + kmlCoordinates(g) + "</LineString>")
	case orb.MultiLineString:
		for _, l := range g {
			kmlShape(b, l)
		}
	case orb.Polygon:
		b.WriteString("<Polygon>")
		for i, ring := range g {
			name := "innerBoundaryIs"
			if i == 0 {
				name = "outerBoundaryIs"
			}
			fmt.Fprintf(b, "<%s><LinearRing>%s</LinearRing></%s>", name, kmlCoordinates(ring), name)
		}
		b.WriteString("</Polygon>")
	case orb.MultiPolygon:
		for _, p := range g {
			kmlShape(b, p)
		}
	case orb.Collection:
		for _, part := range g {
			kmlShape(b, part)
		}
	}
}

func kmlCoordinates(points []orb.Point) string {
	var b strings.Builder
	b.WriteString("<coordinates>")
	for i, p := range points {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.FormatFloat(p.Lon(), 'f', -1, 64) + "," + strconv.FormatFloat(p.Lat(), 'f', -1, 64))
	}
	b.WriteString("</coordinates>")
	return b.String()
}
